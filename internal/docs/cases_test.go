package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/conformance"
)

// TestCasesAreDescribed keeps the table of cases equal to what programs are taken through.
func TestCasesAreDescribed(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	table.WriteString("| `EWS_CASE` | `EWS_TASK` | the server | clauses |\n|---|---|---|---|\n")
	for _, c := range conformance.Cases() {
		var ids []string
		for _, id := range c.Rules {
			ids = append(ids, "`"+string(id)+"`")
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", c.Name, c.Task, c.Server, strings.Join(ids, ", "))
	}
	assert.True(t, strings.Contains(readFile(t, "docs/conformance-client.md"), table.String()),
		"docs/conformance-client.md should hold this table:\n%s", table.String())
}
