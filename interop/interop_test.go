//go:build interop

// Package interop lets other people's clients work with the mock, unmodified and over a real socket. `make interop` calls it and
// installs what it needs; the build tag keeps it out of `go test ./...`. What the clients do is in a folder for each.
package interop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/discovery"
)

var update = flag.Bool("update", false, "write the table of docs/interop.md")

// result is what a client has found out: one line of its output.
type result struct {
	Operations []string `json:"operations"`
	Check      string   `json:"check"`
	Result     string   `json:"result"` // pass, fail, left out
	Error      string   `json:"error"`
}

// recorder keeps every answer of the server.
type recorder struct {
	http.Handler
	mu      sync.Mutex
	answers [][]byte
}

// tap is an answer that is kept as it is sent.
type tap struct {
	http.ResponseWriter
	sent bytes.Buffer
}

func (t *tap) Write(p []byte) (int, error) {
	t.sent.Write(p)
	return t.ResponseWriter.Write(p)
}

// Unwrap lets the server flush and set deadlines.
func (t *tap) Unwrap() http.ResponseWriter { return t.ResponseWriter }

func (r *recorder) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	t := &tap{ResponseWriter: w}
	r.Handler.ServeHTTP(t, q)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers = append(r.answers, t.sent.Bytes())
}

func TestExchangelib(t *testing.T) { run(t, "exchangelib", "/usr/bin/python3", "exchangelib/run.py") }

func TestEwsJavascriptAPI(t *testing.T) { run(t, "ews-javascript-api", "node", "ewsjs/run.js") }

// run lets a client do all that it has, and judges what comes of it.
func run(t *testing.T, client string, command ...string) {
	t.Helper()
	results, answers := drive(t, command...)
	for _, r := range results {
		t.Run(strings.Join(r.Operations, "+")+": "+r.Check, func(t *testing.T) {
			if r.Result == "left out" {
				t.Skip(r.Check)
			}
			assert.Equal(t, "pass", r.Result, r.Error)
		})
	}
	compareTable(t, client, results)
	t.Run("answers are valid", func(t *testing.T) { validate(t, answers) })
}

// drive runs a client against a mock of its own and returns what it found out, and what it was answered.
func drive(t *testing.T, command ...string) (results []result, answers [][]byte) {
	t.Helper()
	topology, err := mockews.Profile("ideal")
	require.NoError(t, err)
	topology.Authentication.Negotiate = new(false) // which the mock offers and does not speak; a client that looks for itself would take it
	topology.Autodiscover.Redirects = []discovery.Redirect{{User: "elvin@old.example", Address: "user000042@contoso.com"}}
	s, err := mockews.New(topology)
	require.NoError(t, err)
	kept := &recorder{Handler: s}
	web := httptest.NewServer(kept)
	defer web.Close()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "EWS_URL="+web.URL+mockews.Path, "EWS_USER=svc-bench@contoso.com", "EWS_PASS=ewsbench",
		"EWS_TARGETS=user000042@contoso.com,user000007@contoso.com", "PYTHONDONTWRITEBYTECODE=1",
		"TMPDIR="+t.TempDir()) // where exchangelib keeps what Autodiscover has told it
	var errors bytes.Buffer
	cmd.Stderr = &errors
	out, err := cmd.Output()
	require.NoError(t, err, "%s", errors.String())
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var r result
		require.NoError(t, json.Unmarshal(lines.Bytes(), &r), "%s", lines.Text())
		results = append(results, r)
	}
	require.NotEmpty(t, results)
	web.Close()
	return results, kept.answers
}

// compareTable holds the table of a client in docs/interop.md against what it has found out.
func compareTable(t *testing.T, client string, results []result) {
	t.Helper()
	comparePart(t, client, table(results))
}

// comparePart holds a part of docs/interop.md, between two marks with its name, against what it should say.
func comparePart(t *testing.T, name, should string) {
	t.Helper()
	const file = "../docs/interop.md"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	i, j := strings.Index(string(text), begin), strings.Index(string(text), end)
	require.True(t, i >= 0 && j > i, "%s has no table of %s", file, name)
	want := string(text[:i]) + begin + should + string(text[j:])
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
		return
	}
	assert.Equal(t, want, string(text), "run: .ci/interop -update")
}

func table(results []result) string {
	var b strings.Builder
	b.WriteString("\n| operations | what is checked | |\n|---|---|---|\n")
	for _, r := range results {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", strings.Join(r.Operations, ", "), r.Check, r.Result)
	}
	return b.String() + "\n"
}

// body finds what a SOAP body holds.
var body = regexp.MustCompile(`(?s)<(?:s|soap11):Body[^>]*>(.*?)</(?:s|soap11):Body>`)

// validate holds every answer against the schema of a real server, which is not part of this repository. Streams are left out:
// their m:SubscriptionId is as clients read it, not as the schema has it.
func validate(t *testing.T, answers [][]byte) {
	schemas := os.Getenv("EWSBENCH_XSD_DIR")
	xmllint, err := exec.LookPath("xmllint")
	if schemas == "" || err != nil {
		t.Skip("EWSBENCH_XSD_DIR does not name a folder with messages.xsd and types.xsd of a server, or xmllint is not installed")
	}
	dir := t.TempDir()
	var files []string
	for i, answer := range answers {
		m := body.FindSubmatch(answer)
		if m == nil || bytes.Contains(m[1], []byte("<s:Fault>")) || bytes.Contains(answer, []byte("<m:GetStreamingEventsResponse")) || bytes.Contains(answer, []byte("<GetUserSettingsResponseMessage")) {
			continue
		}
		xml := bytes.Replace(m[1], []byte(" xmlns:m="), []byte(` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:m=`), 1)
		file := filepath.Join(dir, fmt.Sprintf("%04d.xml", i))
		require.NoError(t, os.WriteFile(file, xml, 0o600))
		files = append(files, file)
	}
	require.NotEmpty(t, files)
	out, err := exec.CommandContext(t.Context(), xmllint, append([]string{"--noout", "--nonet", "--schema", filepath.Join(schemas, "messages.xsd")}, files...)...).CombinedOutput()
	t.Logf("%d answers", len(files))
	if err != nil {
		lines := slices.DeleteFunc(strings.Split(string(out), "\n"), func(l string) bool { return strings.HasSuffix(l, " validates") })
		t.Errorf("%s", strings.Join(lines[:min(len(lines), 40)], "\n"))
	}
}
