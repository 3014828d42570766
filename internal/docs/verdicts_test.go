package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews/audit"
)

// TestVerdictsAreDescribed keeps the table of verdicts equal to the rules.
func TestVerdictsAreDescribed(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	table.WriteString("| verdict | level | what to do | source |\n|---|---|---|---|\n")
	for _, r := range audit.Rules() {
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", r.ID, r.Level, r.Advice, r.Source)
	}
	assert.True(t, strings.Contains(readFile(t, "docs/verdicts.md"), table.String()),
		"docs/verdicts.md should hold this table:\n%s", table.String())
}
