package ci

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFuzz wants every target run whatever the others come to, and a failure for
// all but a deadline that comes at the end of its time.
func TestFuzz(t *testing.T) {
	t.Parallel()
	const deadline = "--- FAIL: FuzzA (60.01s)\n    context deadline exceeded\nFAIL\nexit status 1\n"
	tests := []struct {
		name, prints string
		want         int
	}{
		{"all pass", "", 0},
		{"an input fails", "--- FAIL: FuzzA (0.03s)\n    Failing input written to testdata/fuzz/FuzzA/1\n", 1},
		{"time is up", deadline, 0},
		{"an input fails by its own deadline", deadline + "    Failing input written to testdata/fuzz/FuzzA/1\n", 1},
		{"a panic at the end", deadline + "panic: index out of range\n", 1},
		{"no build", "p.go:1:1: expected 'package'\n", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStandIn(t)
			goCommand, err := filepath.Abs("testdata/go")
			require.NoError(t, err)
			if tt.prints != "" {
				require.NoError(t, os.WriteFile(filepath.Join(s.dir, "FuzzA"), []byte(tt.prints), 0o600))
			}
			printed := s.script(t, []string{"GO=" + goCommand}, "../../.ci/fuzz", "60s", "./...")
			assert.Equal(t, tt.want, s.code, printed)
			assert.Contains(t, printed, tt.prints)
			assert.Contains(t, s.log(t), "list ./...\n")
			assert.Equal(t, 3, strings.Count(s.log(t), " -fuzztime 60s example.org/p\n"), s.log(t))
		})
	}
}
