package calendar

import (
	"errors"
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Series is an appointment that recurs (MS docs: Recurrence; MS-OXOCAL, section 2.2.1.44).
type Series struct {
	// Start and End are those of the first occurrence.
	Start, End time.Time
	// Zone is the one in which the pattern is: a meeting at nine stays at nine when clocks change. Nil: UTC.
	Zone       *time.Location
	Recurrence ews.Recurrence
}

// Slot is one occurrence as the pattern has it.
type Slot struct {
	Index      int // from 1
	Start, End time.Time
}

// most bounds the occurrences that are looked at.
const most = 20_000

// Check reports what is wrong with the pattern or the range.
func (s Series) Check() error {
	rule, err := ruleOf(s.Recurrence)
	if err != nil {
		return err
	}
	switch r := s.Recurrence; {
	case r.NoEnd == nil && r.EndDate == nil && r.Numbered == nil:
		return errors.New("calendar: the recurrence has no range")
	case r.Numbered != nil && (r.Numbered.NumberOfOccurrences < 1 || r.Numbered.NumberOfOccurrences > 999):
		return fmt.Errorf("calendar: %d occurrences: 1 to 999 can be asked for", r.Numbered.NumberOfOccurrences)
	case r.EndDate != nil && r.EndDate.EndDate.Before(r.EndDate.StartDate.Time):
		return errors.New("calendar: the recurrence ends before it begins")
	}
	return rule.check()
}

func (s Series) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// each yields the occurrences in their order, until it is told to stop or there are no more.
func (s Series) each(yield func(Slot) bool) {
	rule, err := ruleOf(s.Recurrence)
	if err != nil || rule.check() != nil {
		return
	}
	first := s.Start.In(s.zone())
	hour, minute, second := first.Clock()
	length := s.End.Sub(s.Start)
	index := 0
	from := civil(s.begins(first))
	for d := range rule.days(from) {
		if s.ended(d, index) || index >= most {
			return
		}
		start := time.Date(d.Year(), d.Month(), d.Day(), hour, minute, second, 0, s.zone()).UTC()
		index++
		if !yield(Slot{Index: index, Start: start, End: start.Add(length)}) {
			return
		}
	}
}

// begins is the day from which the pattern counts: that of the range, or of the first occurrence if that is later.
func (s Series) begins(first time.Time) time.Time {
	r := s.Recurrence
	for _, rng := range []*ews.Range{r.NoEnd, r.EndDate, r.Numbered} {
		if rng != nil && civil(rng.StartDate.Time).After(civil(first)) {
			return rng.StartDate.Time
		}
	}
	return first
}

// ended reports whether the range ends before a day, or before a further occurrence.
func (s Series) ended(d time.Time, before int) bool {
	switch r := s.Recurrence; {
	case r.Numbered != nil:
		return before >= r.Numbered.NumberOfOccurrences
	case r.EndDate != nil:
		return d.After(civil(r.EndDate.EndDate.Time))
	}
	return false
}

// civil is the day of a time, as midnight in UTC.
func civil(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Between are the occurrences that lie in a time, if only in part.
func (s Series) Between(from, to time.Time) (slots []Slot) {
	for slot := range s.each {
		if !slot.Start.Before(to) {
			break
		}
		if slot.End.After(from) || slot.Start.Equal(slot.End) && !slot.Start.Before(from) {
			slots = append(slots, slot)
		}
	}
	return slots
}

// Nth is the occurrence of that number, from 1; false if there is none.
func (s Series) Nth(index int) (Slot, bool) {
	for slot := range s.each {
		if slot.Index == index {
			return slot, true
		}
	}
	return Slot{}, false
}

// First is the first occurrence; false if there is none.
func (s Series) First() (Slot, bool) { return s.Nth(1) }

// Last is the last occurrence; false if there is none, or no last one.
func (s Series) Last() (last Slot, ok bool) {
	if s.Recurrence.NoEnd != nil {
		return last, false
	}
	for slot := range s.each {
		last, ok = slot, true
	}
	return last, ok
}
