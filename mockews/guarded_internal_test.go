package mockews

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// OAuth and impersonation (MS docs: Authenticate an EWS application by using OAuth; captures in OfficeDev/ews-managed-api #212 and #245).
func TestTokensAndImpersonation(t *testing.T) {
	t.Parallel()
	grants := access.Grants{
		Scopes: []access.NamedScope{{Name: "one", Filter: "Alias -eq 'user000042'"}},
		Roles: []access.Role{
			{Role: access.AccessAsApp, App: "app", Scope: "one"}, {Role: access.ApplicationImpersonation, User: "user000007@contoso.com"},
		},
	}
	never := grants.Clone()
	never.DelegatedTokens = access.DelegatedNever
	present := ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "user000042@contoso.com"}
	other := ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "user000001@contoso.com"}
	var absent ews.ConnectingSID
	const invalid = ews.ErrorInvalidExchangeImpersonationHeaderData
	for _, c := range []struct {
		name   string
		grants access.Grants
		who    bearer
		sid    ews.ConnectingSID
		want   route.Principal
		code   ews.Code
		text   string
	}{
		{"app-only with full_access_as_app, header", grants, bearer{token: tokenApp, app: "x", fullAccess: true}, other, 1, "", ""},
		{"app-only OAuth, no header", grants, bearer{token: tokenApp, app: "x", fullAccess: true}, absent, 0, invalid, textHeaderNeeded},
		{"app-only by RBAC, in the scope", grants, bearer{token: tokenApp, app: "app"}, present, 42, "", ""},
		{"app-only by RBAC, outside of the scope", grants, bearer{token: tokenApp, app: "app"}, other, 0, ews.ErrorImpersonateUserDenied, ""},
		{"app-only by RBAC, no header", grants, bearer{token: tokenApp, app: "app"}, absent, 0, invalid, textHeaderNeeded},
		{"app-only without a right", grants, bearer{token: tokenApp, app: "x"}, present, 0, ews.ErrorImpersonateUserDenied, ""},
		{"app-only has no role of its account", grants, bearer{caller: -1, token: tokenApp, app: "x"}, present, 0, ews.ErrorImpersonateUserDenied, ""},
		{"delegated user token, header, with the role", grants, bearer{caller: 7, token: tokenDelegated}, present, 42, "", ""},
		{"delegated user token, header, without the role", grants, bearer{caller: 8, token: tokenDelegated}, present, 0, ews.ErrorImpersonateUserDenied, ""},
		{"delegated user token, no header", grants, bearer{caller: 8, token: tokenDelegated}, absent, 8, "", ""},
		{"delegated user token, header, never", never, bearer{caller: 7, token: tokenDelegated}, present, 0, invalid, textHeaderForbidden},
		{"delegated user token, no header, never", never, bearer{caller: 7, token: tokenDelegated}, absent, 7, "", ""},
		{"password, never is for tokens", never, bearer{caller: 7}, present, 42, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, err := New(route.Topology{Access: c.grants})
			require.NoError(t, err)
			actor, f := s.actor(c.who, c.sid)
			assert.Equal(t, c.want, actor)
			if c.code == "" {
				assert.Nil(t, f)
				return
			}
			require.NotNil(t, f)
			assert.Equal(t, c.code, f.Code)
			assert.Equal(t, http.StatusInternalServerError, f.HTTP)
			if c.text != "" {
				assert.Equal(t, c.text, f.Text)
			}
		})
	}
}

// looks are the mailboxes that were looked into.
type looks struct {
	mu   sync.Mutex
	seen []access.Opened
}

func (l *looks) add(at access.Opened) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen = append(l.seen, at)
}

func (l *looks) take() []access.Opened {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer func() { l.seen = nil }()
	return l.seen
}

const someUsers = 5

var someFolders = []access.Folder{"inbox", "drafts", "sentitems"}

// randomGrants let some of the first users into folders of others.
func randomGrants(r *rand.Rand, org *route.Organisation) (g access.Grants) {
	for owner := route.Principal(1); owner <= someUsers; owner++ {
		for user := route.Principal(1); user <= someUsers; user++ {
			for _, folder := range someFolders {
				if owner != user && r.IntN(3) == 0 {
					g.Folders = append(g.Folders, access.FolderGrant{
						Mailbox: org.Address(owner), Folder: folder, User: org.Address(user), Level: access.Levels()[r.IntN(9)],
					})
				}
			}
			if r.IntN(4) == 0 {
				g.Roles = append(g.Roles, access.Role{Role: access.ApplicationImpersonation, User: org.Address(user)})
			}
		}
	}
	return g
}

// question is a request for somebody's folder, and what it takes.
type question struct {
	body  ews.Body
	right access.Right
}

