//go:build schema

// Package schema holds every answer that the tests were given against the schema of a real server. `make schema` has them recorded
// (internal/answers) and calls it; the build tag keeps it out of `go test ./...`, which records nothing.
package schema

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var folder = flag.String("answers", "", "the folder with the answers that the tests were given")

// wrapper is a schema for many answers in one document, each strictly by its own declaration: a process reads the real schema once
// for all of them.
const wrapper = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:answers" elementFormDefault="qualified"
 xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
<xs:import namespace="http://schemas.microsoft.com/exchange/services/2006/messages" schemaLocation="%s"/>
<xs:import namespace="http://schemas.microsoft.com/exchange/services/2006/types" schemaLocation="%s"/>
<xs:element name="answers"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
<xs:element name="code" type="m:ResponseCodeType"/><xs:any namespace="##other" processContents="strict"/>
</xs:choice></xs:complexType></xs:element></xs:schema>`

const (
	opening = `<answers xmlns="urn:answers" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"` +
		` xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">` + "\n"
	closing = "</answers>\n"
	// most is how many answers are in a document, so that the parser can still number its lines.
	most = 400
	// told is how many answers that are not valid are shown.
	told = 40
)

// tally counts the answers of one operation.
type tally struct{ answers, distinct, invalid int }

// bundle is a document under way, and the line in which each of its answers begins.
type bundle struct {
	text  bytes.Buffer
	line  int
	begin []int
	ops   []string
}

// checker holds answers against the schema.
type checker struct {
	*testing.T
	dir     string            // of the documents
	seen    map[string]*tally // by the digest of an envelope
	ahead   map[string]int    // answers whose envelope is yet to come, by its digest
	tallies map[string]*tally
	bundle  bundle
	all     map[string]bundle // documents, without their text, by file
}

// TestEveryAnswerIsValid validates all that the server has answered in the tests: payloads, and the headers that the schema declares.
func TestEveryAnswerIsValid(t *testing.T) {
	schemas := os.Getenv("EWSBENCH_XSD_DIR")
	if schemas == "" {
		t.Skip("no answer was validated: the schema is Microsoft's and not part of this repository. Point EWSBENCH_XSD_DIR at a folder with " +
			"messages.xsd and types.xsd, which any Exchange server gives out under /EWS/, and at an xml.xsd for xml:lang")
	}
	xmllint, err := exec.LookPath("xmllint")
	require.NoError(t, err, "xmllint is not installed: it is in libxml2-utils")
	c := &checker{T: t, dir: t.TempDir(), seen: map[string]*tally{}, ahead: map[string]int{}, tallies: map[string]*tally{}, all: map[string]bundle{}}
	require.NoError(t, each(*folder, c.take))
	c.flush()
	require.Empty(t, c.ahead, "envelopes that are missing")
	require.NotEmpty(t, c.all, "no answers in %q: make schema records them", *folder)
	c.validate(xmllint, schemas)
	c.report()
}

// take adds an envelope to the document under way, unless it is in one already.
func (c *checker) take(digest string, envelope []byte) {
	n := c.seen[digest]
	switch {
	case n != nil:
		n.answers++
		return
	case len(envelope) == 0: // two at the same time: the envelope is yet to come
		c.ahead[digest]++
		return
	}
	a, err := cut(envelope)
	if err != nil {
		c.Error(err)
		return
	}
	if n = c.tallies[a.op]; n == nil {
		n = &tally{}
		c.tallies[a.op] = n
	}
	n.answers += 1 + c.ahead[digest]
	n.distinct++
	delete(c.ahead, digest)
	c.seen[digest] = n
	c.add(a)
}

func (c *checker) add(a answer) {
	b := &c.bundle
	if len(b.begin) == most {
		c.flush()
	}
	if b.line == 0 {
		b.text.WriteString(opening)
		b.line = 2
	}
	b.begin, b.ops = append(b.begin, b.line), append(b.ops, a.op)
	text := append(append(append([]byte{}, a.header...), a.payload...), '\n')
	b.line += bytes.Count(text, []byte("\n"))
	b.text.Write(text)
}

// flush writes the document.
func (c *checker) flush() {
	if c.bundle.line == 0 {
		return
	}
	c.bundle.text.WriteString(closing)
	name := filepath.Join(c.dir, strconv.Itoa(len(c.all))+".xml")
	require.NoError(c, os.WriteFile(name, c.bundle.text.Bytes(), 0o600))
	c.all[name] = bundle{begin: c.bundle.begin, ops: c.bundle.ops}
	c.bundle = bundle{}
}

// complaint is a line of xmllint about a document.
var complaint = regexp.MustCompile(`^(.*?\.xml):(\d+): (.*)`)

// validate lets xmllint judge the documents, and counts the answers that it complains about.
func (c *checker) validate(xmllint, schemas string) {
	where := func(file string) string {
		path, err := filepath.Abs(filepath.Join(schemas, file))
		require.NoError(c, err)
		return path
	}
	xsd := filepath.Join(c.dir, "answers.xsd")
	require.NoError(c, os.WriteFile(xsd, fmt.Appendf(nil, wrapper, where("messages.xsd"), where("types.xsd")), 0o600))
	arguments := append([]string{"--noout", "--nonet", "--huge", "--schema", xsd}, slices.Sorted(maps.Keys(c.all))...)
	out, err := exec.CommandContext(c.Context(), xmllint, arguments...).CombinedOutput()
	blamed := map[string]map[int]bool{}
	for line := range strings.Lines(string(out)) {
		m := complaint.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		b := c.all[m[1]]
		at, _ := strconv.Atoi(m[2])
		nth, exact := slices.BinarySearch(b.begin, at)
		if !exact {
			nth--
		}
		if nth < 0 {
			c.Error(line)
			continue
		}
		if blamed[m[1]] == nil {
			blamed[m[1]] = map[int]bool{}
		}
		if !blamed[m[1]][nth] {
			blamed[m[1]][nth] = true
			c.tallies[b.ops[nth]].invalid++
			c.blame(m[1], b.begin[nth], b.ops[nth], m[3])
		}
	}
	if err != nil && len(blamed) == 0 {
		c.Errorf("%s: %v\n%s", xmllint, err, out)
	}
}

// blame shows an answer that is not valid.
func (c *checker) blame(file string, line int, op, why string) {
	shown := 0
	for _, n := range c.tallies {
		shown += n.invalid
	}
	if shown > told {
		c.Fail()
		return
	}
	text, err := os.ReadFile(file)
	require.NoError(c, err)
	c.Errorf("%s: %s\n%.1500s", op, why, strings.SplitN(string(text), "\n", line+1)[line-1])
}

// report says how many answers of how many operations were validated.
func (c *checker) report() {
	var all tally
	for _, op := range slices.Sorted(maps.Keys(c.tallies)) {
		n := c.tallies[op]
		c.Logf("%-40s %7d answers, %6d distinct, %d not valid", op, n.answers, n.distinct, n.invalid)
		all.answers, all.distinct, all.invalid = all.answers+n.answers, all.distinct+n.distinct, all.invalid+n.invalid
	}
	c.Logf("%d answers (%d distinct) of %d kinds were validated: %.2f %% are valid",
		all.answers, all.distinct, len(c.tallies), 100*float64(all.distinct-all.invalid)/float64(max(1, all.distinct)))
}
