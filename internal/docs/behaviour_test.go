package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	testName = regexp.MustCompile("`([a-z]+)\\.(Test\\w+)(?:/([^`]+))?`")
	testFunc = regexp.MustCompile(`(?m)^func (Test\w+)\(`)
)

// TestBehaviourIsHeld wants every row of docs/behaviour.md to name a test, a switch, or what it waits for; and every test that is
// named to be there, down to the name of its row.
func TestBehaviourIsHeld(t *testing.T) {
	t.Parallel()
	tests := map[string]string{} // package.Test to the text of its file
	require.NoError(t, filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range testFunc.FindAllStringSubmatch(string(text), -1) {
			tests[filepath.Base(filepath.Dir(path))+"."+m[1]] += string(text)
		}
		return err
	}))
	page, err := os.ReadFile("../../docs/behaviour.md")
	require.NoError(t, err)
	rows := 0
	for line := range strings.Lines(string(page)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "|---") || strings.HasSuffix(strings.TrimSpace(line), "held by |") {
			continue
		}
		rows++
		named := testName.FindAllStringSubmatch(line, -1)
		assert.True(t, named != nil || strings.Contains(line, "not yet"), "no test and no reason: %s", line)
		for _, m := range named {
			text, ok := tests[m[1]+"."+m[2]]
			assert.True(t, ok, "there is no test %s.%s", m[1], m[2])
			assert.Contains(t, text, `"`+m[3], "%s has no row %q", m[2], m[3])
		}
	}
	assert.Greater(t, rows, 60)
}
