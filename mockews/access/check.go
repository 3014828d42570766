package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// checker reports what is wrong with grants at a path.
type checker struct {
	report *strictyaml.Report
	path   string
	dir    Directory
}

func (c *checker) add(key, format string, args ...any) {
	c.report.Add(strings.Trim(c.path+"."+key, "."), format, args...)
}

func (c *checker) grants(g Grants) {
	scopes := c.scopes(g.Scopes)
	for i, r := range g.Roles {
		c.role(fmt.Sprintf("roles[%d]", i), r, scopes)
	}
	c.delegates(g)
	c.folders(g.Folders)
	c.senders("send_on_behalf", g.SendOnBehalf)
	c.senders("send_as", g.SendAs)
	switch g.DelegatedTokens {
	case "", DelegatedByRole, DelegatedNever:
	default:
		c.add("delegated_tokens", "delegated_tokens is %q: write role or never", g.DelegatedTokens)
	}
}

// scopes are the names of the scopes.
func (c *checker) scopes(all []NamedScope) (names []string) {
	for i, s := range all {
		path := fmt.Sprintf("scopes[%d]", i)
		if s.Name == "" {
			c.add(path, "scope has no name")
		}
		if slices.Contains(names, s.Name) {
			c.add(path+".name", "there are two scopes %q", s.Name)
		}
		names = append(names, s.Name)
		if _, err := ParseFilter(s.Filter); err != nil {
			c.add(path+".filter", "%v", err)
		}
	}
	return names
}

func (c *checker) role(path string, r Role, scopes []string) {
	switch r.Role {
	case ApplicationImpersonation:
		c.address(path, "user", r.User, false)
		if r.App != "" {
			c.add(path+".app", "%s is for a user: an application holds %q", r.Role, AccessAsApp)
		}
	case AccessAsApp:
		if r.App == "" {
			c.add(path, "role has no app: write the application's id")
		}
		if r.User != "" {
			c.add(path+".user", "%s is for an application: a user holds %s", r.Role, ApplicationImpersonation)
		}
	default:
		c.add(path+".role", "unknown role %q: write %s or %s", r.Role, ApplicationImpersonation, AccessAsApp)
	}
	if r.Scope != "" && !slices.Contains(scopes, r.Scope) {
		c.add(path+".scope", "there is no scope %q%s", r.Scope, strictyaml.DidYouMean(r.Scope, scopes))
	}
}

// delegates checks who acts for whom, at which levels.
func (c *checker) delegates(g Grants) {
	seen := map[pair]bool{}
	for i, d := range g.Delegates {
		path := fmt.Sprintf("delegates[%d]", i)
		who := c.pair(path, d.Mailbox, d.User)
		if seen[who] && who.user != 0 {
			c.add(path, "%s is a delegate of %s twice", d.User, d.Mailbox)
		}
		seen[who] = true
		for _, f := range d.folders() {
			c.delegateLevel(path+"."+string(f.folder), d, f, g.Folders)
		}
	}
}

// delegateLevel checks the level of a delegate's folder, which must not say something else than a permission on the folder.
func (c *checker) delegateLevel(path string, d Delegate, f delegateFolder, folders []FolderGrant) {
	granted := slices.ContainsFunc(folders, func(g FolderGrant) bool {
		return g.Folder == f.folder && strings.EqualFold(g.Mailbox, d.Mailbox) && strings.EqualFold(g.User, d.User)
	})
	switch f.level {
	case "", LevelNone:
	case LevelReviewer, LevelAuthor, LevelEditor:
		if granted {
			c.add(path, "folders has a permission of %s on this folder too: write it in one place, with Custom here for that", d.User)
		}
	case LevelCustom:
		if !granted {
			c.add(path, "Custom is what a permission in folders makes it: there is none of %s on this folder", d.User)
		}
	default:
		c.add(path, "level is %q: a delegate has None, Reviewer, Author, Editor or Custom", f.level)
	}
}

func (c *checker) folders(all []FolderGrant) {
	seen := map[place]bool{}
	for i, f := range all {
		path := fmt.Sprintf("folders[%d]", i)
		owner := c.address(path, "mailbox", f.Mailbox, true)
		user := whom(c.dir, f.User)
		if f.User != Default && f.User != Anonymous {
			user = c.address(path, "user", f.User, false)
			if user == owner && user != 0 {
				c.add(path+".user", "%s owns the mailbox", f.User)
			}
		}
		c.folder(path, f.Folder)
		at := place{owner, user, f.Folder}
		if seen[at] && owner != 0 {
			c.add(path, "%s has two permissions on %s of %s", f.User, f.Folder, f.Mailbox)
		}
		seen[at] = true
		c.permission(path, f)
	}
}

