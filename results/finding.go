package results

import "cmp"

// Status is how a clause came out.
type Status string

// The statuses. A failure is a rule broken; an error is a question that got no answer that could be judged; a skip is a question
// that was not asked, for a reason. XFail is a failure that is known, XPass a known failure that is none any more.
const (
	Pass    Status = "PASS"
	Fail    Status = "FAIL"
	Errored Status = "ERROR"
	Skip    Status = "SKIP"
	XFail   Status = "XFAIL"
	XPass   Status = "XPASS"
)

// Must is the level of a clause whose violation decides.
const Must = "MUST"

// Finding is what came of one clause.
type Finding struct {
	Clause string `json:"clause"` // its stable id, area.slug
	Level  string `json:"level"`  // MUST, SHOULD, MAY, OBSERVED
	Rule   string `json:"rule"`
	Source string `json:"source"`
	Status Status `json:"status"`
	// Expected is the admissible set of answers, Actual what came instead; both only of failures.
	Expected string `json:"expected,omitempty"`
	Actual   string `json:"actual,omitempty"`
	// Reason says why there is no verdict, or no better one.
	Reason string `json:"reason,omitempty"`
	// Advice is what to do instead, of clauses for clients.
	Advice  string  `json:"advice,omitempty"`
	Elapsed float64 `json:"elapsed_ms"`
	// Exchanges are the requests and answers of a clause that did not pass, without secrets.
	Exchanges []Exchange `json:"exchanges,omitempty"`
}

// Exchange is a request and its answer as they went over the wire, cut short where they are long.
type Exchange struct {
	Request string  `json:"request"`
	Answer  string  `json:"answer,omitempty"`
	Error   string  `json:"error,omitempty"` // in place of an answer
	Elapsed float64 `json:"elapsed_ms"`
}

// Conformity is what a suite of clauses has found out about one server or one client.
type Conformity struct {
	Schema int    `json:"schema"` // 1
	Scope  string `json:"scope"`  // server, client
	Target string `json:"target"`
	// Product is what the server says it is, Version its build.
	Product  string    `json:"product,omitempty"`
	Version  string    `json:"version,omitempty"`
	Started  string    `json:"started,omitempty"` // RFC 3339, UTC
	Elapsed  float64   `json:"elapsed_ms"`
	Findings []Finding `json:"findings"`
	// Problems are what is wrong with the run itself: a known failure that is none, one that nothing was found out about.
	Problems []string `json:"problems,omitempty"`
}

// Tally counts findings by status.
type Tally map[Status]int

// Count is the tally of a level, of all levels if it is "".
func (c *Conformity) Count(level string) Tally {
	t := Tally{}
	for _, f := range c.Findings {
		if level == "" || f.Level == level {
			t[f.Status]++
		}
	}
	return t
}

// Judged is how many clauses have a verdict.
func (t Tally) Judged() int { return t[Pass] + t[Fail] + t[XFail] + t[XPass] }

// Violated says that a MUST was broken that is not known to be, or that the list of known failures is not true any more.
func (c *Conformity) Violated() bool {
	return c.Count(Must)[Fail] > 0 || len(c.Problems) > 0
}

// Verdict is the word for the whole: fail, invalid if a MUST got no verdict for an error or nothing was judged at all, or pass.
func (c *Conformity) Verdict() string {
	switch {
	case c.Violated():
		return "fail"
	case c.Count(Must)[Errored] > 0 || c.Count("").Judged() == 0:
		return "invalid"
	}
	return "pass"
}

// levels from the strictest.
var levels = map[string]int{Must: 0, "SHOULD": 1, "MAY": 2, "OBSERVED": 3}

// CompareLevels orders levels, the strictest first.
func CompareLevels(a, b string) int { return cmp.Compare(levels[a], levels[b]) }
