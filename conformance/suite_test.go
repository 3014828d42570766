package conformance_test

import (
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/results"
)

// judge asks a mock of a flavour about clauses, in virtual time.
func judge(t *testing.T, f flavour.Name, sabotage conformance.Saboteur, clauses []conformance.Clause) (c results.Conformity) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		server := mock(t, f)
		suite := conformance.Suite{World: world(server, sabotage.Wrap(server)), Clauses: clauses}
		identity, err := suite.Meet(t.Context())
		require.NoError(t, err)
		c = suite.Run(t.Context(), identity)
	})
	return c
}

// TestMockPasses holds the mock to every clause, in each flavour.
func TestMockPasses(t *testing.T) {
	t.Parallel()
	for _, f := range flavour.Names() {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			c := judge(t, f, conformance.Saboteur{}, conformance.Server())
			assert.Equal(t, string(f), c.Product)
			for _, found := range c.Findings {
				switch found.Status {
				case results.Pass:
				case results.Skip:
					t.Logf("%s: %s", found.Clause, found.Reason)
				default:
					t.Errorf("%s: %s: expected %s, got %s %s", found.Clause, found.Status, found.Expected, found.Actual, found.Reason)
				}
			}
		})
	}
}

// TestSaboteurs gives the mock the defect of each clause in turn: that clause fails, and with it those alone that the defect names.
func TestSaboteurs(t *testing.T) {
	t.Parallel()
	clauses := conformance.Server()
	var caught atomic.Int64
	t.Cleanup(func() {
		t.Logf("%d of %d saboteurs caught: mutation score %d %%", caught.Load(), len(clauses), 100*int(caught.Load())/len(clauses))
	})
	for _, clause := range clauses {
		t.Run(clause.ID, func(t *testing.T) {
			t.Parallel()
			want := append([]string{clause.ID}, clause.Saboteur.Also...)
			if assert.ElementsMatch(t, want, failing(t, clause, asked(clauses, want)), clause.Saboteur.Defect) {
				caught.Add(1)
			}
		})
	}
}

// asked are the clauses that a saboteur meets.
func asked(clauses []conformance.Clause, own []string) []conformance.Clause {
	if wholeMatrix {
		return clauses
	}
	return slices.DeleteFunc(slices.Clone(clauses), func(c conformance.Clause) bool { return !slices.Contains(own, c.ID) })
}

// failing are the clauses that fail under the defect of one.
func failing(t *testing.T, clause conformance.Clause, clauses []conformance.Clause) (ids []string) {
	t.Helper()
	f := flavour.Exchange2019
	if len(clause.Products) > 0 {
		f = flavour.Name(clause.Products[0])
	}
	for _, found := range judge(t, f, clause.Saboteur, clauses).Findings {
		assert.NotEqual(t, results.Errored, found.Status, "%s: %s", found.Clause, found.Reason)
		if found.Status == results.Fail {
			ids = append(ids, found.Clause)
		}
	}
	return ids
}
