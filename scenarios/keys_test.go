package scenarios_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

const keysBase = `schema: 1
name: sample
mailboxes: 100
rate: 120/s
duration: 30s
order: visit
visits: 4
arrival: ramp
steps:
  - {op: SyncFolderItems}
  - {op: FindItem}
  - {op: GetItem}
  - {op: CreateItem, folder: calendar, from: 2026-06-15, days: 28}
  - {op: MoveItem, to: drafts}
arms:
  - {name: a, anchor: correct}
  - {name: b, anchor: missing}
expect:
  - {metric: error_rate, min: 0}
`

// keysSteps is what notifications stand in place of.
const keysSteps = `order: visit
visits: 4
arrival: ramp
steps:
  - {op: SyncFolderItems}
  - {op: FindItem}
  - {op: GetItem}
  - {op: CreateItem, folder: calendar, from: 2026-06-15, days: 28}
  - {op: MoveItem, to: drafts}
`

const closedBase = `schema: 1
name: sample
mailboxes: 100
rate: max
workers: 4
duration: 30s
order: visit
steps:
  - {op: SyncFolderItems}
  - {op: GetItem, weight: 9}
arms:
  - {name: a, anchor: correct}
`

// TestEveryKeyMatters changes each key of the format and says what becomes
// different: the calls, the requests, or, for those keys that only the runner
// and the results act upon, the value that they are given. A key without a row
// here fails the test.
func TestEveryKeyMatters(t *testing.T) {
	t.Parallel()
	half := 0.5
	rows := map[string]struct {
		from, to string
		differs  func(t *testing.T, was, is *scenarios.Scenario)
	}{
		"schema":    {"schema: 1", "schema: 2", nil}, // refused: testdata/bad/other-schema.yaml
		"name":      {"name: sample", "name: other", gives(func(s *scenarios.Scenario) any { return s.Name }, "other")},
		"title":     {"rate:", "title: A title\nrate:", gives(func(s *scenarios.Scenario) any { return s.Title }, "A title")},
		"mailboxes": {"mailboxes: 100", "mailboxes: 50", otherCalls},
		"rate":      {"120/s", "60/s", gives(func(s *scenarios.Scenario) any { return s.Rate.PerSecond }, 60.0)},
		"duration":  {"30s", "20s", gives(func(s *scenarios.Scenario) any { return s.Duration }, 20*time.Second)},
		"warmup":    {"rate:", "warmup: 3s\nrate:", gives(func(s *scenarios.Scenario) any { return s.Warmup }, 3*time.Second)},
		"aa":        {"rate:", "aa: 4s\nrate:", gives(func(s *scenarios.Scenario) any { return s.Lead() }, 4*time.Second)},
		"arrival":   {"arrival: ramp", "arrival: poisson", gives(func(s *scenarios.Scenario) any { return s.Arrival }, scenarios.ArrivalPoisson)},
		"ramp_from": {"rate:", "ramp_from: 6/m\nrate:", gives(func(s *scenarios.Scenario) any { return s.RampFrom.PerSecond }, 0.1)},
		"order":     {"order: visit\nvisits: 4", "order: mix", otherCalls},
		"visits":    {"visits: 4", "visits: 5", otherCalls},
		"workers":   {"workers: 4", "workers: 5", otherCalls},
		"think":     {"workers: 4", "workers: 4\nthink: 2s", gives(func(s *scenarios.Scenario) any { return s.Think }, 2*time.Second)},
		"primary":   {"expect:", "primary: latency_p95\nexpect:", gives(func(s *scenarios.Scenario) any { return s.Primary }, "latency_p95")},

		"levels":         {"arrival: ramp", "arrival: steps\nlevels: [50%, 2]", gives(func(s *scenarios.Scenario) any { return s.Levels }, []float64{0.5, 2})},
		"spike":          {"arrival: ramp", "arrival: spike\nspike: {to: 3, at: 9s, for: 2s}", gives(func(s *scenarios.Scenario) any { return s.Peak() }, 360.0)},
		"spike.to":       {"arrival: ramp", "arrival: spike\nspike: {to: 250%, at: 9s, for: 2s}", gives(spike(func(s scenarios.Spike) any { return s.To }), 2.5)},
		"spike.at":       {"arrival: ramp", "arrival: spike\nspike: {to: 3, at: 9s, for: 2s}", gives(spike(func(s scenarios.Spike) any { return s.At }), 9*time.Second)},
		"spike.for":      {"arrival: ramp", "arrival: spike\nspike: {to: 3, at: 9s, for: 2s}", gives(spike(func(s scenarios.Spike) any { return s.For }), 2*time.Second)},
		"sine":           {"arrival: ramp", "arrival: sine\nsine: {amplitude: 50%, period: 9s}", gives(func(s *scenarios.Scenario) any { return s.Peak() }, 180.0)},
		"sine.amplitude": {"arrival: ramp", "arrival: sine\nsine: {amplitude: 50%, period: 9s}", gives(sine(func(s scenarios.Sine) any { return s.Amplitude }), 0.5)},
		"sine.period":    {"arrival: ramp", "arrival: sine\nsine: {amplitude: 50%, period: 9s}", gives(sine(func(s scenarios.Sine) any { return s.Period }), 9*time.Second)},

		"notifications":            {keysSteps, "notifications: {}\n", otherCalls},
		"notifications.group_size": {keysSteps, "notifications: {group_size: 9}\n", gives(notify(func(n scenarios.Notify) any { return n.GroupSize }), 9)},
		"notifications.groups":     {keysSteps, "notifications: {groups: server}\n", gives(notify(func(n scenarios.Notify) any { return n.Groups }), scenarios.GroupsServer)},
		"notifications.patience":   {keysSteps, "notifications: {patience: 2s}\n", gives(notify(func(n scenarios.Notify) any { return n.Patience }), 2*time.Second)},
		"notifications.retry":      {keysSteps, "notifications: {retry: 9s}\n", gives(notify(func(n scenarios.Notify) any { return n.Retry }), 9*time.Second)},

		"steps":             {"  - {op: GetItem}\n", "", otherCalls},
		"steps.op":          {"op: SyncFolderItems", "op: GetFolder", otherCalls},
		"steps.weight":      {"{op: FindItem}", "{op: FindItem, weight: 2}", otherCalls},
		"steps.folder":      {"{op: FindItem}", "{op: FindItem, folder: drafts}", otherRequests},
		"steps.batch":       {"{op: GetItem}", "{op: GetItem, batch: 3}", otherRequests},
		"steps.max_changes": {"{op: SyncFolderItems}", "{op: SyncFolderItems, max_changes: 9}", otherRequests},
		"steps.page":        {"{op: FindItem}", "{op: FindItem, page: 9}", otherRequests},
		"steps.shape":       {"{op: GetItem}", "{op: GetItem, shape: IdOnly}", otherRequests},
		"steps.to":          {"to: drafts", "to: notes", otherRequests},
		"steps.before":      {"{op: FindItem}", "{op: FindItem, before: 2026-06-01}", otherRequests},
		"steps.from":        {"from: 2026-06-15", "from: 2026-06-16", otherRequests},
		"steps.days":        {"days: 28", "days: 27", otherRequests},
		"steps.people":      {"days: 28", "days: 28, people: 2", otherRequests},
		"steps.size":        {"days: 28", "days: 28, size: 9", otherRequests},

		"arms.name":     {"name: b", "name: c", gives(func(s *scenarios.Scenario) any { return s.Arms[1].Name }, "c")},
		"arms.anchor":   {"missing", "wrong", gives(func(s *scenarios.Scenario) any { return s.Arms[1].Anchor }, scenarios.AnchorWrong)},
		"arms.affinity": {"missing", "missing, affinity: true", gives(func(s *scenarios.Scenario) any { return s.Arms[1].Affinity }, true)},
		"arms.optional": {"missing", "missing, optional: true", gives(func(s *scenarios.Scenario) any { return s.Arms[1].Optional }, true)},

		"expect.metric":  {"error_rate", "throughput", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Metric }, "throughput")},
		"expect.arm":     {"min: 0", "min: 0, arm: b", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Arm }, "b")},
		"expect.op":      {"min: 0", "min: 0, op: GetItem", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Op }, "GetItem")},
		"expect.of":      {"error_rate, min: 0", "error_rate, max: 0, of: difference", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Of }, scenarios.OfDifference)},
		"expect.outcome": {"error_rate, min: 0", "outcome, max: 0, outcome: timeout", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Outcome }, "timeout")},
		"expect.status":  {"error_rate, min: 0", "http, max: 0, status: 503", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Status }, 503)},
		"expect.margin":  {"min: 0", "min: 0, margin: 5%", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Margin }, 0.05)},
		"expect.floor":   {"min: 0", "min: 0, floor: 0.001", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Floor }, 0.001)},
		"expect.min":     {"min: 0", "min: 0.5", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Min }, &half)},
		"expect.max":     {"min: 0", "max: 50%", gives(func(s *scenarios.Scenario) any { return s.Expect[0].Max }, &half)},
	}
	for _, key := range keysOf(reflect.TypeFor[scenarios.Scenario](), "") {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			row, ok := rows[key]
			require.True(t, ok, "the key has no row")
			base := keysBase
			if strings.Contains(row.from, "workers") {
				base = closedBase
			}
			require.Contains(t, base, row.from)
			was, err := scenarios.Parse("base", []byte(base))
			require.NoError(t, err)
			is, err := scenarios.Parse("changed", []byte(strings.Replace(base, row.from, row.to, 1)))
			if row.differs == nil {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			row.differs(t, was, is)
		})
	}
}

