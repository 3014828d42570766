package ews

import (
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// OpGetServerTimeZones asks for time zones (MS docs: GetServerTimeZones
// operation).
const OpGetServerTimeZones Op = "GetServerTimeZones"

// TimeZoneDefinition is a time zone with its periods and the transitions
// between them (MS docs: TimeZoneDefinition). A request may give its Id alone.
type TimeZoneDefinition struct {
	ID          string             `x:"@Id"`
	Name        string             `x:"@Name"`
	Periods     []Period           `x:"t:Periods/t:Period"`
	Groups      []TransitionsGroup `x:"t:TransitionsGroups/t:TransitionsGroup"`
	Transitions *Transitions       `x:"t:Transitions"`
}

// Period is a time with one offset from UTC: local time is UTC minus Bias.
type Period struct {
	Bias XMLDuration `x:"@Bias,always"`
	Name string      `x:"@Name"`
	ID   string      `x:"@Id,need"`
}

// TransitionsGroup is how periods follow one another in a year.
type TransitionsGroup struct {
	ID string `x:"@Id"`
	Transitions
}

// Transitions are changes to a period or to a group.
type Transitions struct {
	At        []Transition `x:"t:Transition"`
	Dates     []Transition `x:"t:AbsoluteDateTransition"`
	Recurring []Transition `x:"t:RecurringDayTransition"`
	OnDates   []Transition `x:"t:RecurringDateTransition"`
}

// Transition is one change.
type Transition struct {
	To         TransitionTarget `x:"t:To"`
	DateTime   *time.Time       `x:"t:DateTime"`
	TimeOffset *XMLDuration     `x:"t:TimeOffset"`
	Month      int              `x:"t:Month"`
	DayOfWeek  string           `x:"t:DayOfWeek"`
	Occurrence int              `x:"t:Occurrence"` // -1 is the last one
	Day        int              `x:"t:Day"`
}

// TransitionTarget is to what a transition changes. Kind is Period or Group.
type TransitionTarget struct {
	Kind string `x:"@Kind,need"`
	ID   string `x:"#text"`
}

// XMLDuration is a time as xs:duration, "-PT60M".
type XMLDuration time.Duration

// AppendText appends the duration in minutes, as the servers do.
func (d XMLDuration) AppendText(dst []byte) ([]byte, error) {
	return appendDuration(dst, time.Duration(d)), nil
}

// UnmarshalText reads days, hours, minutes and seconds.
func (d *XMLDuration) UnmarshalText(text []byte) error {
	parsed, err := parseDuration(string(text))
	*d = XMLDuration(parsed)
	return err
}

// GetServerTimeZones asks for time zones: those with the ids, or all.
type GetServerTimeZones struct {
	Full *bool    `x:"@ReturnFullTimeZoneData"`
	IDs  []string `x:"m:Ids/t:Id"`
}

// Op returns OpGetServerTimeZones.
func (g GetServerTimeZones) Op() Op { return OpGetServerTimeZones }

func (g GetServerTimeZones) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetServerTimeZones")
}

// TimeZonesMessage is the answer to GetServerTimeZones.
type TimeZonesMessage struct {
	Message
	Definitions []TimeZoneDefinition `x:"m:TimeZoneDefinitions/t:TimeZoneDefinition,always"`
}

// GetServerTimeZonesResponse answers GetServerTimeZones.
type GetServerTimeZonesResponse struct {
	Messages []TimeZonesMessage `x:"m:ResponseMessages/m:GetServerTimeZonesResponseMessage,always"`
}

// Op returns OpGetServerTimeZones.
func (g GetServerTimeZonesResponse) Op() Op { return OpGetServerTimeZones }

func (g GetServerTimeZonesResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetServerTimeZonesResponse")
}

// timeZoneContext is the header of that name.
type timeZoneContext struct {
	Definition *TimeZoneDefinition `x:"t:TimeZoneDefinition"`
	Rest       xmlbind.Rest
}
