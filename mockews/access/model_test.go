package access_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// levels is the table of MS docs, PermissionLevel: create, subfolders, owner, visible, contact, edit, delete, read.
const levels = `
Owner              T T T T T All   All   FullDetails
PublishingEditor   T T F T F All   All   FullDetails
Editor             T F F T F All   All   FullDetails
PublishingAuthor   T T F T F Owned Owned FullDetails
Author             T F F T F Owned Owned FullDetails
NoneditingAuthor   T F F T F None  Owned FullDetails
Reviewer           F F F T F None  None  FullDetails
Contributor        T F F T F None  None  None
None               F F F F F None  None  None
FreeBusyTimeOnly   F F F F F None  None  TimeOnly
FreeBusyTimeAndSubjectAndLocation F F F F F None None TimeAndSubjectAndLocation`

// needs are what a verb needs of a row: the column, and the words that will do.
var needs = map[access.Verb]struct {
	column int
	words  string
}{
	access.Create: {1, "T"}, access.CreateSubfolders: {2, "T"}, access.SetPermissions: {3, "T"}, access.Open: {4, "T"},
	access.EditOwn: {6, "Owned All"}, access.EditAll: {6, "All"}, access.DeleteOwn: {7, "Owned All"}, access.DeleteAll: {7, "All"},
	access.Read: {8, "FullDetails"}, access.FreeBusy: {8, "TimeOnly TimeAndSubjectAndLocation FullDetails"},
	access.FreeBusyDetails: {8, "TimeAndSubjectAndLocation FullDetails"}, access.Subscribe: {0, "nobody but the owner"},
}

// model decides by the tables, by reading the grants from end to end every time.
type model struct{ g access.Grants }

// decide is the code of the answer, and From and Sender of mail.
func (m model) decide(caller, target access.Principal, r access.Right) (code ews.Code, from, sender string) {
	me, owner := address(caller), address(target)
	grant := func(s access.SendGrant) bool { return s.Mailbox == owner && s.User == me }
	delegate := func(d access.Delegate) bool { return d.Mailbox == owner && d.User == me }
	switch {
	case r.Verb == access.Impersonate:
		role := func(r access.Role) bool { return r.User == me && m.covers(r.Scope, target) }
		if me != "" && owner != "" && (caller == svc && target >= 1 && target <= 3 || slices.ContainsFunc(m.g.Roles, role)) {
			return ews.NoError, "", ""
		}
		return ews.ErrorImpersonateUserDenied, "", ""
	case owner == "" || target == homeless:
		return ews.ErrorNonExistentMailbox, "", ""
	case r.Verb == access.Send && (caller == target || slices.ContainsFunc(m.g.SendAs, grant)):
		return ews.NoError, owner, owner
	case caller == target:
		return ews.NoError, "", ""
	case r.Verb == access.Send && (slices.ContainsFunc(m.g.Delegates, delegate) || slices.ContainsFunc(m.g.SendOnBehalf, grant)):
		return ews.NoError, owner, me
	case r.Verb == access.Send:
		return ews.ErrorSendAsDenied, "", ""
	case r.Verb == access.Settings:
		return ews.ErrorAccessDenied, "", ""
	}
	row, need := strings.Fields(m.row(me, owner, r.Folder)), needs[r.Verb]
	switch {
	case slices.Contains(strings.Fields(need.words), row[need.column]):
		return ews.NoError, "", ""
	case r.Verb == access.FreeBusy || r.Verb == access.FreeBusyDetails:
		return ews.ErrorNoFreeBusyAccess, "", ""
	case row[4] == "T" && r.Verb == access.Subscribe:
		return ews.ErrorSubscriptionDelegateAccessNotSupported, "", ""
	case row[4] == "T":
		return ews.ErrorAccessDenied, "", ""
	case r.Item:
		return ews.ErrorItemNotFound, "", ""
	}
	return ews.ErrorFolderNotFound, "", ""
}

