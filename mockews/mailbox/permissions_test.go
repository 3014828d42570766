package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// What a permission of a request may say, and what is refused and changes nothing (MS docs: How to set folder permissions for another
// user; ResponseCode).
func TestPermissions(t *testing.T) {
	t.Parallel()
	who, yes, no := byAddress(deputy), true, false
	sid, everybody := ews.UserID{SID: "S-1-5-2"}, ews.UserID{DistinguishedUser: access.Default}
	by := func(id ews.UserID) ews.Permission { return ews.Permission{UserID: id, Level: "Reviewer"} }
	for _, c := range []struct {
		name   string
		folder string
		set    []ews.Permission
		want   ews.Code
		level  access.Level // of user 2, if it is permitted
	}{
		{"a level", "inbox", []ews.Permission{by(who)}, ews.NoError, "Reviewer"},
		{"a calendar's level", "calendar", []ews.Permission{{UserID: who, CalendarLevel: "FreeBusyTimeOnly"}}, ews.NoError, "FreeBusyTimeOnly"},
		{"a mix that is no level", "inbox", []ews.Permission{{UserID: who, Level: "Custom", CanCreateItems: &yes, ReadItems: "FullDetails"}}, ews.NoError, "Custom"},
		{"a mix on a calendar", "calendar", []ews.Permission{{UserID: who, CalendarLevel: "Custom", CanCreateItems: &yes, ReadItems: "TimeOnly"}}, ews.NoError, "Custom"},
		{"a mix that is a level", "inbox", []ews.Permission{{UserID: who, Level: "Custom", IsFolderVisible: &yes, ReadItems: "FullDetails"}}, ews.NoError, "Reviewer"},
		{"a mix of nothing", "inbox", []ews.Permission{{UserID: who, Level: "Custom", CanCreateItems: &no}}, ews.NoError, "None"},
		{"level and flags", "inbox", []ews.Permission{{UserID: who, Level: "Reviewer", CanCreateItems: &no}}, "ErrorInvalidPermissionSettings", ""},
		{"level and flags: EditItems", "inbox", []ews.Permission{{UserID: who, Level: "Editor", EditItems: "All"}}, "ErrorInvalidPermissionSettings", ""},
		{"level and flags of a calendar", "calendar", []ews.Permission{{UserID: who, CalendarLevel: "Editor", ReadItems: "FullDetails"}}, "ErrorInvalidPermissionSettings", ""},
		{"neither level nor flags", "inbox", []ews.Permission{{UserID: who}}, "ErrorInvalidPermissionSettings", ""},
		{"a level that there is not", "inbox", []ews.Permission{{UserID: who, Level: "Reader"}}, "ErrorInvalidPermissionSettings", ""},
		{"both levels", "inbox", []ews.Permission{{UserID: who, Level: "Reviewer", CalendarLevel: "Reviewer"}}, "ErrorInvalidPermissionSettings", ""},
		{"times of an inbox", "inbox", []ews.Permission{{UserID: who, Level: "Custom", ReadItems: "TimeOnly"}}, "ErrorInvalidPermissionSettings", ""},
		{"a calendar's level on an inbox", "inbox", []ews.Permission{{UserID: who, Level: "FreeBusyTimeOnly"}}, "ErrorCannotSetCalendarPermissionOnNonCalendarFolder", ""},
		{"the same user twice", "inbox", []ews.Permission{by(who), by(who)}, "ErrorDuplicateUserIdsSpecified", ""},
		{"one user by two names", "inbox", []ews.Permission{by(who), by(sid)}, "ErrorDuplicateUserIdsSpecified", ""},
		{"Default twice", "inbox", []ews.Permission{by(everybody), by(everybody)}, "ErrorDuplicateUserIdsSpecified", ""},
		{"the owner twice", "inbox", []ews.Permission{by(byAddress(owns)), by(byAddress(owns))}, "ErrorDuplicateUserIdsSpecified", ""},
		{"nobody, by address", "inbox", []ews.Permission{by(byAddress("x@y"))}, "ErrorInvalidUserInfo", ""},
		{"nobody, by SID", "inbox", []ews.Permission{by(ews.UserID{SID: "S-1-x"})}, "ErrorInvalidUserSid", ""},
		{"no name", "inbox", []ews.Permission{by(ews.UserID{})}, "ErrorInvalidUserInfo", ""},
		{"Default with a SID", "inbox", []ews.Permission{by(ews.UserID{DistinguishedUser: access.Default, SID: "S-1-5-2"})}, "ErrorInvalidUserInfo", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newPrincipal(t, access.Grants{Folders: []access.FolderGrant{{Mailbox: owns, Folder: access.Folder(c.folder), User: deputy, Level: access.LevelAuthor}}})
			before := p.guard.Grants()
			require.Equal(t, c.want, p.set(c.folder, c.set...))
			if c.want != ews.NoError {
				assert.Equal(t, before, p.guard.Grants(), "nothing has changed")
				return
			}
			assert.Equal(t, c.level, p.guard.Permission(2, 1, access.Folder(c.folder)).Level())
		})
	}
}

