package flavour_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

func TestEveryNameIsAFlavour(t *testing.T) {
	t.Parallel()
	require.Equal(t, []flavour.Name{flavour.Exchange2013, flavour.Exchange2016, flavour.Exchange2019, flavour.ExchangeSE, flavour.Online}, flavour.Names())
	seen := map[int]bool{}
	for _, name := range flavour.Names() {
		f, ok := flavour.Of(name)
		require.True(t, ok)
		assert.Equal(t, name, f.Name)
		assert.Equal(t, 15, f.Version.Major)
		assert.NotEmpty(t, f.Version.Version)
		assert.NotZero(t, f.Limits.Concurrency)
		assert.False(t, seen[f.VersionNumber()], "two flavours of one build")
		seen[f.VersionNumber()] = true
	}
	f, ok := flavour.Of("")
	assert.True(t, ok)
	assert.Equal(t, flavour.Exchange2019, f.Name)
	_, ok = flavour.Of("Exchange2003")
	assert.False(t, ok)
}

// The sample of MS docs, How to maintain affinity: 15.0 build 775 is 1941996295.
func TestVersionNumber(t *testing.T) {
	t.Parallel()
	f := flavour.Flavour{Version: ews.ServerVersion{Major: 15, Minor: 0, MajorBuild: 775, MinorBuild: 7}}
	assert.Equal(t, 1941996295, f.VersionNumber())
}

// A server refuses a schema that is newer than itself.
func TestAccepts(t *testing.T) {
	t.Parallel()
	old, _ := flavour.Of(flavour.Exchange2013)
	current, _ := flavour.Of(flavour.ExchangeSE)
	assert.False(t, old.Accepts(ews.Exchange2016))
	assert.True(t, old.Accepts(ews.Exchange2013_SP1))
	assert.True(t, old.Accepts(""))
	for _, v := range ews.Versions() {
		assert.True(t, current.Accepts(v), v)
	}
}

// Limits: the rows of MS docs, EWS throttling in Exchange, by version.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name flavour.Name
		want flavour.Limits
	}{
		{flavour.Exchange2013, flavour.Limits{Concurrency: 27, Streams: 3, Subscriptions: 5000, Found: 1000, FoundRestricted: 250}},
		{flavour.Exchange2016, flavour.Limits{Concurrency: 27, Streams: 10, Subscriptions: 5000, Found: 1000, FoundRestricted: 250, Syncs: 5}},
		{flavour.Exchange2019, flavour.Limits{Concurrency: 27, Streams: 10, Subscriptions: 5000, Found: 1000, FoundRestricted: 250, Syncs: 5}},
		{flavour.Online, flavour.Limits{Concurrency: 27, Streams: 10, Subscriptions: 20, Found: 1000, FoundRestricted: 250, Syncs: 5, Messages: 30}},
	} {
		f, _ := flavour.Of(c.name)
		assert.Equal(t, c.want, f.Limits, c.name)
	}
}
