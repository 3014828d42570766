package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

// root is the repository's root, seen from this package.
const root = "../.."

// snippet is a piece of code in a file that is none.
type snippet struct{ file, code string }

// snippets collects the code in documentation, workflows and scripts: the code
// spans and fenced blocks of Markdown, the strings of YAML, and scripts without
// their comments. A line that goes on in the next one is one line.
func snippets(t *testing.T) (all []snippet) {
	t.Helper()
	for pattern, parse := range map[string]func(*testing.T, string) []string{
		"*.md": markdown, "docs/*.md": markdown, "docs/*/*.md": markdown,
		"action.yml": scalars, ".github/workflows/*.yml": scalars, "docs/ci/*.yml": scalars,
		".ci/*": script, "Makefile": script,
	} {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		require.NoError(t, err)
		require.NotEmpty(t, names, pattern)
		for _, name := range names {
			file, err := filepath.Rel(root, name)
			require.NoError(t, err)
			for _, code := range parse(t, readFile(t, file)) {
				all = append(all, snippet{file, regexp.MustCompile(`\\\n\s*`).ReplaceAllString(code, "")})
			}
		}
	}
	return all
}

func markdown(_ *testing.T, text string) (code []string) {
	for i, part := range strings.Split("\n"+text, "\n```") {
		if i%2 == 1 {
			code = append(code, part)
			continue
		}
		for _, span := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(part, -1) {
			code = append(code, strings.ReplaceAll(span[1], "\n", " "))
		}
	}
	return code
}

func scalars(t *testing.T, text string) []string {
	var tree any
	require.NoError(t, yaml.Unmarshal([]byte(text), &tree))
	return leaves(tree)
}

func leaves(tree any) (found []string) {
	switch node := tree.(type) {
	case map[string]any:
		for key, value := range node {
			if key != "description" { // prose
				found = append(found, leaves(value)...)
			}
		}
	case []any:
		for _, value := range node {
			found = append(found, leaves(value)...)
		}
	case string:
		found = append(found, node)
	}
	return found
}

func script(_ *testing.T, text string) []string {
	return []string{regexp.MustCompile(`(?m)^#.*$|## .*$`).ReplaceAllString(text, "")}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	require.NoError(t, err)
	return string(text)
}
