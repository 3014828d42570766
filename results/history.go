package results

import (
	"errors"
	"time"
)

// Night is one line of a history: the ratios of one run.
type Night struct {
	Schema   int          `json:"schema"`
	Time     time.Time    `json:"time"`
	Commit   string       `json:"commit,omitempty"`
	Scenario string       `json:"scenario"`
	Plan     string       `json:"plan"` // digest of the plan: only nights of one plan are comparable
	Seed     uint64       `json:"seed"`
	Valid    bool         `json:"valid"` // valid and complete
	Reason   string       `json:"reason,omitempty"`
	Ratios   []NightRatio `json:"ratios"`
	Host     Host         `json:"host"`
}

// NightRatio is a metric of an arm relative to the first arm.
type NightRatio struct {
	Other  string  `json:"other"`
	Metric string  `json:"metric"`
	Op     string  `json:"op"`
	Ratio  float64 `json:"ratio"`
	Low    float64 `json:"low"` // 95 % interval
	High   float64 `json:"high"`
}

// NightOf makes the history's line of a run.
func NightOf(a *Analysis) Night { return Night{} }

// AppendNight adds a line to a history, which it creates if need be.
func AppendNight(path string, n Night) error { return errors.New("not built yet") }

// ReadHistory reads a history. What is no line of one, such as a last line that
// was cut off, becomes a warning.
func ReadHistory(path string) (nights []Night, warnings []string, err error) {
	return nil, nil, errors.New("not built yet")
}
