// Package golden compares what a test produced with a file kept in testdata.
//
// Goldens hold our own formats only: text, Markdown, HTML, JUnit, CSV. A test calls
//
//	golden.Check(t, "report.md", got)
//
// and `go test ./... -update` writes what was produced over what is kept; the
// difference is then read in review, as any other change. What did not match
// is left in the test's artifact folder (`go test -artifacts`), so that a
// failure in CI can be looked at without running it again.
package golden

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// update is a flag of the test binary, which has to be there before flags are parsed.
var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// Check fails the test unless got equals testdata/name, byte for byte. The
// message shows the first line that differs.
func Check(t testing.TB, name string, got []byte) {
	t.Helper()
	CheckFile(t, filepath.Join("testdata", filepath.FromSlash(name)), got)
}

// CheckFile is Check for a file that is kept elsewhere than in testdata, such as
// one that is of use to more than the test.
func CheckFile(t testing.TB, path string, got []byte) {
	t.Helper()
	if *update {
		if err := write(path, got); err != nil {
			t.Fatalf("golden: %v", err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("golden: %v (write it with -update)", err)
		return
	}
	if bytes.Equal(want, got) {
		return
	}
	left := filepath.Join(t.ArtifactDir(), filepath.Base(path))
	if err := write(left, got); err != nil {
		t.Errorf("golden: %v", err)
	}
	t.Errorf("golden: %s: %s\nwhat was produced is in %s; accept it with -update", path, firstDifference(want, got), left)
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// firstDifference names the first line in which two texts differ.
func firstDifference(want, got []byte) string {
	w, g := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	line := 0
	for line < len(w) && line < len(g) && w[line] == g[line] {
		line++
	}
	return fmt.Sprintf("line %d:\n  want %s\n  got  %s", line+1, lineAt(w, line), lineAt(g, line))
}

func lineAt(lines []string, i int) string {
	if i >= len(lines) {
		return "(end of file)"
	}
	return fmt.Sprintf("%.300q", lines[i])
}
