package scenarios

import (
	"fmt"
	"time"
)

// Day is a day of the calendar: its first moment in UTC. The zero value is none.
//
// It is a fixed day and no distance from today, so that the same plan asks for
// the same on any day on which it is run.
type Day struct{ time.Time }

// dayLayout is how a file writes a day.
const dayLayout = "2006-01-02"

// UnmarshalText reads a day such as 2026-07-01.
func (d *Day) UnmarshalText(text []byte) error {
	at, err := time.Parse(dayLayout, string(text))
	if err != nil || at.IsZero() {
		return fmt.Errorf("must be a day such as 2026-07-01, not %q", text)
	}
	d.Time = at
	return nil
}

// MarshalText writes the form that UnmarshalText reads.
func (d Day) MarshalText() ([]byte, error) { return d.AppendFormat(nil, dayLayout), nil }

// MarshalJSON writes the same, as a text.
func (d Day) MarshalJSON() ([]byte, error) { return d.AppendFormat(nil, `"`+dayLayout+`"`), nil }

// after is the moment so many days later.
func (d Day) after(days int) time.Time { return d.AddDate(0, 0, days) }
