package mockews_test

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// working is an organisation in which every operation takes a second of working time, under a policy.
func working(t testing.TB, p throttle.Policy) *mockews.Server {
	p.Enabled = true
	return newServer(t, route.Topology{Service: route.Service{Default: route.Lognormal{Median: time.Second}}, Throttling: p})
}

// exhausted is a policy whose cut-off a single call exceeds.
func exhausted(shape throttle.Busy) throttle.Policy {
	return throttle.Policy{Burst: time.Millisecond, Cutoff: 100 * time.Millisecond, Recharge: 900 * time.Second, Busy: shape}
}

// The shapes of "busy", row by row (MS docs: EWS throttling in Exchange, tables 3 and 4).
func TestShapesOfBusy(t *testing.T) {
	t.Parallel()
	second := func(t *testing.T, shape throttle.Busy) answer {
		t.Helper()
		s := working(t, exhausted(shape))
		require.True(t, soap(target, getInbox()).send(t, s.Transport()).outcome().OK())
		return soap(target, getInbox()).send(t, s.Transport())
	}
	t.Run("500: fault ErrorServerBusy", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			a := second(t, throttle.BusyFault)
			assert.Equal(t, 500, a.StatusCode)
			o := a.outcome()
			assert.Equal(t, ews.ErrorServerBusy, o.Fault.Code)
			assert.Positive(t, o.BackOff())
			assert.Contains(t, string(a.body), `<t:Value Name="BackOffMilliseconds">`)
			assert.Empty(t, a.Header.Get("Retry-After"), "not documented for EWS")
		})
	})
	t.Run("200: per message", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			a := second(t, throttle.BusyMessage)
			assert.Equal(t, 200, a.StatusCode)
			m := a.outcome().Messages[0]
			assert.Equal(t, ews.ErrorServerBusy, m.Code)
			assert.Contains(t, m.Text, "Try again later., This operation exceeds the throttling budget for policy part 'EwsCutoffBalance', policy value '100',  Budget type: 'Ews'.  Suggested backoff time ")
			assert.Positive(t, m.BackOff)
			assert.Contains(t, string(a.body), "<m:Folders/>", "with the operation's own empty elements")
		})
	})
	t.Run("200: ErrorInternalServerError with inner ErrorServerBusy", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			m := second(t, throttle.BusyInner).outcome().Messages[0]
			assert.Equal(t, ews.ErrorInternalServerError, m.Code)
			assert.Contains(t, m.Values, ews.Value{Name: "InnerErrorResponseCode", Text: "ErrorServerBusy"})
			assert.Contains(t, m.Values, ews.Value{Name: "InnerErrorDescriptiveLinkKey", Text: "0"})
		})
	})
	t.Run("503: requests queue in IIS", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			a := second(t, throttle.BusyPage)
			assert.Equal(t, 503, a.StatusCode)
			assert.Contains(t, a.Header.Get("Content-Type"), "text/html")
		})
	})
	t.Run("ErrorExceededConnectionCount", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := working(t, throttle.Policy{})
			var calls sync.WaitGroup
			for range 27 {
				calls.Go(func() { assert.True(t, soap(target, getInbox()).send(t, s.Transport()).outcome().OK()) })
			}
			synctest.Wait()
			begin := time.Now()
			a := soap(target, getInbox()).send(t, s.Transport())
			f := a.outcome().Fault
			require.NotNil(t, f)
			assert.Equal(t, 500, a.StatusCode)
			assert.Equal(t, ews.ErrorExceededConnectionCount, f.Code)
			assert.Equal(t, "You have exceeded the available concurrent connections for your account.  Try again once your other requests have completed.", f.Text)
			assert.Equal(t, []ews.Value{
				{Name: "Policy", Text: "MaxConcurrency"},
				{Name: "MaxConcurrencyLimit", Text: "27"},
				{Name: "ErrorMessage", Text: "This operation exceeds the throttling budget for policy part 'MaxConcurrency', policy value '27',  Budget type: 'Ews'.  Suggested backoff time 0 ms."},
			}, f.Values)
			assert.Zero(t, f.BackOff)
			assert.Less(t, time.Since(begin), time.Millisecond, "at once")
			assert.True(t, soap("user000043@contoso.com", getInbox()).send(t, s.Transport()).outcome().OK(), "another mailbox has a budget of its own")
			calls.Wait()
		})
	})
	t.Run("ErrorExceededFindCountLimit", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := working(t, throttle.Policy{})
			find := ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(990)}}
			unpaged := ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}}
			beside := func(p probe) answer { // a search that holds 990 objects
				var first sync.WaitGroup
				first.Go(func() { soap(target, find).send(t, s.Transport()) })
				synctest.Wait()
				a := p.send(t, s.Transport())
				first.Wait()
				return a
			}
			o := beside(soap(target, unpaged)).outcome()
			assert.Equal(t, ews.ErrorExceededFindCountLimit, o.Code())
			assert.Equal(t, 200, o.HTTP)
			assert.True(t, soap(target, unpaged).send(t, s.Transport()).outcome().OK(), "what it finds counts, not what it might")
			old := soap(target, find)
			old.body = []byte(strings.Replace(string(old.body), "Exchange2013_SP1", "Exchange2010", 1))
			assert.Equal(t, ews.ErrorServerBusy, beside(old).outcome().Code(), "to a schema that has no short pages")
			short := beside(soap(target, find))
			assert.Contains(t, string(short.body), `IndexedPagingOffset="10"`)
			assert.Contains(t, string(short.body), `IncludesLastItemInRange="false"`, "a short page, and there is more")
		})
	})
	t.Run("ConcurrentSyncCalls", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := working(t, throttle.Policy{})
			var calls sync.WaitGroup
			sync := ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: inbox}, MaxChanges: 10}
			for range 5 {
				calls.Go(func() { soap(target, sync).send(t, s.Transport()) })
			}
			synctest.Wait()
			a := soap(target, sync).send(t, s.Transport())
			m := a.outcome().Messages[0]
			assert.Contains(t, m.Text, "policy part 'ConcurrentSyncCalls', policy value '5',  Budget type: 'Ews'.  Suggested backoff time 5000 ms.")
			assert.Equal(t, 5*time.Second, m.BackOff)
			assert.Contains(t, string(a.body), "<m:SyncState/>")
			calls.Wait()
		})
	})
}

