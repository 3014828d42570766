// Package ci runs the scripts of .ci and of action.yml with a stand-in for
// ewsbench, which notes how it was called and exits as it is told.
package ci

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// standIn is testdata/ewsbench with a folder for what it notes, and how the last
// script ended.
type standIn struct {
	path string
	dir  string
	code int
}

func newStandIn(t *testing.T) *standIn {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the scripts are for bash on the runners that run them: Linux and macOS")
	}
	for _, script := range []string{"../../.ci/nightly", "../../.ci/step-summary", "../../.ci/fuzz", "testdata/ewsbench", "testdata/go"} {
		read(t, ".", script) // so that the cache of go test knows what the result depends on
	}
	path, err := filepath.Abs("testdata/ewsbench")
	require.NoError(t, err)
	return &standIn{path: path, dir: t.TempDir()}
}

// exits sets exit codes: those of a verb, or of the run of one scenario.
func (s *standIn) exits(t *testing.T, codes map[string]string) {
	t.Helper()
	for what, list := range codes {
		require.NoError(t, os.WriteFile(filepath.Join(s.dir, what), []byte(list+"\n"), 0o600))
	}
}

// log is the command lines of the stand-in, one a line.
func (s *standIn) log(t *testing.T) string { return read(t, s.dir, "calls") }

// script runs a command with env over a bare environment, and returns what it
// printed; how it ended is in code.
func (s *standIn) script(t *testing.T, env []string, name string, args ...string) (printed string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "STANDIN=" + s.dir}, env...)
	out, err := cmd.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		require.NoError(t, err)
	}
	s.code = cmd.ProcessState.ExitCode()
	return string(out)
}

// read returns a file of a folder.
func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return string(text)
}
