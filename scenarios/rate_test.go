package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/scenarios"
)

func TestParseRate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text string
		want       scenarios.Rate
		printed    string
	}{
		{"seconds", "120/s", scenarios.Rate{PerSecond: 120}, "120/s"},
		{"minutes", "2/m", scenarios.Rate{PerSecond: 2.0 / 60}, "2/m"},
		{"hours", "10/h", scenarios.Rate{PerSecond: 10.0 / 3600}, "10/h"},
		{"fractions", "2.5/s", scenarios.Rate{PerSecond: 2.5}, "150/m"},
		{"whole seconds from minutes", "120/m", scenarios.Rate{PerSecond: 2}, "2/s"},
		{"the most", "1000000/s", scenarios.Rate{PerSecond: 1e6}, "1000000/s"},
		{"max", "max", scenarios.Rate{Max: true}, "max"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := scenarios.ParseRate(tc.text)
			require.NoError(t, err)
			assert.Equal(t, tc.want, got)
			assert.Equal(t, tc.printed, got.String())
			again, err := scenarios.ParseRate(got.String())
			require.NoError(t, err)
			assert.InDelta(t, got.PerSecond, again.PerSecond, 1e-12)
		})
	}
	for _, bad := range []string{"", "120", "/s", "x/s", "120/d", "120/s/s", "Max", "NaN/s", "Inf/s", "0/s", "-1/s", "2e6/s", "120 /s"} {
		_, err := scenarios.ParseRate(bad)
		assert.Error(t, err, bad)
	}
}

func FuzzParseRate(f *testing.F) {
	for _, text := range []string{"120/s", "2/m", "10/h", "max", "1e-300/h", "0.1/s", "x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rate, err := scenarios.ParseRate(text)
		if err != nil {
			return
		}
		again, err := scenarios.ParseRate(rate.String())
		require.NoError(t, err, "%q prints as %q", text, rate)
		assert.InEpsilon(t, rate.PerSecond+1, again.PerSecond+1, 1e-9)
		assert.Equal(t, rate.Max, again.Max)
	})
}
