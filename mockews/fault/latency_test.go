package fault_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

// delays are those of many calls, sorted.
func delays(l fault.Latency) []time.Duration {
	all := make([]time.Duration, 2000)
	for i := range all {
		c := call()
		c.Key = uint64(i)
		all[i] = meet(with(fault.Fault{Latency: &l}), c).Delay
	}
	slices.Sort(all)
	return all
}

func TestLatency(t *testing.T) {
	t.Parallel()
	fixed := delays(fault.Latency{Fixed: 20 * ms})
	assert.Equal(t, []time.Duration{20 * ms}, slices.Compact(fixed))

	uniform := delays(fault.Latency{Uniform: fault.Range{Min: 10 * ms, Max: 30 * ms}})
	assert.GreaterOrEqual(t, uniform[0], 10*ms)
	assert.LessOrEqual(t, uniform[1999], 30*ms)
	assert.InDelta(t, 15*ms, uniform[500], float64(ms), "lower quartile")

	lognormal := delays(fault.Latency{Lognormal: fault.Lognormal{Median: 20 * ms, Sigma: 0.5}})
	assert.InDelta(t, 20*ms, lognormal[1000], float64(ms), "median")
	assert.InDelta(t, 20*math.Exp(0.5), lognormal[1683].Seconds()*1000, 3, "one standard deviation above")

	list := delays(fault.Latency{List: []time.Duration{ms, 5 * ms, 9 * ms}})
	assert.Equal(t, []time.Duration{ms, 5 * ms, 9 * ms}, slices.Compact(slices.Clone(list)))
	assert.Equal(t, 5*ms, list[1000])
}

func TestLatencyParameters(t *testing.T) {
	t.Parallel()
	checkKind(t, []kindCase{
		{"fixed", "{latency: {fixed: 20ms}}", ""},
		{"uniform", "{latency: {uniform: {min: 1ms, max: 2ms}}}", ""},
		{"lognormal", "{latency: {lognormal: {median: 1ms, sigma: 0.3}}}", ""},
		{"list", "{latency: {list: [1ms, 2ms]}}", ""},
		{"none", "{latency: {}}", "2:22: latency has 0 of fixed, uniform, lognormal and list: write one, above 0"},
		{"two", "{latency: {fixed: 1ms, list: [1ms]}}", "2:22: latency has 2 of fixed, uniform, lognormal and list: write one, above 0"},
		{"empty range", "{latency: {uniform: {min: 3ms, max: 2ms}}}", "2:48: max is less than min"},
		{"sigma", "{latency: {lognormal: {median: 1ms, sigma: 9}}}", "2:55: sigma is 9: write 0 to 5, with a median"},
		{"negative", "{latency: {fixed: -1ms}}", "2:30: fixed is -1ms: it must not be negative"},
		{"negative in the list", "{latency: {list: [1ms, -1ms]}}", "2:35: list[1] is -1ms: it must not be negative"},
	})
}
