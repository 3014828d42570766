package results

import (
	"encoding/json"
	"time"
)

// EventKind says what struck a run.
type EventKind string

// The events that are told apart.
const (
	// EventStall is a time in which no arm was answered, though requests were due.
	EventStall EventKind = "stall-in-all-arms"
	// EventRestart is a time in which every arm's connections were refused or cut.
	EventRestart EventKind = "server-restart"
	// EventSlowConsumer is a time in which the sample store fell behind the load.
	EventSlowConsumer EventKind = "slow-consumer"
	// EventSaturated is a time in which the load generator sent every arm's
	// requests late although answers came back.
	EventSaturated EventKind = "saturated-generator"
)

// Event is something that struck all arms at once, so that the time it took says
// nothing about any of them. Its blocks are left out of every figure.
type Event struct {
	Kind     EventKind
	From, To time.Duration // since the run's start
	Blocks   []int         // that it touches, ascending
	Text     string        // what was seen: one clause without a full stop
}

// eventJSON is Event as summary.json holds it.
type eventJSON struct {
	Kind   EventKind `json:"kind"`
	From   duration  `json:"from"`
	To     duration  `json:"to"`
	Blocks []int     `json:"blocks"`
	Text   string    `json:"text"`
}

// MarshalJSON writes the event with durations as text.
func (e Event) MarshalJSON() ([]byte, error) {
	return json.Marshal(eventJSON{e.Kind, duration(e.From), duration(e.To), orEmpty(e.Blocks), e.Text})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (e *Event) UnmarshalJSON(data []byte) error {
	var j eventJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*e = Event{j.Kind, time.Duration(j.From), time.Duration(j.To), j.Blocks, j.Text}
	return nil
}
