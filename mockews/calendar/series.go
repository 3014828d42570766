package calendar

import (
	"fmt"
	"math"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Series is a meeting that recurs. Start and End are its first occurrence, as instants. The pattern is about the wall clock
// of Zone, nil for UTC: what begins at nine begins at nine in summer and in winter.
//
// A series begins on the day of Start, or on the StartDate of its range where that is later; where that day is not in the
// pattern, the first occurrence is the next one that is.
type Series struct {
	Start, End time.Time
	Zone       *time.Location
	Recurrence ews.Recurrence
}

// Slot is one occurrence. Index counts from 1. The times are in UTC.
type Slot struct {
	Index      int
	Start, End time.Time
}

// Overlaps reports whether the occurrence takes some of the time from from to before to. One that takes no time does where
// it begins.
func (s Slot) Overlaps(from, to time.Time) bool {
	return s.Start.Before(to) && (s.End.After(from) || s.Start.Equal(s.End) && !s.Start.Before(from))
}

// plan is a series that is ready to be counted.
type plan struct {
	cycle
	skip  int // days of period 0 that are before the series begins
	count int // of occurrences

	zone     *time.Location
	start    time.Time
	clock    time.Time // when an occurrence begins, as a wall clock
	wall     time.Duration
	duration time.Duration
}

// newest is the last day that a series is followed to: servers write it for series without end (MS-OXOCAL, section
// 2.2.1.44.1, EndDate).
func newest() day { return dateOf(4500, time.August, 31) }

// plan reads a series.
func (s Series) plan() (*plan, error) {
	p := &plan{zone: s.Zone, start: s.Start.UTC(), duration: s.End.Sub(s.Start)}
	if p.zone == nil {
		p.zone = time.UTC
	}
	if p.duration < 0 {
		return nil, fmt.Errorf("%w: it starts %v and ends %v", ErrEndBeforeStart, s.Start, s.End)
	}
	p.clock = wallOf(s.Start.In(p.zone))
	p.wall = wallOf(s.End.In(p.zone)).Sub(p.clock)
	first := dayOf(p.clock)
	extent, err := readRange(s.Recurrence)
	if err != nil {
		return nil, err
	}
	if !extent.StartDate.IsZero() {
		first = max(first, dayOf(extent.StartDate.Time))
	}
	if first >= newest() || first < dateOf(1601, time.January, 1) {
		return nil, fmt.Errorf("%w: it begins in %d; give a year from 1601 to 4499", ErrRecurrence, first.midnight().Year())
	}
	if p.cycle, err = newCycle(s.Recurrence, first); err != nil {
		return nil, err
	}
	for p.skip < p.size() && p.at(0, p.skip) < first {
		p.skip++
	}
	return p, p.limit(s.Recurrence, first)
}

// readRange is the one range of a recurrence.
func readRange(r ews.Recurrence) (extent ews.Range, err error) {
	count := 0
	for _, given := range []*ews.Range{r.NoEnd, r.EndDate, r.Numbered} {
		if given != nil {
			extent = *given
			count++
		}
	}
	if count != 1 {
		return extent, fmt.Errorf("%w: it has %d ranges; give one", ErrRecurrence, count)
	}
	return extent, nil
}

// limit counts the occurrences.
func (p *plan) limit(r ews.Recurrence, first day) error {
	p.count = p.until(newest())
	switch {
	case r.EndDate != nil:
		end := dayOf(r.EndDate.EndDate.Time)
		if end < first {
			return fmt.Errorf("%w: the range ends %s", ErrEndBeforeStart, end.midnight().Format(time.DateOnly))
		}
		p.count = min(p.count, p.until(end))
	case r.Numbered != nil:
		if n := r.Numbered.NumberOfOccurrences; n < 1 {
			return fmt.Errorf("%w: %d occurrences; give 1 or more", ErrRecurrence, n)
		}
		p.count = min(p.count, r.Numbered.NumberOfOccurrences)
	}
	if p.count < 1 {
		return ErrNoOccurrence
	}
	return nil
}

// until is how many occurrences begin up to a day.
func (p *plan) until(last day) int {
	period := p.of(last)
	n := period*p.size() - p.skip
	for i := 0; i < p.size() && p.at(period, i) <= last; i++ {
		n++
	}
	return max(n, 0)
}

// slot is an occurrence that there is.
func (p *plan) slot(index int) Slot {
	j := index - 1 + p.skip
	on := p.at(j/p.size(), j%p.size())
	if on == dayOf(p.clock) { // as it was given, which of two equal hours it may be in included
		return Slot{Index: index, Start: p.start, End: p.start.Add(p.duration)}
	}
	wall := on.midnight().Add(p.clock.Sub(dayOf(p.clock).midnight()))
	slot := Slot{Index: index, Start: instant(wall, p.zone), End: instant(wall.Add(p.wall), p.zone)}
	if moved := !wallOf(slot.Start.In(p.zone)).Equal(wall); moved || slot.End.Before(slot.Start) {
		slot.End = slot.Start.Add(p.duration) // clocks are changed while it begins or ends
	}
	return slot
}

// wallOf is what the clock on the wall shows, as a time in UTC.
func wallOf(t time.Time) time.Time {
	return t.UTC().Add(offsetOf(t))
}

// instant is when a clock on the wall shows a time. Of an hour that comes twice it is the second, which is standard time (as
// .NET has it: TimeZoneInfo.ConvertTimeToUtc); in an hour that is left out clocks have already been put forward (RFC 5545,
// section 3.3.5).
func instant(wall time.Time, zone *time.Location) time.Time {
	y, m, d := wall.Date()
	t := time.Date(y, m, d, wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), zone)
	if gap := wallOf(wall).Sub(wallOf(t)); gap > 0 {
		return t.Add(gap).UTC()
	}
	if _, changed := t.ZoneBounds(); !changed.IsZero() {
		if second := wallOf(wall).Add(-offsetOf(changed)); !second.Before(changed) {
			return second
		}
	}
	return t.UTC()
}

