package runner

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

const (
	userOne = "user000001@contoso.com"
	userTwo = "user000002@contoso.com"
)

// notified runs an experiment with notifications in its bubble.
func notified(t *testing.T, e Experiment) ([]results.Sample, Stats) {
	t.Helper()
	samples, stats := run(t, e)
	synctest.Wait()
	return samples, stats
}

// The delay of each notification is exact, in each arm that of its own stream, and
// every arm is told of the same mails.
func TestDelayOfEachArm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.takes = 20 * time.Millisecond
		f.delay = func(anchor, _ string) time.Duration {
			return map[string]time.Duration{userOne: 3 * time.Millisecond, "": 40 * time.Millisecond}[anchor]
		}
		f.site = halves("one", "two", userTwo)
		samples, stats := notified(t, watching(t, f, 4, Notify{Patience: time.Second}))
		mails := told(samples, Mailer, ews.OpCreateItem)
		require.Len(t, mails, 60)
		for arm, want := range map[string]time.Duration{"anchored": 0, "unanchored": 40 * time.Millisecond} {
			heard := told(samples, arm, scenarios.OpNotification)
			require.Len(t, heard, 60, arm)
			for _, s := range heard {
				i := slices.IndexFunc(mails, func(m results.Sample) bool { return m.Call == s.Call })
				require.GreaterOrEqual(t, i, 0)
				assert.Equal(t, mails[i].Due, s.Due)
				assert.Equal(t, mails[i].Start, s.Start)
				assert.Equal(t, results.ClassOK, s.Class)
				assert.Equal(t, 200, s.Status)
				delay := want
				if arm == "anchored" && planBox(t, s.Call, 4) <= userTwo {
					delay = 3 * time.Millisecond
				}
				assert.Equal(t, 20*time.Millisecond+delay, s.Latency(), "%s %d", arm, s.Call)
			}
		}
		assert.Len(t, told(samples, "wrong", scenarios.OpNotification), 60)
		slots := map[uint64]bool{}
		for _, s := range samples {
			assert.False(t, slots[s.Seq], "slot %d twice", s.Seq)
			slots[s.Seq] = true
		}
		assert.Zero(t, stats.Left)
		assert.Len(t, f.deleted, 60, "the mails are deleted")
		assert.Empty(t, f.subs, "the subscriptions are ended")
	})
}

// planBox is the mailbox of a mail.
func planBox(t *testing.T, n uint64, boxes int) string {
	t.Helper()
	return watching(t, nil, boxes, Notify{}).Plan.At(n).Mailbox
}

// The recipe: the anchor's subscription first and without a cookie, the others with
// its cookie; all of them and the stream with the preference and the arm's anchor, each
// impersonating its own mailbox, the stream the anchor.
func TestRecipeOfAffinity(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.site = halves("one", "two", userTwo)
		notified(t, watching(t, f, 4, Notify{GroupSize: 200, Patience: time.Second, Calls: 100}))
		firsts, others := 0, 0
		for _, r := range f.headersOf(ews.OpSubscribe) {
			assert.Equal(t, "true", r.header.Get(ews.HeaderPreferServerAffinity))
			anchor, cookie := r.header.Get(ews.HeaderAnchorMailbox), r.header.Get("Cookie")
			if strings.Contains(r.body, userOne) || strings.Contains(r.body, "user000003@") {
				assert.Empty(t, cookie, "%s", r.body)
				firsts++
			} else {
				assert.Equal(t, ews.CookieBackEndOverride+"=of-"+strings.ReplaceAll(anchor, "@", "."), cookie)
				others++
			}
			assert.Contains(t, []string{"", userOne, userTwo, "user000003@contoso.com", "user000004@contoso.com"}, anchor)
		}
		assert.Equal(t, 6, firsts)
		assert.Equal(t, 6, others)
		streams := f.headersOf(ews.OpGetStreamingEvents)
		require.Len(t, streams, 6)
		for _, r := range streams {
			assert.Equal(t, "true", r.header.Get(ews.HeaderPreferServerAffinity))
			assert.NotEmpty(t, r.header.Get("Cookie"))
			assert.Equal(t, 2, strings.Count(r.body, "<t:SubscriptionId>"))
		}
		for i, r := range f.headersOf(ews.OpCreateItem) {
			assert.Contains(t, r.body, r.header.Get(ews.HeaderAnchorMailbox), "mail %d has the right anchor", i)
			assert.Empty(t, r.header.Get(ews.HeaderPreferServerAffinity))
		}
	})
}

