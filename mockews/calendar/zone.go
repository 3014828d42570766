package calendar

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Zone is a time zone that a client defines: by its offsets and by when in a year they change. The zero value is UTC.
type Zone struct {
	standard, daylight time.Duration // what is added to UTC
	toStandard         ews.ZoneTime
	toDaylight         ews.ZoneTime
}

// FromSerializable is the zone that a request to the availability service defines. Nil is UTC.
func FromSerializable(z *ews.SerializableTimeZone) Zone {
	if z == nil {
		return Zone{}
	}
	standard := -time.Duration(z.Bias+z.Standard.Bias) * time.Minute
	daylight := -time.Duration(z.Bias+z.Daylight.Bias) * time.Minute
	out := Zone{standard: standard, daylight: daylight, toStandard: z.Standard, toDaylight: z.Daylight}
	if !valid(z.Standard) || !valid(z.Daylight) {
		out.daylight = standard
	}
	return out
}

func valid(t ews.ZoneTime) bool {
	return t.Month >= 1 && t.Month <= 12 && t.DayOrder >= 1 && t.DayOrder <= 5
}

// Local is the wall clock at a time, written as if it were UTC.
func (z Zone) Local(utc time.Time) time.Time { return utc.UTC().Add(z.offset(utc)) }

// UTC is when the wall clock shows a time. Of an hour that is there twice, it is the first.
func (z Zone) UTC(wall time.Time) time.Time {
	utc := wall.Add(-z.daylight)
	if z.offset(utc) == z.daylight {
		return utc
	}
	return wall.Add(-z.standard)
}

func (z Zone) offset(utc time.Time) time.Duration {
	if z.standard == z.daylight {
		return z.standard
	}
	year := utc.UTC().Add(z.standard).Year()
	begin, end := at(z.toDaylight, year).Add(-z.standard), at(z.toStandard, year).Add(-z.daylight)
	inside := !utc.Before(begin) && utc.Before(end)
	if end.Before(begin) { // in the south, daylight time lasts over the turn of the year
		inside = !utc.Before(begin) || utc.Before(end)
	}
	if inside {
		return z.daylight
	}
	return z.standard
}

// at is when in a year a time of a zone begins, by the wall clock before it.
func at(t ews.ZoneTime, year int) time.Time {
	month := time.Date(year, time.Month(t.Month), 1, 0, 0, 0, 0, time.UTC)
	day, err := weekday(t.DayOfWeek)
	if err != nil {
		day = time.Sunday
	}
	first := month.AddDate(0, 0, (int(day)-int(month.Weekday())+7)%7)
	date := first.AddDate(0, 0, 7*(t.DayOrder-1))
	for date.Month() != month.Month() {
		date = date.AddDate(0, 0, -7)
	}
	clock, err := time.Parse(time.TimeOnly, t.Time)
	if err != nil {
		return date
	}
	return date.Add(clock.Sub(civil(clock)))
}
