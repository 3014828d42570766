package mockews_test

import (
	"cmp"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// otherDatabase is a database that is not active where the mailbox is.
func otherDatabase(t *testing.T, s *mockews.Server, address string) route.Database {
	t.Helper()
	p, _ := s.Organisation().Find(address)
	home, ok := s.Organisation().DatabaseOf(p)
	require.True(t, ok)
	for _, d := range s.Databases() {
		if d.BackEnd != home.BackEnd {
			return d
		}
	}
	t.Fatal("there is one back end")
	return route.Database{}
}

// withoutHeader is a request without X-AnchorMailbox.
func withoutHeader(user string) probe { return soap(user, getInbox()).with("X-AnchorMailbox", "") }

// code is the code of the answer and whether it is a fault.
func code(t *testing.T, s *mockews.Server, p probe) (ews.Code, bool) {
	t.Helper()
	o := p.send(t, s.Transport()).outcome()
	return cmp.Or(o.Code(), ews.NoError), o.Fault != nil
}

// What goes wrong when the header is missing or wrong: the rows that need no subscription. Volume traffic, the first row, is
// in the tests of the penalty.
func TestWithoutTheHeader(t *testing.T) {
	t.Parallel()
	t.Run("mailbox in another forest, no header", func(t *testing.T) {
		t.Parallel()
		topology := profile(t, "onprem-2site")
		topology.NoAnchor.OtherForest = true
		topology.Sites[1].Forest = "west.contoso.com"
		s := newServer(t, topology)
		far := "" // svc-bench is in the first site
		for p := route.Principal(1); far == ""; p++ {
			if !s.Organisation().SameForest(p, 0) {
				far = s.Organisation().Address(p)
			}
		}
		o := withoutHeader(far).send(t, s.Transport()).outcome()
		assert.Equal(t, 500, o.HTTP)
		assert.Equal(t, ews.ErrorInvalidExchangeImpersonationHeaderData, o.Code())
		assert.Contains(t, o.Fault.Text, "must not exist for this type of OAuth token")
		got, _ := code(t, s, soap(far, getInbox()).with("X-AnchorMailbox", far))
		assert.Equal(t, ews.NoError, got, "with the header")
	})
	t.Run("ExchangePrincipal object contains outdated information", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			topology := profile(t, "onprem-2site")
			topology.Moves = route.Moves{Takes: time.Minute, Stale: 30 * time.Second, Outdated: 10 * time.Second}
			s := newServer(t, topology)
			p := soap(target, getInbox()).with("X-AnchorMailbox", target)
			require.NoError(t, s.MoveMailbox(target, otherDatabase(t, s, target).Name))
			got, fault := code(t, s, p)
			assert.Equal(t, ews.ErrorMailboxMoveInProgress, got, "on its way")
			assert.False(t, fault, "the mailbox is what the message is about")
			time.Sleep(time.Minute)
			o := p.send(t, s.Transport()).outcome()
			assert.Equal(t, ews.ErrorMailboxStoreUnavailable, o.Code())
			assert.Contains(t, o.Messages[0].Text, "the ExchangePrincipal object contains outdated information")
			time.Sleep(10 * time.Second)
			got, _ = code(t, s, p)
			assert.Equal(t, ews.NoError, got)
			entries := s.Journal()
			assert.Equal(t, 1, entries[len(entries)-1].Hops, "front ends still send it to where it was")
			time.Sleep(30 * time.Second)
			p.send(t, s.Transport())
			entries = s.Journal()
			assert.Equal(t, 0, entries[len(entries)-1].Hops)
		})
	})
	t.Run("random denials while impersonating that vanish on retry", func(t *testing.T) {
		t.Parallel()
		topology := profile(t, "ideal")
		topology.NoAnchor.Denials = 0.3
		s := newServer(t, topology)
		denied := 0
		for range 200 {
			got, _ := code(t, s, withoutHeader(target).with("client-request-id", "11111111-1111-4111-8111-111111111111"))
			if got != ews.NoError {
				require.Equal(t, ews.ErrorImpersonateUserDenied, got)
				denied++
			}
			got, _ = code(t, s, soap(target, getInbox()).with("X-AnchorMailbox", target))
			require.Equal(t, ews.NoError, got, "never with the header")
		}
		assert.InDelta(t, 60, denied, 25)
	})
	t.Run("anchor differs from ConnectingSID, both valid", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, profile(t, "onprem-2site"))
		other := ""
		home, _ := s.Organisation().Home(42)
		for p := route.Principal(1); other == ""; p++ {
			if h, _ := s.Organisation().Home(p); h != home {
				other = s.Organisation().Address(p)
			}
		}
		got, _ := code(t, s, soap(target, getInbox()).with("X-AnchorMailbox", other))
		assert.Equal(t, ews.NoError, got)
		assert.Equal(t, 1, s.Journal()[0].Hops)
	})
	t.Run("anchor names no recipient", func(t *testing.T) {
		t.Parallel()
		topology := profile(t, "onprem-2site")
		s := newServer(t, topology)
		got, _ := code(t, s, soap(target, getInbox()).with("X-AnchorMailbox", "nobody@contoso.com"))
		assert.Equal(t, ews.NoError, got)
		assert.Equal(t, route.SourceIdentity, s.Journal()[0].AnchorSource, "unsourced: by default as if there were none")
		topology.UnknownAnchor = route.UnknownAnchorRandom
		s = newServer(t, topology)
		soap(target, getInbox()).with("X-AnchorMailbox", "nobody@contoso.com").send(t, s.Transport())
		assert.Equal(t, route.SourceRandom, s.Journal()[0].AnchorSource)
	})
}

// A fail-over in the middle of traffic: calls go on to be answered, by the back end that took over.
func TestFailOverWhileCallsGoOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, profile(t, "onprem-2site"))
		home, _ := s.Organisation().Home(42)
		first := s.Organisation().BackEnd(home).Name
		p := soap(target, getInbox()).with("X-AnchorMailbox", target)
		require.Equal(t, first, p.send(t, s.Transport()).Header.Get("X-BEServer"))
		require.NoError(t, s.SetBackEnd(first, false))
		a := p.send(t, s.Transport())
		assert.True(t, a.outcome().OK())
		assert.NotEqual(t, first, a.Header.Get("X-BEServer"))
		for i := range s.Organisation().BackEnds() {
			require.NoError(t, s.SetBackEnd(s.Organisation().BackEnd(i).Name, false))
		}
		got, fault := code(t, s, p)
		assert.Equal(t, ews.ErrorMailboxStoreUnavailable, got)
		assert.False(t, fault)
		require.NoError(t, s.SetBackEnd(first, true))
		assert.Equal(t, first, p.send(t, s.Transport()).Header.Get("X-BEServer"))
	})
	s := newServer(t, profile(t, "ideal"))
	require.ErrorContains(t, s.MoveMailbox("nobody@contoso.com", "DB01"), "no such mailbox")
	require.ErrorContains(t, s.MoveDatabase("DB09", "SITE-BE1"), "there are DB01")
	require.ErrorContains(t, s.SetBackEnd("nowhere", true), "no such back end")
}
