package mockews_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const (
	owner    = "user000042@contoso.com"
	delegate = "user000007@contoso.com"
	stranger = "user000008@contoso.com"
	reader   = "user000009@contoso.com"
)

// as is a request of a caller in its own name.
func as(caller string, body ews.Body) probe {
	p := soap(caller, body)
	p.user, p.body = caller, own(body)
	return p
}

// acting is a request of the service account with a header as it is written.
func acting(header string) probe {
	p := soap(target, getInbox())
	const version = `<t:RequestServerVersion Version="Exchange2013_SP1"/>`
	p.body = []byte(`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"` +
		` xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"` +
		` xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><soap:Header>` + version + header + `</soap:Header><soap:Body>` +
		`<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>` +
		`<t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder></soap:Body></soap:Envelope>`)
	return p
}

func sid(form, value string) string {
	return "<t:ExchangeImpersonation><t:ConnectingSID><t:" + form + ">" + value + "</t:" + form + "></t:ConnectingSID></t:ExchangeImpersonation>"
}

// Identifier semantics (MS docs: ConnectingSID; How to identify the account to impersonate).
func TestConnectingSID(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	const alias, empty = "user000042@mail.contoso.com", ews.ErrorInvalidExchangeImpersonationHeaderData
	for _, c := range []struct {
		name, header string
		want         ews.Code
	}{
		{"PrincipalName", sid("PrincipalName", owner), ""},
		{"PrincipalName, unknown", sid("PrincipalName", "nobody@contoso.com"), ews.ErrorInvalidUserPrincipalName},
		{"PrincipalName, unparsable", sid("PrincipalName", "nobody"), ews.ErrorInvalidUserPrincipalName},
		{"PrincipalName, a proxy address is none", sid("PrincipalName", alias), ews.ErrorInvalidUserPrincipalName},
		{"SID", sid("SID", s.Organisation().SID(42)), ""},
		{"SID, bad syntax", sid("SID", "S-1-x"), ews.ErrorInvalidSid},
		{"SID, of nobody", sid("SID", "S-1-5-21-1-2-3-4"), ews.ErrorNonExistentMailbox},
		{"PrimarySmtpAddress", sid("PrimarySmtpAddress", owner), ""},
		{"PrimarySmtpAddress, a proxy address", sid("PrimarySmtpAddress", alias), ews.ErrorNonPrimarySmtpAddress},
		{"PrimarySmtpAddress, of nobody", sid("PrimarySmtpAddress", "nobody@contoso.com"), ews.ErrorNonExistentMailbox},
		{"SmtpAddress", sid("SmtpAddress", owner), ""},
		{"SmtpAddress, a proxy address", sid("SmtpAddress", alias), ""},
		{"SmtpAddress, of nobody", sid("SmtpAddress", "nobody@contoso.com"), ews.ErrorNonExistentMailbox},
		{"none/empty: no ConnectingSID", "<t:ExchangeImpersonation/>", empty},
		{"none/empty: no form", "<t:ExchangeImpersonation><t:ConnectingSID/></t:ExchangeImpersonation>", empty},
		{"none/empty: no value", sid("SmtpAddress", ""), empty},
		{"none/empty: blanks", sid("PrincipalName", " \n "), empty},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			outcome := acting(c.header).send(t, s.Transport()).outcome()
			assert.Equal(t, c.want, outcome.Code())
			if c.want == "" {
				assert.Equal(t, http.StatusOK, outcome.HTTP)
				return
			}
			require.NotNil(t, outcome.Fault, "it is decided while the request is authorised: a fault")
			assert.Equal(t, http.StatusInternalServerError, outcome.HTTP)
			assert.Equal(t, ews.NewFault(c.want).Text, outcome.Fault.Text)
		})
	}
	f := acting(sid("PrimarySmtpAddress", alias)).send(t, s.Transport()).outcome().Fault
	assert.Equal(t, []ews.Value{{Name: "Primary", Text: owner}}, f.Values, "the answer says which address is right")
}

