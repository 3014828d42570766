package runner

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// Both arms must send the same thing, but for the header that they differ in.
func TestArmsSendTheSameBytes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		anchored, unanchored := new(fake), new(fake)
		arms := pair(anchored)
		arms[1].Target.Transport = unanchored
		run(t, Experiment{
			Plan: plan(t, ews.OpGetFolder, ews.OpFindItem, ews.OpGetItem), Arms: arms,
			Schedule: Constant(50), Duration: 4 * time.Second,
		})
		require.Len(t, anchored.requests(), 100)
		require.Len(t, unanchored.requests(), 100)
		for i, one := range anchored.requests() {
			other := unanchored.requests()[i]
			require.Equal(t, one.body, other.body)
			require.NotEmpty(t, one.body)
			require.NotEmpty(t, one.header.Get(ews.HeaderAnchorMailbox))
			one.header.Del(ews.HeaderAnchorMailbox)
			require.Equal(t, one.header, other.header)
		}
	})
}

func TestGroupsAreSentInDrawnOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, _ := run(t, Experiment{
			Plan: plan(t), Arms: pair(&fake{}), Schedule: Constant(100), Duration: 10 * time.Second, Seed: 4,
		})
		first := 0
		for _, s := range kept {
			require.Equal(t, s.Seq/2, s.Call)
			want := []string{"anchored", "unanchored"}[order{seed: 4, arms: 2}.arm(s.Call, s.Seq%2)]
			require.Equal(t, want, s.Arm)
			if s.Seq%2 == 0 && s.Arm == "anchored" {
				first++
			}
		}
		assert.InDelta(t, 250, first, 45, "four standard deviations of a fair coin")
	})
}

func TestEachSlotIsSampledOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept, stats := run(t, Experiment{
			Plan: plan(t), Arms: pair(&fake{takes: always(time.Second)}), Schedule: Constant(500), Calls: 1000,
		})
		slots := make([]uint64, len(kept))
		for i, s := range kept {
			slots[i] = s.Seq
		}
		slices.Sort(slots)
		require.Len(t, slots, 2000)
		for i, slot := range slots {
			require.Equal(t, uint64(i), slot)
		}
		assert.Equal(t, int64(1000), stats.Arms[0].Sent)
		assert.Equal(t, int64(1000), stats.Arms[1].Sent)
	})
}

func TestHeadersOfEachAnchorPolicy(t *testing.T) {
	t.Parallel()
	const caller = "svc-bench@contoso.com"
	call := plan(t).At(0)
	require.NotEqual(t, call.Mailbox, call.Wrong)
	tests := []struct {
		name   string
		anchor scenarios.Anchor
		want   []string
	}{
		{"correct", scenarios.AnchorCorrect, []string{call.Mailbox}},
		{"none named is correct", "", []string{call.Mailbox}},
		{"missing", scenarios.AnchorMissing, nil},
		{"wrong", scenarios.AnchorWrong, []string{call.Wrong}},
		{"service account", scenarios.AnchorServiceAccount, []string{caller}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				target := new(fake)
				run(t, Experiment{
					Plan: plan(t), Arms: []Arm{arm("arm", tt.anchor, target)}, Schedule: Constant(1), Calls: 1,
					Caller: caller, UserAgent: "ewsbench/1.2",
				})
				header := target.requests()[0].header
				assert.Equal(t, tt.want, header.Values(ews.HeaderAnchorMailbox))
				assert.Equal(t, ews.ContentType, header.Get("Content-Type"))
				assert.Equal(t, "ewsbench/1.2", header.Get("User-Agent"))
				assert.Equal(t, "true", header.Get(ews.HeaderReturnClientRequestID))
				assert.Equal(t, string(plan(t).AppendRequestID(nil, 0)), header.Get(ews.HeaderClientRequestID))
				assert.Empty(t, header.Values(ews.HeaderPreferServerAffinity))
				assert.NotContains(t, slices.Collect(maps.Keys(header)), seqHeader)
				assert.NotContains(t, slices.Collect(maps.Keys(header)), "X-Vegeta-Attack")
			})
		})
	}
}

func TestHeaderKeysAreThoseOfTheProtocol(t *testing.T) {
	t.Parallel()
	for key, name := range map[string]string{
		keyAnchor: ews.HeaderAnchorMailbox, keyAffinity: ews.HeaderPreferServerAffinity,
		keyRequestID: ews.HeaderClientRequestID, keyReturnID: ews.HeaderReturnClientRequestID,
	} {
		assert.Equal(t, http.CanonicalHeaderKey(name), key)
	}
}

