// Package docs holds what docs/*.md say about the code to what the code says.
package docs

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

func mockPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/mock.md")
	require.NoError(t, err)
	return string(text)
}

// TestProfilesAreDescribed keeps the table of profiles equal to the profiles.
func TestProfilesAreDescribed(t *testing.T) {
	t.Parallel()
	table := profileTable(t)
	assert.True(t, strings.Contains(mockPage(t), table), "docs/mock.md, section Profiles, should hold this table:\n%s", table)
}

// profileRows are the lines of the table: a title, and what it says of a profile.
var profileRows = []struct {
	title string
	cell  func(route.Topology) string
}{
	{"sites, back ends in each", func(t route.Topology) string {
		return fmt.Sprintf("%d, %d", len(t.Sites), len(t.Sites[0].BackEnds))
	}},
	{"workers of a back end, and inbound", func(t route.Topology) string {
		b := t.Sites[0].BackEnds[0]
		if b.Workers == 0 {
			return "any number"
		}
		return fmt.Sprintf("%d and %d", b.Workers, b.Inbound)
	}},
	{"front end", func(t route.Topology) string { return drawn(t.FrontEnd) }},
	{"parse", func(t route.Topology) string { return short(t.Parse) }},
	{"service", func(t route.Topology) string { return drawn(t.Service.Default) }},
	{"service of GetFolder; FindItem", func(t route.Topology) string {
		return drawn(t.Service.Ops["GetFolder"]) + "; " + drawn(t.Service.Ops["FindItem"])
	}},
	{"cold identity", func(t route.Topology) string { return short(t.Identity.Cold) }},
	{"token at each end of a hop", func(t route.Topology) string { return short(t.Hop.Token) }},
	{"new connection", func(t route.Topology) string {
		return fmt.Sprintf("%s and %d round trips", short(t.Hop.TLS), t.Hop.RoundTrips)
	}},
	{"round trip inside a site", func(t route.Topology) string { return short(t.Sites[0].RTT) }},
	{"round trip between sites", func(t route.Topology) string {
		if len(t.Links) == 0 {
			return "-"
		}
		var all []string
		for _, l := range t.Links {
			all = append(all, short(l.RTT))
		}
		return strings.Join(all, ", ")
	}},
	{"proxy pool; queue; timeout", func(t route.Topology) string {
		if t.Proxy.Size == 0 {
			return "no bound"
		}
		return fmt.Sprintf("%d; %d; %s", t.Proxy.Size, t.Proxy.Queue, short(t.Proxy.Timeout))
	}},
	{"a stall in every", func(t route.Topology) string {
		if t.Stalls.Every == 0 {
			return "none"
		}
		return short(t.Stalls.Every)
	}},
	{"a stall lasts", func(t route.Topology) string {
		return drawn(route.Lognormal{Median: t.Stalls.Median, Sigma: t.Stalls.Sigma})
	}},
}

func profileTable(t *testing.T) string {
	t.Helper()
	var table strings.Builder
	names := route.Profiles()
	fmt.Fprintf(&table, "| | `%s` |\n|---|%s\n", strings.Join(names, "` | `"), strings.Repeat("---|", len(names)))
	for _, row := range profileRows {
		fmt.Fprintf(&table, "| %s |", row.title)
		for _, name := range names {
			topology, err := route.Profile(name)
			require.NoError(t, err)
			fmt.Fprintf(&table, " %s |", row.cell(topology))
		}
		table.WriteByte('\n')
	}
	return table.String()
}

func drawn(l route.Lognormal) string {
	if l.Median == 0 {
		return "0"
	}
	return fmt.Sprintf("%s, sigma %g", short(l.Median), l.Sigma)
}

// short is a time in ms below a second, in s above.
func short(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%g s", d.Seconds())
}

// TestProfileKeysAreDescribed wants a line for every key of a profile.
func TestProfileKeysAreDescribed(t *testing.T) {
	t.Parallel()
	page := mockPage(t)
	for _, key := range keys(reflect.TypeFor[route.Topology](), "") {
		assert.Contains(t, page, "`"+key, "docs/mock.md does not describe this key")
	}
}

// keys lists the keys of a file that is read into a struct, as a.b[].c. Times,
// ranges and rules, which have a page of their own, stand for all of their keys.
func keys(s reflect.Type, prefix string) []string {
	whole := []reflect.Type{
		reflect.TypeFor[route.Lognormal](), reflect.TypeFor[route.Scope](), reflect.TypeFor[fault.Rule](),
		reflect.TypeFor[access.Grants](), reflect.TypeFor[auth.Config](), reflect.TypeFor[throttle.Policy](),
		reflect.TypeFor[discovery.Config](),
	}
	var found []string
	for field := range s.Fields() {
		key, of := prefix+field.Tag.Get("yaml"), field.Type
		if of.Kind() == reflect.Slice {
			key, of = key+"[]", of.Elem()
		}
		if of.Kind() == reflect.Struct && !slices.Contains(whole, of) {
			found = append(found, keys(of, key+".")...)
			continue
		}
		found = append(found, strings.TrimSuffix(key, "[]"))
	}
	return found
}
