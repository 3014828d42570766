package mailbox

import (
	"maps"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

// exceptions are the occurrences of a series that are not as the pattern has them, by the instant at which that has them begin.
type exceptions struct {
	changed map[moment]ews.Properties
	deleted []moment
}

func (e *exceptions) clone() *exceptions {
	return &exceptions{changed: maps.Clone(e.changed), deleted: slices.Clone(e.deleted)}
}

const day = 24 * time.Hour

// originalStart is the property that says the instant.
var originalStart = ews.Path{URI: "calendar:OriginalStart"}

// moment names an occurrence by when the pattern has it begin: in seconds, from the zero time on. A day would not do: two begin on
// the same one in UTC when clocks are put forward around midnight.
type moment int64

func momentOf(t time.Time) moment { return moment(t.Unix() - time.Time{}.Unix()) }

func (i moment) time() time.Time { return time.Unix(int64(i)+time.Time{}.Unix(), 0).UTC() }

// maxMoment is later than any occurrence is.
func maxMoment() moment { return momentOf(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)) }

// slot is the occurrence that begins at an instant, as the pattern has it; false if there is none.
func (i moment) slot(s calendar.Series) (calendar.Slot, bool) {
	if i <= 0 || i > maxMoment() {
		return calendar.Slot{}, false // nothing that a server has named
	}
	from := i.time()
	for _, slot := range s.Between(from, from.Add(time.Second)) {
		if momentOf(slot.Start) == i {
			return slot, true
		}
	}
	return calendar.Slot{}, false
}

// series is the pattern of an item, false if it is no series.
func (it *item) series() (calendar.Series, bool) {
	r, ok := it.get("calendar:Recurrence").(ews.Recurrence)
	if !ok {
		return calendar.Series{}, false
	}
	start, _ := timeOf(it.get("calendar:Start"))
	end, _ := timeOf(it.get("calendar:End"))
	return calendar.Series{Start: start, End: end, Zone: zoneOf(it), Recurrence: r}, true
}

// zoneOf is the time zone in which an appointment recurs.
func zoneOf(it *item) *time.Location {
	for _, uri := range []string{"calendar:StartTimeZone", "calendar:EndTimeZone"} {
		if z, ok := it.get(uri).(ews.TimeZoneDefinition); ok {
			if loc, ok := calendar.Location(z.ID); ok {
				return loc
			}
		}
	}
	return time.UTC
}

// member is the item that a reference means: itself, an occurrence of it, or, for a reference to the series of an occurrence,
// the series.
func (b *box) member(it *item, instance moment, ref ews.ItemRef) (*item, ews.Code) {
	s, recurs := it.series()
	switch {
	case ref.Master && instance == 0:
		return nil, "ErrorCalendarCannotUseIdForRecurringMasterId"
	case ref.Master, instance == 0 && ref.Instance == 0:
		return it, ews.NoError
	case !recurs:
		return nil, "ErrorCalendarCannotUseIdForOccurrenceId"
	}
	if ref.Instance != 0 {
		slot, ok := s.Nth(ref.Instance)
		switch {
		case !ok:
			return nil, "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange"
		case it.isDeleted(momentOf(slot.Start)):
			return nil, "ErrorCalendarOccurrenceIsDeletedFromRecurrence"
		}
		return it.occurrence(slot), ews.NoError
	}
	slot, ok := instance.slot(s)
	if !ok || it.isDeleted(instance) {
		return nil, ews.ErrorItemNotFound
	}
	return it.occurrence(slot), ews.NoError
}

func (it *item) isDeleted(instance moment) bool {
	return it.changes != nil && slices.Contains(it.changes.deleted, instance)
}

// occurrence is one of a series as an item of its own: as the series, but for its times and for what somebody has changed.
func (it *item) occurrence(slot calendar.Slot) *item {
	o := it.clone()
	o.instance, o.changes = momentOf(slot.Start), nil
	o.props.Remove(ews.Path{URI: "calendar:Recurrence"})
	o.set("calendar:Start", slot.Start)
	o.set("calendar:End", slot.End)
	o.props.Set(originalStart, slot.Start)
	o.set("calendar:RecurrenceId", slot.Start)
	o.set("calendar:CalendarItemType", ews.AnOccurrence)
	if it.changes != nil {
		if changed, ok := it.changes.changed[o.instance]; ok {
			for path, v := range changed.All() {
				o.props.Set(path, v)
			}
			o.set("calendar:CalendarItemType", ews.AnException)
		}
	}
	return o
}

// settle lets go of the exceptions of which the pattern, or the zone, has no occurrence any more, after a change of the series.
func (it *item) settle() {
	s, recurs := it.series()
	if !recurs || it.changes == nil {
		return
	}
	gone := func(i moment) bool {
		_, ok := i.slot(s)
		return !ok
	}
	it.changes.deleted = slices.DeleteFunc(it.changes.deleted, gone)
	maps.DeleteFunc(it.changes.changed, func(i moment, _ ews.Properties) bool { return gone(i) })
}

// replaceOccurrence keeps what has changed of an occurrence, with its series.
func (b *box) replaceOccurrence(was, it *item) {
	master := b.item(b.folder(it.folder), it.uid)
	changed := master.clone()
	if changed.changes == nil {
		changed.changes = &exceptions{}
	}
	if changed.changes.changed == nil {
		changed.changes.changed = map[moment]ews.Properties{}
	}
	kept := changed.changes.changed[it.instance]
	kept = kept.Clone()
	for path, v := range it.props.All() {
		if old := was.props.Get(path); !same(old, v) {
			kept.Set(path, v)
		}
	}
	changed.changes.changed[it.instance] = kept
	b.replace(master, changed, modified)
	it.version = changed.version
}

