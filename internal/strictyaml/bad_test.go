package strictyaml_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// TestBadFiles reads every file of testdata/bad: its comments "# want:" are
// the mistakes that must be reported, all of them and in this order.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			want := wanted(name, data)
			require.NotEmpty(t, want, "the file says what it wants")

			err = strictyaml.Unmarshal(name, data, &sample{})

			require.Error(t, err)
			assert.Equal(t, want, err.Error())
			var placed *strictyaml.Error
			assert.True(t, errors.As(err, &placed))
		})
	}
}

func wanted(name string, data []byte) string {
	var want []string
	for line := range strings.Lines(string(data)) {
		if w, ok := strings.CutPrefix(line, "# want: "); ok {
			want = append(want, name+":"+strings.TrimSpace(w))
		}
	}
	return strings.Join(want, "\n")
}

func TestBytesThatAreNoText(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, data, want string
	}{
		{"byte order mark", "\xef\xbb\xbfcount: 1\n", "f:1:1: the file begins with a byte order mark: save it as plain UTF-8"},
		{"latin 1", "count: 1\ntext: \xe4\n", "f:2:1: the line is not UTF-8 text"},
		{"nul", "count: 1\x00\n", "f:1:1: the line is not UTF-8 text"},
		{"too large", strings.Repeat("#\n", strictyaml.MaxBytes/2+1), "f:1:1: the file has 1048578 bytes, more than 1048576"},
		{"no bytes", "", "f:1:1: the file is empty"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.EqualError(t, strictyaml.Unmarshal("f", []byte(tc.data), &sample{}), tc.want)
		})
	}
}

// TestHostileNesting would exhaust the stack of a recursive parser, or take
// minutes, if depth were not bounded before parsing.
func TestHostileNesting(t *testing.T) {
	t.Parallel()
	var indented strings.Builder
	for depth := range 1000 {
		indented.WriteString(strings.Repeat(" ", depth) + "a:\n")
	}
	for _, tc := range []struct {
		name, data string
	}{
		{"brackets", strings.Repeat("[", 300_000)},
		{"brackets on lines", strings.Repeat("[\n", 100_000)},
		{"braces", strings.Repeat("{a: ", 10_000)},
		{"dashes", strings.Repeat("- ", 10_000)},
		{"indent", indented.String()},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.ErrorContains(t, strictyaml.Unmarshal("f", []byte(tc.data), &sample{}), "nested deeper than 64")
		})
	}
}
