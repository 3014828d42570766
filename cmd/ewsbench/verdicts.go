package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
)

// parseFailOn checks the words of --fail-on; nil if the flag was not given.
func parseFailOn(words []string) ([]audit.ID, error) {
	if words != nil && len(words) == 0 {
		return nil, usageError(errors.New("--fail-on names no verdict"), "leave it out, or name some of docs/verdicts.md")
	}
	var ids []audit.ID
	for _, word := range words {
		id := audit.ID(word)
		if _, ok := audit.Find(id); !ok {
			return nil, usageError(fmt.Errorf("--fail-on: no verdict is called %q", word),
				"the verdicts are %s; docs/verdicts.md explains them", audit.VerdictsOf(audit.IDs()...))
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// summarize says which rules the requests broke, and what to do instead.
func (a *app) summarize(mock *mockews.Server) {
	judged, counts := mock.Judged(), mock.Verdicts()
	if len(counts) == 0 {
		a.say("no verdict on %d EWS requests", judged)
		return
	}
	a.say("verdicts on %d EWS requests (docs/verdicts.md):", judged)
	for _, rule := range audit.Rules() {
		if n := counts[rule.ID]; n > 0 {
			a.say("  %d %s (%s): %s", n, rule.ID, rule.Level, talk(rule.Advice))
		}
	}
}

// talk is a sentence as stderr has it: lower case, no full stop.
func talk(sentence string) string {
	return strings.ToLower(sentence[:1]) + strings.TrimSuffix(sentence[1:], ".")
}

// settle turns the verdicts into the end of the program: what it ended with so
// far, unless --fail-on names a verdict that was given. A build that is meant
// to fail on a verdict must not pass because nothing was sent.
func settle(ended error, mock *mockews.Server, failOn []audit.ID) error {
	if ended != nil && exitCode(ended) == exitInterrupted || len(failOn) == 0 {
		return ended
	}
	var given []string
	counts := mock.Verdicts()
	for _, id := range failOn {
		if n := counts[id]; n > 0 {
			given = append(given, fmt.Sprintf("%s in %d of %d EWS requests", id, n, mock.Judged()))
		}
	}
	switch {
	case len(given) > 0:
		return &exitError{code: exitBad, err: errors.New("--fail-on: " + strings.Join(given, ", "))}
	case ended == nil && mock.Judged() == 0:
		return &exitError{
			code: exitInvalid, err: errors.New("--fail-on: no EWS request came, so none was judged"),
			hint: "does the program use EWS_URL, EWS_USER and EWS_PASS?",
		}
	}
	return ended
}