// inTurn says what is wrong with the times that an update gives an occurrence: it stays between the one before and the one after
// (MS docs: ResponseCode, ErrorOccurrenceCrossingBoundary and ErrorOccurrenceTimeSpanTooBig).
func (p place) inTurn(it *item, updates []ews.FieldUpdate) ews.Code {
	timed := func(u ews.FieldUpdate) bool { return u.Path.URI == "calendar:Start" || u.Path.URI == "calendar:End" }
	if it.instance == 0 || !slices.ContainsFunc(updates, timed) {
		return ews.NoError
	}
	start, end := it.times()
	master, code := p.item(p.folder, it.uid), ews.NoError
	for _, step := range []int{-1, 1} {
		o := master.neighbour(it.instance, step)
		if o == nil {
			continue
		}
		from, to := o.times()
		switch {
		case step < 0 && !start.After(from) || step > 0 && !start.Before(from):
			return "ErrorOccurrenceCrossingBoundary"
		case start.Before(to) && from.Before(end):
			code = "ErrorOccurrenceTimeSpanTooBig"
		}
	}
	return code
}

func (it *item) times() (start, end time.Time) {
	start, _ = timeOf(it.get("calendar:Start"))
	end, _ = timeOf(it.get("calendar:End"))
	return start, end
}

// neighbour is the next occurrence in a direction that was not deleted, nil if there is none.
func (it *item) neighbour(instance moment, step int) *item {
	s, _ := it.series()
	slot, ok := instance.slot(s)
	for ok {
		if slot, ok = s.Nth(slot.Index + step); ok && !it.isDeleted(momentOf(slot.Start)) {
			return it.occurrence(slot)
		}
	}
	return nil
}

// same reports whether two values are equal, for those that can be compared.
func same(a, b any) bool {
	switch a.(type) {
	case string, int, bool, float64, ews.BodyContent, ews.BusyType, ews.Importance, ews.Sensitivity:
		return a == b
	case time.Time:
		t, ok := b.(time.Time)
		return ok && t.Equal(a.(time.Time))
	}
	return false
}

// deleteOccurrence takes an occurrence out of its series.
func (p place) deleteOccurrence(j *job, it *item) ews.Code {
	master := p.item(p.folder, it.uid)
	changed := master.clone()
	if changed.changes == nil {
		changed.changes = &exceptions{}
	}
	changed.changes.deleted = append(changed.changes.deleted, it.instance)
	delete(changed.changes.changed, it.instance)
	p.touch(j, changed)
	p.replace(master, changed, modified)
	return ews.NoError
}

// between are the items of a calendar in a time, occurrences one by one, by their start.
func (b *box) between(f *folder, from, to time.Time) (all []*item) {
	for _, uid := range b.list(f) {
		it := b.item(f, uid)
		if it == nil || it.kind != ews.KindCalendarItem {
			continue
		}
		all = append(all, it.spread(from, to)...)
	}
	slices.SortStableFunc(all, func(a, b *item) int {
		s, _ := timeOf(a.get("calendar:Start"))
		t, _ := timeOf(b.get("calendar:Start"))
		return s.Compare(t)
	})
	return all
}

// spread is what an appointment comes to in a time: itself, or the occurrences of the series.
func (it *item) spread(from, to time.Time) (all []*item) {
	s, recurs := it.series()
	if !recurs {
		if it.overlaps(from, to) {
			return []*item{it}
		}
		return nil
	}
	const slack = 31 * day // an exception may lie that far from where the pattern has it
	for _, slot := range s.Between(from.Add(-slack), to.Add(slack)) {
		if it.isDeleted(momentOf(slot.Start)) {
			continue
		}
		if o := it.occurrence(slot); o.overlaps(from, to) {
			all = append(all, o)
		}
	}
	return all
}

func (it *item) overlaps(from, to time.Time) bool {
	start, _ := timeOf(it.get("calendar:Start"))
	end, _ := timeOf(it.get("calendar:End"))
	return start.Before(to) && (end.After(from) || end.Equal(start) && !start.Before(from))
}

// Parts of a series that answers show.

func (b *box) edge(it *item, slot calendar.Slot, ok bool) any {
	if !ok {
		return nil
	}
	o := it.occurrence(slot)
	start, _ := timeOf(o.get("calendar:Start"))
	end, _ := timeOf(o.get("calendar:End"))
	return ews.Occurrence{ItemID: b.itemID(o), Start: start, End: end, OriginalStart: slot.Start}
}

// modifiedOccurrences are those that somebody has changed, nil if there are none.
func (b *box) modifiedOccurrences(it *item) any {
	s, recurs := it.series()
	if !recurs || it.changes == nil || len(it.changes.changed) == 0 {
		return nil
	}
	var all ews.Occurrences
	for _, instance := range slices.Sorted(maps.Keys(it.changes.changed)) {
		if slot, ok := instance.slot(s); ok {
			all.Occurrences = append(all.Occurrences, b.edge(it, slot, true).(ews.Occurrence))
		}
	}
	return all
}

func (it *item) deletedOccurrences() any {
	s, recurs := it.series()
	if !recurs || it.changes == nil || len(it.changes.deleted) == 0 {
		return nil
	}
	var all ews.DeletedOccurrences
	for _, instance := range it.changes.deleted {
		if slot, ok := instance.slot(s); ok {
			all.Deleted = append(all.Deleted, ews.DeletedOccurrence{Start: slot.Start})
		}
	}
	return all
}