// keysOf returns the keys that a struct names, with those of the structs in it.
func keysOf(t reflect.Type, under string) []string {
	var keys []string
	for f := range t.Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		inner, nested := nestedIn(f.Type)
		if nested {
			keys = append(keys, keysOf(inner, under+key+".")...)
		}
		if !nested || f.Type.Kind() == reflect.Pointer {
			keys = append(keys, under+key)
		}
	}
	return keys
}

// nestedIn returns the struct that a field holds, or a list of.
func nestedIn(t reflect.Type) (reflect.Type, bool) {
	if t.Kind() != reflect.Slice && t.Kind() != reflect.Pointer {
		return nil, false
	}
	return t.Elem(), t.Elem().Kind() == reflect.Struct
}

func spike(value func(scenarios.Spike) any) func(*scenarios.Scenario) any {
	return func(s *scenarios.Scenario) any {
		if s.Spike == nil {
			return nil
		}
		return value(*s.Spike)
	}
}

func notify(value func(scenarios.Notify) any) func(*scenarios.Scenario) any {
	return func(s *scenarios.Scenario) any {
		if s.Notify == nil {
			return nil
		}
		return value(*s.Notify)
	}
}

func sine(value func(scenarios.Sine) any) func(*scenarios.Scenario) any {
	return func(s *scenarios.Scenario) any {
		if s.Sine == nil {
			return nil
		}
		return value(*s.Sine)
	}
}

