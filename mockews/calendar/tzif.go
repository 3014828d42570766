package calendar

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// Zones that clients define become locations as those of the tz database are: written in its own format (RFC 9636) and
// read by package time. So there is one arithmetic for all zones.

// The years in which changes are written one by one; after the last era's first year a rule says what happens.
const (
	firstYear = 1900
	lastYear  = 2400
)

// location makes a location of eras; there is at least one, and their years rise.
func location(name string, ages []era) (*time.Location, error) {
	loc, err := time.LoadLocationFromTZData(name, encode(ages))
	if err != nil {
		return nil, fmt.Errorf("time zone %q: its rules do not fit together: %w", name, err)
	}
	return loc, nil
}

// encode writes a file of version 2: an empty part for old readers, the changes, and the rule for the time after them.
func encode(ages []era) []byte {
	var types []byte
	for _, age := range ages {
		types = appendType(types, age.standard, 0)
		types = appendType(types, age.daylight, 1)
	}
	times, indices := history(ages)
	out := appendHeader(nil, 0, 0, 0)
	out = appendHeader(out, len(indices), 2*len(ages), len(abbreviations))
	out = append(out, times...)
	out = append(out, indices...)
	out = append(out, types...)
	out = append(out, abbreviations...)
	return append(out, "\n"+ages[len(ages)-1].posix()+"\n"...)
}

// abbreviations names standard and daylight time; nobody is shown them.
const abbreviations = "STD\x00DST\x00"

func appendType(dst []byte, offset time.Duration, daylight byte) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(int32(offset/time.Second)))
	return append(dst, daylight, daylight*4)
}

func appendHeader(dst []byte, times, types, chars int) []byte {
	dst = append(dst, "TZif2"...)
	dst = append(dst, make([]byte, 15)...)
	for _, n := range []int{0, 0, 0, times, types, chars} {
		dst = binary.BigEndian.AppendUint32(dst, uint32(n))
	}
	return dst
}

// history writes the changes of all eras but the last, and those between eras.
func history(ages []era) (times, indices []byte) {
	last := int64(-1 << 62)
	add := func(at time.Time, index int, daylight bool) {
		if at.Unix() <= last {
			return
		}
		last = at.Unix()
		if daylight {
			index++
		}
		times = binary.BigEndian.AppendUint64(times, uint64(last))
		indices = append(indices, byte(index))
	}
	for i := range len(ages) - 1 {
		for year := max(ages[i].from, firstYear); year < min(ages[i+1].from, lastYear); year++ {
			for _, t := range ages[i].turns(year) {
				add(t.at, 2*i, t.daylight)
			}
		}
		next := ages[i+1]
		before, _ := ages[i].atStart(next.from)
		_, daylight := next.atStart(next.from)
		add(dateOf(next.from, time.January, 1).midnight().Add(-before), 2*(i+1), daylight)
	}
	return times, indices
}

// posix writes rules as the TZ variable has them, "<STD>8<DST>7,M3.2.0/2:00:00,M11.1.0/2:00:00".
func (r rules) posix() string {
	text := "<STD>" + posixTime(-r.standard)
	if r.changes {
		text += "<DST>" + posixTime(-r.daylight) + "," + r.summer.posix() + "," + r.winter.posix()
	}
	return text
}

func (c change) posix() string {
	day := fmt.Sprintf("J%d", dateOf(2001, c.month, c.day)-dateOf(2001, time.January, 0)) // of a year that is no leap year
	if c.nth != 0 {
		day = fmt.Sprintf("M%d.%d.%d", c.month, mod(c.nth, 6), c.weekday) // the last one is the fifth
	}
	return day + "/" + posixTime(c.clock)
}

func posixTime(d time.Duration) string {
	var b strings.Builder
	if d < 0 {
		b.WriteByte('-')
		d = -d
	}
	fmt.Fprintf(&b, "%d:%02d:%02d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
	return b.String()
}
