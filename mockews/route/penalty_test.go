package route_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/route"
)

// halfMinute is the workload for which the profiles are tuned.
var halfMinute = workload{arms: []string{"anchored", "missing"}, rate: 60, length: 30 * time.Second}

func ratio(base, other *outcome, q float64) float64 {
	return float64(other.quantile(q)) / float64(base.quantile(q))
}

// The default profile shows what a missing anchor costs, whatever the seed.
func TestPenaltyTwoSites(t *testing.T) {
	t.Parallel()
	inRange, both := 0, 0
	for seed := range uint64(20) {
		topology := profile(t, "onprem-2site", seed+1)
		o := halfMinute.run(t, topology)
		anchored, missing := o["anchored"], o["missing"]
		assert.Zero(t, anchored.errorRate(), "seed %d: errors of the anchored arm", seed+1)
		assert.GreaterOrEqual(t, ratio(anchored, missing, 0.5), 2.3, "seed %d: ratio of p50", seed+1)
		if rate := missing.errorRate(); rate >= 0.005 && rate <= 0.05 {
			inRange++
		}
		if missing.busy > 0 && missing.proxied > 0 {
			both++
		}
		if seed >= 8 {
			continue // wrong is a run of its own; a few seeds show it
		}
		wrong := workload{arms: []string{"anchored", "wrong"}, rate: 60, length: 30 * time.Second}.run(t, topology)["wrong"]
		assert.InDelta(t, 1, ratio(missing, wrong, 0.5), 0.2, "seed %d: p50 of wrong over missing", seed+1)
	}
	assert.GreaterOrEqual(t, inRange, 19, "seeds with 0.5 to 5 % errors")
	assert.GreaterOrEqual(t, both, 19, "seeds with both 500 and 503")
}

func TestPenaltyOneSite(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		o := halfMinute.run(t, profile(t, "onprem-1site", seed+1))
		r := ratio(o["anchored"], o["missing"], 0.5)
		assert.Greater(t, r, 1.35, "seed %d", seed+1)
		assert.Less(t, r, 2.0, "seed %d: smaller than with two sites", seed+1)
		assert.Zero(t, o["anchored"].errorRate(), "seed %d", seed+1)
	}
}

// A client of the hostile profile that waits two seconds gives up now and then, in both arms.
func TestHostileTimesOut(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		o := halfMinute.run(t, profile(t, "hostile", seed+1))
		for name, arm := range o {
			assert.Greater(t, arm.quantile(1), 2*time.Second, "seed %d, %s", seed+1, name)
		}
		assert.Greater(t, ratio(o["anchored"], o["missing"], 0.5), 2.0, "seed %d", seed+1)
	}
}

// The penalty comes from the hop: without what a hop costs there is none.
func TestNoHopCostsNoPenalty(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site", 1)
	topology.Hop, topology.Proxy, topology.Stalls = route.Hop{}, route.Proxy{}, route.Stalls{}
	topology.Parse, topology.Identity.Cold, topology.Links = 0, 0, nil
	for i := range topology.Sites {
		topology.Sites[i].RTT = 0
	}
	o := halfMinute.run(t, topology)
	assert.InDelta(t, 1, ratio(o["anchored"], o["missing"], 0.5), 0.01)
	assert.Zero(t, o["missing"].errorRate())
}

// Twice the load is more than the back end of the service account can proxy.
func TestMoreLoadMorePenalty(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site", 1)
	double := halfMinute
	double.rate *= 2
	single, doubled := halfMinute.run(t, topology), double.run(t, topology)
	before := ratio(single["anchored"], single["missing"], 0.5)
	after := ratio(doubled["anchored"], doubled["missing"], 0.5)
	assert.Greater(t, after, 1.2*before)
	assert.Greater(t, doubled["missing"].errorRate(), single["missing"].errorRate())
}

// Back ends that proxy to each other through few workers must not wait for each other for ever.
func TestOverloadEnds(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site", 1)
	for i := range topology.Sites {
		for j := range topology.Sites[i].BackEnds {
			topology.Sites[i].BackEnds[j].Workers, topology.Sites[i].BackEnds[j].Inbound = 1, 1
		}
	}
	topology.Proxy = route.Proxy{}
	o := workload{arms: []string{"wrong"}, rate: 60, length: 10 * time.Second}.run(t, topology)
	assert.Len(t, o["wrong"].latencies, 600)
}
