package mailbox

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

// nextTask is a recurring task when the occurrence that is due is done with: the one after it; false if there is none. There is one item
// for all occurrences, which is the one that is due (MS docs: AffectedTaskOccurrences).
func (it *item) nextTask() (*item, bool) {
	r, recurs := it.get("task:Recurrence").(ews.Recurrence)
	if !recurs {
		return nil, false
	}
	start, starts := timeOf(it.get("task:StartDate"))
	due, ends := timeOf(it.get("task:DueDate"))
	if !starts {
		start = due
	}
	at, ok := nextOf(r, start)
	if !ok {
		return nil, false
	}
	next := it.clone()
	next.set("task:Recurrence", shorter(r, at))
	if starts {
		next.set("task:StartDate", at)
	}
	if ends {
		next.set("task:DueDate", at.Add(due.Sub(start)))
	}
	next.reopen(ews.TaskStatus("NotStarted"))
	return next, true
}

// nextOf is when a task recurs that has begun: as its pattern says, or so long from now.
func nextOf(r ews.Recurrence, start time.Time) (time.Time, bool) {
	today := now().Truncate(day)
	last := r.Numbered != nil && r.Numbered.NumberOfOccurrences < 2
	switch {
	case r.DailyRegeneration != nil:
		return today.AddDate(0, 0, r.DailyRegeneration.Interval), !last
	case r.WeeklyRegeneration != nil:
		return today.AddDate(0, 0, 7*r.WeeklyRegeneration.Interval), !last
	case r.MonthlyRegeneration != nil:
		return today.AddDate(0, r.MonthlyRegeneration.Interval, 0), !last
	case r.YearlyRegeneration != nil:
		return today.AddDate(r.YearlyRegeneration.Interval, 0, 0), !last
	}
	s := calendar.Series{Start: start, End: start, Zone: time.UTC, Recurrence: r}
	slot, ok := s.Nth(1)
	if ok && !slot.Start.After(start) {
		slot, ok = s.Nth(2)
	}
	return slot.Start, ok
}

// shorter is what is left of a recurrence from an occurrence on.
func shorter(r ews.Recurrence, from time.Time) ews.Recurrence {
	for _, extent := range []**ews.Range{&r.NoEnd, &r.EndDate, &r.Numbered} {
		if *extent == nil {
			continue
		}
		left := **extent
		left.StartDate = ews.Date{Time: from}
		if left.NumberOfOccurrences > 0 {
			left.NumberOfOccurrences--
		}
		*extent = &left
	}
	return r
}
