package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// permissions are those of the folder, as the guard has them, with Default and Anonymous before the others.
func (p place) permissions(j *job) any {
	cal := p.folder.kind == ews.KindCalendarFolder
	var all []ews.Permission
	add := func(user ews.UserID, flags access.Permission) { all = append(all, shownPermission(user, flags, cal)) }
	add(ews.UserID{DistinguishedUser: access.Default}, j.guard.Everybody(p.owner, p.folder.path))
	add(ews.UserID{DistinguishedUser: access.Anonymous}, j.guard.Permission(0, p.owner, p.folder.path))
	for _, g := range j.guard.Listed(p.owner, p.folder.path) {
		if g.User != access.Default && g.User != access.Anonymous {
			who, _ := j.dir.Find(g.User)
			add(j.userID(who), j.guard.Permission(who, p.owner, p.folder.path))
		}
	}
	if cal {
		return ews.PermissionSet{CalendarPermissions: all}
	}
	return ews.PermissionSet{Permissions: all}
}

// userID names somebody in a permission.
func (s *Store) userID(p access.Principal) ews.UserID {
	id := ews.UserID{PrimarySmtpAddress: s.dir.Address(p), DisplayName: s.dir.DisplayName(p)}
	if d, ok := s.dir.(interface {
		SID(access.Principal) string
	}); ok {
		id.SID = d.SID(p)
	}
	return id
}

func shownPermission(user ews.UserID, flags access.Permission, cal bool) ews.Permission {
	yes := func(b bool) *bool { return &b }
	or := func(s, none string) string {
		if s == "" {
			return none
		}
		return s
	}
	out := ews.Permission{
		UserID: user, CanCreateItems: yes(flags.Create), CanCreateFolders: yes(flags.CreateSubfolders), IsFolderOwner: yes(flags.Owner),
		IsFolderVisible: yes(flags.Visible), IsFolderContact: yes(flags.Contact), EditItems: or(string(flags.Edit), "None"),
		DeleteItems: or(string(flags.Delete), "None"), ReadItems: or(string(flags.Read), "None"),
	}
	level := string(flags.Level())
	if cal {
		out.CalendarLevel = level
	} else {
		out.Level = level
	}
	return out
}
