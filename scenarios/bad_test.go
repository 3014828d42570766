package scenarios_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/scenarios"
)

// TestBadFiles loads every file of testdata/bad: its comments "# want:" are
// the mistakes that must be reported, all of them and in this order.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			want := wanted(t, file)

			_, err := scenarios.Load(file)

			require.Error(t, err)
			assert.Equal(t, want, err.Error())
			var placed *strictyaml.Error
			assert.True(t, errors.As(err, &placed))
		})
	}
}

func wanted(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var want []string
	for line := range strings.Lines(string(data)) {
		if w, ok := strings.CutPrefix(line, "# want: "); ok {
			want = append(want, file+":"+strings.TrimSpace(w))
		}
	}
	require.NotEmpty(t, want, "the file says what it wants")
	return strings.Join(want, "\n")
}
