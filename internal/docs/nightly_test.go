package docs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/scenarios"
)

// TestNightSizes keeps the sizes of docs/nightly.md and those of .ci/nightly
// equal, for every built-in scenario.
func TestNightSizes(t *testing.T) {
	t.Parallel()
	page, night := readFile(t, "docs/nightly.md"), readFile(t, ".ci/nightly")
	sizes := regexp.MustCompile(`(?m)^\s/([a-z-]+)\) echo (\w+) ;;$`).FindAllStringSubmatch(night, -1)
	var named []string
	for _, m := range sizes {
		named = append(named, m[1])
		row := fmt.Sprintf("\n| `%s` | %s |", m[1], m[2])
		assert.True(t, strings.Contains(page, row), "docs/nightly.md, section Sizes, should hold%s", row)
	}
	assert.ElementsMatch(t, scenarios.Names(), named)
}

// TestNightVariables wants each variable of the script described, and no other.
func TestNightVariables(t *testing.T) {
	t.Parallel()
	variable := regexp.MustCompile(`NIGHTLY_[A-Z]+`)
	used := variable.FindAllString(readFile(t, ".ci/nightly"), -1)
	described := regexp.MustCompile("(?m)^\\| `(NIGHTLY_[A-Z]+)` \\|").FindAllStringSubmatch(readFile(t, "docs/nightly.md"), -1)
	var names []string
	for _, m := range described {
		names = append(names, m[1])
	}
	slices.Sort(used)
	assert.ElementsMatch(t, slices.Compact(used), names)
}

// TestNightsAreTheSame holds GitHub's night and GitLab's to each other: the same
// targets, and the history in the same place as in the script.
func TestNightsAreTheSame(t *testing.T) {
	t.Parallel()
	github, gitlab := readFile(t, ".github/workflows/nightly.yml"), readFile(t, "docs/ci/gitlab-ci.yml")
	for _, target := range []string{"make nightly\n", "make calibration\n", "make model\n", "make fuzz FUZZTIME=60s\n"} {
		assert.Contains(t, github, "- run: "+target)
		assert.Contains(t, gitlab, "- "+target)
	}
	history := regexp.MustCompile(`NIGHTLY_HISTORY:-([^}]+)}`).FindStringSubmatch(readFile(t, ".ci/nightly"))
	require.Len(t, history, 2)
	assert.Equal(t, 2, strings.Count(github, "  path: "+history[1]+"\n"), "restored and saved")
	assert.Contains(t, gitlab, "paths: ["+history[1]+"]")
	assert.Contains(t, readFile(t, "docs/nightly.md"), "`"+history[1]+"`")
}

// TestWorkflowsMayOnlyRead keeps the workflows' token to reading.
func TestWorkflowsMayOnlyRead(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ci.yml", "nightly.yml"} {
		text := readFile(t, ".github/workflows/"+name)
		assert.Contains(t, text, "\npermissions:\n  contents: read\n\n", name)
		assert.Equal(t, 1, strings.Count(text, "permissions:"), "%s: no job asks for more", name)
		assert.Equal(t, strings.Count(text, "actions/checkout@"), strings.Count(text, "persist-credentials: false"), name)
	}
}

// TestReleaseScenario parses the scenario that docs/ci/README.md shows.
func TestReleaseScenario(t *testing.T) {
	t.Parallel()
	for _, code := range markdown(t, readFile(t, "docs/ci/README.md")) {
		if text, ok := strings.CutPrefix(code, "yaml\nschema:"); ok {
			_, err := scenarios.Parse("release.yaml", []byte("schema:"+text))
			assert.NoError(t, err)
			return
		}
	}
	t.Error("docs/ci/README.md shows no scenario")
}
