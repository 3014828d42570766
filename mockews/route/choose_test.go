package route_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/route"
)

func now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func TestChoose(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site", 1)
	org := build(t, topology)
	const bench, noMailbox = route.Principal(-1), route.Principal(-3)
	user := route.Principal(1)
	for {
		if home, _ := org.Home(user); home == 2 {
			break
		}
		user++
	}
	address := org.Address(user)
	random := org.Choose(route.Hints{Caller: noMailbox, Key: 3}).BackEnd
	cookie, _ := org.RoutingCookie(route.Hints{Caller: noMailbox, Now: now()}, route.Choice{BackEnd: 1, Source: route.SourceRandom})
	for _, c := range []struct {
		name   string
		hints  route.Hints
		want   int
		source route.Source
	}{
		{"affinity first", route.Hints{Caller: bench, Affinity: true, OverrideCookie: org.OverrideCookie(3), Anchor: address}, 3, route.SourceAffinity},
		{"affinity without its cookie", route.Hints{Caller: bench, Affinity: true, Anchor: address}, 2, route.SourceAnchor},
		{"cookie without affinity", route.Hints{Caller: bench, OverrideCookie: org.OverrideCookie(3), Anchor: address}, 2, route.SourceAnchor},
		{"cookie of a back end that is gone", route.Hints{Caller: bench, Affinity: true, OverrideCookie: "x~1", Anchor: address}, 2, route.SourceAnchor},
		{"cookie of another version", route.Hints{
			Caller: bench, Affinity: true, OverrideCookie: strings.Split(org.OverrideCookie(3), "~")[0] + "~1941996295", Anchor: address,
		}, 2, route.SourceAnchor},
		{"anchor by proxy address", route.Hints{Caller: bench, Anchor: strings.Replace(address, "@", "@mail.", 1)}, 2, route.SourceAnchor},
		{"anchor with a prefix", route.Hints{Caller: bench, Anchor: "AAD-SMTP:" + address}, 2, route.SourceAnchor},
		{"anchor before routing cookie", route.Hints{Caller: noMailbox, Anchor: address, RoutingCookie: cookie, Now: now()}, 2, route.SourceAnchor},
		{"anchor that names nobody", route.Hints{Caller: bench, Anchor: "nobody@contoso.com"}, 0, route.SourceIdentity},
		{"anchor without a mailbox", route.Hints{Caller: bench, Anchor: "svc-nomailbox@contoso.com"}, 0, route.SourceIdentity},
		{"routing cookie", route.Hints{Caller: noMailbox, RoutingCookie: cookie, Now: now(), Key: 3}, 1, route.SourceCookie},
		{"routing cookie of somebody else", route.Hints{Caller: bench, RoutingCookie: cookie, Now: now()}, 0, route.SourceIdentity},
		{"own mailbox", route.Hints{Caller: user}, 2, route.SourceIdentity},
		{"no mailbox", route.Hints{Caller: noMailbox, Key: 3}, random, route.SourceRandom},
	} {
		got := org.Choose(c.hints)
		assert.Equal(t, c.want, got.BackEnd, c.name)
		assert.Equal(t, c.source, got.Source, c.name)
	}
}

func TestUnknownAnchorAtRandom(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site", 1)
	topology.UnknownAnchor = route.UnknownAnchorRandom
	org := build(t, topology)
	seen := map[int]bool{}
	for key := range uint64(100) {
		c := org.Choose(route.Hints{Caller: -1, Anchor: "nobody@contoso.com", Key: key})
		assert.Equal(t, route.SourceRandom, c.Source)
		seen[c.BackEnd] = true
	}
	assert.Len(t, seen, 4)
}

// A random choice is a pure function of the seed and the key, and evenly spread.
func TestRandomChoiceIsPure(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site", 1)
	org, again := build(t, topology), build(t, topology)
	backEnds, frontEnds := make([]int, 4), make([]int, 4)
	for key := range uint64(4000) {
		c := org.Choose(route.Hints{Caller: -3, Key: key})
		assert.Equal(t, c, again.Choose(route.Hints{Caller: -3, Key: key}))
		backEnds[c.BackEnd]++
		frontEnds[c.FrontEnd]++
	}
	for i := range 4 {
		assert.InDelta(t, 1000, backEnds[i], 150)
		assert.InDelta(t, 1000, frontEnds[i], 150)
	}
}

func TestRoutingCookie(t *testing.T) {
	t.Parallel()
	org := build(t, profile(t, "onprem-2site", 1))
	h := route.Hints{Caller: -3, Key: 9, Now: now()}
	chosen := org.Choose(h)
	value, expires := org.RoutingCookie(h, chosen)
	assert.True(t, strings.HasPrefix(value, org.SID(-3)+"="), value)
	assert.NotContains(t, value, "BE", "the decision is obfuscated")

	h.RoutingCookie, h.Key = value, 1234
	h.Now = expires.Add(-time.Second)
	assert.Equal(t, route.Choice{BackEnd: chosen.BackEnd, Source: route.SourceCookie, FrontEnd: org.Choose(h).FrontEnd}, org.Choose(h))
	again, _ := org.RoutingCookie(h, org.Choose(h))
	assert.Empty(t, again, "the client has it already")
	h.Now = expires
	assert.Equal(t, route.SourceRandom, org.Choose(h).Source, "expired")

	anchored := route.Hints{Caller: -1, Anchor: "user000042@contoso.com", Now: now()}
	value, expires = org.RoutingCookie(anchored, org.Choose(anchored))
	assert.True(t, strings.HasPrefix(value, anchored.Anchor+"="), "keyed by the anchor, not by the target")
	assert.Equal(t, 10*time.Minute, expires.Sub(now()))
	value, _ = org.RoutingCookie(anchored, route.Choice{Source: route.SourceAffinity})
	assert.Empty(t, value)
}

func FuzzCookies(f *testing.F) {
	org := build(f, profile(f, "onprem-2site", 1))
	h := route.Hints{Caller: -3, Affinity: true, Now: now()}
	cookie, _ := org.RoutingCookie(h, org.Choose(h))
	f.Add(org.OverrideCookie(0), cookie)
	f.Add("~", "=")
	f.Add("", org.SID(-3)+"=jdqNiZqN")
	f.Fuzz(func(t *testing.T, override, routing string) {
		h.OverrideCookie, h.RoutingCookie = override, routing
		c := org.Choose(h)
		assert.Contains(t, []route.Source{route.SourceAffinity, route.SourceCookie, route.SourceRandom}, c.Source)
		assert.Less(t, c.BackEnd, org.BackEnds())
	})
}
