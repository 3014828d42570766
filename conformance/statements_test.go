package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/ews/audit"
)

// TestStatements wants each statement of the page held by clauses that there are.
func TestStatements(t *testing.T) {
	t.Parallel()
	for _, s := range conformance.Statements() {
		assert.NotEmpty(t, s.Server, s.Text)
		for _, id := range s.Server {
			_, err := conformance.Sabotage(id)
			assert.NoError(t, err, s.Text)
		}
		for _, id := range s.Client {
			_, ok := audit.Find(audit.ID(id))
			assert.True(t, ok, "%s: %s", s.Text, id)
		}
	}
}

// TestClauses holds the catalogue to what it promises beside what Server checks itself.
func TestClauses(t *testing.T) {
	t.Parallel()
	all := conformance.Server()
	assert.GreaterOrEqual(t, len(all), 80)
	known := map[string]bool{}
	for i := range all {
		known[all[i].ID] = true
	}
	for _, c := range all {
		for _, id := range c.Saboteur.Also {
			assert.True(t, known[id], "%s names %s, which there is not", c.ID, id)
		}
		if c.Level == conformance.Observed {
			assert.Regexp(t, `OBS-\d{3}|MS docs|#\d+|RFC`, c.Source, c.ID)
		}
	}
}
