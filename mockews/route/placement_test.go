package route_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/route"
)

func TestMailboxMoves(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site", 1)
	topology.Moves = route.Moves{Stale: 20 * time.Second, Outdated: 5 * time.Second}
	org := build(t, topology)
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	before, _ := org.DatabaseOf(7)
	to := org.Databases()[0]
	if to == before {
		to = org.Databases()[7]
	}
	require.NotEqual(t, before.BackEnd, to.BackEnd)
	require.NoError(t, org.Move(7, to.Name, now, 10*time.Second))
	after, _ := org.DatabaseOf(7)
	assert.Equal(t, to, after)
	old, _ := org.Home(8)
	anchored := func(at time.Time) string {
		return org.BackEnd(org.Choose(route.Hints{Caller: -1, Anchor: org.Address(7), Now: at}).BackEnd).Name
	}
	assert.True(t, org.Moving(7, now.Add(9*time.Second)))
	assert.False(t, org.Moving(7, now.Add(10*time.Second)))
	assert.False(t, org.Moving(8, now))
	assert.Equal(t, before.BackEnd, anchored(now.Add(29*time.Second)), "front ends have not heard of it")
	assert.Equal(t, to.BackEnd, anchored(now.Add(30*time.Second)))
	same, _ := org.Home(8)
	assert.Equal(t, old, same, "nobody else has moved")
	org.ResetPlacement()
	reset, _ := org.DatabaseOf(7)
	assert.Equal(t, before, reset)
}

func TestFailOver(t *testing.T) {
	t.Parallel()
	org := build(t, profile(t, "onprem-2site", 1))
	now := time.Now()
	names := []string{org.BackEnd(0).Name, org.BackEnd(1).Name, org.BackEnd(2).Name, org.BackEnd(3).Name}
	require.NoError(t, org.SetUp(names[0], false, now))
	for _, d := range org.Databases()[:2] {
		assert.Equal(t, names[1], d.BackEnd, "%s: the other back end of the site takes over", d.Name)
	}
	for key := range uint64(200) {
		c := org.Choose(route.Hints{Caller: -1, Key: key, Now: now})
		assert.NotEqual(t, 0, c.BackEnd, "no call goes to a back end that is down")
	}
	require.NoError(t, org.SetUp(names[1], false, now))
	for _, d := range org.Databases()[:4] {
		assert.Contains(t, names[2:], d.BackEnd, "%s: the other site takes over", d.Name)
	}
	require.NoError(t, org.SetUp(names[2], false, now))
	require.NoError(t, org.SetUp(names[3], false, now))
	_, ok := org.Home(1)
	assert.False(t, ok, "a database without a back end is active nowhere")
	assert.True(t, org.HasMailbox(1))
	require.NoError(t, org.SetUp(names[2], true, now))
	home, ok := org.Home(1)
	assert.True(t, ok)
	assert.Equal(t, 2, home)
	require.NoError(t, org.SetUp(names[0], true, now))
	again, _ := org.Home(1)
	assert.Equal(t, 2, again, "databases stay where they are active")
	require.NoError(t, org.Activate(org.Databases()[0].GUID, names[0], now))
	assert.Equal(t, names[0], org.Databases()[0].BackEnd)
}

func TestSenselessMovesAreRefused(t *testing.T) {
	t.Parallel()
	org := build(t, profile(t, "onprem-2site", 1))
	now := time.Now()
	assert.ErrorIs(t, org.Move(1, "DB99", now, 0), route.ErrNoDatabase)
	assert.ErrorContains(t, org.Move(1, "DB99", now, 0), "there are DB01, DB02")
	assert.ErrorIs(t, org.Move(0, "DB01", now, 0), route.ErrNoMailbox)
	assert.ErrorIs(t, org.Activate("DB01", "nowhere", now), route.ErrNoBackEnd)
	assert.ErrorIs(t, org.Activate("nothing", "EAST-BE1", now), route.ErrNoDatabase)
	assert.ErrorIs(t, org.SetUp("nowhere", false, now), route.ErrNoBackEnd)
	require.NoError(t, org.SetUp("EAST-BE2", false, now))
	assert.ErrorIs(t, org.Activate("DB01", "EAST-BE2", now), route.ErrDown)
}