// row is the row of the table that somebody has on a folder.
func (m model) row(me, owner string, folder access.Folder) string {
	for _, d := range m.g.Delegates {
		level := map[access.Folder]access.Level{
			"calendar": d.Calendar, "tasks": d.Tasks, "inbox": d.Inbox, "contacts": d.Contacts, "notes": d.Notes, "journal": d.Journal,
		}[folder]
		if d.Mailbox == owner && d.User == me && level != "" && level != access.LevelNone && level != access.LevelCustom {
			return row(level)
		}
	}
	for _, who := range []string{me, access.Default} {
		if me == "" {
			who = access.Anonymous
		}
		for _, f := range m.g.Folders {
			if f.Mailbox == owner && f.User == who && f.Folder == folder {
				return of(f)
			}
		}
	}
	if folder == "calendar" && me != "" {
		return row(access.LevelFreeBusy)
	}
	return row(access.LevelNone)
}

func row(level access.Level) string {
	for line := range strings.Lines(levels) {
		if words := strings.Fields(line); len(words) > 0 && words[0] == string(level) {
			return line
		}
	}
	panic("no level " + level)
}

func of(f access.FolderGrant) string {
	if f.Level != "" && f.Level != access.LevelCustom {
		return row(f.Level)
	}
	c, letter := f.Custom, map[bool]string{false: "F", true: "T"}
	return fmt.Sprintln("Custom", letter[c.Create], letter[c.CreateSubfolders], letter[c.Owner], letter[c.Visible], letter[c.Contact],
		c.Edit, c.Delete, c.Read)
}

// covers reports whether a scope holds the target: the even are in Sales, the odd in Finance.
func (m model) covers(scope string, target access.Principal) bool {
	return scope == "" || scope == "sales" && uint(target)%2 == 0 || scope == "u4 and u5" && (target == 4 || target == 5)
}

