package calendar

import (
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // machines without a tz database

	"github.com/ewsbench/ewsbench/ews"
)

// Atlas is all the time zones of Windows.
type Atlas struct {
	definitions []ews.TimeZoneDefinition
	locations   []*time.Location
	byID        map[string]int    // in lower case: the registry does not tell them apart
	ids         map[string]string // by places of the tz database
}

// shared is the one that the functions of this package read; it is made when first asked for.
var shared = sync.OnceValue(NewAtlas)

// NewAtlas reads the tz database. A zone that it does not have is left out.
func NewAtlas() *Atlas {
	a := &Atlas{byID: map[string]int{}, ids: map[string]string{}}
	for _, w := range windowsZones() {
		loc, err := time.LoadLocation(w.place)
		if err != nil {
			continue
		}
		ages := eras(loc)
		a.byID[strings.ToLower(w.id)] = len(a.locations)
		a.ids[w.place] = w.id
		a.locations = append(a.locations, loc)
		a.definitions = append(a.definitions, define(w.id, display(w, ages[len(ages)-1].standard), ages))
	}
	return a
}

// display is a name as Windows shows it, "(UTC-08:00) Pacific Time (US & Canada)".
func display(w windowsZone, offset time.Duration) string {
	if w.id == "UTC" {
		return "(UTC) " + w.cities
	}
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("(UTC%c%02d:%02d) %s", sign, int(offset.Hours()), int(offset.Minutes())%60, w.cities)
}

// ID is the name that Windows has for a zone of the tz database, as far as CLDR maps it; any other id is as it was.
func (a *Atlas) ID(id string) string {
	if known, ok := a.ids[id]; ok {
		return known
	}
	return id
}

// Zones returns the definitions of all zones, from west to east. They are shared: whoever wants to change one copies it.
func (a *Atlas) Zones() []ews.TimeZoneDefinition {
	return append([]ews.TimeZoneDefinition(nil), a.definitions...)
}

// Definition returns a zone by its id; without full, its id and name alone.
func (a *Atlas) Definition(id string, full bool) (ews.TimeZoneDefinition, bool) {
	i, ok := a.byID[strings.ToLower(id)]
	if !ok {
		return ews.TimeZoneDefinition{}, false
	}
	d := a.definitions[i]
	if !full {
		d = ews.TimeZoneDefinition{ID: d.ID, Name: d.Name}
	}
	return d, true
}

// utcID is the id of UTC where servers do not take it from the registry.
const utcID = "tzone://Microsoft/Utc"

// Location returns the clock of a zone by its id in Windows, or by its name in the tz database.
func (a *Atlas) Location(id string) (*time.Location, bool) {
	if i, ok := a.byID[strings.ToLower(id)]; ok {
		return a.locations[i], true
	}
	switch id {
	case "", "Local":
		return nil, false
	case utcID:
		return time.UTC, true
	}
	loc, err := time.LoadLocation(id)
	return loc, err == nil
}

// Windows is the atlas that the functions of this package read.
func Windows() *Atlas { return shared() }

// Zones returns the definitions of all zones of Windows (see [Atlas.Zones]).
func Zones() []ews.TimeZoneDefinition { return shared().Zones() }

// Definition returns a zone of Windows by its id (see [Atlas.Definition]).
func Definition(id string, full bool) (ews.TimeZoneDefinition, bool) {
	return shared().Definition(id, full)
}

// Location returns the clock of a zone by its id (see [Atlas.Location]).
func Location(id string) (*time.Location, bool) { return shared().Location(id) }
