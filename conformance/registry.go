package conformance

import (
	"fmt"
	"slices"
	"strings"
)

// Server returns the clauses for servers, area by area. It panics for one that is not whole: that is a mistake of ours, which a
// test finds.
func Server() []Clause {
	clauses := slices.Concat(
		impersonation(), connectingSID(), anchoring(), affinity(), transporting(), enveloping(), batching(), accessing(), sending(), notifying(), authenticating(), throttling(), discovering(),
	)
	seen := map[string]bool{}
	for i := range clauses {
		c := &clauses[i]
		if lack := c.sound(); lack != "" {
			panic(fmt.Sprintf("conformance: clause %q: %s", c.ID, lack))
		}
		if seen[c.ID] {
			panic(fmt.Sprintf("conformance: there are two clauses %q", c.ID))
		}
		seen[c.ID] = true
	}
	return clauses
}

// Select chooses clauses by id or by the beginning of it up to a dot: imp, imp.role, imp.role.required. No word chooses all. The
// words that chose nothing come back beside.
func Select(clauses []Clause, words []string) (chosen []Clause, unmatched []string) {
	if len(words) == 0 {
		return clauses, nil
	}
	hits := make([]bool, len(words))
	for _, c := range clauses {
		wanted := false
		for i, word := range words {
			if c.ID == word || strings.HasPrefix(c.ID, word+".") {
				wanted, hits[i] = true, true
			}
		}
		if wanted {
			chosen = append(chosen, c)
		}
	}
	for i, hit := range hits {
		if !hit {
			unmatched = append(unmatched, words[i])
		}
	}
	return chosen, unmatched
}

// AtLeast leaves the clauses of a level and of more binding ones.
func AtLeast(clauses []Clause, least Level) []Clause {
	place := slices.Index(Levels(), least)
	return slices.DeleteFunc(slices.Clone(clauses), func(c Clause) bool { return slices.Index(Levels(), c.Level) > place })
}