// random are grants that make sense.
func random(r *rand.Rand) (g access.Grants) {
	pick := func() access.Principal { return access.Principal(1 + r.IntN(users)) }
	caller := func() string {
		return address([]access.Principal{svc, homeless, pick(), pick(), pick(), pick()}[r.IntN(6)])
	}
	pairs := func() (all [][2]string) {
		for range r.IntN(6) {
			p := [2]string{address(pick()), caller()}
			if p[0] != p[1] && !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
		return all
	}
	g.Scopes = []access.NamedScope{
		{Name: "sales", Filter: "Department -eq 'sales'"},
		{Name: "u4 and u5", Filter: "-not (Alias -lt 'U4' -or CustomAttribute15 -eq '6')"},
	}
	for range r.IntN(4) {
		role := access.Role{Role: access.ApplicationImpersonation, User: caller(), Scope: []string{"", "sales", "u4 and u5"}[r.IntN(3)]}
		if r.IntN(3) == 0 {
			role.Role, role.User, role.App = access.AccessAsApp, "", []string{"a", "B"}[r.IntN(2)]
		}
		g.Roles = append(g.Roles, role)
	}
	for _, p := range pairs() {
		g.SendAs = append(g.SendAs, access.SendGrant{Mailbox: p[0], User: p[1]})
	}
	for _, p := range pairs() {
		g.SendOnBehalf = append(g.SendOnBehalf, access.SendGrant{Mailbox: p[0], User: p[1]})
	}
	for range r.IntN(20) {
		addFolder(r, &g, address(pick()), []string{access.Default, access.Anonymous, caller(), caller()}[r.IntN(4)])
	}
	for _, p := range pairs() {
		d := access.Delegate{Mailbox: p[0], User: p[1]}
		d.Calendar, d.Tasks, d.Inbox = delegateLevel(r, g, p, "calendar"), delegateLevel(r, g, p, "tasks"), delegateLevel(r, g, p, "inbox")
		d.Contacts, d.Notes, d.Journal = delegateLevel(r, g, p, "contacts"), delegateLevel(r, g, p, "notes"), delegateLevel(r, g, p, "journal")
		g.Delegates = append(g.Delegates, d)
	}
	return g
}

func folderNames() []access.Folder {
	return []access.Folder{"inbox", "calendar", "tasks", "contacts", "notes", "journal", "sentitems", "/Archive/2025"}
}

func addFolder(r *rand.Rand, g *access.Grants, mailbox, user string) {
	f := access.FolderGrant{Mailbox: mailbox, User: user, Folder: folderNames()[r.IntN(8)]}
	same := func(o access.FolderGrant) bool { return o.Mailbox == mailbox && o.User == user && o.Folder == f.Folder }
	if mailbox == user || slices.ContainsFunc(g.Folders, same) {
		return
	}
	which := []access.Which{access.WhichNone, access.WhichOwned, access.WhichAll}
	detail := []access.Detail{access.DetailNone, access.DetailFull, access.DetailTime, access.DetailSubject}
	n := 11
	if f.Folder != "calendar" {
		detail, n = detail[:2], 9
	}
	if f.Level = access.Levels()[r.IntN(n)]; r.IntN(3) == 0 {
		coin := func() bool { return r.IntN(2) == 0 }
		f.Level = []access.Level{"", access.LevelCustom}[r.IntN(2)]
		f.Custom = access.Permission{
			Create: coin(), CreateSubfolders: coin(), Owner: coin(), Visible: coin(), Contact: true,
			Edit: which[r.IntN(3)], Delete: which[r.IntN(3)], Read: detail[r.IntN(len(detail))],
		}
	}
	g.Folders = append(g.Folders, f)
}

func delegateLevel(r *rand.Rand, g access.Grants, p [2]string, folder access.Folder) access.Level {
	granted := func(f access.FolderGrant) bool { return f.Mailbox == p[0] && f.User == p[1] && f.Folder == folder }
	if slices.ContainsFunc(g.Folders, granted) {
		return []access.Level{"", access.LevelCustom}[r.IntN(2)]
	}
	return []access.Level{"", access.LevelNone, access.LevelReviewer, access.LevelAuthor, access.LevelEditor}[r.IntN(5)]
}

// The guard decides as the tables do, whatever has been granted to whom, and opens nothing that it refuses.
func TestGuardAgainstModel(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 2026))
	allowed, codes := 0, map[ews.Code]int{}
	for range 300 {
		grants := random(r)
		guard, m := newGuard(t, grants), model{grants}
		for range 300 {
			who := everyone()
			caller, actor, target := who[r.IntN(len(who))], who[r.IntN(len(who))], who[r.IntN(len(who))]
			right := access.Right{Verb: access.Verb(r.IntN(int(access.Send) + 1)), Folder: folderNames()[r.IntN(8)], Item: r.IntN(2) == 0}
			d := guard.Decide(caller, target, right)
			code, from, sender := m.decide(caller, target, right)
			require.Equal(t, code, d.Code, "%d for %d: %+v in %+v", caller, target, right, grants)
			require.Equal(t, [2]string{from, sender}, [2]string{address(d.From), address(d.Sender)})
			check(t, d, target, right)
			codes[code]++
			if d.Allowed && caller != target {
				allowed++
			}
			as := guard.DecideAs(caller, actor, target, right)
			want := code
			if caller != actor {
				if want, _, _ = m.decide(caller, actor, access.Right{}); want == ews.NoError {
					want, _, _ = m.decide(actor, target, right)
				}
			}
			require.Equal(t, want, as.Code, "%d as %d for %d: %+v in %+v", caller, actor, target, right, grants)

			app, full := []string{"A", "b", "c"}[r.IntN(3)], r.IntN(4) == 0
			role := func(g access.Role) bool { return strings.EqualFold(g.App, app) && m.covers(g.Scope, target) }
			ok := target != 0 && (full || slices.ContainsFunc(grants.Roles, role))
			require.Equal(t, ok, guard.DecideApp(app, full, target).Allowed)
		}
	}
	assert.Greater(t, allowed, 3000, "there is something to tell apart")
	assert.Len(t, codes, 9, "every code comes up: %v", codes)
}

// check holds a decision to what every one is.
func check(t *testing.T, d access.Decision, target access.Principal, right access.Right) {
	t.Helper()
	require.Equal(t, d.Code == ews.NoError, d.Allowed)
	require.Equal(t, d.Allowed, d.Way != "")
	require.Equal(t, d.Code == ews.ErrorImpersonateUserDenied, d.Fault)
	if !d.Allowed || right.Verb == access.Impersonate {
		require.Equal(t, access.Opened{}, d.Opened, "nothing is opened")
		return
	}
	require.Equal(t, target, d.Opened.Owner())
	require.Equal(t, right.Folder, d.Opened.Folder())
	require.True(t, d.Opened.For(right.Verb))
	require.False(t, d.Opened.For(right.Verb+1))
}