// A set of the kind of another folder, and the other ways to change a property (MS docs: ResponseCode; How to set folder permissions for
// another user; AppendToFolderField).
func TestUpdatesOfPermissionSet(t *testing.T) {
	t.Parallel()
	one := []ews.Permission{{UserID: byAddress("user3@contoso.com"), Level: "Reviewer", CalendarLevel: ""}}
	cal := []ews.Permission{{UserID: byAddress("user3@contoso.com"), CalendarLevel: "Reviewer"}}
	for _, c := range []struct {
		name   string
		folder string
		kind   ews.UpdateKind
		set    *ews.PermissionSet
		want   ews.Code
		left   []string // users with a permission, afterwards
	}{
		{"SetFolderField overwrites all", "inbox", ews.SetField, &ews.PermissionSet{Permissions: one}, ews.NoError, []string{"user3@contoso.com"}},
		{"SetFolderField with nobody", "inbox", ews.SetField, &ews.PermissionSet{}, ews.NoError, nil},
		{"SetFolderField without a set", "inbox", ews.SetField, nil, "ErrorUpdatePropertyMismatch", []string{deputy}},
		{"DeleteFolderField deletes all", "inbox", ews.DeleteField, nil, ews.NoError, nil},
		{"AppendToFolderField is not implemented", "inbox", ews.AppendField, &ews.PermissionSet{Permissions: one}, "ErrorInvalidPropertyAppend", []string{deputy}},
		{"a calendar's set on an inbox", "inbox", ews.SetField, &ews.PermissionSet{CalendarPermissions: cal}, "ErrorCannotSetCalendarPermissionOnNonCalendarFolder", []string{deputy}},
		{"an inbox's set on a calendar", "calendar", ews.SetField, &ews.PermissionSet{Permissions: one}, "ErrorCannotSetNonCalendarPermissionOnCalendarFolder", []string{deputy}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newPrincipal(t, access.Grants{Folders: []access.FolderGrant{{Mailbox: owns, Folder: access.Folder(c.folder), User: deputy, Level: access.LevelAuthor}}})
			u := ews.FieldUpdate{Kind: c.kind, Path: path("folder:PermissionSet"), Object: object(ews.KindFolder)}
			if c.set != nil {
				u.Object.Set(u.Path, *c.set)
			}
			_, code := do[ews.UpdateFolderResponse](p.client, ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: named(c.folder), Updates: []ews.FieldUpdate{u}}}})
			assert.Equal(t, c.want, code)
			var left []string
			for _, g := range p.shown(c.folder)[2:] {
				left = append(left, g.UserID.PrimarySmtpAddress)
			}
			assert.Equal(t, c.left, left)
		})
	}
}

// What a folder shows of its permissions: to those who ask for them by name alone (MS docs: PermissionSet, version differences).
func TestPermissionSetIsNotAmongAllProperties(t *testing.T) {
	t.Parallel()
	for _, version := range []ews.Version{ews.Exchange2013, ews.Exchange2013_SP1, ews.Exchange2016} {
		for _, folder := range []string{"inbox", "calendar"} {
			t.Run(string(version)+", "+folder, func(t *testing.T) {
				t.Parallel()
				p := newPrincipal(t, noGrants)
				p.call.Version = version
				shown := func(shape ews.FolderShape) any {
					r, code := do[ews.GetFolderResponse](p.client, ews.GetFolder{Shape: shape, Folders: []ews.FolderID{named(folder)}})
					require.Equal(t, ews.NoError, code)
					return r.Messages[0].Folders[0].Get(path("folder:PermissionSet"))
				}
				assert.Nil(t, shown(ews.FolderShape{Base: ews.ShapeAllProperties}))
				assert.NotNil(t, shown(ews.FolderShape{Base: ews.ShapeAllProperties, Additional: []ews.Path{path("folder:PermissionSet")}}))
			})
		}
	}
}
