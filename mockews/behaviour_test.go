package mockews_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// App-only OAuth: the header is required in effect. Without it the call goes to any back end or, as one report has it, nowhere.
func TestApplicationWithoutTheHeader(t *testing.T) {
	t.Parallel()
	topology := guarded()
	topology.Sites = profile(t, "onprem-2site").Sites
	topology.Sites[0].Name, topology.Sites[1].Name = "AMS", "DUB"
	s := newServer(t, topology)
	token := tokenFor(t, s.Transport(), "")
	for range 50 {
		assert.True(t, withoutHeader(target).by(token).send(t, s.Transport()).outcome().OK())
		assert.True(t, soap(target, getInbox()).by(token).send(t, s.Transport()).outcome().OK())
	}
	seen, proxied := map[string]bool{}, 0
	for _, e := range s.Journal() {
		if e.Anchor == "" {
			assert.Equal(t, route.SourceRandom, e.AnchorSource, "an application has no mailbox")
			seen[e.Calculated] = true
			continue
		}
		proxied += e.Hops
	}
	assert.Len(t, seen, 4, "any back end")
	assert.Zero(t, proxied, "with the header")

	topology.NoAnchor.AppOnly = true
	s = newServer(t, topology)
	token = tokenFor(t, s.Transport(), "")
	o := withoutHeader(target).by(token).send(t, s.Transport()).outcome()
	assert.Equal(t, 500, o.HTTP)
	assert.Equal(t, ews.ErrorNoRespondingCASInDestinationSite, o.Code())
	assert.True(t, soap(target, getInbox()).by(token).send(t, s.Transport()).outcome().OK(), "with the header")
}