func TestVersionOfTheExperiment(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := new(fake)
		run(t, Experiment{
			Plan: plan(t), Arms: pair(target), Schedule: Constant(1), Calls: 1, Version: ews.Exchange2010_SP2,
		})
		for _, r := range target.requests() {
			message, err := ews.ParseRequest([]byte(r.body))
			require.NoError(t, err)
			assert.Equal(t, ews.Exchange2010_SP2, message.Version)
		}
	})
}

// GetItem asks for an item that FindItem found. Where that answer is not there in
// time the call goes out all the same, and says so.
func TestChainedCalls(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"answer in time": false, "answer too late": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				target := &fake{takes: always(time.Millisecond), answer: oneItem}
				if late {
					target.takes = always(time.Second)
				}
				kept, stats := run(t, Experiment{
					Plan: planOf(t, scenarios.Scenario{Mailboxes: 1, Order: scenarios.OrderVisit}, ews.OpFindItem, ews.OpGetItem),
					Arms: pair(target), Schedule: Constant(10), Calls: 2,
				})
				for _, s := range kept {
					assert.Equal(t, late && s.Call == 1, s.Late)
				}
				for i, r := range target.requests()[2:] {
					assert.Equal(t, !late, strings.Contains(r.body, itemID), "request %d", i)
				}
				want := int64(0)
				if late {
					want = 1
				}
				assert.Equal(t, want, stats.Arms[0].ChainLate)
				assert.Equal(t, want, stats.Arms[1].ChainLate)
			})
		})
	}
}

const itemID = "AAMkAGFuLWl0ZW0="

func oneItem(int, *http.Request) *http.Response {
	found := ews.Object{Kind: ews.KindMessage}
	found.Set(ews.Path{URI: "item:ItemId"}, ews.ItemID{ID: itemID, ChangeKey: "CQ=="})
	return soap(http.StatusOK, ews.AppendResponse(nil, serverVersion, ews.FindItemResponse{Messages: []ews.FindItemMessage{ews.Found(found)}}))
}

// Cookies belong to an arm with affinity and to one mailbox; the other arm sends
// none, whatever it was given.
func TestAffinityKeepsTheCookiesOfEachMailbox(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer := func(_ int, r *http.Request) *http.Response {
			response := soap(http.StatusOK, folderAnswer())
			owner := r.Header.Get(ews.HeaderAnchorMailbox)
			response.Header.Set("Set-Cookie", ews.CookieBackEndOverride+"="+owner+"; path=/")
			return response
		}
		sticky, loose := &fake{answer: answer}, &fake{answer: answer}
		arms := []Arm{arm("sticky", scenarios.AnchorCorrect, sticky), arm("loose", scenarios.AnchorCorrect, loose)}
		arms[0].Affinity = true
		run(t, Experiment{
			Plan: planOf(t, scenarios.Scenario{Mailboxes: 3}, ews.OpGetFolder), Arms: arms, Schedule: Constant(10), Calls: 9,
		})
		met := make(map[string]bool)
		for _, r := range sticky.requests() {
			owner := r.header.Get(ews.HeaderAnchorMailbox)
			want := ""
			if met[owner] {
				want = ews.CookieBackEndOverride + "=" + owner
			}
			met[owner] = true
			assert.Equal(t, want, r.header.Get("Cookie"))
			assert.Equal(t, "true", r.header.Get(ews.HeaderPreferServerAffinity))
		}
		assert.Len(t, met, 3)
		for _, r := range loose.requests() {
			assert.Empty(t, r.header.Values("Cookie"))
			assert.Empty(t, r.header.Values(ews.HeaderPreferServerAffinity))
		}
	})
}

func TestJarsAreBounded(t *testing.T) {
	t.Parallel()
	j := newJars()
	first := j.of("first")
	require.Same(t, first, j.of("first"))
	for _, mailbox := range manyNames(maxJars) {
		j.of(mailbox)
	}
	assert.Len(t, j.mailbox, maxJars)
	assert.NotSame(t, first, j.of("first"), "the oldest was let go")
	assert.Len(t, j.mailbox, maxJars)
}

func manyNames(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = scenarios.Users(n, "contoso.com").At(i)
	}
	return names
}
