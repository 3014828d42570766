package fault

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Call is what a rule can see of a request.
type Call struct {
	// Key is the key of the request's draws, and Tie tells calls of the same key apart.
	Key, Tie uint64
	// Op is the operation, "" for a request that cannot be read.
	Op ews.Op
	// Caller and Mailbox are primary addresses: of the account that calls and of whom it acts for, "" for nobody. An application that
	// calls on its own goes by its id.
	Caller, Mailbox string
	Anchor          Anchor
	// First is the back end that the front end chose, Home the one that does the work.
	First, Home Host
	// Arrived is when the request came.
	Arrived time.Time
}

// Host is a back end: its short name and that of its site.
type Host struct{ Name, Site string }

// Proxied reports whether the call goes on from one back end to another.
func (c *Call) Proxied() bool { return c.First != c.Home }

func (c *Call) needs(backEnd string) bool {
	return strings.EqualFold(c.First.Name, backEnd) || strings.EqualFold(c.Home.Name, backEnd)
}

// Dice makes draws that are pure functions of a seed, of the name of what is drawn and of a key.
type Dice interface {
	// Uniform is evenly distributed between 0 and 1, both left out.
	Uniform(name string, key uint64) float64
	// Normal has mean 0 and standard deviation 1.
	Normal(name string, key uint64) float64
}

// draw makes the draws of one rule for one call.
type draw struct {
	dice Dice
	rule string
	key  uint64
}

func (d draw) uniform(what string) float64 { return d.dice.Uniform("fault "+d.rule+" "+what, d.key) }
func (d draw) normal(what string) float64  { return d.dice.Normal("fault "+d.rule+" "+what, d.key) }
