package ews

import (
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// BusyType says how somebody is taken up (MS docs: LegacyFreeBusyStatus).
type BusyType string

// The busy types, the least busy first.
const (
	Free             BusyType = "Free"
	WorkingElsewhere BusyType = "WorkingElsewhere"
	Tentative        BusyType = "Tentative"
	Busy             BusyType = "Busy"
	OutOfOffice      BusyType = "OOF"
	NoData           BusyType = "NoData"
)

// Valid reports whether the schema knows the value.
func (b BusyType) Valid() bool {
	switch b {
	case Free, WorkingElsewhere, Tentative, Busy, OutOfOffice, NoData:
		return true
	}
	return false
}

// CalendarItemType says which part of a series an item is.
type CalendarItemType string

// The calendar item types.
const (
	Single          CalendarItemType = "Single"
	RecurringMaster CalendarItemType = "RecurringMaster"
	AnOccurrence    CalendarItemType = "Occurrence"
	AnException     CalendarItemType = "Exception"
)

// Valid reports whether the schema knows the value.
func (t CalendarItemType) Valid() bool {
	return t == Single || t == RecurringMaster || t == AnOccurrence || t == AnException
}

// ResponseType is what somebody has answered to an invitation.
type ResponseType string

// The responses.
const (
	ResponseUnknown    ResponseType = "Unknown"
	ResponseOrganizer  ResponseType = "Organizer"
	ResponseTentative  ResponseType = "Tentative"
	ResponseAccept     ResponseType = "Accept"
	ResponseDecline    ResponseType = "Decline"
	NoResponseReceived ResponseType = "NoResponseReceived"
)

// Valid reports whether the schema knows the value.
func (r ResponseType) Valid() bool {
	switch r {
	case ResponseUnknown, ResponseOrganizer, ResponseTentative, ResponseAccept, ResponseDecline, NoResponseReceived:
		return true
	}
	return false
}

// Attendee is somebody who is invited.
type Attendee struct {
	Mailbox          Mailbox      `x:"t:Mailbox,need"`
	ResponseType     ResponseType `x:"t:ResponseType"`
	LastResponseTime *time.Time   `x:"t:LastResponseTime"`
	ProposedStart    *time.Time   `x:"t:ProposedStart"`
	ProposedEnd      *time.Time   `x:"t:ProposedEnd"`
}

// Attendees are those who are invited.
type Attendees struct {
	Attendees []Attendee `x:"t:Attendee"`
}

// Occurrence is one of a series.
type Occurrence struct {
	ItemID        ItemID    `x:"t:ItemId"`
	Start         time.Time `x:"t:Start"`
	End           time.Time `x:"t:End"`
	OriginalStart time.Time `x:"t:OriginalStart"`
}

// Occurrences are some of a series.
type Occurrences struct {
	Occurrences []Occurrence `x:"t:Occurrence"`
}

// DeletedOccurrences are those that a series no more has.
type DeletedOccurrences struct {
	Deleted []DeletedOccurrence `x:"t:DeletedOccurrence"`
}

// DeletedOccurrence is one of them, by its start.
type DeletedOccurrence struct {
	Start time.Time `x:"t:Start"`
}

// MeetingTimeZone is the time zone of a meeting as Exchange 2007 has it.
type MeetingTimeZone struct {
	Name string `x:"@TimeZoneName"`
	Rest xmlbind.Rest
}

// Recurrence is the pattern of a series, one of the patterns, and its range, one
// of the ranges (MS docs: Recurrence).
type Recurrence struct {
	RelativeYearly  *Pattern `x:"t:RelativeYearlyRecurrence"`
	AbsoluteYearly  *Pattern `x:"t:AbsoluteYearlyRecurrence"`
	RelativeMonthly *Pattern `x:"t:RelativeMonthlyRecurrence"`
	AbsoluteMonthly *Pattern `x:"t:AbsoluteMonthlyRecurrence"`
	Weekly          *Pattern `x:"t:WeeklyRecurrence"`
	Daily           *Pattern `x:"t:DailyRecurrence"`
	// The next four are for tasks: the next one is due so long after this one is done.
	DailyRegeneration   *Pattern `x:"t:DailyRegeneration"`
	WeeklyRegeneration  *Pattern `x:"t:WeeklyRegeneration"`
	MonthlyRegeneration *Pattern `x:"t:MonthlyRegeneration"`
	YearlyRegeneration  *Pattern `x:"t:YearlyRegeneration"`

	NoEnd    *Range `x:"t:NoEndRecurrence"`
	EndDate  *Range `x:"t:EndDateRecurrence"`
	Numbered *Range `x:"t:NumberedRecurrence"`
}

// Pattern says when a series recurs; each pattern has some of the fields.
type Pattern struct {
	Interval       int    `x:"t:Interval"`
	DaysOfWeek     string `x:"t:DaysOfWeek"`     // "Monday Friday", or Day, Weekday, WeekendDay
	FirstDayOfWeek string `x:"t:FirstDayOfWeek"` // of weekly patterns
	DayOfWeekIndex string `x:"t:DayOfWeekIndex"` // First to Fourth, Last
	DayOfMonth     int    `x:"t:DayOfMonth"`
	Month          string `x:"t:Month"` // "January"
}

// Range says from when to when.
type Range struct {
	StartDate           Date `x:"t:StartDate"`
	EndDate             Date `x:"t:EndDate"`
	NumberOfOccurrences int  `x:"t:NumberOfOccurrences"`
}

// Date is a day, xs:date.
type Date struct{ time.Time }

// AppendText appends the day as the servers write it, in UTC.
func (d Date) AppendText(dst []byte) ([]byte, error) {
	return d.UTC().AppendFormat(dst, "2006-01-02Z"), nil
}

// UnmarshalText reads a day, with a zone or without.
func (d *Date) UnmarshalText(text []byte) error {
	day := string(text)
	if len(day) > len(time.DateOnly) {
		day = day[:len(time.DateOnly)]
	}
	t, err := time.Parse(time.DateOnly, day)
	d.Time = t
	return err
}
