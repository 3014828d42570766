package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// recorder is a test that fails on paper only.
type recorder struct {
	testing.TB
	dir    string
	errors []string
}

func (r *recorder) Helper()             {}
func (r *recorder) ArtifactDir() string { return r.dir }
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestCheck(t *testing.T) {
	if *update {
		t.Skip("with -update nothing is compared")
	}
	tests := []struct {
		name, file, got string
		want            string // a part of the failure; "": none
		left            bool
	}{
		{name: "equal", file: "kept.txt", got: "one\ntwo\nthree\n"},
		{name: "a line differs", file: "kept.txt", got: "one\n2\nthree\n", want: "line 2:\n  want \"two\"\n  got  \"2\"", left: true},
		{name: "shorter", file: "kept.txt", got: "one\ntwo", want: "line 3:\n  want \"three\"\n  got  (end of file)", left: true},
		{name: "only the last newline is missing", file: "kept.txt", got: "one\ntwo\nthree", want: "line 4", left: true},
		{name: "no golden yet", file: "none.txt", got: "one\n", want: "write it with -update"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := &recorder{TB: t, dir: t.TempDir()}
			Check(r, tt.file, []byte(tt.got))
			if tt.want == "" {
				assert.Empty(t, r.errors)
				return
			}
			require.Len(t, r.errors, 1)
			assert.Contains(t, r.errors[0], tt.want)
			left, err := os.ReadFile(filepath.Join(r.dir, tt.file))
			if !tt.left {
				assert.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.got, string(left))
		})
	}
}

func TestWriteMakesFolders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b.txt")
	require.NoError(t, write(path, []byte("x")))
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "x", string(got))
}
