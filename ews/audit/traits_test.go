package audit

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// anything is an exchange of a few words, so that what one remembers the next one meets.
func anything(rng *rand.Rand, now time.Duration) Exchange {
	flip := func() bool { return rng.IntN(2) == 0 }
	word := func(words ...string) string { return words[rng.IntN(len(words))] }
	e := Exchange{
		Op:   ews.Op(word("GetItem", "FindItem", "CreateItem", "Subscribe", "Unsubscribe", "GetEvents", "GetStreamingEvents", "SyncFolderItems")),
		Came: now, Answered: now + time.Duration(rng.IntN(3))*time.Millisecond, Caller: "svc", Mailbox: word("", "a@c", "b@c"),
		Anchor: word("", "a@c", "b@c", "<a@c>"), Anchored: word("", "a@c", "A@c"), Affinity: flip(), CookieSent: flip(), CookieOffered: flip(),
		CookieAsHeader: flip(), RequestID: word("", "1", "2"), UserAgent: word("curl", "own"), ContentType: word("text/xml", "text/plain"),
		Connection: uint64(rng.IntN(3)), InClear: flip(), Status: 200, Code: ews.NoError,
		Asked: Asked{
			Version: ews.Version(word("", "Exchange2016")), Named: ews.ConnectingSID{Kind: ews.PrimarySmtpAddress, Value: "a@c"},
			Items: rng.IntN(20), Page: rng.IntN(2000), Offset: rng.IntN(3), Unpaged: flip(), Calendar: flip(), Shape: ews.Shape(word("Default", "IdOnly")),
			MaxChanges: rng.IntN(1000), Folder: 1, State: uint64(rng.IntN(3)), Query: uint64(rng.IntN(2)), Text: uint64(rng.IntN(2)),
			Identities: rng.IntN(200), Window: time.Duration(rng.IntN(100)) * 24 * time.Hour, Mark: uint64(rng.IntN(3)),
		},
		Told: Told{Next: uint64(rng.IntN(3)), Last: flip(), Shown: rng.IntN(2), Made: word("", "s1", "s2"), NextMark: uint64(rng.IntN(3)), Done: 1, Failed: rng.IntN(2)},
	}
	e.Calendar = e.Calendar && e.Op == ews.OpFindItem
	if e.notification() && e.Op != ews.OpSubscribe {
		e.Subscriptions = []string{"s1", "s2"}[:1+rng.IntN(2)]
	}
	if rng.IntN(3) == 0 {
		e.Status, e.Code = 500, ews.Code(word(
			"", "ErrorServerBusy", "ErrorImpersonateUserDenied", "ErrorMailboxMoveInProgress", "ErrorNonPrimarySmtpAddress", "ErrorInvalidServerVersion",
			"ErrorExceededSubscriptionCount", "ErrorExceededFindCountLimit", "ErrorInvalidWatermark", "ErrorSchemaValidation", "ErrorSubscriptionNotFound",
			"ErrorInvalidExchangeImpersonationHeaderData", "ErrorInvalidSyncStateData", "ErrorExceededConnectionCount"))
		e.BackOff = time.Duration(rng.IntN(2)) * time.Second
	}
	return e
}

// No exchange breaks a rule without the traits that the rule asks for. All rules are broken here but those that take many
// requests in one way.
func TestOnlyExchangesWithItsTraitsBreakARule(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	var a Auditor
	seen := map[ID]bool{}
	now := time.Second
	var e Exchange
	for n := range 8000 {
		now += time.Duration(rng.IntN(50)) * time.Millisecond
		if n%4 == 0 { // and three times the same again
			e = anything(rng, now)
		}
		e.Came, e.Answered, e.reused = now, now+time.Millisecond, false
		e.calls, e.streams = 100, 0
		if e.streaming() {
			e.calls, e.streams = 0, 100
		}
		e.name()
		has := e.traits(&a.memory)
		for i := range rules {
			if rules[i].broken == nil || !rules[i].broken(&e, &a.memory) {
				continue
			}
			seen[rules[i].ID] = true
			if !has.concern(i) {
				require.Fail(t, "not asked about what breaks it", "%s: %+v", rules[i].ID, e)
			}
		}
		a.memory.note(&e)
	}
	for _, r := range rules {
		if r.broken != nil && !slices.Contains([]ID{OversizedGroup, OversizedStream, ConnectionPerRequest, SyncPolled}, r.ID) {
			assert.True(t, seen[r.ID], r.ID)
		}
	}
}