// What is decided while the request is authorised is a fault with HTTP 500; what is tied to an id in the body is a message
// with HTTP 200.
func TestWhereErrorsAppear(t *testing.T) {
	t.Parallel()
	denied := func(s *mockews.Server) probe {
		p := soap(owner, getInbox())
		p.user = "svc-none@contoso.com"
		return p
	}
	folder := func(caller string, id ews.FolderID) func(*mockews.Server) probe {
		return func(*mockews.Server) probe { return as(caller, ews.GetFolder{Folders: []ews.FolderID{id}}) }
	}
	header := func(h string) func(*mockews.Server) probe { return func(*mockews.Server) probe { return acting(h) } }
	injected := func(code ews.Code) func(*mockews.Server) probe {
		return func(s *mockews.Server) probe {
			s.Inject(fault.Rule{Fault: fault.Fault{SOAP: &fault.SOAP{Code: code}}})
			return soap(owner, getInbox())
		}
	}
	theirs := ews.FolderID{Distinguished: "inbox", Mailbox: owner}
	for _, c := range []struct {
		name    string
		request func(*mockews.Server) probe
		want    ews.Code
		fault   bool
	}{
		{"ErrorImpersonateUserDenied", denied, ews.ErrorImpersonateUserDenied, true},
		{"ErrorImpersonationDenied (2007 CAS-level right), injected", injected(ews.ErrorImpersonationDenied), ews.ErrorImpersonationDenied, true},
		{"ErrorImpersonationFailed, injected", injected(ews.ErrorImpersonationFailed), ews.ErrorImpersonationFailed, true},
		{"ErrorInvalidExchangeImpersonationHeaderData", header("<t:ExchangeImpersonation/>"), ews.ErrorInvalidExchangeImpersonationHeaderData, true},
		{"ErrorInvalidUserPrincipalName", header(sid("PrincipalName", "x@contoso.com")), ews.ErrorInvalidUserPrincipalName, true},
		{"ErrorInvalidSid", header(sid("SID", "x")), ews.ErrorInvalidSid, true},
		{"ErrorNonPrimarySmtpAddress", header(sid("PrimarySmtpAddress", "user000042@mail.contoso.com")), ews.ErrorNonPrimarySmtpAddress, true},
		{"ErrorNonExistentMailbox from ConnectingSID", header(sid("SmtpAddress", "x@contoso.com")), ews.ErrorNonExistentMailbox, true},
		{"ErrorNonExistentMailbox from a body t:Mailbox", folder(owner, ews.FolderID{Distinguished: "inbox", Mailbox: "x@contoso.com"}), ews.ErrorNonExistentMailbox, false},
		{"caller without mailbox", folder("svc-nomailbox@contoso.com", inbox), ews.ErrorMissingEmailAddress, false},
		{"ErrorServerBusy, injected", injected(ews.ErrorServerBusy), ews.ErrorServerBusy, true},
		{"ErrorExceededConnectionCount, injected", injected(ews.ErrorExceededConnectionCount), ews.ErrorExceededConnectionCount, true},
		{"ErrorMoreThanOneAccessModeSpecified", header(sid("SmtpAddress", owner) + "<t:OpenAsAdminOrSystemService/>"), ews.ErrorMoreThanOneAccessModeSpecified, true},
		{"ErrorSchemaValidation", header("<"), ews.ErrorSchemaValidation, true},
		{"ErrorAccessDenied", folder(reader, theirs), ews.ErrorAccessDenied, false},
		{"ErrorFolderNotFound", folder(stranger, theirs), ews.ErrorFolderNotFound, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, shared())
			p := c.request(s)
			if c.want == ews.ErrorAccessDenied { // its inbox may be seen, but not read
				p = as(reader, ews.FindItem{Folders: []ews.FolderID{theirs}})
			}
			outcome := p.send(t, s.Transport()).outcome()
			assert.Equal(t, c.want, outcome.Code())
			assert.Equal(t, c.fault, outcome.Fault != nil)
			assert.Equal(t, map[bool]int{true: 500, false: 200}[c.fault], outcome.HTTP)
			if c.want == ews.ErrorNonExistentMailbox {
				values := outcome.Fault
				if values == nil {
					assert.Equal(t, []ews.Value{{Name: "SmtpAddress", Text: "x@contoso.com"}}, outcome.Messages[0].Values)
				} else {
					assert.Equal(t, []ews.Value{{Name: "SmtpAddress", Text: "x@contoso.com"}}, values.Values)
				}
			}
		})
	}
}

// shared is an organisation in which one user lets others into its mailbox.
func shared() route.Topology {
	return route.Topology{Access: access.Grants{
		Delegates: []access.Delegate{{Mailbox: owner, User: delegate, Inbox: access.LevelEditor, Calendar: access.LevelReviewer}},
		Folders: []access.FolderGrant{
			{Mailbox: owner, Folder: "inbox", User: reader, Level: access.LevelContributor},
			{Mailbox: owner, Folder: "msgfolderroot", User: delegate, Custom: access.Permission{Visible: true}},
			{Mailbox: owner, Folder: "/Inbox/Projects/Budget", User: reader, Level: access.LevelReviewer},
		},
	}}
}

