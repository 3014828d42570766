package route_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func build(t testing.TB, topology route.Topology) *route.Organisation {
	org, err := route.Build(topology)
	require.NoError(t, err)
	return org
}

func TestFind(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{Mailboxes: 1_234_567})
	for _, c := range []struct {
		name, address string
		want          route.Principal
		primary       bool
	}{
		{"first user", "user000001@contoso.com", 1, true},
		{"any case", "USER000042@Contoso.COM", 42, true},
		{"seven digits", "user1234567@contoso.com", 1_234_567, true},
		{"beyond the last", "user1234568@contoso.com", 0, false},
		{"far beyond the last", "user99999999999999999999999@contoso.com", 0, false},
		{"none", "user000000@contoso.com", 0, false},
		{"too few digits", "user00001@contoso.com", 0, false},
		{"leading zero of seven digits", "user0000042@contoso.com", 0, false},
		{"no digit", "user00004x@contoso.com", 0, false},
		{"proxy address", "user000042@mail.contoso.com", 42, false},
		{"service account", "svc-bench@contoso.com", -1, true},
		{"other domain", "user000042@fabrikam.com", 0, false},
		{"no domain", "user000042", 0, false},
		{"nothing", "", 0, false},
	} {
		p, primary := org.Find(c.address)
		assert.Equal(t, c.want, p, c.name)
		assert.Equal(t, c.primary, primary, c.name)
	}
}

// Whoever has an address or a SID is found by it.
func TestFindInvertsAddress(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{Mailboxes: 2_000_000})
	people := []route.Principal{-4, -3, -2, -1, 1, 9, 10, 999_999, 1_000_000, 2_000_000}
	for _, p := range people {
		found, primary := org.Find(org.Address(p))
		assert.Equal(t, p, found)
		assert.True(t, primary)
		bySID, wellFormed := org.FindSID(org.SID(p))
		assert.Equal(t, p, bySID)
		assert.True(t, wellFormed)
	}
	assert.Empty(t, org.Address(0))
	assert.Empty(t, org.Address(-5))
}

func TestFindSID(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{})
	domain := strings.TrimSuffix(org.SID(1), "2001")
	for _, c := range []struct {
		name, sid  string
		want       route.Principal
		wellFormed bool
	}{
		{"user", domain + "2042", 42, true},
		{"nobody", domain + "3001", 0, true},
		{"not a number", domain + "x", 0, false},
		{"other domain", "S-1-5-21-1-2-3-2042", 0, true},
		{"well known", "S-1-5-18", 0, true},
		{"too short", "S-1-5", 0, false},
		{"garbage", "user000042@contoso.com", 0, false},
		{"empty part", "S-1-5--18", 0, false},
	} {
		p, wellFormed := org.FindSID(c.sid)
		assert.Equal(t, c.want, p, c.name)
		assert.Equal(t, c.wellFormed, wellFormed, c.name)
	}
}

// Databases get their fair share of mailboxes, and a mailbox stays where it is.
func TestPlacement(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-2site", 5)
	org, again := build(t, topology), build(t, topology)
	counts := make([]int, org.BackEnds())
	for p := route.Principal(1); p <= 1000; p++ {
		home, ok := org.Home(p)
		require.True(t, ok)
		counts[home]++
		same, _ := again.Home(p)
		assert.Equal(t, home, same)
	}
	for i, n := range counts {
		assert.InDelta(t, 250, n, 60, "back end %d", i)
	}
	topology.Seed++
	moved := 0
	other := build(t, topology)
	for p := route.Principal(1); p <= 1000; p++ {
		if org.Database(p) != other.Database(p) {
			moved++
		}
	}
	assert.Greater(t, moved, 500, "another seed is another organisation")
	_, ok := org.Home(-3)
	assert.False(t, ok, "svc-nomailbox")
	assert.Empty(t, org.Database(-3))
}

// A million mailboxes cost what ten do.
func TestMailboxesCostNothing(t *testing.T) {
	allocations := func(n int) float64 {
		return testing.AllocsPerRun(10, func() { build(t, route.Topology{Mailboxes: n}) })
	}
	assert.InDelta(t, allocations(10), allocations(1_000_000), 100, "maps grow by chance, and one for each would be a million")
}

// Whoever changes a topology that was built changes nothing of what was built.
func TestTopologyIsCopied(t *testing.T) {
	t.Parallel()
	topology := busyTopology()
	topology.Service.Ops = map[ews.Op]route.Lognormal{ews.OpGetItem: {Median: ms}}
	org := build(t, topology)
	want := build(t, org.Topology()).Topology()
	topology.Sites[0].BackEnds[0].Workers, topology.Sites[1].RTT, topology.Links[0].RTT = 99, 99, 99
	topology.Links[0].Between[0], topology.Accounts[0].Name = "x", "x"
	topology.Service.Ops[ews.OpGetItem] = route.Lognormal{}
	assert.Equal(t, want, org.Topology())
}

func TestPassword(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{Accounts: []route.Account{{Name: "svc", Password: "secret"}, {Name: "other"}}})
	assert.Equal(t, "secret", org.Password(-1))
	assert.Equal(t, "ewsbench", org.Password(-2))
	assert.Equal(t, "ewsbench", org.Password(1))
}
