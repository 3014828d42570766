package route_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/route"
)

func TestProfilesAreComplete(t *testing.T) {
	t.Parallel()
	for _, name := range route.Profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			topology, err := route.Profile(name)
			require.NoError(t, err)
			assert.Equal(t, name, topology.Name)
			assert.NotEmpty(t, topology.Title)
			source, err := route.ProfileSource(name)
			require.NoError(t, err)
			assert.Contains(t, string(source), "The mock's own figures, not Microsoft's")
			_, err = route.Build(topology)
			require.NoError(t, err)
		})
	}
	_, err := route.Profile("onprem-2sites")
	require.ErrorContains(t, err, `unknown profile "onprem-2sites", did you mean "onprem-2site"?`)
}

func TestZeroTopology(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{})
	filled := org.Topology()
	assert.Equal(t, 1000, filled.Mailboxes)
	assert.Equal(t, "contoso.com", filled.Domain)
	assert.Len(t, filled.Accounts, 4)
	assert.Equal(t, 1, org.BackEnds())
	assert.Equal(t, 1, org.FrontEnds())
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	const sites = "sites:\n  - {name: a, front_ends: 1, back_ends: [{}]}\n"
	for _, c := range []struct{ name, yaml, want string }{
		{"unknown key", "schema: 1\nmailboxs: 3\n", `t.yaml:2:1: unknown key "mailboxs", did you mean "mailboxes"?`},
		{"other schema", "schema: 2\n", "t.yaml:1:9: schema is 2"},
		{"too many mailboxes", "mailboxes: 1000000000\n", "t.yaml:1:12: mailboxes is"},
		{"domain", "domain: a@b\n", "t.yaml:1:9: domain"},
		{"anchor switch", "unknown_anchor: error\n", "t.yaml:1:17: unknown_anchor"},
		{"switch of rules", "mailboxes: 1\ninbox_rules: some\n", "t.yaml:2:14: inbox_rules is \"some\": write valid or all"},
		{"negative time", "parse: -1ms\n", "t.yaml:1:8: parse is -1ms"},
		{"negative count", "proxy: {size: -1}\n", "t.yaml:1:15: size is -1"},
		{"sigma", "front_end: {median: 1ms, sigma: 9}\n", "t.yaml:1:33: sigma is 9"},
		{"stall longer than half its period", "stalls: {every: 1s, median: 600ms}\n", "t.yaml:1:29: median is more than half"},
		{"operation", "service:\n  ops:\n    GetFoldr: {median: 1ms}\n", `t.yaml:3:5: unknown operation "GetFoldr", did you mean "GetFolder"?`},
		{"site name", "sites:\n  - {name: far-away, front_ends: 1, back_ends: [{}]}\n", `t.yaml:2:12: site name "far-away"`},
		{"site name of Online", "flavour: ExchangeOnline\nsites:\n  - {name: london, front_ends: 1, back_ends: [{}]}\n", `t.yaml:3:12: site name "london": with flavour ExchangeOnline`},
		{"share of cookies", "cookies: {override_missing: 1.5}\n", "t.yaml:1:29: override_missing is 1.5"},
		{"two of a name", sites + "  - {name: A, front_ends: 1, back_ends: [{}]}\n", `t.yaml:3:12: there are two sites "A"`},
		{"no front end", "sites:\n  - {name: a, back_ends: [{}]}\n", "t.yaml:2:3: sites have 0 front ends"},
		{"no back end", "sites:\n  - {name: a, front_ends: 1}\n", "and 0 back ends"},
		{"workers", "sites:\n  - {name: a, front_ends: 1, back_ends: [{workers: -1}]}\n", "workers is -1"},
		{"link to nowhere", sites + "links: [{between: [a, b], rtt: 1ms}]\n", `there is no site "b"`},
		{"link to itself", sites + "links: [{between: [a, a], rtt: 1ms}]\n", "between must name two sites"},
		{"account name", "accounts: [{name: a@b}]\n", "account name"},
		{"account's back end", "accounts: [{name: a, back_end: 2}]\n", "back_end is 2: there are 1"},
		{"role", "accounts: [{name: a, role: Owner}]\n", `role is "Owner"`},
		{"scope", "accounts: [{name: a, scope: {first: 5, last: 1}}]\n", "scope must run"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := route.Parse("t.yaml", []byte(c.yaml))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestBuildRefusesWhatParseRefuses(t *testing.T) {
	t.Parallel()
	_, err := route.Build(route.Topology{Mailboxes: -1})
	require.ErrorContains(t, err, "mailboxes is -1")
}

func FuzzParse(f *testing.F) {
	for _, name := range route.Profiles() {
		source, err := route.ProfileSource(name)
		require.NoError(f, err)
		f.Add(string(source))
	}
	f.Add("sites: [{name: a}]")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4<<10 || strings.Count(text, "databases") > 50 {
			t.Skip("large organisations are slow to build")
		}
		topology, err := route.Parse("fuzz.yaml", []byte(text))
		if err == nil {
			build(t, topology)
		}
	})
}