// idsOf are the ids of a folder and of an item of the inbox, as their owner sees them.
func idsOf(s *Server, owner route.Principal, folder access.Folder) (ews.FolderID, ews.ItemRef) {
	call := mailbox.Call{Caller: owner, Actor: owner}
	got, _ := s.store.Do(call, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: string(folder)}}})
	shown := got.(ews.GetFolderResponse).Messages[0].Folders[0]
	found, _ := s.store.Do(call, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{{Distinguished: "inbox"}}, Page: &ews.IndexedView{Max: new(1)}})
	items := *found.(ews.FindItemResponse).Messages[0].Root.Items
	id, _ := shown.Get(ews.Path{URI: "folder:FolderId"}).(ews.FolderID)
	item, _ := items[0].Get(ews.Path{URI: "item:ItemId"}).(ews.ItemID)
	return id, item.Ref()
}

// ask draws a request for a folder of the owner.
func ask(r *rand.Rand, s *Server, owner route.Principal) question {
	folder := someFolders[r.IntN(len(someFolders))]
	id, item := idsOf(s, owner, folder)
	if r.IntN(2) == 0 {
		id = ews.FolderID{Distinguished: string(folder), Mailbox: s.org.Address(owner)}
	}
	read := access.Right{Verb: access.Read, Folder: folder}
	switch r.IntN(7) {
	case 0:
		return question{ews.FindItem{Folders: []ews.FolderID{id}, Page: &ews.IndexedView{Max: new(2)}}, read}
	case 1:
		return question{ews.SyncFolderItems{Folder: ews.TargetFolder{ID: id}, MaxChanges: 2}, read}
	case 2:
		return question{ews.GetItem{Items: []ews.ItemRef{item}}, access.Right{Verb: access.Read, Folder: "inbox", Item: true}}
	case 3:
		return question{ews.SyncFolderHierarchy{Folder: &ews.TargetFolder{ID: id}}, access.Right{Verb: access.Open, Folder: folder}}
	case 4:
		return question{ews.GetUserOofSettings{Mailbox: s.org.Address(owner)}, access.Right{Verb: access.Settings}}
	case 5:
		settings := ews.OofSettings{State: ews.OofEnabled, ExternalAudience: ews.OofNone}
		return question{ews.SetUserOofSettings{Mailbox: s.org.Address(owner), Settings: settings}, access.Right{Verb: access.Settings}}
	}
	return question{ews.GetFolder{Folders: []ews.FolderID{id}}, access.Right{Verb: access.Open, Folder: folder}}
}

// A request that no account may make never reads a mailbox, and one that may reads no other mailbox and no more of it than it
// may: whatever is granted to whom.
func TestRefusedRequestsTouchNoMailbox(t *testing.T) {
	t.Parallel()
	s, err := New(route.Topology{})
	require.NoError(t, err)
	var l looks
	s.store.Touched = l.add
	r := rand.New(rand.NewPCG(7, 2026))
	refused, served := 0, 0
	for range 30 {
		require.NoError(t, s.guard.Change(func(g *access.Grants) error { *g = randomGrants(r, s.org); return nil }))
		for range 60 {
			somebody := func() route.Principal { return route.Principal(1 + r.IntN(someUsers)) }
			caller, actor, owner := somebody(), somebody(), somebody()
			q := ask(r, s, owner)
			l.take()
			request := ews.Request{Body: q.body}
			if r.IntN(2) == 0 {
				actor = caller
			} else if actor != caller {
				request.Impersonate = ews.ConnectingSID{Kind: ews.SmtpAddress, Value: s.org.Address(actor)}
			}
			want := s.guard.DecideAs(caller, actor, owner, q.right)
			outcome := post(t, s, caller, &request)
			touched := l.take()
			if !want.Allowed {
				refused++
				require.Equal(t, want.Code, outcome.Code(), "%+v", request)
				require.Equal(t, want.Fault, outcome.Fault != nil)
				require.Empty(t, touched, "%+v", request)
				continue
			}
			served++
			require.True(t, outcome.OK(), "%+v: %s", request, outcome.Code())
			require.NotEmpty(t, touched)
			for _, at := range touched {
				require.Equal(t, owner, at.Owner())
				require.True(t, s.guard.Decide(actor, owner, access.Right{Verb: q.right.Verb, Folder: at.Folder()}).Allowed)
			}
		}
	}
	assert.Greater(t, refused, 300)
	assert.Greater(t, served, 300)
}

func post(t *testing.T, s *Server, caller route.Principal, request *ews.Request) ews.Outcome {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://mock"+Path, bytes.NewReader(request.Append(nil)))
	require.NoError(t, err)
	r.SetBasicAuth(s.org.Address(caller), s.org.Password(caller))
	answer, err := s.Transport().RoundTrip(r)
	require.NoError(t, err)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return ews.Classify(answer.StatusCode, answer.Header, body)
}
