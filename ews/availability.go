package ews

import "time"

// OpGetUserAvailability asks when people are busy (MS docs: GetUserAvailability
// operation).
const OpGetUserAvailability Op = "GetUserAvailability"

// GetUserAvailability asks for the calendars of at most 100 people in at most
// 42 days.
type GetUserAvailability struct {
	TimeZone    *SerializableTimeZone `x:"t:TimeZone"`
	Mailboxes   []MailboxData         `x:"m:MailboxDataArray/t:MailboxData,need,empty"`
	FreeBusy    *FreeBusyOptions      `x:"t:FreeBusyViewOptions"`
	Suggestions *SuggestionsOptions   `x:"t:SuggestionsViewOptions"`
}

// SerializableTimeZone is a time zone by its offsets from UTC, in minutes, and
// by when they change. Local time is UTC minus Bias minus the bias of the time.
type SerializableTimeZone struct {
	Bias     int      `x:"t:Bias,always"`
	Standard ZoneTime `x:"t:StandardTime"`
	Daylight ZoneTime `x:"t:DaylightTime"`
}

// ZoneTime is when one of the two times of a zone begins.
type ZoneTime struct {
	Bias      int    `x:"t:Bias,always"`
	Time      string `x:"t:Time,always"`     // "03:00:00"
	DayOrder  int    `x:"t:DayOrder,always"` // 1 to 4, 5 is the last one
	Month     int    `x:"t:Month,always"`
	DayOfWeek string `x:"t:DayOfWeek,always"`
	Year      string `x:"t:Year"`
}

// MailboxData is one of the people.
type MailboxData struct {
	Email            AvailabilityAddress `x:"t:Email,need"`
	AttendeeType     string              `x:"t:AttendeeType,need"` // Organizer, Required, Optional, Room, Resource
	ExcludeConflicts *bool               `x:"t:ExcludeConflicts"`
}

// AvailabilityAddress is an address as the availability service has it.
type AvailabilityAddress struct {
	Name        string `x:"t:Name"`
	Address     string `x:"t:Address,need"`
	RoutingType string `x:"t:RoutingType"`
}

// TimeWindow is from when to when.
type TimeWindow struct {
	Start WindowTime `x:"t:StartTime,need"`
	End   WindowTime `x:"t:EndTime,need"`
}

// WindowTime is a time that a client writes with a zone, or without one: then
// it is in that of the request, and Floats.
type WindowTime struct {
	time.Time
	Floats bool
}

// AppendText appends the time.
func (t WindowTime) AppendText(dst []byte) ([]byte, error) {
	if t.Floats {
		return t.AppendFormat(dst, "2006-01-02T15:04:05"), nil
	}
	return t.UTC().AppendFormat(dst, dateTime), nil
}

// UnmarshalText reads the time.
func (t *WindowTime) UnmarshalText(text []byte) error {
	at, err := time.Parse("2006-01-02T15:04:05", string(text))
	if t.Floats = err == nil; t.Floats {
		t.Time = at
		return nil
	}
	at, err = time.Parse(time.RFC3339, string(text))
	t.Time = at.UTC()
	return err
}

// FreeBusyOptions say what to show.
type FreeBusyOptions struct {
	Window   TimeWindow `x:"t:TimeWindow,need"`
	Interval int        `x:"t:MergedFreeBusyIntervalInMinutes"` // minutes; 0: 30
	View     string     `x:"t:RequestedView"`                   // MergedOnly, FreeBusy, FreeBusyMerged, Detailed, DetailedMerged
}

// SuggestionsOptions say for what meeting times are suggested.
type SuggestionsOptions struct {
	GoodThreshold       int         `x:"t:GoodThreshold"`
	MaximumByDay        int         `x:"t:MaximumResultsByDay"`
	MaximumNonWorkByDay *int        `x:"t:MaximumNonWorkHourResultsByDay"`
	MeetingMinutes      int         `x:"t:MeetingDurationInMinutes"`
	MinimumQuality      string      `x:"t:MinimumSuggestionQuality"`
	Window              TimeWindow  `x:"t:DetailedSuggestionsWindow"`
	CurrentMeetingTime  *WindowTime `x:"t:CurrentMeetingTime"`
	GlobalObjectID      string      `x:"t:GlobalObjectId"`
}

// Op returns OpGetUserAvailability.
func (g GetUserAvailability) Op() Op { return OpGetUserAvailability }

func (g GetUserAvailability) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetUserAvailabilityRequest")
}

