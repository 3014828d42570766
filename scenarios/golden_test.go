package scenarios_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/golden"
	"github.com/ewsbench/ewsbench/scenarios"
)

// TestGoldenPlans shows a change of a built-in's plan as a difference: stored
// runs from before it cannot be compared with later ones.
func TestGoldenPlans(t *testing.T) {
	t.Parallel()
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := scenarios.Load(name)
			require.NoError(t, err)
			p := planOf(t, *s, 1)
			got := fmt.Appendf(nil, "scenario %s\nplan     %s\n", s.Digest(), p.Digest())
			for n := range uint64(50) {
				c := p.At(n)
				got = fmt.Appendf(got, "%2d %s visit %-3d %-20s %2d %s (wrong: %s)\n",
					n, p.AppendRequestID(nil, n), c.Visit, c.Op, c.Nth, c.Mailbox, c.Wrong)
			}
			golden.Check(t, "plan/"+name+".txt", got)
		})
	}
}