// Whom it charges: a copy of the target's budget for impersonated calls, the caller for all others.
func TestWhomThrottlingCharges(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := working(t, exhausted(throttle.BusyFault))
		p := soap(target, getInbox())
		require.True(t, p.send(t, s.Transport()).outcome().OK())
		assert.False(t, p.send(t, s.Transport()).outcome().OK())
		other := p
		other.user = "svc-nomailbox@contoso.com"
		assert.Equal(t, ews.ErrorServerBusy, other.send(t, s.Transport()).outcome().Code(), "shared by all who impersonate it")
		own := p
		own.user, own.body = target, (&ews.Request{Body: getInbox()}).Append(nil)
		assert.True(t, own.send(t, s.Transport()).outcome().OK(), "the user's own is another one")
		assert.True(t, soap("user000043@contoso.com", getInbox()).send(t, s.Transport()).outcome().OK(), "and so is another mailbox's")
	})
}

// A retry before the wait is over is answered with what is left of it, and recorded as such.
func TestBackOffIsEnforced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := working(t, exhausted(throttle.BusyFault))
		p := soap(target, getInbox())
		p.send(t, s.Transport())
		wait := p.send(t, s.Transport()).outcome().BackOff()
		require.Positive(t, wait)
		time.Sleep(500 * time.Millisecond)
		assert.Equal(t, wait-500*time.Millisecond, p.send(t, s.Transport()).outcome().BackOff())
		assert.EqualValues(t, 1, s.Verdicts()[audit.BackoffIgnored])
		time.Sleep(wait - 500*time.Millisecond)
		assert.True(t, p.send(t, s.Transport()).outcome().OK())
		assert.EqualValues(t, 1, s.Verdicts()[audit.BackoffIgnored])
		entries := s.Journal()
		assert.Equal(t, throttle.PartCutoff, entries[1].Budget.Refused)
		assert.Equal(t, time.Millisecond, entries[0].Budget.Before)
		assert.Equal(t, time.Millisecond-time.Second, entries[0].Budget.After, "a second of working time")
	})
}

// Latency comes before errors: answers are late while the budget is in debt.
func TestMicroDelaysComeFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := working(t, throttle.Policy{Burst: 2 * time.Second, Cutoff: 10 * time.Second, Recharge: time.Second, MaxDelay: 10 * time.Second})
		var took []time.Duration
		for {
			begin := time.Now()
			o := soap(target, getInbox()).send(t, s.Transport()).outcome()
			if !o.OK() {
				assert.Equal(t, ews.ErrorServerBusy, o.Code())
				break
			}
			took = append(took, time.Since(begin).Round(time.Second))
		}
		require.Len(t, took, 13)
		assert.Equal(t, []time.Duration{time.Second, time.Second, 2 * time.Second, 3 * time.Second}, took[:4])
		assert.Equal(t, 11*time.Second, took[12])
	})
}

// Nothing is limited, and nothing noted, as long as no policy is in force.
func TestWithoutAPolicy(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	for range 100 {
		require.True(t, soap(target, getInbox()).send(t, s.Transport()).outcome().OK())
	}
	assert.Zero(t, s.Journal()[99].Budget)
	assert.Empty(t, s.Throttle().Budgets(time.Now()))
}

// A batch that is slowed down is cut off after a minute (MS docs: EWS throttling in Exchange, Throttling implications for EWS
// batch requests): the answer comes then, and says of which parts there was no time.
func TestBatchIsCutOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := working(t, throttle.Policy{Burst: time.Millisecond, Cutoff: time.Second, Recharge: time.Second, MaxDelay: time.Second})
		folders := make([]ews.FolderID, 100)
		for i := range folders {
			folders[i] = inbox
		}
		begin := time.Now()
		o := soap(target, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: folders}).send(t, s.Transport()).outcome()
		assert.Equal(t, time.Minute, time.Since(begin).Round(time.Second))
		require.Len(t, o.Messages, 100)
		for i, m := range o.Messages {
			if i < 59 {
				require.Equal(t, ews.NoError, m.Code, "part %d", i)
				continue
			}
			require.Equal(t, ews.ErrorTimeoutExpired, m.Code, "part %d", i)
		}
	})
}