// codes sends requests and returns the codes of their answers.
func codes(t *testing.T, s *mockews.Server, caller string, bodies ...ews.Body) (all []ews.Code) {
	t.Helper()
	for _, body := range bodies {
		outcome := as(caller, body).send(t, s.Transport()).outcome()
		assert.Equal(t, http.StatusOK, outcome.HTTP)
		all = append(all, outcome.Code())
	}
	return all
}

// Access to another mailbox (MS docs: Delegate access and EWS in Exchange).
func TestDelegateAccess(t *testing.T) {
	t.Parallel()
	s := newServer(t, shared())
	theirs := func(name string) ews.FolderID { return ews.FolderID{Distinguished: name, Mailbox: owner} }
	get := func(id ews.FolderID) ews.Body {
		return ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeAllProperties}, Folders: []ews.FolderID{id}}
	}
	find := func(id ews.FolderID) ews.Body {
		return ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{id}, Page: &ews.IndexedView{Max: new(3)}}
	}
	sync := func(id ews.FolderID) ews.Body {
		return ews.SyncFolderItems{Shape: ews.ItemShape{Base: ews.ShapeIDOnly}, Folder: ews.TargetFolder{ID: id}, MaxChanges: 3}
	}
	items := func(caller string, id ews.FolderID) []ews.ItemID {
		return ews.ItemIDs(as(caller, find(id)).send(t, s.Transport()).body, 3)
	}
	own := items(owner, inbox)
	require.Len(t, own, 3)
	_, body := do(t, s, owner, get(inbox))
	id := ews.FolderIDs(body, 1)[0]

	t.Run("explicit: DistinguishedFolderId with Mailbox", func(t *testing.T) {
		t.Parallel()
		assert.Equal(t, []ews.Code{"", "", ""}, codes(t, s, delegate, get(theirs("inbox")), find(theirs("inbox")), sync(theirs("inbox"))))
		assert.Equal(t, own, items(delegate, theirs("inbox")), "a delegate sees the owner's folder")
		assert.NotEqual(t, own, items(delegate, inbox), "and its own")
	})
	t.Run("implicit: ids embed the mailbox", func(t *testing.T) {
		t.Parallel()
		assert.Equal(t, []ews.Code{"", "", "", ""}, codes(t, s, delegate, get(id), find(id), sync(id), ews.GetItem{Items: ews.Refs(own)}))
		theirBody := as(delegate, ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeDefault}, Items: ews.Refs(own)}).send(t, s.Transport()).body
		_, ownBody := do(t, s, owner, ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeDefault}, Items: ews.Refs(own)})
		assert.Equal(t, string(ownBody), string(theirBody))
	})
	t.Run("no right at all", func(t *testing.T) {
		t.Parallel()
		assert.Equal(t, []ews.Code{ews.ErrorFolderNotFound, ews.ErrorFolderNotFound, ews.ErrorFolderNotFound, ews.ErrorFolderNotFound, ews.ErrorItemNotFound},
			codes(t, s, stranger, get(theirs("inbox")), get(id), find(id), sync(id), ews.GetItem{Items: ews.Refs(own)}))
		assert.Equal(t, []ews.Code{ews.ErrorFolderNotFound}, codes(t, s, delegate, get(theirs("sentitems"))), "a folder that the delegate was not given")
		assert.Equal(t, []ews.Code{ews.ErrorFolderNotFound}, codes(t, s, stranger, get(theirs("calendar"))), "free and busy times open no folder")
	})
	t.Run("some right but not enough", func(t *testing.T) {
		t.Parallel()
		assert.Equal(t, []ews.Code{"", ews.ErrorAccessDenied, ews.ErrorAccessDenied, ews.ErrorAccessDenied},
			codes(t, s, reader, get(theirs("inbox")), find(id), sync(id), ews.GetItem{Items: ews.Refs(own)}))
	})
	t.Run("caller without mailbox and without Mailbox element", func(t *testing.T) {
		t.Parallel()
		assert.Equal(t, []ews.Code{ews.ErrorMissingEmailAddress}, codes(t, s, "svc-nomailbox@contoso.com", get(inbox)))
	})
	t.Run("folder rights do not cover subfolders", func(t *testing.T) {
		t.Parallel()
		_, hierarchy := do(t, s, owner, ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}})
		all := ews.FolderIDs(hierarchy, 100)
		visible := func(caller string) (n int) {
			for _, f := range all {
				if codes(t, s, caller, get(f))[0] == "" {
					n++
				}
			}
			return n
		}
		assert.Len(t, all, 32)
		assert.Equal(t, 2, visible(delegate), "inbox and calendar")
		assert.Equal(t, 2, visible(reader), "inbox, and the folder by its path")
	})
	t.Run("hierarchy of what is visible", func(t *testing.T) {
		t.Parallel()
		seen := as(delegate, ews.SyncFolderHierarchy{Shape: ews.FolderShape{Base: ews.ShapeDefault}, Folder: &ews.TargetFolder{ID: theirs("msgfolderroot")}}).send(t, s.Transport())
		assert.Len(t, ews.FolderIDs(seen.body, 100), 2)
		state, _ := ews.SyncState(seen.body)
		assert.Equal(t, []ews.Code{""}, codes(t, s, delegate, ews.SyncFolderHierarchy{Folder: &ews.TargetFolder{ID: theirs("msgfolderroot")}, State: state}))
		assert.Equal(t, []ews.Code{ews.ErrorInvalidSyncStateData}, codes(t, s, delegate, ews.SyncFolderHierarchy{State: state}), "a state of another mailbox")
		assert.Equal(t, []ews.Code{ews.ErrorFolderNotFound}, codes(t, s, stranger, ews.SyncFolderHierarchy{Folder: &ews.TargetFolder{ID: theirs("msgfolderroot")}}))
	})
	t.Run("impersonating a delegate", func(t *testing.T) {
		t.Parallel()
		outcome, _ := do(t, s, delegate, find(theirs("inbox")))
		assert.True(t, outcome.OK(), "it has the delegate's rights elsewhere")
		assert.Equal(t, []ews.Code{ews.ErrorFolderNotFound}, codes(t, s, bench, find(theirs("inbox"))), "the role alone opens nothing without the header")
	})
	t.Run("settings are the owner's", func(t *testing.T) {
		t.Parallel()
		get, set := ews.GetUserOofSettings{Mailbox: owner}, ews.SetUserOofSettings{Mailbox: owner, Settings: ews.OofSettings{State: ews.OofEnabled, ExternalAudience: ews.OofNone}}
		assert.Equal(t, []ews.Code{ews.ErrorAccessDenied, ews.ErrorAccessDenied}, codes(t, s, delegate, get, set))
		assert.Equal(t, []ews.Code{""}, codes(t, s, owner, get))
	})
}

