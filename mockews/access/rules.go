package access

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// everybody stands for the Default user, nobody for the Anonymous one, in the place of a principal.
const (
	everybody Principal = -1 << 31
	nobody    Principal = 0
)

// Names of those who are not in the directory (MS docs: DistinguishedUser).
const (
	Default   = "Default"
	Anonymous = "Anonymous"
)

// calendar is the folder that has free and busy times.
const calendar Folder = "calendar"

// pair is a mailbox and who may do something with it.
type pair struct{ owner, user Principal }

// place is a folder, and for whom.
type place struct {
	owner, user Principal
	folder      Folder
}

// stand is a permission and how it came about.
type stand struct {
	permission Permission
	way        Way
}

// rules are grants in a form to decide by. They are never changed.
type rules struct {
	grants    Grants
	roles     map[Principal][]Scope
	apps      map[string][]Scope
	folders   map[place]stand
	listed    map[spot][]FolderGrant
	delegates map[pair]bool
	sendAs    map[pair]bool
	onBehalf  map[pair]bool
}

// compile makes rules of a copy of the grants. The error says what is wrong with them.
func compile(dir Directory, g Grants) (*rules, error) {
	g = g.Clone()
	var report strictyaml.Report
	g.Check(&report, "", dir)
	if err := report.Err(); err != nil {
		return nil, err
	}
	r := &rules{
		grants: g, roles: map[Principal][]Scope{}, apps: map[string][]Scope{}, folders: map[place]stand{}, listed: map[spot][]FolderGrant{},
		delegates: map[pair]bool{}, sendAs: pairs(dir, g.SendAs), onBehalf: pairs(dir, g.SendOnBehalf),
	}
	r.addRoles(dir)
	for _, f := range g.Folders {
		owner, _ := dir.Find(f.Mailbox)
		r.folders[place{owner, whom(dir, f.User), f.Folder}] = stand{f.permission(), WayFolder}
		r.list(owner, f)
	}
	for _, d := range g.Delegates {
		r.addDelegate(dir, d)
	}
	return r, nil
}

func pairs(dir Directory, grants []SendGrant) map[pair]bool {
	all := map[pair]bool{}
	for _, s := range grants {
		owner, _ := dir.Find(s.Mailbox)
		user, _ := dir.Find(s.User)
		all[pair{owner, user}] = true
	}
	return all
}

func (r *rules) addRoles(dir Directory) {
	scopes := map[string]Scope{"": {}}
	for _, s := range r.grants.Scopes {
		filter, _ := ParseFilter(s.Filter)
		scopes[s.Name] = FilterScope(filter)
	}
	for _, a := range r.grants.Roles {
		scope := scopes[a.Scope]
		if a.Role == AccessAsApp {
			r.apps[appKey(a.App)] = append(r.apps[appKey(a.App)], scope)
			continue
		}
		user, _ := dir.Find(a.User)
		r.roles[user] = append(r.roles[user], scope)
	}
}

// addDelegate gives a delegate its permissions. Custom leaves it to the folder's own.
func (r *rules) addDelegate(dir Directory, d Delegate) {
	owner, _ := dir.Find(d.Mailbox)
	user, _ := dir.Find(d.User)
	r.delegates[pair{owner, user}] = true
	for _, f := range d.folders() {
		at := place{owner, user, f.folder}
		if p, ok := f.level.Permission(); ok && p.Level() != LevelNone {
			r.folders[at] = stand{p, WayDelegate}
			r.list(owner, FolderGrant{Mailbox: d.Mailbox, Folder: f.folder, User: d.User, Level: f.level})
		} else if s, has := r.folders[at]; has {
			r.folders[at] = stand{s.permission, WayDelegate}
		}
	}
}

// delegateFolder is a folder that a delegate can have, with its level.
type delegateFolder struct {
	folder Folder
	level  Level
}

// folders are those of a delegate, in the order of MS docs: DelegatePermissions.
func (d Delegate) folders() []delegateFolder {
	return []delegateFolder{
		{calendar, d.Calendar},
		{"tasks", d.Tasks},
		{"inbox", d.Inbox},
		{"contacts", d.Contacts},
		{"notes", d.Notes},
		{"journal", d.Journal},
	}
}

// permission are the flags that a grant comes to.
func (f FolderGrant) permission() Permission {
	if p, ok := f.Level.Permission(); ok && f.Level != "" {
		return p
	}
	return f.Custom.filled()
}

// whom is the principal that a permission is for.
func whom(dir Directory, user string) Principal {
	switch user {
	case Default:
		return everybody
	case Anonymous:
		return nobody
	}
	p, _ := dir.Find(user)
	return p
}

// appKey is an application id as it is looked up.
func appKey(app string) string { return strings.ToLower(app) }

// within reports whether one of the scopes holds the target.
func (r *rules) within(scopes []Scope, target Principal, dir Directory) bool {
	for _, s := range scopes {
		if s.Holds(target, dir) {
			return true
		}
	}
	return false
}

// permission is what somebody has on a folder: a permission of its own, else everybody's. Whoever is nobody has the Anonymous
// one alone. A calendar shows everybody when its owner is busy unless its Default permission says otherwise, as it does in an
// organisation that nobody has configured.
func (r *rules) permission(caller, owner Principal, folder Folder) (Permission, Way) {
	if folder.Public() {
		return r.publicPermission(caller, owner, folder)
	}
	if s, ok := r.folders[place{owner, caller, folder}]; ok {
		return s.permission, s.way
	}
	if caller == nobody {
		return Permission{}.filled(), WayFolder
	}
	if s, ok := r.folders[place{owner, everybody, folder}]; ok {
		return s.permission, s.way
	}
	if folder == calendar {
		p, _ := LevelFreeBusy.Permission()
		return p, WayFolder
	}
	return Permission{}.filled(), WayFolder
}

// folder decides on a folder of somebody else. Whoever cannot see a folder is told that there is none; whoever sees it and
// may not do more is denied that (MS docs: Delegate access and EWS in Exchange).
func (r *rules) folder(caller, target Principal, right Right) Decision {
	p, way := r.permission(caller, target, right.Folder)
	switch {
	case p.permits(right.Verb), right.Verb == Subscribe && right.Folder.Public() && p.permits(Read):
		return allow(target, right, way)
	case right.Verb == FreeBusy || right.Verb == FreeBusyDetails:
		return refuse(ews.ErrorNoFreeBusyAccess)
	case !p.Visible && right.Item:
		return refuse(ews.ErrorItemNotFound)
	case !p.Visible:
		return refuse(ews.ErrorFolderNotFound)
	case right.Verb == Subscribe:
		return refuse(ews.ErrorSubscriptionDelegateAccessNotSupported)
	}
	return refuse(ews.ErrorAccessDenied)
}

// send decides on mail from somebody else's address. Send As outweighs the others. A permission on folders lets nobody send.
func (r *rules) send(caller, target Principal, right Right) Decision {
	as := pair{target, caller}
	switch {
	case r.sendAs[as]:
		return allow(target, right, WaySendAs).sending(target, target)
	case r.delegates[as]:
		return allow(target, right, WayDelegate).sending(target, caller)
	case r.onBehalf[as]:
		return allow(target, right, WayOnBehalf).sending(target, caller)
	}
	return refuse(ews.ErrorSendAsDenied)
}
