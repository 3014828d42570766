package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/results"
)

// ClientClause is one rule for clients. It is a rule of package audit and has its id: what the mock's journal says of a request is
// what a clause says of a program.
type ClientClause struct {
	audit.Rule
	// Level is MUST for what costs answers or time on a real server, SHOULD for what goes well until something else goes wrong.
	Level Level
	// Case names the case in which a program shows that it keeps the rule.
	Case string
}

// ForClients returns the clauses for clients, in the order of the rules. It panics for a rule that no case tries, or two: that is a
// mistake of ours, which a test finds.
func ForClients() []ClientClause {
	by := map[audit.ID]string{}
	for _, c := range Cases() {
		for _, id := range c.Rules {
			if by[id] != "" {
				panic(fmt.Sprintf("conformance: the rule %q stands in two cases", id))
			}
			by[id] = c.Name
		}
	}
	var all []ClientClause
	for _, r := range audit.Rules() {
		if by[r.ID] == "" {
			panic(fmt.Sprintf("conformance: no case tries the rule %q", r.ID))
		}
		all = append(all, ClientClause{Rule: r, Level: bindingOf(r.Level), Case: by[r.ID]})
	}
	return all
}

func bindingOf(l audit.Level) Level {
	if l == audit.Problem {
		return Must
	}
	return Should
}

// SelectClient chooses clauses by id, by the beginning of it up to a dash, or by their case: anchor, anchor-missing, group. No word
// chooses all. The words that chose nothing come back beside.
func SelectClient(clauses []ClientClause, words []string) (chosen []ClientClause, unmatched []string) {
	if len(words) == 0 {
		return clauses, nil
	}
	hit := make([]bool, len(words))
	for _, c := range clauses {
		wanted := false
		for i, word := range words {
			if string(c.ID) == word || strings.HasPrefix(string(c.ID), word+"-") || c.Case == word {
				wanted, hit[i] = true, true
			}
		}
		if wanted {
			chosen = append(chosen, c)
		}
	}
	for i, word := range words {
		if !hit[i] {
			unmatched = append(unmatched, word)
		}
	}
	return chosen, unmatched
}

// ClientAtLeast leaves the clauses of a level and of more binding ones.
func ClientAtLeast(clauses []ClientClause, least Level) []ClientClause {
	place := slices.Index(Levels(), least)
	return slices.DeleteFunc(slices.Clone(clauses), func(c ClientClause) bool { return slices.Index(Levels(), c.Level) > place })
}

// Sight is what was seen of a client.
type Sight struct {
	// Requests is how many were judged.
	Requests uint64
	// Broken and Met count how often each rule was broken, and how often its situation came up.
	Broken, Met map[audit.ID]uint64
	// Evidence shows some of the requests that broke a rule, without secrets. nil: there is none.
	Evidence func(audit.ID) []results.Exchange
}

// Judge makes a finding of what was seen. What was not tried is skipped, never passed; ended says how the program ended, "" if there
// is nothing to say about it.
func (c *ClientClause) Judge(s Sight, ended string) results.Finding {
	f := c.finding()
	switch {
	case s.Broken[c.ID] > 0:
		f.Status, f.Expected = results.Fail, "no request that breaks the rule"
		f.Actual = fmt.Sprintf("%d of %d requests", s.Broken[c.ID], s.Requests)
		if s.Evidence != nil {
			f.Exchanges = s.Evidence(c.ID)
		}
	case s.Met[c.ID] > 0:
		f.Status = results.Pass
	default:
		f.Status, f.Reason = results.Skip, "the situation did not come up: "+c.Situation
		if ended != "" {
			f.Reason += "; the program " + ended
		}
	}
	return f
}

func (c *ClientClause) finding() results.Finding {
	return results.Finding{Clause: string(c.ID), Level: string(c.Level), Rule: c.Advice, Source: c.Source}
}
