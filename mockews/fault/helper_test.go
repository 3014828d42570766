package fault_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const (
	ms     = time.Millisecond
	caller = "svc-bench@contoso.com"
	user   = "user000042@contoso.com"
)

func start() time.Time { return time.Date(2026, time.June, 1, 8, 0, 0, 0, time.UTC) }

// call is one that is where it belongs, on the first of the two back ends of site a.
func call() fault.Call {
	home := fault.Host{Name: "A-BE1", Site: "a"}
	return fault.Call{Key: 1, Op: ews.OpGetItem, Caller: caller, Mailbox: user, Anchor: fault.AnchorCorrect, First: home, Home: home, Arrived: start()}
}

// proxied is a call that has to go on to the other site.
func proxied() fault.Call {
	c := call()
	c.Home = fault.Host{Name: "B-BE1", Site: "b"}
	return c
}

// meet is what a single rule does to a call.
func meet(r fault.Rule, c fault.Call) fault.Effect {
	return effect(fault.NewSet(route.Dice(7), start(), []fault.Rule{r}), c)
}

// effect is what a set does to a call; the zero value is nothing.
func effect(s *fault.Set, c fault.Call) (e fault.Effect) {
	if met := s.Meet(&c); met != nil {
		e = *met
	}
	return e
}

// with is a rule for all calls.
func with(f fault.Fault) fault.Rule { return fault.Rule{Name: "x", Fault: f} }

// parse reads a topology of two sites that lists the rules.
func parse(rules string) ([]fault.Rule, error) {
	const sites = "sites:\n" +
		"  - {name: a, front_ends: 1, back_ends: [{workers: 1}, {workers: 1}]}\n" +
		"  - {name: b, front_ends: 1, back_ends: [{workers: 1}]}\n"
	t, err := route.Parse("t.yaml", []byte("faults:\n"+rules+sites))
	return t.Faults, err
}

// kindCase is what a kind says to parameters in a file.
type kindCase struct{ name, yaml, want string }

// checkKind reads faults and compares the errors; "" is none.
func checkKind(t *testing.T, cases []kindCase) {
	t.Helper()
	for _, c := range cases {
		_, err := parse("  - fault: " + c.yaml + "\n")
		if c.want == "" {
			assert.NoError(t, err, c.name)
			continue
		}
		require.Error(t, err, c.name)
		assert.Equal(t, "t.yaml:"+c.want, err.Error(), c.name)
	}
}
