package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// Known is a list of known failures. The zero value is empty.
type Known struct {
	entries []knownEntry
}

type knownEntry struct {
	line   int
	clause string
	actual string // what the failure begins with, "" for any
}

// ParseKnown reads a list of known failures: a clause a line, and behind a # the beginning of what comes instead. Empty lines, and
// those that begin with #, say nothing. The name is for error messages, which have the form file:line:column.
func ParseKnown(name string, data []byte, clauses []string) (Known, error) {
	var k Known
	seen := map[string]bool{}
	for i, line := range strings.Split(string(data), "\n") {
		id, actual, _ := strings.Cut(line, "#")
		id = strings.TrimSpace(id)
		switch {
		case id == "":
			continue
		case !slices.Contains(clauses, id):
			return Known{}, fmt.Errorf("%s:%d:1: no clause is called %q", name, i+1, id)
		case seen[id]:
			return Known{}, fmt.Errorf("%s:%d:1: %s stands here twice", name, i+1, id)
		}
		seen[id] = true
		k.entries = append(k.entries, knownEntry{i + 1, id, oneLine(actual)})
	}
	return k, nil
}

func (k Known) entry(clause string) (knownEntry, bool) {
	for _, e := range k.entries {
		if e.clause == clause {
			return e, true
		}
	}
	return knownEntry{}, false
}

// apply marks a finding that the list speaks of.
func (k Known) apply(f results.Finding) results.Finding {
	e, ok := k.entry(f.Clause)
	if !ok {
		return f
	}
	switch {
	case f.Status == results.Pass:
		f.Status, f.Reason = results.XPass, "is a known failure, and passes"
	case f.Status == results.Fail && strings.HasPrefix(oneLine(f.Actual), e.actual):
		f.Status, f.Reason = results.XFail, "is a known failure"
	case f.Status == results.Fail:
		f.Reason = "is a known failure, but of another kind: " + e.actual
	}
	return f
}

// problems are entries of the list that are not true any more.
func (k Known) problems(found []results.Finding) (all []string) {
	for _, f := range found {
		e, ok := k.entry(f.Clause)
		switch {
		case !ok:
		case f.Status == results.XPass:
			all = append(all, fmt.Sprintf("line %d of the known failures: %s passes: take it out", e.line, e.clause))
		case f.Status == results.Skip || f.Status == results.Errored:
			all = append(all, fmt.Sprintf("line %d of the known failures: %s was not judged (%s)", e.line, e.clause, f.Reason))
		case f.Status == results.Fail:
			all = append(all, fmt.Sprintf("line %d of the known failures: %s fails in another way: %s", e.line, e.clause, f.Actual))
		}
	}
	return all
}

// KnownText is the list of what has failed, in the form that ParseKnown reads.
func KnownText(found []results.Finding) string {
	var b strings.Builder
	b.WriteString("# Known failures: a clause a line, and what comes instead of what it expects.\n")
	for _, f := range found {
		if f.Status == results.Fail || f.Status == results.XFail {
			fmt.Fprintf(&b, "%s # %s\n", f.Clause, oneLine(f.Actual))
		}
	}
	return b.String()
}

// oneLine is a text as it stands in the list: with one space for each white space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