// folder checks the name of a folder.
func (c *checker) folder(path string, f Folder) {
	name := string(f)
	switch {
	case name == "":
		c.add(path, "permission has no folder")
	case strings.HasPrefix(name, "/"), f.Public():
		if strings.HasSuffix(name, "/") || strings.Contains(name, "//") {
			c.add(path+".folder", "folder %q has a name without letters: write it as /Archive/2025", name)
		}
	case !slices.Contains(distinguished(), name):
		c.add(path+".folder", "there is no folder %q%s: a folder that a user made is written with its path, as /Archive/2025",
			name, strictyaml.DidYouMean(name, distinguished()))
	}
}

// permission checks level and flags: one of the two (MS docs: ErrorInvalidPermissionSettings).
func (c *checker) permission(path string, f FolderGrant) {
	_, known := f.Level.Permission()
	none := f.Custom == Permission{}
	switch {
	case f.Level == "" && none:
		c.add(path, "permission has neither a level nor custom")
	case f.Level != "" && f.Level != LevelCustom && !known:
		c.add(path+".level", "unknown level %q%s", f.Level, strictyaml.DidYouMean(string(f.Level), levelNames()))
	case known && f.Level != "" && !none:
		c.add(path+".custom", "a level and flags of its own: write one of the two")
	case f.Level == LevelCustom && none:
		c.add(path+".level", "Custom without custom: write the flags")
	}
	if !f.Folder.mayBeCalendar() && (f.Level == LevelFreeBusy || f.Level == LevelFreeBusyDetails) {
		c.add(path+".level", "%s is for calendars", f.Level)
	}
	c.flags(path+".custom", f)
}

func (c *checker) flags(path string, f FolderGrant) {
	p := f.Custom.filled()
	for key, which := range map[string]Which{"edit": p.Edit, "delete": p.Delete} {
		switch which {
		case WhichNone, WhichOwned, WhichAll:
		default:
			c.add(path+"."+key, "%s is %q: write None, Owned or All", key, which)
		}
	}
	switch p.Read {
	case DetailNone, DetailFull:
	case DetailTime, DetailSubject:
		if !f.Folder.mayBeCalendar() {
			c.add(path+".read", "%s is for calendars", p.Read)
		}
	default:
		c.add(path+".read", "read is %q: write None, FullDetails or, for a calendar, TimeOnly or TimeAndSubjectAndLocation", p.Read)
	}
}

// mayBeCalendar reports whether a folder may have free and busy times: the calendar, or one that somebody has made, of whatever kind.
func (f Folder) mayBeCalendar() bool {
	return f == calendar || strings.HasPrefix(string(f), "/") || f.Public()
}

func levelNames() (names []string) {
	for _, l := range Levels() {
		names = append(names, string(l))
	}
	return names
}

func (c *checker) senders(key string, all []SendGrant) {
	for i, s := range all {
		c.pair(fmt.Sprintf("%s[%d]", key, i), s.Mailbox, s.User)
	}
}

// pair checks a mailbox and a user, who must be two.
func (c *checker) pair(path, mailbox, user string) pair {
	p := pair{c.address(path, "mailbox", mailbox, true), c.address(path, "user", user, false)}
	if p.owner == p.user && p.owner != 0 {
		c.add(path+".user", "%s owns the mailbox", user)
	}
	return p
}

// address is the principal of a primary address.
func (c *checker) address(path, key, address string, mailbox bool) Principal {
	p, primary := c.dir.Find(address)
	switch {
	case address == "":
		c.add(path, "%s is missing", key)
	case p == 0 || !primary:
		c.add(path+"."+key, "%s is %q, which is nobody's primary address", key, address)
		return 0
	case mailbox && !c.dir.HasMailbox(p):
		c.add(path+"."+key, "%s has no mailbox", address)
	}
	return p
}

// distinguished are the folders that a server knows by name (MS docs: DistinguishedFolderId).
func distinguished() []string {
	return []string{
		"calendar", "contacts", "deleteditems", "drafts", "inbox", "journal", "notes", "outbox", "sentitems", "tasks",
		"msgfolderroot", "root", "junkemail", "searchfolders", "voicemail", "recoverableitemsroot",
		"recoverableitemsdeletions", "recoverableitemsversions", "recoverableitemspurges", "archiveroot",
		"archivemsgfolderroot", "archivedeleteditems", "syncissues", "conflicts", "localfailures", "serverfailures",
		"recipientcache", "quickcontacts", "conversationhistory", "todosearch", "directory", "imcontactlist",
		"peopleconnect", "favorites",
	}
}
