package main

import (
	"bytes"
	"maps"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/results"
)

// slower makes one operation of a topology take longer.
func slower(op ews.Op, share float64) func(*route.Topology) {
	return func(t *route.Topology) {
		l, ok := t.Service.Ops[op]
		if !ok {
			l = t.Service.Default
		}
		ops := map[ews.Op]route.Lognormal{}
		maps.Copy(ops, t.Service.Ops)
		l.Median += time.Duration(share * float64(l.Median))
		ops[op] = l
		t.Service.Ops = ops
	}
}

// stored runs five minutes in virtual time and returns the run directory.
func stored(t *testing.T, change func(*route.Topology)) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "run")
	v := virtual{profile: defaultProfile, change: change, duration: 5 * time.Minute}
	synctest.Test(t, func(t *testing.T) { v.store(t, dir, 1) })
	return dir
}

// TestCompareNamesTheOperationThatMoved: a slowdown that was planted in one
// operation fails the comparison with that operation's name and no other, and
// one within the margin does not.
func TestCompareNamesTheOperationThatMoved(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("four runs of five virtual minutes: the race detector sees the same code in shorter ones")
	}
	base := stored(t, nil)
	tests := []struct {
		name    string
		change  func(*route.Topology)
		verdict []results.Verdict
		code    int
		moved   []string
	}{
		{"20 % of the latency of GetItem, more than 4 ms", slower(ews.OpGetItem, 0.30), []results.Verdict{results.VerdictWorse}, exitBad, []string{"GetItem"}},
		{"3 % of GetItem", slower(ews.OpGetItem, 0.03), []results.Verdict{results.VerdictSame}, exitOK, []string{}},
		{"nothing", nil, []results.Verdict{results.VerdictSame}, exitOK, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			next := stored(t, test.change)
			c, err := compareRuns(base, next)
			require.NoError(t, err)
			assert.Contains(t, test.verdict, c.Verdict, c.Reason)
			assert.Equal(t, test.moved, c.Moved)

			var out, talk bytes.Buffer
			a := &app{stdout: &out, stderr: &talk, env: func(string) string { return "" }}
			assert.Equal(t, test.code, a.main(t.Context(), []string{"compare", base, next}), talk.String())
			for _, op := range test.moved {
				assert.Contains(t, out.String(), op)
			}
			code, err := a.holdAgainst(base, next, exitOK)
			require.NoError(t, err)
			assert.Equal(t, test.code, code, "--baseline")
		})
	}
}