func gives(value func(*scenarios.Scenario) any, want any) func(*testing.T, *scenarios.Scenario, *scenarios.Scenario) {
	return func(t *testing.T, was, is *scenarios.Scenario) {
		t.Helper()
		assert.NotEqual(t, value(was), value(is))
		assert.Equal(t, want, value(is))
	}
}

func otherCalls(t *testing.T, was, is *scenarios.Scenario) {
	t.Helper()
	assert.NotEqual(t, was.Digest(), is.Digest())
	one, other := planOf(t, *was, 1), planOf(t, *is, 1)
	differ := false
	for n := range uint64(100) {
		differ = differ || one.At(n) != other.At(n)
	}
	assert.True(t, differ, "the first hundred calls are the same")
}

func otherRequests(t *testing.T, was, is *scenarios.Scenario) {
	t.Helper()
	assert.NotEqual(t, was.Digest(), is.Digest())
	assert.NotEqual(t, requestsOf(t, was), requestsOf(t, is))
}

// requestsOf returns the first hundred requests, to a server that answers.
func requestsOf(t *testing.T, s *scenarios.Scenario) []ews.Request {
	t.Helper()
	p := planOf(t, *s, 1)
	session, server := p.NewSession(1), newMailServer(3, 20)
	var requests []ews.Request
	for n := range uint64(100) {
		r, _ := exchange(session, server, 0, p.At(n))
		requests = append(requests, r)
	}
	return requests
}

func TestDigestCoversTheLoadAlone(t *testing.T) {
	t.Parallel()
	limit := 0.1
	for _, tc := range []struct {
		name   string
		change func(*scenarios.Scenario)
		same   bool
	}{
		{"nothing", func(*scenarios.Scenario) {}, true},
		{"name", func(s *scenarios.Scenario) { s.Name = "x" }, true},
		{"title", func(s *scenarios.Scenario) { s.Title = "x" }, true},
		{"primary", func(s *scenarios.Scenario) { s.Primary = "latency_p99" }, true},
		{"expect", func(s *scenarios.Scenario) {
			s.Expect = []scenarios.Gate{{Metric: "error_rate", Max: &limit}}
		}, true},
		{"a default written out", func(s *scenarios.Scenario) { s.Order, s.Steps[1].Folder = scenarios.OrderMix, "inbox" }, true},
		{"rate", func(s *scenarios.Scenario) { s.Rate.PerSecond++ }, false},
		{"duration", func(s *scenarios.Scenario) { s.Duration++ }, false},
		{"warmup", func(s *scenarios.Scenario) { s.Warmup++ }, false},
		{"arrival", func(s *scenarios.Scenario) { s.Arrival = scenarios.ArrivalPoisson }, false},
		{"arm", func(s *scenarios.Scenario) { s.Arms[0].Affinity = true }, false},
		{"aa", func(s *scenarios.Scenario) { s.AA = time.Minute }, false},
		{"levels", func(s *scenarios.Scenario) { s.Levels = []float64{1} }, false},
		{"spike", func(s *scenarios.Scenario) { s.Spike = &scenarios.Spike{To: 2} }, false},
		{"sine", func(s *scenarios.Scenario) { s.Sine = &scenarios.Sine{Amplitude: 1} }, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			was, is := sample(), sample()
			tc.change(&is)
			assert.Equal(t, tc.same, was.Digest() == is.Digest())
			assert.Regexp(t, `^[0-9a-f]{64}$`, is.Digest())
		})
	}
}
