package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// The bounds of a scenario.
const (
	// MinDuration is the shortest measured time: six blocks of 300 ms. With
	// fewer blocks no sign-flip test can reach p < 0.05, so that a difference
	// could never be told.
	MinDuration = 6 * minBlock
	minBlock    = 300 * time.Millisecond

	maxMailboxes = 1_000_000_000
	maxVisits    = 1024 // well below what a session remembers
	maxSteps     = 64
	maxWeight    = 1000
	maxNameBytes = 64
)

// checker collects what is wrong with a scenario. Without a document, its
// errors carry the path in place of line and column.
type checker struct {
	*Scenario
	doc    *strictyaml.Doc
	report *strictyaml.Report
}

// Validate checks a scenario that was made or changed in code, by the same
// rules as a file.
func (s *Scenario) Validate() error { return s.check(nil) }

func (s *Scenario) check(doc *strictyaml.Doc) error {
	c := &checker{Scenario: s, doc: doc, report: doc.Report()}
	c.checkHead()
	c.checkTimes()
	c.checkPlan()
	c.checkArms()
	c.checkGates()
	return c.report.Err()
}

// validatePlan checks what a plan is made from.
func (s *Scenario) validatePlan() error {
	c := &checker{Scenario: s, report: new(strictyaml.Report)}
	c.checkPlan()
	return c.report.Err()
}

func (c *checker) checkHead() {
	if c.Schema != SchemaVersion {
		c.report.Add("schema", "schema %d is not known, this version reads schema %d", c.Schema, SchemaVersion)
	}
	c.checkName("name", c.Name)
	if strings.ContainsAny(c.Title, "\r\n") {
		c.report.Add("title", "title must be one line")
	}
	if c.Primary != "" {
		oneOf(c, "primary", "metric", c.Primary, Metrics())
	}
}

func (c *checker) checkTimes() {
	if !c.Rate.Max && !(c.Rate.PerSecond > 0) {
		c.report.Add("rate", "rate must be more than zero")
	}
	if c.Duration < MinDuration {
		c.report.Add("duration", "duration %s is too short for six blocks of %s: write %s or more", c.Duration, minBlock, MinDuration)
	}
	if c.Warmup < 0 {
		c.report.Add("warmup", "warmup must not be negative")
	}
	c.checkAA()
	c.checkShape()
}

// checkPlan checks the keys that shape a plan.
func (c *checker) checkPlan() {
	c.checkRange("mailboxes", c.Mailboxes, 1, maxMailboxes)
	if c.doc == nil && c.Mailboxes == 0 {
		c.report.Add("mailboxes", "mailboxes must be 1 or more")
	}
	if c.Order != "" {
		oneOf(c, "order", "order", c.Order, Orders())
	}
	c.checkVisits()
	c.checkClosed()
	if c.Notify != nil {
		c.checkNotify()
		return
	}
	c.checkSteps()
}

func (c *checker) checkVisits() {
	if !c.gives("visits", c.Visits != 0) {
		return
	}
	if !c.Order.visits() {
		c.report.AddKey("visits", "visits has no meaning without order visit or shuffle")
		return
	}
	c.checkRange("visits", c.Visits, 1, maxVisits)
	if c.Mailboxes > 0 && c.Visits > c.Mailboxes {
		c.report.Add("visits", "visits %d is more than the %d mailboxes: no mailbox is visited twice at once", c.Visits, c.Mailboxes)
	}
}

// checkName accepts what can be part of a folder's name, and of a flag such
// as --target ARM=URL.
func (c *checker) checkName(path, name string) {
	ok := name != "" && len(name) <= maxNameBytes && name[0] != '-'
	for _, r := range name {
		ok = ok && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
	}
	if !ok {
		c.report.Add(path, "name must be lower-case letters, digits and dashes, at most %d, not %q", maxNameBytes, name)
	}
}

// gives says whether the scenario has a value at path: in the file, or for a
// scenario made in code, one that is not zero.
func (c *checker) gives(path string, set bool) bool {
	if c.doc == nil {
		return set
	}
	return c.doc.Has(path)
}

// element is the path of an entry of a list.
func element(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// checkRange checks a number that the scenario gives.
func (c *checker) checkRange(path string, value, low, high int) {
	if c.gives(path, value != 0) && (value < low || value > high) {
		key := path[strings.LastIndexByte(path, '.')+1:]
		c.report.Add(path, "%s must be %d to %d, not %d", key, low, high, value)
	}
}

// oneOf checks that value is among the known words; what is what they are.
func oneOf[S ~string](c *checker, path, what string, value S, known []S) bool {
	if slices.Contains(known, value) {
		return true
	}
	if near := strictyaml.Nearest(string(value), known); near != "" {
		c.report.Add(path, "unknown %s %q, did you mean %q?", what, value, near)
		return false
	}
	c.report.Add(path, "unknown %s %q (known: %s)", what, value, listed(known))
	return false
}

func listed[S ~string](words []S) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(words), "[]"), " ", ", ")
}
