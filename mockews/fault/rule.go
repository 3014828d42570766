package fault

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// Rule is one thing that goes wrong: a match times a probability times a fault.
type Rule struct {
	// Name is what the journal calls the rule, and what its draws depend on beside the seed and the request. Empty: the
	// name of the fault's kind.
	Name string `yaml:"name"`
	// Match says which calls the rule is about. The zero value is all of them.
	Match Match `yaml:"match"`
	// Probability is the share of these calls that the rule hits. Zero: 1, all of them.
	Probability Share `yaml:"probability"`
	// Fault is what happens to them.
	Fault Fault `yaml:"fault"`
	// TTL is how long the rule stays in force, so that one that somebody forgets ends by itself. Zero: until it is taken
	// out.
	TTL time.Duration `yaml:"ttl"`
}

// label is what the journal calls the rule.
func (r *Rule) label() string {
	if r.Name != "" {
		return r.Name
	}
	return r.Fault.Name()
}

// Share is a part of a whole, more than 0 and at most 1. The zero value stands for what its field says. In a file it
// is a number or a percentage, and 0 is refused, since it would not mean nothing.
type Share float64

// UnmarshalText reads a number or a percentage.
func (s *Share) UnmarshalText(text []byte) error {
	number, percent := strings.CutSuffix(string(text), "%")
	f, err := strconv.ParseFloat(number, 64)
	if percent {
		f /= 100
	}
	if err != nil || !(f > 0 && f <= 1) {
		return errors.New("must be more than 0 and at most 1, such as 0.05 or 5%")
	}
	*s = Share(f)
	return nil
}

// or is the share, or what stands in for it.
func (s Share) or(instead float64) float64 {
	if s == 0 {
		return instead
	}
	return float64(s)
}