// Before the load and beside it nothing is asked faster than it may be.
func TestCallsBesideAreBounded(t *testing.T) {
	t.Parallel()
	gone := func([]string) *http.Response { return soap(http.StatusNotFound, nil) }
	for _, tt := range []struct {
		name  string
		by    scenarios.GroupsBy
		boxes int
		guide func([]string) *http.Response
		calls int
	}{
		{"twenty mailboxes, sixty subscriptions, three streams", scenarios.GroupsServer, 20, nil, 83},
		{"one question, sixty subscriptions, three streams", scenarios.GroupsAuto, 20, nil, 64},
		{"two questions, 360 subscriptions, three streams", scenarios.GroupsAuto, 120, nil, 365},
		{"one question and twenty mailboxes, sixty subscriptions, three streams", scenarios.GroupsAuto, 20, gone, 84},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			callsBesideAreBounded(t, tt.by, tt.boxes, tt.guide, tt.calls)
		})
	}
}

func callsBesideAreBounded(t *testing.T, by scenarios.GroupsBy, boxes int, guide func([]string) *http.Response, calls int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.guide = guide
		n := Notify{Groups: by, Patience: time.Second, Calls: 10}
		samples, stats := notified(t, watching(t, f, boxes, n))
		if guide == nil {
			assert.InDelta(t, stats.Setup, n.Setup(boxes, 3), float64(300*time.Millisecond), "as foretold")
		}
		assert.Equal(t, time.Duration(calls-1)*100*time.Millisecond, stats.Setup)
		last := time.Time{}
		asked := append(f.headersOf(ews.OpGetUserSettings), f.headersOf(ews.OpGetFolder)...)
		for _, r := range append(asked, f.headersOf(ews.OpSubscribe)...) {
			if !last.IsZero() {
				assert.GreaterOrEqual(t, r.at.Sub(last), 95*time.Millisecond)
			}
			last = r.at
		}
		for _, s := range told(samples, Mailer, ews.OpCreateItem) {
			assert.GreaterOrEqual(t, s.Due, stats.Setup, "the load begins when all have subscribed")
		}
		for _, s := range told(samples, "anchored", scenarios.OpNotification) {
			assert.Equal(t, int((s.Due-stats.Setup)/(300*time.Millisecond)), s.Block)
		}
	})
}

// What is refused is missed, is asked for again, and is told of from then on.
func TestRefusedSubscriptions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.refuse = func(anchor, box string, n int) ews.Code {
			if anchor == "" && box == userTwo && n < 2 {
				return ews.ErrorProxyCallFailed
			}
			return ""
		}
		samples, _ := notified(t, watching(t, f, 2, Notify{Patience: 500 * time.Millisecond, Retry: 2 * time.Second}))
		assert.Equal(t, map[string]int{"ok": 60}, codes(told(samples, "anchored", scenarios.OpNotification)))
		assert.Equal(t, map[string]int{"ok": 2}, codes(told(samples, "anchored", ews.OpSubscribe)))
		assert.Equal(t, map[string]int{"ok": 2, "ErrorProxyCallFailed": 2}, codes(told(samples, "unanchored", ews.OpSubscribe)))
		assert.Len(t, told(samples, "unanchored", ews.OpGetStreamingEvents), 2, "the stream is opened anew for the new subscription")
		missed := 0
		for _, s := range told(samples, "unanchored", scenarios.OpNotification) {
			refused := planBox(t, s.Call, 2) == userTwo && s.Due < 4*time.Second
			if s.Code == results.CodeMissed {
				missed++
				assert.True(t, refused, "call %d", s.Call)
				assert.Equal(t, s.Due+500*time.Millisecond, s.End)
				assert.Equal(t, results.ClassError, s.Class)
				continue
			}
			assert.False(t, refused, "call %d", s.Call)
		}
		assert.Equal(t, 20, missed, "every second mail of four seconds")
	})
}

// A stream that knows one of its subscriptions no more tells of none of them: that one
// is asked for again.
func TestStreamWithoutASubscription(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.gone = func(anchor string, n int) []string {
			if anchor == "" && n == 0 {
				return []string{"|" + userTwo + "|0"}
			}
			return nil
		}
		samples, _ := notified(t, watching(t, f, 2, Notify{Patience: 500 * time.Millisecond, Retry: 2 * time.Second}))
		streams := told(samples, "unanchored", ews.OpGetStreamingEvents)
		assert.Equal(t, map[string]int{"ErrorSubscriptionNotFound": 1, "ok": 2}, codes(streams), "refused, with the other one, with both")
		assert.Equal(t, map[string]int{"ok": 3}, codes(told(samples, "unanchored", ews.OpSubscribe)))
		assert.Equal(t, 10, codes(told(samples, "unanchored", scenarios.OpNotification))[results.CodeMissed], "those of two seconds")
	})
}

