//go:build interop

package interop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

func TestExchangelibIsJudged(t *testing.T) {
	judge(t, "exchangelib", "exchangelib", "/usr/bin/python3", "exchangelib/cases.py")
}

func TestEwsJavascriptAPIIsJudged(t *testing.T) {
	judge(t, "ews-javascript-api", "ewsjs", "node", "ewsjs/cases.js")
}

// judge takes a client through the cases of conform client. What it breaks is known, and what it keeps stands in docs/interop.md.
func judge(t *testing.T, client, folder string, command ...string) {
	t.Helper()
	program := filepath.Join(t.TempDir(), "ewsbench")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../cmd/ewsbench").CombinedOutput()
	require.NoError(t, err, "%s", out)
	args := append([]string{"conform", "client", "--json", "--known-failures", filepath.Join(folder, "known-failures"), "--"}, command...)
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "TMPDIR="+t.TempDir())
	var talk bytes.Buffer
	cmd.Stderr = &talk
	found, err := cmd.Output()
	require.NoError(t, err, "%s\n%s", talk.String(), found)
	var c results.Conformity
	require.NoError(t, json.Unmarshal(found, &c))
	comparePart(t, "verdicts on "+client, verdicts(&c))
}

// verdicts says in three lines what a client breaks, keeps, and was not tried by.
func verdicts(c *results.Conformity) string {
	ids := map[results.Status][]string{}
	for _, f := range c.Findings {
		ids[f.Status] = append(ids[f.Status], "`"+f.Clause+"`")
	}
	var b strings.Builder
	b.WriteString("\n| | clauses |\n|---|---|\n")
	for _, line := range []struct {
		what   string
		status results.Status
	}{{"broken", results.XFail}, {"kept", results.Pass}, {"not tried", results.Skip}} {
		fmt.Fprintf(&b, "| %s | %s |\n", line.what, strings.Join(ids[line.status], ", "))
	}
	return b.String() + "\n"
}
