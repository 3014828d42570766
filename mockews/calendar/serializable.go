package calendar

import (
	"fmt"
	"strconv"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Serializable writes what the clocks of a location do in a year, as working hours have it (MS docs: TimeZone
// (Availability)).
func Serializable(loc *time.Location, year int) ews.SerializableTimeZone {
	r := probe(loc, year)
	z := ews.SerializableTimeZone{Bias: -int(r.standard / time.Minute)}
	if !r.changes {
		never := ews.ZoneTime{Time: "00:00:00", DayOfWeek: time.Sunday.String()}
		z.Standard, z.Daylight = never, never
		return z
	}
	z.Standard = zoneTime(r.winter, 0)
	z.Daylight = zoneTime(r.summer, int((r.standard-r.daylight)/time.Minute))
	return z
}

func zoneTime(c change, bias int) ews.ZoneTime {
	order := c.nth
	if order == lastOf {
		order = 5
	}
	return ews.ZoneTime{
		Bias: bias, Time: time.Time{}.Add(c.clock).Format(time.TimeOnly),
		DayOrder: order, Month: int(c.month), DayOfWeek: c.weekday.String(),
	}
}

// FromSerializable reads a zone from its offsets. One whose times begin in no month has no summer.
func FromSerializable(z ews.SerializableTimeZone) (*Zone, error) {
	r := rules{standard: offset(z.Bias, z.Standard.Bias), daylight: offset(z.Bias, z.Daylight.Bias)}
	for _, o := range []time.Duration{r.standard, r.daylight} {
		if o > maxOffset || o < -maxOffset {
			return nil, fmt.Errorf("%w: it is %v from UTC; give at most a day", ErrZone, o)
		}
	}
	var err error
	if r.changes = z.Standard.Month != 0 && z.Daylight.Month != 0 && r.standard != r.daylight; r.changes {
		if r.winter, err = readZoneTime(z.Standard); err == nil {
			r.summer, err = readZoneTime(z.Daylight)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrZone, err)
		}
	}
	loc, err := location("", []era{{1, r}})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrZone, err)
	}
	return ZoneOf(loc), nil
}

// maxBias bounds a bias in minutes, so that sums do not overflow.
const maxBias = 1 << 20

func offset(bias, more int) time.Duration {
	return -time.Duration(max(min(bias, maxBias), -maxBias)+max(min(more, maxBias), -maxBias)) * time.Minute
}

// readZoneTime reads when a time begins. With a year, DayOrder is a day of the month (MS docs: Year (Availability)).
func readZoneTime(z ews.ZoneTime) (change, error) {
	clock, err := time.Parse(time.TimeOnly, z.Time)
	if err != nil {
		return change{}, fmt.Errorf("the time of day %q; give one such as 02:00:00", z.Time)
	}
	since := ews.XMLDuration(clock.Sub(dayOf(clock).midnight()))
	t := ews.Transition{Month: z.Month, DayOfWeek: z.DayOfWeek, Occurrence: z.DayOrder, TimeOffset: &since}
	if year, err := strconv.Atoi(z.Year); err == nil && year > 0 {
		t.DayOfWeek, t.Day = "", z.DayOrder
	}
	return readChange(t)
}