// How streams end, and what is made of it.
func TestStreamsThatEnd(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		say     func(s *stream)
		code    string // of the error, "" for none
		streams int
		missed  int // of sixty mails, one every tenth of a second: until the stream is back
	}{
		{"its time is over", func(s *stream) { s.send(ews.StreamingMessage{Status: "Closed"}); s.end() }, "", 2, 0},
		{"cut off", func(s *stream) { s.end() }, codeEOF, 2, 20},
		{"taken over", func(s *stream) {
			s.send(ews.StreamingMessage{Message: ews.NewMessage(ews.ErrorNewEventStreamConnectionOpened), Status: "Closed"})
		}, "ErrorNewEventStreamConnectionOpened", 2, 20},
		{"events were missed", func(s *stream) {
			s.send(ews.StreamingMessage{Message: ews.NewMessage(ews.ErrorMissedNotificationEvents), ErrorIDs: s.ids, Status: "OK"})
		}, "ErrorMissedNotificationEvents", 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newStation()
				f.say = func(s *stream, n int) {
					if s.anchor == "" && n == 0 {
						time.Sleep(1050 * time.Millisecond)
						f.mu.Lock()
						f.streams = slices.DeleteFunc(f.streams, func(other *stream) bool { return other == s && tt.streams > 1 })
						f.mu.Unlock()
						tt.say(s)
					}
				}
				samples, _ := notified(t, watching(t, f, 1, Notify{Patience: 500 * time.Millisecond, Retry: 2 * time.Second}))
				assert.Len(t, told(samples, "unanchored", ews.OpGetStreamingEvents), tt.streams)
				assert.Equal(t, tt.missed, codes(told(samples, "unanchored", scenarios.OpNotification))[results.CodeMissed])
				want := map[string]int{}
				if tt.code != "" {
					want[tt.code] = 1
				}
				assert.Equal(t, want, codes(told(samples, "unanchored", scenarios.OpStreamError)))
				assert.Equal(t, map[string]int{"ok": 60}, codes(told(samples, "anchored", scenarios.OpNotification)))
			})
		})
	}
}

// A stream without a sign of life is given up.
func TestSilentStreams(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.takes = 95 * time.Second
		e := watching(t, f, 1, Notify{Patience: 100 * time.Second, Retry: 2 * time.Second})
		e.Timeout, e.Schedule, e.Duration, e.Calls = 200*time.Second, Constant(30), 6*time.Second, 1
		samples, _ := notified(t, e)
		assert.Equal(t, map[string]int{codeSilent: 1}, codes(told(samples, "anchored", scenarios.OpStreamError)))
		assert.Equal(t, map[string]int{"ok": 1}, codes(told(samples, "anchored", scenarios.OpNotification)), "the next stream tells of it")
	})
}

// An event may come before the answer to its mail; those of other people's mails are
// nobody's; an event that comes too late is missed.
func TestEventsAndAnswersInAnyOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.takes, f.early = 20*time.Millisecond, true
		f.say = func(s *stream, _ int) {
			for i := range 3 {
				s.send(ews.StreamingMessage{Notifications: []ews.Notification{{ID: s.ids[0], Events: []ews.Event{
					{Type: ews.CreatedEvent, Item: &ews.ItemID{ID: "somebody-else's"}}, {Type: ews.ModifiedEvent, Folder: &ews.FolderID{ID: "inbox"}},
				}}}})
				time.Sleep(time.Duration(i) * time.Second)
			}
		}
		f.delay = func(anchor, _ string) time.Duration {
			if anchor == "" {
				return 2 * time.Second
			}
			return 0
		}
		samples, _ := notified(t, watching(t, f, 2, Notify{Patience: time.Second}))
		heard := told(samples, "anchored", scenarios.OpNotification)
		require.Len(t, heard, 60)
		for _, s := range heard {
			assert.Equal(t, 20*time.Millisecond, s.Latency(), "ten before the answer")
		}
		assert.Equal(t, map[string]int{results.CodeMissed: 60}, codes(told(samples, "unanchored", scenarios.OpNotification)))
	})
}