// GetUserAvailabilityResponse answers it: a message for each of the people, in
// order.
type GetUserAvailabilityResponse struct {
	FreeBusy    []FreeBusyMessage    `x:"m:FreeBusyResponseArray/m:FreeBusyResponse"`
	Suggestions *SuggestionsResponse `x:"m:SuggestionsResponse"`
}

// FreeBusyMessage is the answer for one of the people.
type FreeBusyMessage struct {
	Message PlainMessage  `x:"m:ResponseMessage,always"`
	View    *FreeBusyView `x:"m:FreeBusyView"`
}

// FreeBusyView is when somebody is busy. Merged has a digit for each interval:
// 0 free, 1 tentative, 2 busy, 3 out of office, 4 no data.
type FreeBusyView struct {
	Type         string          `x:"t:FreeBusyViewType,always"`
	Merged       string          `x:"t:MergedFreeBusy"`
	Events       []CalendarEvent `x:"t:CalendarEventArray/t:CalendarEvent"`
	WorkingHours *WorkingHours   `x:"t:WorkingHours"`
}

// CalendarEvent is a time at which somebody is busy, without a zone.
type CalendarEvent struct {
	Start   LocalTime             `x:"t:StartTime"`
	End     LocalTime             `x:"t:EndTime"`
	Busy    BusyType              `x:"t:BusyType"`
	Details *CalendarEventDetails `x:"t:CalendarEventDetails"`
}

// CalendarEventDetails is with what.
type CalendarEventDetails struct {
	ID            string `x:"t:ID"`
	Subject       string `x:"t:Subject"`
	Location      string `x:"t:Location"`
	IsMeeting     bool   `x:"t:IsMeeting,always"`
	IsRecurring   bool   `x:"t:IsRecurring,always"`
	IsException   bool   `x:"t:IsException,always"`
	IsReminderSet bool   `x:"t:IsReminderSet,always"`
	IsPrivate     bool   `x:"t:IsPrivate,always"`
}

// LocalTime is a time that is written without a zone.
type LocalTime struct{ time.Time }

// AppendText appends the time.
func (t LocalTime) AppendText(dst []byte) ([]byte, error) {
	return t.AppendFormat(dst, "2006-01-02T15:04:05"), nil
}

// UnmarshalText reads the time.
func (t *LocalTime) UnmarshalText(text []byte) (err error) {
	t.Time, err = time.Parse("2006-01-02T15:04:05", string(text))
	return err
}

// WorkingHours is when somebody works.
type WorkingHours struct {
	TimeZone SerializableTimeZone `x:"t:TimeZone"`
	Periods  []WorkingPeriod      `x:"t:WorkingPeriodArray/t:WorkingPeriod"`
}

// WorkingPeriod is a part of some days, in minutes from midnight.
type WorkingPeriod struct {
	Days  string `x:"t:DayOfWeek"` // "Monday Tuesday"
	Start int    `x:"t:StartTimeInMinutes,always"`
	End   int    `x:"t:EndTimeInMinutes,always"`
}

// SuggestionsResponse is when to meet.
type SuggestionsResponse struct {
	Message PlainMessage    `x:"m:ResponseMessage,always"`
	Days    []SuggestionDay `x:"m:SuggestionDayResultArray/t:SuggestionDayResult"`
}

// SuggestionDay is when on one day.
type SuggestionDay struct {
	Date        LocalTime    `x:"t:Date"`
	Quality     string       `x:"t:DayQuality"` // Excellent, Good, Fair, Poor
	Suggestions []Suggestion `x:"t:SuggestionArray/t:Suggestion,always"`
}

// Suggestion is a time, and whether it suits.
type Suggestion struct {
	Time      LocalTime `x:"t:MeetingTime"`
	WorkTime  bool      `x:"t:IsWorkTime,always"`
	Quality   string    `x:"t:SuggestionQuality"`
	Conflicts Conflicts `x:"t:AttendeeConflictDataArray,always"`
}

// Conflicts is what each of the people does at the time.
type Conflicts struct {
	Individuals []IndividualConflict `x:"t:IndividualAttendeeConflictData"`
}

// IndividualConflict is what one does.
type IndividualConflict struct {
	Busy BusyType `x:"t:BusyType"`
}

// Op returns OpGetUserAvailability.
func (g GetUserAvailabilityResponse) Op() Op { return OpGetUserAvailability }

func (g GetUserAvailabilityResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetUserAvailabilityResponse")
}
