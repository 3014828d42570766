package mailbox

import (
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// permissions are those of the folder, as the guard has them: the owner's grants, with Default and Anonymous among them.
func (p place) permissions(j *job) any {
	cal := p.folder.kind == ews.KindCalendarFolder
	var all []ews.Permission
	add := func(user ews.UserID, flags access.Permission) { all = append(all, shownPermission(user, flags, cal)) }
	add(ews.UserID{DistinguishedUser: access.Default}, j.defaultPermission(p.owner, p.folder.path, access.Default))
	add(ews.UserID{DistinguishedUser: access.Anonymous}, j.defaultPermission(p.owner, p.folder.path, access.Anonymous))
	for _, g := range j.guard.Grants().Folders {
		if owner, _ := j.dir.Find(g.Mailbox); owner != p.owner || g.Folder != p.folder.path || g.User == access.Default || g.User == access.Anonymous {
			continue
		}
		who, _ := j.dir.Find(g.User)
		add(j.userID(who), j.guard.Permission(who, p.owner, p.folder.path))
	}
	if cal {
		return ews.PermissionSet{CalendarPermissions: all}
	}
	return ews.PermissionSet{Permissions: all}
}

// defaultPermission is what everybody has on a folder, or nobody.
func (j *job) defaultPermission(owner access.Principal, path access.Folder, user string) access.Permission {
	for _, g := range j.guard.Grants().Folders {
		if o, _ := j.dir.Find(g.Mailbox); o == owner && g.Folder == path && g.User == user {
			if flags, ok := g.Level.Permission(); ok && g.Level != "" {
				return flags
			}
			return g.Custom
		}
	}
	if user == access.Default {
		return j.guard.Everybody(owner, path)
	}
	return access.Permission{}
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

// permit makes the permissions of a folder those of the set (MS docs: How to set folder permissions for another user).
func (p place) permit(j *job, f *folder, set ews.PermissionSet) ews.Code {
	grants, code := j.grants(p.owner, f, slices.Concat(set.Permissions, set.CalendarPermissions))
	if code != ews.NoError {
		return code
	}
	address := j.dir.Address(p.owner)
	err := j.guard.Change(func(g *access.Grants) error {
		g.Folders = slices.DeleteFunc(g.Folders, func(g access.FolderGrant) bool { return strings.EqualFold(g.Mailbox, address) && g.Folder == f.path })
		g.Folders = append(g.Folders, grants...)
		return nil
	})
	if err != nil {
		return j.say("ErrorInvalidPermissionSettings", "The permission settings were not valid., "+err.Error())
	}
	return ews.NoError
}

// grants are the permissions of a request, checked.
func (j *job) grants(owner access.Principal, f *folder, set []ews.Permission) (grants []access.FolderGrant, code ews.Code) {
	for _, permission := range set {
		g, code := j.grant(permission, f)
		if code != ews.NoError {
			return nil, code
		}
		if who, _ := j.dir.Find(g.User); who == owner && who != 0 {
			continue // an owner can do everything anyhow
		}
		if slices.ContainsFunc(grants, func(o access.FolderGrant) bool { return o.User == g.User }) {
			return nil, "ErrorDuplicateUserIdsSpecified"
		}
		g.Mailbox, g.Folder = j.dir.Address(owner), f.path
		grants = append(grants, g)
	}
	return grants, ews.NoError
}

func (j *job) grant(p ews.Permission, f *folder) (g access.FolderGrant, code ews.Code) {
	level, other := p.Level, p.CalendarLevel
	if f.kind == ews.KindCalendarFolder {
		level, other = other, level
	}
	if g.User, code = j.user(p.UserID); code != ews.NoError {
		return g, code
	}
	flags := p.CanCreateItems != nil || p.CanCreateFolders != nil || p.IsFolderOwner != nil || p.IsFolderVisible != nil || p.IsFolderContact != nil ||
		p.EditItems != "" || p.DeleteItems != "" || p.ReadItems != ""
	if other != "" || level == "" || level != string(access.LevelCustom) && flags {
		return g, "ErrorInvalidPermissionSettings"
	}
	if level != string(access.LevelCustom) {
		if _, ok := access.Level(level).Permission(); !ok {
			return g, "ErrorInvalidPermissionSettings"
		}
		g.Level = access.Level(level)
		return g, ews.NoError
	}
	yes := func(b *bool) bool { return b != nil && *b }
	g.Custom = access.Permission{
		Create: yes(p.CanCreateItems), CreateSubfolders: yes(p.CanCreateFolders), Owner: yes(p.IsFolderOwner), Visible: yes(p.IsFolderVisible),
		Contact: yes(p.IsFolderContact), Edit: access.Which(p.EditItems), Delete: access.Which(p.DeleteItems), Read: access.Detail(p.ReadItems),
	}
	return g, ews.NoError
}

// user is whom a permission names, by address.
func (j *job) user(id ews.UserID) (string, ews.Code) {
	switch {
	case id.DistinguishedUser == access.Default || id.DistinguishedUser == access.Anonymous:
		return id.DistinguishedUser, ews.NoError
	case id.SID != "":
		who, ok := j.dir.FindSID(id.SID)
		if !ok || who == 0 {
			return "", "ErrorInvalidUserSid"
		}
		return j.dir.Address(who), ews.NoError
	}
	who, _ := j.dir.Find(id.PrimarySmtpAddress)
	if who == 0 {
		return "", "ErrorInvalidUserInfo"
	}
	return j.dir.Address(who), ews.NoError
}

// movePermissions lets the permissions of a folder go with it when its path changes.
func (j *job) movePermissions(owner access.Principal, old, now access.Folder) {
	address := j.dir.Address(owner)
	_ = j.guard.Change(func(g *access.Grants) error {
		for i := range g.Folders {
			if strings.EqualFold(g.Folders[i].Mailbox, address) && g.Folders[i].Folder == old {
				g.Folders[i].Folder = now
			}
		}
		return nil
	})
}