// A cookie keeps a group where it began, whatever happens to the anchor; unless that back end is down, or the cookie is of
// another version (MS docs: How to maintain affinity).
func TestCookieOutlivesAMove(t *testing.T) {
	t.Parallel()
	org := build(t, profile(t, "onprem-2site", 1))
	now := time.Now()
	first, _ := org.Home(7)
	cookie := org.OverrideCookie(first)
	hints := route.Hints{Caller: -1, Anchor: org.Address(7), Affinity: true, OverrideCookie: cookie, Now: now}
	var to string
	for _, d := range org.Databases() {
		if d.BackEnd != org.BackEnd(first).Name {
			to = d.Name
		}
	}
	require.NoError(t, org.Move(7, to, now, 0))
	c := org.Choose(hints)
	assert.Equal(t, first, c.BackEnd)
	assert.Equal(t, route.SourceAffinity, c.Source)

	other := hints
	other.OverrideCookie = cookie[:len(cookie)-1] + "0"
	assert.Equal(t, route.SourceAnchor, org.Choose(other).Source, "a cookie of another version is none")

	require.NoError(t, org.SetUp(org.BackEnd(first).Name, false, now))
	c = org.Choose(hints)
	assert.NotEqual(t, first, c.BackEnd)
	assert.Equal(t, route.SourceAnchor, c.Source)
}

// A routing cookie that names a database leads to wherever the database is active.
func TestRoutingCookieFollowsTheDatabase(t *testing.T) {
	t.Parallel()
	org := build(t, profile(t, "onprem-2site", 1))
	now := time.Now()
	hints := route.Hints{Caller: -1, Now: now}
	value, _ := org.RoutingCookie(hints, org.Choose(hints))
	require.NotEmpty(t, value)
	hints.RoutingCookie = value
	before := org.Choose(hints)
	require.Equal(t, route.SourceCookie, before.Source)
	d, _ := org.DatabaseOf(-1)
	require.NoError(t, org.Activate(d.Name, org.BackEnd(3).Name, now))
	after := org.Choose(hints)
	assert.Equal(t, route.SourceCookie, after.Source)
	assert.Equal(t, 3, after.BackEnd)
}

// TestPlacementAgreesWithAModel makes random moves and fail-overs beside a map.
func TestPlacementAgreesWithAModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		org := build(t, profile(t, "onprem-2site", seed+1))
		r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test's own draws
		databases := org.Databases()
		in, active := map[route.Principal]int{}, make([]string, len(databases))
		for i, d := range databases {
			active[i] = d.BackEnd
		}
		index := map[string]int{}
		for i, d := range databases {
			index[d.Name] = i
		}
		for p := route.Principal(1); p <= 20; p++ {
			d, _ := org.DatabaseOf(p)
			in[p] = index[d.Name]
		}
		for range 100 {
			p, d, b := route.Principal(1+r.IntN(20)), r.IntN(len(databases)), org.BackEnd(r.IntN(org.BackEnds())).Name
			if r.IntN(2) == 0 {
				require.NoError(t, org.Move(p, databases[d].Name, time.Now(), 0))
				in[p] = d
			} else {
				require.NoError(t, org.Activate(databases[d].Name, b, time.Now()))
				active[d] = b
			}
			for p, d := range in {
				home, ok := org.Home(p)
				require.True(t, ok)
				require.Equal(t, active[d], org.BackEnd(home).Name)
			}
		}
	}
}

func TestMovesWhileCallsGoOn(t *testing.T) {
	t.Parallel()
	org := build(t, profile(t, "onprem-2site", 1))
	var callers sync.WaitGroup
	stop := make(chan struct{})
	for i := range 8 {
		callers.Go(func() {
			for key := uint64(i); ; key += 8 {
				select {
				case <-stop:
					return
				default:
				}
				p := route.Principal(key%1000 + 1)
				c := org.Choose(route.Hints{Caller: -1, Anchor: org.Address(p), Key: key, Now: time.Now()})
				_ = org.BackEnd(c.BackEnd)
				org.Home(p)
			}
		})
	}
	for i := range 300 {
		now := time.Now()
		assert.NoError(t, org.Move(route.Principal(i%1000+1), org.Databases()[i%8].Name, now, 0))
		assert.NoError(t, org.SetUp(org.BackEnd(i%4).Name, i%3 == 0, now))
		if i%50 == 49 {
			org.ResetPlacement()
		}
	}
	close(stop)
	callers.Wait()
}
