package notify

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// people are a directory of one user, and the organisation that has it on one server.
type people struct {
	mailbox.Directory
	Organisation
}

func (people) PublicFolderMailboxes() []access.Principal { return nil }
func (people) Bits(string, uint64) uint64                { return 0 }
func (people) Server(int) string                         { return "ex1.contoso.com" }
func (people) Database(access.Principal) [16]byte        { return [16]byte{} }
func (people) HasMailbox(p access.Principal) bool        { return p == 1 }
func (people) Address(access.Principal) string           { return "user1@contoso.com" }
func (people) Find(string) (access.Principal, bool)      { return 1, true }

// pushing runs a push subscription until it ends, and returns when what was posted.
func pushing(minutes *int, place uint64, post func(try int) (string, error)) (at []time.Duration, posted []ews.GetEventsMessage, left int) {
	begin := time.Now()
	h := New(mailbox.New(people{}, nil, mailbox.Limits{}), people{}, func(_ string, n ews.SendNotification) (string, error) {
		at, posted = append(at, time.Since(begin)), append(posted, n.Messages...)
		return post(len(at))
	}, 0)
	s := &subscription{kind: Push, watch: mailbox.Watch{Owner: 1}, place: place, stream: &Stream{hub: h, Woken: make(chan struct{}, 1)}}
	h.add(s)
	h.push(s, ews.Subscription{Frequency: minutes, URL: "http://127.0.0.1/"})
	return at, posted, h.Len()
}

// A listener that is not to be reached is tried again after 30 s, then each time after twice as long, until that would be longer than
// the StatusFrequency: then the subscription is gone (MS docs: Notification subscriptions, mailbox events, and EWS in Exchange).
func TestPushRetries(t *testing.T) {
	t.Parallel()
	down := errors.New("nobody listens")
	const s = time.Second
	for _, c := range []struct {
		name    string
		minutes *int // nil: not said
		answers func(try int) (string, error)
		want    []time.Duration
	}{
		{"StatusFrequency 1", new(1), func(int) (string, error) { return "", down }, []time.Duration{0, 30 * s, 90 * s}},
		{"StatusFrequency 4", new(4), func(int) (string, error) { return "", down }, []time.Duration{0, 30 * s, 90 * s, 210 * s, 450 * s}},
		{"StatusFrequency 30, the default", nil, func(int) (string, error) { return "", down }, []time.Duration{0, 30 * s, 90 * s, 210 * s, 450 * s, 930 * s, 1890 * s}},
		{"there again", new(1), func(try int) (string, error) {
			switch try {
			case 1:
				return "", down
			case 2:
				return "OK", nil
			}
			return "Unsubscribe", nil
		}, []time.Duration{0, 30 * s, 90 * s}},
		{"Unsubscribe at once", new(1), func(int) (string, error) { return "Unsubscribe", nil }, []time.Duration{0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				at, _, left := pushing(c.minutes, 0, c.answers)
				assert.Equal(t, c.want, at)
				assert.Zero(t, left, "the subscription is gone")
			})
		})
	}
}

// A listener is told when events cannot be read any more, of which subscription.
func TestPushOfEventsThatAreGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, posted, left := pushing(new(1), 1<<40, func(int) (string, error) { return "OK", nil })
		require.Len(t, posted, 1)
		assert.Equal(t, ews.ErrorReadEventsFailed, posted[0].Code)
		require.Len(t, posted[0].Values, 1)
		assert.Equal(t, "SubscriptionId", posted[0].Values[0].Name)
		assert.Equal(t, "ex1.contoso.com", Server(posted[0].Values[0].Text))
		assert.Nil(t, posted[0].Notification)
		assert.Zero(t, left)
	})
}
