package exampleruns_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/exampleruns"
	"github.com/ewsbench/ewsbench/results"
)

// TestVerdicts holds what each example is there to show.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	tests := map[exampleruns.Kind]struct {
		verdict results.Verdict
		exit    int
	}{
		exampleruns.Anchor:      {results.VerdictPass, 0},
		exampleruns.Same:        {results.VerdictPass, 0},
		exampleruns.Identical:   {results.VerdictPass, 0},
		exampleruns.Overloaded:  {results.VerdictInvalid, 4},
		exampleruns.Short:       {results.VerdictPass, 0},
		exampleruns.FailedGate:  {results.VerdictFail, 3},
		exampleruns.Interrupted: {results.VerdictInconclusive, 130},
		exampleruns.Cutoff:      {results.VerdictInconclusive, 1},
		exampleruns.FourArms:    {results.VerdictPass, 0},
		exampleruns.OneArm:      {results.VerdictPass, 0},
		exampleruns.Stalled:     {results.VerdictPass, 0},
		exampleruns.UnequalAA:   {results.VerdictInvalid, 4},
	}
	for _, kind := range exampleruns.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			a, err := exampleruns.Analysis(t.TempDir(), kind)
			require.NoError(t, err)
			want, ok := tests[kind]
			require.True(t, ok, "every example has a row")
			assert.Equal(t, want.verdict, a.Summary.Verdict, a.Summary.Reason)
			assert.Equal(t, want.exit, a.Summary.ExitCode)
		})
	}
}

// TestSameAgain holds that an example never changes from one call to the next.
func TestSameAgain(t *testing.T) {
	t.Parallel()
	first, err := exampleruns.Analysis(t.TempDir(), exampleruns.Anchor)
	require.NoError(t, err)
	again, err := exampleruns.Analysis(t.TempDir(), exampleruns.Anchor)
	require.NoError(t, err)
	assert.Equal(t, first, again)
}

func TestUnknownKind(t *testing.T) {
	t.Parallel()
	assert.ErrorContains(t, exampleruns.Write(t.TempDir(), "nothing"), `no example "nothing"`)
}