// Grants and accounts change while the server runs.
func TestGrantsChangeWhileServing(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	theirs := ews.GetFolder{Folders: []ews.FolderID{{Distinguished: "inbox", Mailbox: owner}}}
	assert.Equal(t, []ews.Code{ews.ErrorFolderNotFound}, codes(t, s, delegate, theirs))
	require.NoError(t, s.Guard().Change(func(g *access.Grants) error { *g = shared().Access; return nil }))
	assert.Equal(t, []ews.Code{""}, codes(t, s, delegate, theirs))
	s.Guard().Reset()
	assert.Equal(t, []ews.Code{ews.ErrorFolderNotFound}, codes(t, s, delegate, theirs))

	fresh := soap(owner, getInbox())
	fresh.user = "svc-fresh@contoso.com"
	assert.Equal(t, http.StatusUnauthorized, fresh.send(t, s.Transport()).StatusCode)
	account := route.Account{Name: "svc-fresh", Role: route.RoleApplicationImpersonation}
	require.NoError(t, s.Organisation().AddAccount(account))
	assert.Equal(t, http.StatusOK, fresh.send(t, s.Transport()).StatusCode)
	account.Scope.Filter = "Alias -eq 'user000001'"
	require.NoError(t, s.Organisation().SetAccount(account))
	assert.Equal(t, ews.ErrorImpersonateUserDenied, fresh.send(t, s.Transport()).outcome().Code())
	s.Organisation().ResetAccounts()
	assert.Equal(t, http.StatusUnauthorized, fresh.send(t, s.Transport()).StatusCode)
	callers := map[string]int{}
	for _, e := range s.Journal() {
		callers[e.Caller]++
	}
	assert.Equal(t, 2, callers["svc-fresh@contoso.com"])
}