// A mail that was not sent is no arm's fault.
func TestMailsThatFail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.mail = func(n int) ews.Code {
			if n%10 == 3 {
				return ews.ErrorServerBusy
			}
			return ""
		}
		samples, _ := notified(t, watching(t, f, 2, Notify{Patience: time.Second}))
		for _, arm := range []string{"anchored", "unanchored", "wrong"} {
			heard := told(samples, arm, scenarios.OpNotification)
			assert.Equal(t, map[string]int{"ok": 54, "mail_ErrorServerBusy": 6}, codes(heard), arm)
			for _, s := range heard {
				assert.Equal(t, s.Code != "ok", s.Class == results.ClassWithheld)
			}
		}
	})
}

// Each target gets its own mail, and its arms hear of that.
func TestEachTargetHasItsMail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one, other := newStation(), newStation()
		one.takes, other.takes = 20*time.Millisecond, 50*time.Millisecond
		e := watching(t, one, 2, Notify{Patience: time.Second})
		e.Arms = e.Arms[:2]
		e.Arms[1].Anchor, e.Arms[1].Target = scenarios.AnchorCorrect, Target{URL: "http://other.example.org/EWS/Exchange.asmx", Transport: other}
		samples, _ := notified(t, e)
		for arm, want := range map[string]time.Duration{"anchored": 20 * time.Millisecond, "unanchored": 50 * time.Millisecond} {
			heard := told(samples, arm, scenarios.OpNotification)
			require.Len(t, heard, 90)
			for _, s := range heard {
				assert.Equal(t, want, s.Latency(), arm)
			}
		}
		assert.Len(t, one.deleted, 90)
		assert.Len(t, other.deleted, 90)
	})
}

// An interrupted run leaves no samples of what it was still waiting for, and clears away.
func TestInterruptedNotifications(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newStation()
		f.delay = func(string, string) time.Duration { return 500 * time.Millisecond }
		ctx, cancel := context.WithTimeout(t.Context(), 3050*time.Millisecond)
		defer cancel()
		sink := new(samples)
		stats, err := Run(ctx, watching(t, f, 2, Notify{Patience: 2 * time.Second}), sink)
		require.NoError(t, err)
		synctest.Wait()
		assert.True(t, stats.Interrupted)
		assert.Equal(t, map[string]int{"ok": 26}, codes(told(sink.kept, "anchored", scenarios.OpNotification)), "a mail every tenth of a second, but for the last half")
		assert.Len(t, f.deleted, 31)
		assert.Empty(t, f.subs)
		assert.Zero(t, stats.Left)
	})
}

// places are those of some keys.
func places(keys ...string) (all []place) {
	for _, key := range keys {
		all = append(all, place{results.GroupedByServer, key})
	}
	return all
}

// Mailboxes are put together by where they are, in groups of a size.
func TestGroups(t *testing.T) {
	t.Parallel()
	boxes := []string{"a", "b", "c", "d", "e", "f"}
	groups := groupsIn(boxes, places("x", "y", "x", "y", "x", "x"), 3, 1)
	require.Len(t, groups, 3)
	for i, want := range [][]string{{"a", "c", "e"}, {"b", "d"}, {"f"}} {
		assert.Equal(t, want, groups[i].members)
		assert.NotContains(t, want, groups[i].wrong)
		assert.NotEmpty(t, groups[i].wrong)
	}
	assert.Equal(t, []int{1, 3}, groups[1].numbers)
	all := groupsIn(boxes, make([]place, 6), 200, 1)
	require.Len(t, all, 1)
	assert.Equal(t, boxes, all[0].members)
	assert.Equal(t, "f", all[0].wrong, "nobody is outside")
	drawn := map[string]bool{}
	for seed := range uint64(50) {
		drawn[groupsIn(boxes, places("x", "x", "y", "y", "y", "y"), 9, seed)[0].wrong] = true
	}
	assert.Len(t, drawn, 4, "anybody else, by the seed")
}

func TestExperimentsThatCannotNotify(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Experiment){
		"no schedule": func(e *Experiment) { e.Schedule = nil },
		"mailbox":     func(e *Experiment) { e.Assign = AssignMailbox },
		"A/A phase":   func(e *Experiment) { e.AA = 3 * time.Second },
		"shard":       func(e *Experiment) { e.Shard = Shard{Index: 0, Count: 2} },
	} {
		e := watching(t, nil, 4, Notify{})
		change(&e)
		_, err := e.Normalized()
		assert.ErrorIs(t, err, errNotify, name)
	}
	e, err := watching(t, nil, 4, Notify{GroupSize: 999}).Normalized()
	require.NoError(t, err)
	assert.Equal(t, &Notify{GroupSize: scenarios.MaxGroup, Groups: scenarios.GroupsAuto, Patience: DefaultTimeout, Retry: DefaultTimeout}, e.Notify)
}
