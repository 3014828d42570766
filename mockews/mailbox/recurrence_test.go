package mailbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
)

// Patterns that make no sense get the codes that MS docs, ResponseCode, has for them, when an appointment or a task is made or changed.
func TestCodesOfRecurrences(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	meeting := me.create(named("calendar"), object(ews.KindCalendarItem, "calendar:Start", noon, "calendar:End", noon.Add(time.Hour)))
	task := me.create(named("tasks"), object(ews.KindTask, "item:Subject", "task"))
	forever := &ews.Range{StartDate: ews.Date{Time: noon}}
	scope, day := ews.Code("ErrorCalendarOutOfRange"), ews.Code("ErrorCalendarInvalidDayForWeeklyRecurrence")
	for name, c := range map[string]struct {
		want ews.Code
		r    ews.Recurrence
	}{
		"every 0 days":           {scope, ews.Recurrence{Daily: &ews.Pattern{Interval: 0}, NoEnd: forever}},
		"every 999 days":         {ews.NoError, ews.Recurrence{Daily: &ews.Pattern{Interval: 999}, NoEnd: forever}},
		"every 1000 days":        {scope, ews.Recurrence{Daily: &ews.Pattern{Interval: 1000}, NoEnd: forever}},
		"every 100 weeks":        {scope, ews.Recurrence{Weekly: &ews.Pattern{Interval: 100, DaysOfWeek: "Monday"}, NoEnd: forever}},
		"on two days of a week":  {ews.NoError, ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Monday Friday"}, NoEnd: forever}},
		"on weekdays of a week":  {day, ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Weekday"}, NoEnd: forever}},
		"on weekends of a week":  {day, ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Monday WeekendDay"}, NoEnd: forever}},
		"on all days of a week":  {day, ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Day"}, NoEnd: forever}},
		"on weekdays of a month": {ews.NoError, ews.Recurrence{RelativeMonthly: &ews.Pattern{Interval: 1, DaysOfWeek: "Weekday", DayOfWeekIndex: "First"}, NoEnd: forever}},
		"every 100 months":       {scope, ews.Recurrence{RelativeMonthly: &ews.Pattern{Interval: 100, DaysOfWeek: "Weekday", DayOfWeekIndex: "First"}, NoEnd: forever}},
		"on the 32nd of a month": {scope, ews.Recurrence{AbsoluteMonthly: &ews.Pattern{Interval: 1, DayOfMonth: 32}, NoEnd: forever}},
		"on the 0th of a year":   {scope, ews.Recurrence{AbsoluteYearly: &ews.Pattern{DayOfMonth: 0, Month: "May"}, NoEnd: forever}},
		"on the 31st of a year":  {ews.NoError, ews.Recurrence{AbsoluteYearly: &ews.Pattern{DayOfMonth: 31, Month: "May"}, NoEnd: forever}},
		"never":                  {scope, ews.Recurrence{Daily: &ews.Pattern{Interval: 1}, Numbered: &ews.Range{StartDate: ews.Date{Time: noon}}}},
	} {
		for _, of := range []struct {
			folder, uri string
			kind        ews.Kind
			id          ews.ItemRef
		}{{"calendar", "calendar:Recurrence", ews.KindCalendarItem, meeting.Ref()}, {"tasks", "task:Recurrence", ews.KindTask, task.Ref()}} {
			o := object(of.kind, of.uri, c.r)
			_, code := do[ews.CreateItemResponse](me, ews.CreateItem{Invitations: ews.SendToNone, Items: []ews.Object{o}})
			assert.Equal(t, c.want, code, "%s: %s created", of.folder, name)
			_, code = do[ews.UpdateItemResponse](me, ews.UpdateItem{Conflict: "AlwaysOverwrite", Invitations: ews.SendToNone, Disposition: ews.SaveOnly, Changes: []ews.ItemUpdates{{
				ID: of.id, Updates: []ews.FieldUpdate{{Kind: ews.SetField, Path: path(of.uri), Object: o}},
			}}})
			assert.Equal(t, c.want, code, "%s: %s updated", of.folder, name)
		}
	}
	until := func(r ews.Recurrence, to time.Time) ews.Code {
		r.EndDate = &ews.Range{StartDate: ews.Date{Time: noon}, EndDate: ews.Date{Time: to}}
		_, code := do[ews.CreateItemResponse](me, ews.CreateItem{Invitations: ews.SendToNone, Items: []ews.Object{object(ews.KindCalendarItem,
			"calendar:Start", noon, "calendar:End", noon.Add(time.Hour), "calendar:Recurrence", r)}})
		return code
	}
	assert.Equal(t, ews.Code("ErrorCalendarEndDateIsEarlierThanStartDate"), until(ews.Recurrence{Daily: &ews.Pattern{Interval: 1}}, noon.AddDate(0, 0, -1)))
	assert.Equal(t, ews.Code("ErrorRecurrenceHasNoOccurrence"), until(ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: noon.AddDate(0, 0, 2).Weekday().String()}}, noon.AddDate(0, 0, 1)))
}

// An appointment is made of a calendar, a message of a message (MS docs, ResponseCode: ErrorMimeContentConversionFailed, ErrorMimeContentInvalid).
func TestCodesOfMIME(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	for kind, want := range map[ews.Kind]ews.Code{ews.KindCalendarItem: "ErrorMimeContentConversionFailed", ews.KindMessage: "ErrorMimeContentInvalid"} {
		_, code := do[ews.CreateItemResponse](as(t, s, 1), ews.CreateItem{Disposition: ews.SaveOnly, Invitations: ews.SendToNone, Items: []ews.Object{
			object(kind, "item:MimeContent", ews.MimeContent{Content: []byte("BEGIN:VCALENDAR\r\nno calendar")}),
		}})
		assert.Equal(t, want, code, kind)
	}
}
