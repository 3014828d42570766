package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// TestFlavoursAreDescribed keeps the table of flavours equal to the flavours.
func TestFlavoursAreDescribed(t *testing.T) {
	t.Parallel()
	table := flavourTable()
	assert.True(t, strings.Contains(mockPage(t), table), "docs/mock.md, section Flavours, should hold this table:\n%s", table)
}

// flavourRows are the lines of the table: a title, and what it says of a flavour.
var flavourRows = []struct {
	title string
	cell  func(flavour.Flavour) string
}{
	{"build", func(f flavour.Flavour) string {
		v := f.Version
		return fmt.Sprintf("%d.%d.%d.%d", v.Major, v.Minor, v.MajorBuild, v.MinorBuild)
	}},
	{"schema in answers", func(f flavour.Flavour) string { return "`" + f.Version.Version + "`" }},
	{"newest schema in requests", func(f flavour.Flavour) string { return "`" + string(f.Newest) + "`" }},
	{"number in `X-BackEndOverrideCookie`", func(f flavour.Flavour) string { return fmt.Sprint(f.VersionNumber()) }},
	{"`X-BackEndOverrideCookie` comes", func(f flavour.Flavour) string {
		if f.OverrideAlways {
			return "with every answer"
		}
		return "once, when asked for"
	}},
	{"requests at once", func(f flavour.Flavour) string { return limit(f.Limits.Concurrency) }},
	{"streams", func(f flavour.Flavour) string { return limit(f.Limits.Streams) }},
	{"subscriptions", func(f flavour.Flavour) string { return limit(f.Limits.Subscriptions) }},
	{"objects found; with a restriction", func(f flavour.Flavour) string {
		return limit(f.Limits.Found) + "; " + limit(f.Limits.FoundRestricted)
	}},
	{"synchronisations at once", func(f flavour.Flavour) string { return limit(f.Limits.Syncs) }},
	{"messages a minute", func(f flavour.Flavour) string { return limit(f.Limits.Messages) }},
	{"callers show", func(f flavour.Flavour) string {
		if f.Schemes.Bearer {
			return "a token"
		}
		return "a password"
	}},
	{"`Server`", func(f flavour.Flavour) string { return "`" + headerOf(f, "Server") + "`" }},
	{"front ends on the way", func(f flavour.Flavour) string {
		if f.Cloud {
			return "2"
		}
		return "1"
	}},
}

func flavourTable() string {
	var table strings.Builder
	table.WriteString("| |")
	for _, name := range flavour.Names() {
		fmt.Fprintf(&table, " `%s` |", name)
	}
	table.WriteString("\n|---|" + strings.Repeat("---|", len(flavour.Names())) + "\n")
	for _, row := range flavourRows {
		fmt.Fprintf(&table, "| %s |", row.title)
		for _, name := range flavour.Names() {
			f, _ := flavour.Of(name)
			fmt.Fprintf(&table, " %s |", row.cell(f))
		}
		table.WriteByte('\n')
	}
	return table.String()
}

func limit(n int) string {
	if n == 0 {
		return "any number"
	}
	return fmt.Sprint(n)
}

func headerOf(f flavour.Flavour, key string) string {
	for _, h := range f.Headers {
		if h[0] == key {
			return h[1]
		}
	}
	return ""
}
