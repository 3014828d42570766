package arch_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/arch"
)

// TestDrawingIsRight compares the arrows of docs/architecture.md with the plan.
func TestDrawingIsRight(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/architecture.md")
	require.NoError(t, err)
	var drawn []string
	for _, arrow := range regexp.MustCompile(`(?m)^    (\S+) --> (\S+)$`).FindAllStringSubmatch(string(text), -1) {
		drawn = append(drawn, arrow[1]+" "+arrow[2])
	}
	var planned []string
	for _, r := range arch.Plan().Rows {
		if r.TestHelper {
			continue
		}
		for _, pkg := range r.May {
			planned = append(planned, r.Package+" "+pkg)
		}
	}
	assert.ElementsMatch(t, planned, drawn)
}