// Check says what is wrong with a series: an error that is [ErrRecurrence], [ErrEndBeforeStart] or [ErrNoOccurrence].
func (s Series) Check() error {
	_, err := s.plan()
	return err
}

// Nth returns an occurrence by its index, from 1; false where there is none.
func (s Series) Nth(index int) (Slot, bool) {
	p, err := s.plan()
	if err != nil || index < 1 || index > p.count {
		return Slot{}, false
	}
	return p.slot(index), true
}

// First returns the first occurrence.
func (s Series) First() (Slot, bool) { return s.Nth(1) }

// Last returns the last occurrence; false for a series without end.
func (s Series) Last() (Slot, bool) {
	p, err := s.plan()
	if err != nil || s.Recurrence.NoEnd != nil {
		return Slot{}, false
	}
	return p.slot(p.count), true
}

// Count is how many occurrences there are; false for a series without end.
func (s Series) Count() (int, bool) {
	p, err := s.plan()
	if err != nil || s.Recurrence.NoEnd != nil {
		return 0, false
	}
	return p.count, true
}

// maxSteps is how many occurrences are looked at for one question.
const maxSteps = 10000

// Between returns the occurrences that overlap the time from from to before to: of the first 10000, those that do.
func (s Series) Between(from, to time.Time) []Slot {
	p, err := s.plan()
	if err != nil || !from.Before(to) {
		return nil
	}
	var found []Slot
	index := p.before(from)
	for last := min(p.count, index+maxSteps-1); index <= last; index++ {
		slot := p.slot(index)
		if !slot.Start.Before(to) {
			break
		}
		if slot.Overlaps(from, to) {
			found = append(found, slot)
		}
	}
	return found
}

// before is an index up to which everything is over at an instant. Two days more than the length leave room for the zones.
func (p *plan) before(from time.Time) int {
	oldest := float64(from.Unix())/86400 - p.duration.Hours()/24 - 2
	return p.until(day(math.Floor(max(oldest, -1e6)))) + 1
}
