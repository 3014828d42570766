package mockews_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/fault"
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

// One request over the calendars or inboxes of many mailboxes: the first sixteen are opened.
func TestTooManyMailboxesInOneSearch(t *testing.T) {
	t.Parallel()
	topology := profile(t, "ideal")
	find := ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(2)}}
	for p := 1; p <= 20; p++ {
		mailbox := fmt.Sprintf("user%06d@contoso.com", p)
		topology.Access.Folders = append(topology.Access.Folders, access.FolderGrant{Mailbox: mailbox, Folder: "inbox", User: target, Level: "Reviewer"})
		find.Folders = append(find.Folders, ews.FolderID{Distinguished: "inbox", Mailbox: mailbox}, ews.FolderID{Distinguished: "inbox", Mailbox: mailbox})
	}
	s := newServer(t, topology)
	o := soap(target, find).send(t, s.Transport()).outcome()
	require.Len(t, o.Messages, 41)
	for i, m := range o.Messages {
		if i <= 30 {
			assert.Equal(t, ews.Success, m.Class, i)
			continue
		}
		assert.Equal(t, ews.ErrorTooManyObjectsOpened, m.Code, i)
		assert.Equal(t, "Too many concurrent connections opened., Cannot open mailbox.", m.Text)
	}
}

// A batch stops at an item that failed for good: the rest is not processed.
func TestBatchStops(t *testing.T) {
	t.Parallel()
	topology := profile(t, "ideal")
	topology.Access.Folders = []access.FolderGrant{{Mailbox: frank, Folder: "inbox", User: target, Level: "Contributor"}}
	s := newServer(t, topology)
	_, body := do(t, s, frank, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(1)}})
	theirs := ews.ItemIDs(body, 1)
	_, body = do(t, s, target, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(2)}})
	own := ews.ItemIDs(body, 2)
	o := soap(target, ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Items: ews.Refs([]ews.ItemID{own[0], {ID: "bad"}, theirs[0], own[1]})}).send(t, s.Transport()).outcome()
	var got []ews.Code
	for _, m := range o.Messages {
		got = append(got, m.Code)
	}
	assert.Equal(t, []ews.Code{ews.NoError, ews.ErrorInvalidIdMalformed, ews.ErrorAccessDenied, ews.ErrorBatchProcessingStopped}, got)
	assert.Equal(t, ews.Warning, o.Messages[3].Class)
	assert.Equal(t, "Item was not processed as a result of a previous error.", o.Messages[3].Text)
}

// A rule can be about an application that calls on its own, by its id.
func TestFaultOfAnApplication(t *testing.T) {
	t.Parallel()
	s := newServer(t, guarded())
	s.Inject(fault.Rule{Match: fault.Match{Caller: mockews.DefaultApp}, Fault: fault.Fault{SOAP: &fault.SOAP{Code: ews.ErrorServerBusy}}})
	p := soap(target, getInbox())
	assert.True(t, p.send(t, s.Transport()).outcome().OK(), "somebody else")
	assert.Equal(t, ews.ErrorServerBusy, p.by(tokenFor(t, s.Transport(), "")).send(t, s.Transport()).outcome().Code())
	_, err := s.TryInject(fault.Rule{Match: fault.Match{Caller: "no-such-app"}, Fault: fault.Fault{None: &fault.None{}}})
	assert.ErrorContains(t, err, "nobody's primary address")
}
