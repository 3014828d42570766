package route_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/route"
)

func TestDrawsArePure(t *testing.T) {
	t.Parallel()
	l := route.Lognormal{Median: time.Second, Sigma: 1}
	assert.Equal(t, route.Dice(7).Duration(l, "service", 1), route.Dice(7).Duration(l, "service", 1))
	assert.NotEqual(t, route.Dice(7).Duration(l, "service", 1), route.Dice(8).Duration(l, "service", 1), "seed")
	assert.NotEqual(t, route.Dice(7).Duration(l, "service", 1), route.Dice(7).Duration(l, "stall", 1), "name")
	assert.NotEqual(t, route.Dice(7).Duration(l, "service", 1), route.Dice(7).Duration(l, "service", 2), "key")
	assert.Equal(t, route.Key("a"), route.Key("a"))
	assert.NotEqual(t, route.Key("a"), route.Key("b"))
	assert.NotEqual(t, route.KeyOf(1, 2, "GetItem", 0), route.KeyOf(1, 2, "GetItem", 1), "nth")
	assert.NotEqual(t, route.KeyOf(1, 2, "GetItem", 0), route.KeyOf(2, 1, "GetItem", 0), "caller and mailbox")
}

func TestLognormal(t *testing.T) {
	t.Parallel()
	const n = 20_000
	logs := make([]float64, n)
	for i := range logs {
		d := route.Dice(1).Duration(route.Lognormal{Median: 17 * time.Millisecond, Sigma: 0.6}, "x", uint64(i))
		logs[i] = math.Log(d.Seconds() / 0.017)
	}
	slices.Sort(logs)
	assert.InDelta(t, 0, logs[n/2], 0.02, "median")
	assert.InDelta(t, 0.6, logs[n*84134/100000], 0.03, "one sigma above")
	assert.InDelta(t, -0.6, logs[n*15866/100000], 0.03, "one sigma below")
	fixed := route.Lognormal{Median: time.Second}
	assert.Equal(t, time.Second, route.Dice(1).Duration(fixed, "x", 1))
}
