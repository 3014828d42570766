package fault

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// Place is the organisation that rules speak of.
type Place struct {
	// BackEnds and Sites are the names that there are.
	BackEnds, Sites []string
	// Knows reports whether an address is somebody's primary one.
	Knows func(address string) bool
	// Apps are the ids of applications that may call on their own.
	Apps []string
}

// Validate says what is wrong with the rule in that place, if anything.
func (r Rule) Validate(p Place) error {
	var report strictyaml.Report
	r.check(&checker{report: &report, place: p})
	return report.Err()
}

// Check reports what is wrong with a list of rules that stands at path of a file.
func Check(report *strictyaml.Report, path string, rules []Rule, p Place) {
	seen := map[string]bool{}
	for i, r := range rules {
		c := &checker{report: report, path: fmt.Sprintf("%s[%d]", path, i), place: p}
		r.check(c)
		if name := r.label(); seen[name] {
			c.add("name", "there are two rules %q: give each a name, since the name is part of what its draws depend on", name)
		}
		seen[r.label()] = true
	}
}

// checker reports what is wrong at a path.
type checker struct {
	report *strictyaml.Report
	path   string
	place  Place
}

func (c *checker) add(key, format string, args ...any) {
	c.report.Add(strings.Trim(c.path+"."+key, "."), format, args...)
}

// below is the checker for what stands under a key.
func (c *checker) below(key string) *checker {
	return &checker{report: c.report, path: strings.Trim(c.path+"."+key, "."), place: c.place}
}

func (c *checker) notNegative(key string, v time.Duration) {
	if v < 0 {
		c.add(key, "%s is %v: it must not be negative", key, v)
	}
}

// oneOf reports a name that is not among those that there are, in any spelling of upper and lower case.
func (c *checker) oneOf(key, noun, name string, names []string) {
	if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
		c.add(key, "there is no %s %q%s", noun, name, strictyaml.DidYouMean(name, names))
	}
}

// code reports what cannot be a response code.
func (c *checker) code(key string, code ews.Code) {
	switch {
	case code == "ErrorImpersonationRequired":
		c.add(key, "%s is %s, which no schema of EWS has", key, code)
	case !strings.HasPrefix(string(code), "Error") || strings.ContainsFunc(string(code), notLetter):
		c.add(key, "%s is %q: write a response code such as %s", key, code, ews.ErrorServerBusy)
	}
}

func notLetter(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
}

func (r *Rule) check(c *checker) {
	if p := float64(r.Probability); !(p >= 0 && p <= 1) {
		c.add("probability", "probability is %g: write more than 0 and at most 1", p)
	}
	c.notNegative("ttl", r.TTL)
	r.Match.check(c.below("match"))
	names, kinds := r.Fault.given()
	if len(kinds) != 1 {
		c.add("fault", "fault names %d kinds%s: write exactly one", len(kinds), list(names))
	}
	for i, k := range kinds {
		k.check(c.below("fault." + names[i]))
	}
}

func list(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, ", ") + ")"
}

func (m *Match) check(c *checker) {
	if m.Op != "" {
		c.oneOf("operation", "operation", string(m.Op), operations())
	}
	switch m.Anchor {
	case "", AnchorCorrect, AnchorWrong, AnchorMissing, AnchorUnknown:
	default:
		c.add("anchor", "anchor is %q: write correct, wrong, missing or unknown", m.Anchor)
	}
	if m.BackEnd != "" {
		c.oneOf("back_end", "back end", m.BackEnd, c.place.BackEnds)
	}
	if !slices.ContainsFunc(c.place.Apps, func(id string) bool { return strings.EqualFold(id, m.Caller) }) {
		c.address("caller", m.Caller)
	}
	c.address("mailbox", m.Mailbox)
	c.notNegative("after", m.After)
	if m.Until != 0 && m.Until <= m.After {
		c.add("until", "until is %v: the window must end later than it begins", m.Until)
	}
	if m.Nth != 0 && m.First+m.Every != 0 || m.First != 0 && m.Every != 0 {
		c.add("", "write one of nth, first and every")
	}
}

func (c *checker) address(key, address string) {
	if address != "" && !c.place.Knows(address) {
		c.add(key, "%s is %q, which is nobody's primary address", key, address)
	}
}

func operations() []string {
	var names []string
	for _, op := range append(ews.SchemaOps(), ews.AutodiscoverOps()...) {
		names = append(names, string(op))
	}
	return names
}
