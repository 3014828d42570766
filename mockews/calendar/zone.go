package calendar

import "time"

// Zone turns instants into what the clocks on the walls of a place show, and back.
type Zone struct{ loc *time.Location }

// ZoneOf is the zone of a location; nil is UTC.
func ZoneOf(loc *time.Location) *Zone {
	if loc == nil {
		loc = time.UTC
	}
	return &Zone{loc}
}

// Location returns the zone as package time has it.
func (z *Zone) Location() *time.Location { return z.loc }

// Local returns what the wall clock shows at an instant, as a time in UTC.
func (z *Zone) Local(utc time.Time) time.Time { return wallOf(utc.In(z.loc)) }

// UTC returns the instant at which the wall clock shows what wall shows, whatever zone wall is in. Of an hour that comes
// twice it is the second; in an hour that is left out clocks have already been put forward.
func (z *Zone) UTC(wall time.Time) time.Time { return instant(wall, z.loc) }
