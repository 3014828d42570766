package mockews_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// With mail.every in the topology, mail arrives by itself: a stream tells of it when it does, and nobody else has to look.
func TestMailArrives(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		topology := profile(t, "ideal")
		topology.Mail = route.Mail{Every: 2 * time.Minute}
		s := newServer(t, topology)
		id, _ := subscribe(t, s, soap(target, streaming()))
		envelopes, closed := openStream(t, s, soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 30}))
		defer closed()
		<-envelopes
		begin, heard := time.Now(), 0
		for e := range envelopes {
			if a := text([]byte(e), "TimeStamp"); a != "" {
				heard++
				assert.Contains(t, e, "<t:NewMailEvent>")
				assert.Equal(t, time.Now().UTC().Truncate(time.Second).Format(time.RFC3339), a, "at once")
			}
		}
		assert.InDelta(t, 15, heard, 13, "in %s", time.Since(begin))

		o, _ := do(t, s, target, ews.Unsubscribe{ID: id})
		require.True(t, o.OK())
		pulled, mark := subscribe(t, s, soap(target, pull(30)))
		time.Sleep(20 * time.Minute)
		_, body := do(t, s, target, ews.GetEvents{ID: pulled, Watermark: mark})
		assert.Contains(t, string(body), "<t:NewMailEvent>")
	})
}

// A rate that no mock could keep up with is refused.
func TestMailRateIsChecked(t *testing.T) {
	t.Parallel()
	err := route.Topology{Mail: route.Mail{Every: time.Millisecond}}.Validate()
	assert.ErrorContains(t, err, "mail.every")
}
