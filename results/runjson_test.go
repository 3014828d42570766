package results

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRunSurvivesItsFile: a field that was added to Run and forgotten in
// run.json fails here.
func TestRunSurvivesItsFile(t *testing.T) {
	t.Parallel()
	limit := 2.5
	r := Run{
		Schema: 1, Versions: Versions{Ewsbench: "v1", Commit: "c", Go: "go1", Vegeta: "v12"},
		Scenario: "s", Title: "t", ScenarioDigest: "d", PlanDigest: "p", Seed: 7, Primary: MetricLatencyP95,
		Rate: 120, Arrival: "sine", Duration: 30 * time.Second, Warmup: 2 * time.Second, AA: 3 * time.Second,
		Washout: 400 * time.Millisecond, Timeout: 5 * time.Second, Blocks: 30, Assign: "switchback", Mailboxes: 9, MaxWorkers: 8,
		Arms:   []Arm{{Name: "a", Anchor: "correct", Affinity: true, Target: "mock:ideal", AskedRate: 60, Connections: Connections{1, 2}}},
		Gates:  []Gate{{Metric: "outcome", Arm: "a", Op: "GetItem", Of: OfRatio, Outcome: "timeout", Status: 503, Min: &limit, Max: &limit, Margin: 0.1, Floor: 1}},
		Beside: []string{"Subscribe"}, Cause: "CreateItem",
		Groups: []Groups{{Arms: []string{"a", "b"}, By: GroupedByServer, Groups: 2, Mailboxes: 7, Reason: "HTTP 404"}},
		Shard:  Shard{Index: 1, Count: 2}, Queue: Queue{HighWater: 5, Behind: []Span{{time.Second, 2 * time.Second}}}, Cores: 2,
		Host:    Host{OS: "linux", Arch: "amd64", CPUs: 2},
		Started: time.Date(2026, 11, 1, 2, 3, 4, 0, time.UTC), Ended: time.Date(2026, 11, 1, 2, 4, 4, 0, time.UTC),
		End: EndComplete, Reason: "why", Warnings: []string{"w"},
	}
	fields := reflect.ValueOf(r)
	for i := range fields.NumField() {
		require.False(t, fields.Field(i).IsZero(), "set %s in this test", fields.Type().Field(i).Name)
	}
	data, err := json.Marshal(r)
	require.NoError(t, err)
	var read Run
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, r, read)
}
