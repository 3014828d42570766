package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// permit makes the permissions of a folder those of the set (MS docs: How to set folder permissions for another user).
func (p place) permit(j *job, f *folder, set ews.PermissionSet) ews.Code {
	grants, code := j.grants(p.owner, f, set)
	if code != ews.NoError {
		return code
	}
	err := j.guard.Change(func(g *access.Grants) error {
		g.SetFolder(j.dir.Address(p.owner), f.path, grants)
		return nil
	})
	if err != nil {
		return j.say("ErrorInvalidPermissionSettings", "The permission settings were not valid., "+err.Error())
	}
	return ews.NoError
}

// grants are the permissions of a request, checked.
func (j *job) grants(owner access.Principal, f *folder, set ews.PermissionSet) (grants []access.FolderGrant, code ews.Code) {
	if cal := f.kind == ews.KindCalendarFolder; cal && len(set.Permissions) > 0 {
		return nil, "ErrorCannotSetNonCalendarPermissionOnCalendarFolder"
	} else if !cal && len(set.CalendarPermissions) > 0 {
		return nil, "ErrorCannotSetCalendarPermissionOnNonCalendarFolder"
	}
	for _, permission := range slices.Concat(set.Permissions, set.CalendarPermissions) {
		g, code := j.grant(permission, f)
		if code != ews.NoError {
			return nil, code
		}
		if slices.ContainsFunc(grants, func(o access.FolderGrant) bool { return o.User == g.User }) {
			return nil, "ErrorDuplicateUserIdsSpecified"
		}
		grants = append(grants, g)
	}
	return slices.DeleteFunc(grants, func(g access.FolderGrant) bool {
		who, _ := j.dir.Find(g.User)
		return who == owner // who can do everything anyhow
	}), ews.NoError
}

// grant is one permission of a request: a level, or flags.
func (j *job) grant(p ews.Permission, f *folder) (g access.FolderGrant, code ews.Code) {
	cal := f.kind == ews.KindCalendarFolder
	level, other := access.Level(p.Level), p.CalendarLevel
	if cal {
		level, other = access.Level(p.CalendarLevel), p.Level
	}
	if g.User, code = j.user(p.UserID); code != ews.NoError {
		return g, code
	}
	if other != "" || level == "" || level != access.LevelCustom && singles(p) {
		return g, "ErrorInvalidPermissionSettings"
	}
	if level == access.LevelCustom {
		return j.flags(g, p, cal)
	}
	if _, ok := level.Permission(); !ok {
		return g, "ErrorInvalidPermissionSettings"
	}
	if !cal && (level == access.LevelFreeBusy || level == access.LevelFreeBusyDetails) {
		return g, "ErrorCannotSetCalendarPermissionOnNonCalendarFolder"
	}
	g.Level = level
	return g, ews.NoError
}

// singles reports whether a permission names single rights beside its level.
func singles(p ews.Permission) bool {
	return p.CanCreateItems != nil || p.CanCreateFolders != nil || p.IsFolderOwner != nil || p.IsFolderVisible != nil || p.IsFolderContact != nil ||
		p.EditItems != "" || p.DeleteItems != "" || p.ReadItems != ""
}

// flags makes a grant one of single rights. What is not said is not permitted.
func (j *job) flags(g access.FolderGrant, p ews.Permission, cal bool) (access.FolderGrant, ews.Code) {
	yes := func(b *bool) bool { return b != nil && *b }
	which, details := []string{"", "None", "Owned", "All"}, []string{"", "None", "FullDetails"}
	if cal {
		details = append(details, "TimeOnly", "TimeAndSubjectAndLocation")
	}
	if !slices.Contains(which, p.EditItems) || !slices.Contains(which, p.DeleteItems) || !slices.Contains(details, p.ReadItems) {
		return g, "ErrorInvalidPermissionSettings"
	}
	g.Custom = access.Permission{
		Create: yes(p.CanCreateItems), CreateSubfolders: yes(p.CanCreateFolders), Owner: yes(p.IsFolderOwner), Visible: yes(p.IsFolderVisible),
		Contact: yes(p.IsFolderContact), Edit: access.Which(p.EditItems), Delete: access.Which(p.DeleteItems), Read: access.Detail(p.ReadItems),
	}
	if g.Custom == (access.Permission{}) {
		g.Level = access.LevelNone
	}
	return g, ews.NoError
}

// user is whom a permission names, by address. A distinguished user has neither SID nor address (MS docs: ResponseCode,
// ErrorInvalidUserInfo).
func (j *job) user(id ews.UserID) (string, ews.Code) {
	switch {
	case id.DistinguishedUser == access.Default || id.DistinguishedUser == access.Anonymous:
		if id.SID != "" || id.PrimarySmtpAddress != "" {
			return "", "ErrorInvalidUserInfo"
		}
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
