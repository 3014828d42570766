package conformance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// Mismatch is the error of a check that found something else than it allows.
type Mismatch struct{ Expected, Actual string }

// Error names both.
func (m *Mismatch) Error() string { return "expected " + m.Expected + ", got " + m.Actual }

// skipped is the error of a check that finds that it cannot ask after all.
type skipped struct{ reason string }

func (s *skipped) Error() string { return s.reason }

// Skip is what a check returns that cannot ask its question, and why.
func Skip(format string, args ...any) error { return &skipped{fmt.Sprintf(format, args...)} }

// Expectation is a set of admissible answers. The zero value admits none.
type Expectation struct {
	text  string
	holds func(*Answer) bool
}

// String is the set in words.
func (e Expectation) String() string { return e.text }

// Expect returns nil for an answer in the set, and a *Mismatch for any other. The error of the request goes first.
func Expect(a *Answer, err error, e Expectation) error {
	if err != nil {
		return err
	}
	if e.holds(a) {
		return nil
	}
	return &Mismatch{Expected: e.text, Actual: a.String()}
}

// That returns a *Mismatch if something does not hold.
func That(holds bool, expected, actual string, args ...any) error {
	if holds {
		return nil
	}
	return &Mismatch{Expected: expected, Actual: fmt.Sprintf(actual, args...)}
}

// Success admits HTTP 200 with success in every message.
func Success() Expectation {
	return Expectation{"success", func(a *Answer) bool { return a.Outcome.OK() }}
}

// FaultOf admits a SOAP fault with HTTP 500 and one of the codes; without codes, any.
func FaultOf(codes ...ews.Code) Expectation {
	return Expectation{"HTTP 500 with the SOAP fault " + either(codes), func(a *Answer) bool {
		f := a.Outcome.Fault
		return a.Status == 500 && f != nil && (len(codes) == 0 || slices.Contains(codes, f.Code))
	}}
}

// MessageOf admits HTTP 200 with a response message that has one of the codes; without codes, any error.
func MessageOf(codes ...ews.Code) Expectation {
	return Expectation{"HTTP 200 with the response code " + either(codes), func(a *Answer) bool {
		if a.Status != 200 || a.Outcome.Fault != nil {
			return false
		}
		return slices.ContainsFunc(a.Outcome.Messages, func(m ews.Message) bool {
			return m.Class != ews.Success && (len(codes) == 0 || slices.Contains(codes, m.Code))
		})
	}}
}

// HTTP admits answers with one of the statuses, whatever they hold.
func HTTP(statuses ...int) Expectation {
	words := make([]string, len(statuses))
	for i, s := range statuses {
		words[i] = strconv.Itoa(s)
	}
	return Expectation{"HTTP " + strings.Join(words, " or "), func(a *Answer) bool { return slices.Contains(statuses, a.Status) }}
}

// Either admits what one of the sets admits.
func Either(sets ...Expectation) Expectation {
	words := make([]string, len(sets))
	for i, s := range sets {
		words[i] = s.text
	}
	return Expectation{strings.Join(words, ", or "), func(a *Answer) bool {
		return slices.ContainsFunc(sets, func(e Expectation) bool { return e.holds(a) })
	}}
}

// Refusal admits one of the codes, in a fault or in a message.
func Refusal(codes ...ews.Code) Expectation {
	e := Either(FaultOf(codes...), MessageOf(codes...))
	e.text = "a refusal with " + either(codes)
	return e
}

func either(codes []ews.Code) string {
	if len(codes) == 0 {
		return "of any code"
	}
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, " or ")
}
