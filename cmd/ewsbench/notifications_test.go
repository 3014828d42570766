package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

const watching = "notifications"

// beside are the figures of what an arm sent beside the schedule.
func beside(t *testing.T, a *results.Analysis, name, op string) results.OpSummary {
	t.Helper()
	for _, row := range a.Summary.Beside {
		if row.Arm == name && row.Op == op {
			return row
		}
	}
	return results.OpSummary{}
}

// elsewhere is the share of the mailboxes that are in another site than the service
// account's.
func elsewhere(t *testing.T, seed uint64, mailboxes int) float64 {
	t.Helper()
	topology, err := mockews.Profile(defaultProfile)
	require.NoError(t, err)
	topology.Seed = seed
	org, err := route.Build(topology)
	require.NoError(t, err)
	account, _ := org.Find(mockAccount)
	own, _ := org.Home(account)
	far := 0
	for p := route.Principal(1); p <= route.Principal(mailboxes); p++ {
		if home, _ := org.Home(p); org.Site(org.BackEnd(home)) != org.Site(org.BackEnd(own)) {
			far++
		}
	}
	return float64(far) / float64(mailboxes)
}

// TestNotificationsByAnchor is the second claim of the project in figures: with the
// anchor of its group a client is told of every mail; without one its subscriptions
// are asked for at the service account's server, and mailboxes of another site cannot
// join them there. Groups are those of Autodiscover: of one site, on two servers.
func TestNotificationsByAnchor(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load(watching)
	require.NoError(t, err)
	for seed := uint64(1); seed <= min(seeds, 3); seed++ {
		a := virtual{scenario: watching, profile: defaultProfile}.run(t, seed)
		require.True(t, a.Summary.Valid, a.Summary.Reason)
		require.Equal(t, results.VerdictPass, a.Summary.Verdict)
		anchored, unanchored, wrong := arm(t, a, "anchored"), arm(t, a, "unanchored"), arm(t, a, "wrong")
		assert.Zero(t, anchored.ErrorRate, "seed %d", seed)
		assert.Equal(t, anchored.Samples, unanchored.Samples)
		assert.Equal(t, anchored.Samples, wrong.Samples)

		assert.InDelta(t, elsewhere(t, seed, s.Mailboxes), unanchored.ErrorRate, 0.03, "seed %d", seed)
		assert.Equal(t, unanchored.Samples, unanchored.Outcomes[results.CodeOK]+unanchored.Outcomes[results.CodeMissed], "what is not told of is missed")
		assert.Positive(t, wrong.ErrorRate, "seed %d", seed)
		c := compared(t, a, "unanchored", results.MetricErrorRate)
		assert.Equal(t, results.VerdictWorse, c.Verdict)

		assert.Zero(t, beside(t, a, "anchored", "Subscribe").Errors)
		refused := beside(t, a, "unanchored", "Subscribe")
		assert.Positive(t, refused.Errors)
		assert.Equal(t, refused.Errors, refused.Outcomes["ErrorProxyCallFailed"], "the documented error, and no other")

		require.Len(t, a.Run.Groups, 1)
		assert.Equal(t, results.GroupedByAutodiscover, a.Run.Groups[0].By)
		assert.Equal(t, s.Mailboxes, a.Run.Groups[0].Mailboxes)
		assert.InDelta(t, 1, *anchored.SinceCause.P90, 1e-9, "half of a site is on its other server: a round trip within it")
		t.Logf("seed %d: missed %.1f %%, %.1f %%; told of %v, %v, %v ms after the mail", seed, 100*unanchored.ErrorRate, 100*wrong.ErrorRate,
			*anchored.SinceCause.Max, *unanchored.SinceCause.Max, *wrong.SinceCause.Max)
	}
}

// TestNotificationsByServer: where Autodiscover does not say, groups are of one server, and
// with the right anchor every subscription is beside its mailbox.
func TestNotificationsByServer(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]virtual{
		"asked for":       {groups: scenarios.GroupsServer},
		"no Autodiscover": {change: func(topo *route.Topology) { topo.Autodiscover.NoSOAP = true }},
	} {
		v.scenario, v.profile = watching, defaultProfile
		a := v.run(t, 1)
		require.True(t, a.Summary.Valid, a.Summary.Reason)
		require.Len(t, a.Summary.Groups, 1, name)
		row := a.Summary.Groups[0]
		assert.Equal(t, results.GroupedByServer, row.By, name)
		assert.Equal(t, name == "no Autodiscover", strings.Contains(row.Reason, "HTTP 404"), row.Reason)
		anchored, wrong := arm(t, a, "anchored"), arm(t, a, "wrong")
		assert.Zero(t, anchored.ErrorRate, name)
		assert.Positive(t, wrong.ErrorRate, name)
		assert.InDelta(t, 0, *anchored.SinceCause.P90, 1e-9, "the subscription is beside the mailbox")
		assert.GreaterOrEqual(t, *wrong.SinceCause.Max, *anchored.SinceCause.Max, "news waits for two servers where there was one")
	}
}

// TestMissingAnchorWithinOneSite: there every subscription finds a place, at the
// price of a way that each event has to go. Groups by server spare it those that have the
// right anchor; Autodiscover's are of both servers.
func TestMissingAnchorWithinOneSite(t *testing.T) {
	t.Parallel()
	for by, spared := range map[scenarios.GroupsBy]float64{scenarios.GroupsServer: 0, scenarios.GroupsAutodiscover: 1} {
		a := virtual{scenario: watching, profile: "onprem-1site", groups: by}.run(t, 1)
		assert.Zero(t, arm(t, a, "unanchored").ErrorRate, by)
		assert.InDelta(t, spared, *arm(t, a, "anchored").SinceCause.P90, 1e-9, by)
		assert.InDelta(t, 1, *arm(t, a, "unanchored").SinceCause.P90, 1e-9, "the round trip within the site")
	}
}

// TestStreamOfAClientWithoutTheRecipe: its subscriptions live with their mailboxes, on
// both servers of the site, and the stream of a group finds only those of the server that
// it came to.
func TestStreamOfAClientWithoutTheRecipe(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load(watching)
	require.NoError(t, err)
	v := virtual{scenario: watching, profile: defaultProfile, arms: []scenarios.Arm{s.Arms[0], s.Arms[3]}, rate: 80}
	a := v.run(t, 1)
	require.True(t, a.Summary.Valid, a.Summary.Reason)
	assert.Zero(t, arm(t, a, "anchored").ErrorRate)
	assert.InDelta(t, 0.5, arm(t, a, "no-recipe").ErrorRate, 0.1)
	assert.Positive(t, beside(t, a, "no-recipe", "GetStreamingEvents").Outcomes["ErrorSubscriptionNotFound"], "the documented error")

	v.groups = scenarios.GroupsServer
	a = v.run(t, 1)
	plain := arm(t, a, "no-recipe")
	assert.Zero(t, plain.ErrorRate, "groups of one server need no recipe to be complete")
	assert.Equal(t, 20.0, *plain.SinceCause.P90, "half a round trip between the sites")
	assert.Zero(t, *arm(t, a, "anchored").SinceCause.P90)
}

// TestNothingTellsTheArmsApartOnOneServer: the header is worth what routing makes of it.
func TestNothingTellsTheArmsApartOnOneServer(t *testing.T) {
	t.Parallel()
	a := virtual{scenario: watching, profile: "ideal"}.run(t, 1)
	for _, name := range []string{"anchored", "unanchored", "wrong"} {
		assert.Zero(t, arm(t, a, name).ErrorRate, name)
		assert.Zero(t, *arm(t, a, name).Latency.Max, name)
	}
}
