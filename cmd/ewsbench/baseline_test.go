package main

import (
	"encoding/json"
	"math"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/golden"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// baseline is what a built-in scenario comes to on the bundled mock in virtual
// time, where nothing depends on the machine.
type baseline struct {
	Scenario string                    `json:"scenario"`
	Profile  string                    `json:"profile"`
	Seed     uint64                    `json:"seed"`
	Arms     []baselineArm             `json:"arms"`
	Beside   []baselineBeside          `json:"beside,omitempty"` // what was sent beside the schedule
	Routes   map[string]map[string]int `json:"routes"`           // what decided the route -> how the call got there
}

type baselineArm struct {
	Name     string             `json:"name"`
	Calls    map[string]int     `json:"calls"`
	HTTP     map[string]int     `json:"http"`
	Outcomes map[string]int     `json:"outcomes"`
	Late     int                `json:"chain_late"`
	In       int64              `json:"bytes_in"`
	Out      int64              `json:"bytes_out"`
	Latency  map[string]float64 `json:"latency_ms"`
	Since    map[string]float64 `json:"since_cause_ms,omitempty"`
}

type baselineBeside struct {
	Arm      string         `json:"arm"`
	Op       string         `json:"op"`
	Outcomes map[string]int `json:"outcomes"`
}

// TestBaselines holds the mock and the workloads to the figures under
// results/baselines: a change of behaviour is a difference to be read, and to be
// accepted with `make baseline`.
func TestBaselines(t *testing.T) {
	t.Parallel()
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := json.MarshalIndent(measureBaseline(t, name), "", "  ")
			require.NoError(t, err)
			golden.CheckFile(t, filepath.Join("..", "..", "results", "baselines", name+".json"), append(text, '\n'))
		})
	}
}

func measureBaseline(t *testing.T, name string) baseline {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "run")
	var journal []mockews.Entry
	synctest.Test(t, func(t *testing.T) {
		journal = virtual{scenario: name, profile: defaultProfile, duration: baselineTime(name)}.store(t, dir, 1)
	})
	analysis, err := analyse(dir)
	require.NoError(t, err)
	b := baseline{Scenario: name, Profile: defaultProfile, Seed: 1, Routes: routes(journal)}
	for _, s := range analysis.Summary.Arms {
		b.Arms = append(b.Arms, armBaseline(s, analysis.Summary.Ops))
	}
	for _, row := range analysis.Summary.Beside {
		b.Beside = append(b.Beside, baselineBeside{Arm: row.Arm, Op: row.Op, Outcomes: row.Outcomes})
	}
	return b
}

// baselineTime is how long a scenario is measured; 0: as long as it says. Where
// answers are large, its thirty seconds are as many for the processor of a test
// under the race detector.
func baselineTime(name string) time.Duration {
	switch name {
	case "archive-sweep", "calendar-sync", "migration-full":
		return 10 * time.Second
	}
	return 0
}

func armBaseline(s results.ArmSummary, ops []results.OpSummary) baselineArm {
	arm := baselineArm{
		Name: s.Name, Calls: map[string]int{}, HTTP: s.HTTP, Outcomes: s.Outcomes, Late: s.ChainLate,
		In: s.BytesIn, Out: s.BytesOut, Latency: rounded(s.Latency),
	}
	if s.SinceCause != nil {
		arm.Since = rounded(*s.SinceCause)
	}
	for _, op := range ops {
		if op.Arm == s.Name {
			arm.Calls[op.Op] = op.Samples
		}
	}
	return arm
}

// rounded are the quantiles that there are.
func rounded(q results.Quantiles) map[string]float64 {
	there := map[string]float64{}
	for name, value := range map[string]*float64{"p50": q.P50, "p90": q.P90, "p95": q.P95, "p99": q.P99, "max": q.Max} {
		if value != nil {
			there[name] = microseconds(*value)
		}
	}
	return there
}

// microseconds drops what the last bits of a processor's floating point may
// change.
func microseconds(ms float64) float64 { return math.Round(ms*1000) / 1000 }

// routes counts, by what decided the route, how many calls were answered where
// the front end sent them, were proxied, or got no answer from a back end.
func routes(journal []mockews.Entry) map[string]map[string]int {
	counts := map[string]map[string]int{}
	for _, e := range journal {
		source := string(e.AnchorSource)
		if counts[source] == nil {
			counts[source] = map[string]int{}
		}
		switch {
		case e.Status != 200:
			counts[source]["failed"]++
		case e.Hops > 0:
			counts[source]["proxied"]++
		default:
			counts[source]["direct"]++
		}
	}
	return counts
}
