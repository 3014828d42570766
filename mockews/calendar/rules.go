package calendar

import "time"

// rules say what the clocks of a zone do in a year. Offsets are added to UTC.
type rules struct {
	standard, daylight time.Duration
	// summer and winter are when daylight and standard time begin. Where changes is false there is standard time alone.
	changes        bool
	summer, winter change
}

// change is a time of the year at which clocks are changed, as they show it before.
type change struct {
	month   time.Month
	weekday time.Weekday
	nth     int // 1 to 4, or lastOf; 0 where the day is given
	day     int // of the month
	clock   time.Duration
}

// in is when the change is in a year, as a wall clock.
func (c change) in(year int) time.Time {
	if c.nth == 0 {
		return dateOf(year, c.month, c.day).midnight().Add(c.clock)
	}
	first := dateOf(year, c.month, 1)
	last := dateOf(year, c.month+1, 1) - 1
	return onNth(c.nth, 1<<c.weekday)(first, last).midnight().Add(c.clock)
}

// turn is a change of clocks as it happened.
type turn struct {
	at            time.Time // in UTC
	before, after time.Duration
	daylight      bool // what it changes to
}

// turns are those that the rules ask for in a year.
func (r rules) turns(year int) []turn {
	if !r.changes {
		return nil
	}
	summer := turn{r.summer.in(year).Add(-r.standard), r.standard, r.daylight, true}
	winter := turn{r.winter.in(year).Add(-r.daylight), r.daylight, r.standard, false}
	if winter.at.Before(summer.at) {
		return []turn{winter, summer}
	}
	return []turn{summer, winter}
}

// atStart is the offset in force when a year begins: the one that the year ends with.
func (r rules) atStart(year int) (offset time.Duration, daylight bool) {
	if t := r.turns(year); len(t) == 2 {
		return t[1].after, t[1].daylight
	}
	return r.standard, false
}

// observe lists what the clocks of a location do in a year.
func observe(loc *time.Location, year int) []turn {
	var found []turn
	end := time.Date(year+1, time.January, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC).In(loc); ; {
		before := offsetOf(t)
		_, next := t.ZoneBounds()
		if next.IsZero() || !next.Before(end) {
			return found
		}
		if after := offsetOf(next); after != before {
			found = append(found, turn{next.UTC(), before, after, next.IsDST()})
		}
		t = next
	}
}

func offsetOf(t time.Time) time.Duration {
	_, seconds := t.Zone()
	return time.Duration(seconds) * time.Second
}

// probe derives the rules of a location from a year. A year that has not just a summer and a winter counts as one without
// changes, at the offset that it ends with.
func probe(loc *time.Location, year int) rules {
	seen := observe(loc, year)
	if len(seen) != 2 || seen[0].daylight == seen[1].daylight || seen[0].before != seen[1].after {
		return rules{standard: offsetOf(time.Date(year, time.December, 31, 12, 0, 0, 0, loc))}
	}
	summer, winter := seen[0], seen[1]
	if winter.daylight {
		summer, winter = winter, summer
	}
	return rules{
		standard: winter.after, daylight: summer.after, changes: true,
		summer: generalise(loc, summer), winter: generalise(loc, winter),
	}
}

// generalise makes a rule of a change that happened: where it was on the fourth Sunday that was the last one too, the years
// around say which is meant.
func generalise(loc *time.Location, t turn) change {
	wall := t.at.Add(t.before)
	c := change{month: wall.Month(), weekday: wall.Weekday(), nth: lastOf}
	c.clock = wall.Sub(dayOf(wall).midnight())
	nth := (wall.Day()-1)/7 + 1
	if nth > 4 || !c.in(wall.Year()).Equal(wall) {
		c.nth = min(nth, 4)
		if nth > 4 {
			c.nth = lastOf
		}
		return c
	}
	numbered := c
	numbered.nth = nth
	if fits(loc, numbered, t) > fits(loc, c, t) {
		return numbered
	}
	return c
}

// fits counts the years around for which a rule is right.
func fits(loc *time.Location, c change, t turn) (count int) {
	for year := t.at.Year() - 10; year <= t.at.Year()+10; year++ {
		for _, seen := range observe(loc, year) {
			if seen.at.Add(seen.before).Equal(c.in(year)) && seen.daylight == t.daylight {
				count++
			}
		}
	}
	return count
}

// hold reports whether a location follows the rules in a year.
func (r rules) hold(loc *time.Location, year int) bool {
	seen, want := observe(loc, year), r.turns(year)
	if len(seen) != len(want) {
		return false
	}
	for i := range seen {
		if seen[i].before != want[i].before || seen[i].after != want[i].after || !seen[i].at.Equal(want[i].at) {
			return false
		}
	}
	return len(want) > 0 || offsetOf(time.Date(year, time.July, 1, 0, 0, 0, 0, loc)) == r.standard
}

// era is a time from the beginning of a year on, 1 for the first, with the same rules.
type era struct {
	from int
	rules
}

// The present is that of a fixed year, so that answers do not depend on when they are given; the past is not followed
// further back than to the oldest year.
const (
	present = 2026
	oldest  = 2000
)

// eras are the rules of a location for the present, and before them those of the year before they came, if that was not too
// long ago: as many as Windows commonly keeps.
func eras(loc *time.Location) []era {
	now := probe(loc, present)
	from := present
	for from > oldest && now.hold(loc, from-1) {
		from--
	}
	if from == oldest {
		return []era{{1, now}}
	}
	return []era{{1, probe(loc, from-1)}, {from, now}}
}
