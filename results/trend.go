package results

import "time"

// Trend is what a history comes to.
type Trend struct {
	Schema   int      `json:"schema"`
	Nights   int      `json:"nights"` // valid ones
	Series   []Series `json:"series"`
	Verdict  Verdict  `json:"verdict"`   // worse, same, or inconclusive: not enough nights yet
	Reason   string   `json:"reason"`    // one sentence
	ExitCode int      `json:"exit_code"` // that `ewsbench trend` ends with
	Warnings []string `json:"warnings"`
}

// Series is one ratio over the nights of one plan.
type Series struct {
	Plan     string       `json:"plan"`
	Scenario string       `json:"scenario"`
	Other    string       `json:"other"`
	Metric   string       `json:"metric"`
	Op       string       `json:"op"`
	Nights   []NightPoint `json:"nights"`              // in order of time
	Median   float64      `json:"median"`              // of the window that the last night was held against
	MAD      float64      `json:"mad"`                 // median absolute deviation of that window, times 1.4826
	FirstBad *NightPoint  `json:"first_bad,omitempty"` // where the present bad stretch began
	Verdict  Verdict      `json:"verdict"`             // worse, same or inconclusive
}

// NightPoint is one night of a series.
type NightPoint struct {
	Time   time.Time `json:"time"`
	Commit string    `json:"commit,omitempty"`
	Ratio  float64   `json:"ratio"`
	Low    float64   `json:"low"`
	High   float64   `json:"high"`
	Median float64   `json:"median"` // of the nights before in the window; 0: there were not enough
	MAD    float64   `json:"mad"`    // likewise
	Bad    bool      `json:"bad"`
}

// TrendOf finds in each series the first bad night.
func TrendOf(nights []Night) *Trend { return &Trend{Schema: Schema} }
