package conformance_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/mockews/flavour"
	"github.com/ewsbench/ewsbench/results"
)

// judge runs the whole suite against a mock of a flavour, in virtual time.
func judge(t *testing.T, f flavour.Name, sabotage conformance.Saboteur) (c results.Conformity) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		server := mock(t, f)
		suite := conformance.Suite{World: world(server, sabotage.Wrap(server)), Clauses: conformance.Server()}
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
			c := judge(t, f, conformance.Saboteur{})
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
	caught := 0
	clauses := conformance.Server()
	t.Run("each", func(t *testing.T) {
		for _, clause := range clauses {
			t.Run(clause.ID, func(t *testing.T) {
				c := judge(t, saboteursFlavour(clause), clause.Saboteur)
				want := append([]string{clause.ID}, clause.Saboteur.Also...)
				var got []string
				for _, f := range c.Findings {
					if f.Status == results.Fail {
						got = append(got, f.Clause)
					} else {
						assert.NotEqual(t, results.Errored, f.Status, "%s: %s", f.Clause, f.Reason)
					}
				}
				if assert.ElementsMatch(t, want, got, clause.Saboteur.Defect) {
					caught++
				}
			})
		}
	})
	t.Logf("%d of %d saboteurs caught: %d %%", caught, len(clauses), 100*caught/len(clauses))
}

// saboteursFlavour is one that the clause is about.
func saboteursFlavour(c conformance.Clause) flavour.Name {
	if len(c.Products) == 0 {
		return flavour.Exchange2019
	}
	return flavour.Name(c.Products[0])
}
