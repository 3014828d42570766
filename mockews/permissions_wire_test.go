package mockews_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// rights are the single rights that each level comes to, in the order in which they stand on the wire: CanCreateItems,
// CanCreateSubFolders, IsFolderOwner, IsFolderVisible, IsFolderContact, EditItems, DeleteItems, ReadItems (MS docs: How to set folder
// permissions for another user, table 2; PermissionLevel; CalendarPermissionLevel).
var rights = []struct{ level, flags string }{
	{"Owner", "true true true true true All All FullDetails"},
	{"PublishingEditor", "true true false true false All All FullDetails"},
	{"Editor", "true false false true false All All FullDetails"},
	{"PublishingAuthor", "true true false true false Owned Owned FullDetails"},
	{"Author", "true false false true false Owned Owned FullDetails"},
	{"NoneditingAuthor", "true false false true false None Owned FullDetails"},
	{"Reviewer", "false false false true false None None FullDetails"},
	{"Contributor", "true false false true false None None None"},
	{"None", "false false false false false None None None"},
	{"Custom", "true true false true false None All FullDetails"},
}

var calendarRights = []struct{ level, flags string }{
	{"FreeBusyTimeOnly", "false false false false false None None TimeOnly"},
	{"FreeBusyTimeAndSubjectAndLocation", "false false false false false None None TimeAndSubjectAndLocation"},
	{"Custom", "true false false false true Owned None TimeOnly"},
}

// flagsXML are single rights as elements, in their order.
func flagsXML(flags string) string {
	words := strings.Fields(flags)
	var b strings.Builder
	for i, name := range []string{"CanCreateItems", "CanCreateSubFolders", "IsFolderOwner", "IsFolderVisible", "IsFolderContact", "EditItems", "DeleteItems", "ReadItems"} {
		fmt.Fprintf(&b, "<t:%s>%s</t:%s>", name, words[i], name)
	}
	return b.String()
}

// wire is a kind of folder as it stands on the wire.
type wire struct{ folder, element, list, permission, level string }

var (
	mailWire     = wire{"inbox", "Folder", "Permissions", "Permission", "PermissionLevel"}
	calendarWire = wire{"calendar", "CalendarFolder", "CalendarPermissions", "CalendarPermission", "CalendarPermissionLevel"}
)

// one is a permission of the folder: for whom, and what.
func (w wire) one(user, rest string) string {
	return "<t:" + w.permission + "><t:UserId>" + user + "</t:UserId>" + rest + "</t:" + w.permission + ">"
}

func (w wire) levelXML(level string) string {
	return "<t:" + w.level + ">" + level + "</t:" + w.level + ">"
}

// set makes the permissions of the folder those.
func (w wire) set(s speaker, permissions string) {
	s.Helper()
	s.hear(`<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="` + w.folder + `"/><t:Updates><t:SetFolderField>` +
		`<t:FieldURI FieldURI="folder:PermissionSet"/><t:` + w.element + "><t:PermissionSet><t:" + w.list + ">" + permissions + "</t:" + w.list +
		"></t:PermissionSet></t:" + w.element + "></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>")
}

// get is the PermissionSet of the folder, as it is written.
func (w wire) get(s speaker) string {
	s.Helper()
	got := s.hear(`<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:PermissionSet"/>` +
		`</t:AdditionalProperties></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="` + w.folder + `"/></m:FolderIds></m:GetFolder>`)
	return regexp.MustCompile(`<t:PermissionSet>.*</t:PermissionSet>`).FindString(got)
}

// wholeSet is a PermissionSet in which Default and Anonymous have what is said, and perhaps somebody else.
func (w wire) wholeSet(everybody, nobody, more string) string {
	return "<t:PermissionSet><t:" + w.list + ">" + w.one("<t:DistinguishedUser>Default</t:DistinguishedUser>", everybody) +
		w.one("<t:DistinguishedUser>Anonymous</t:DistinguishedUser>", nobody) + more + "</t:" + w.list + "></t:PermissionSet>"
}

// freshSpeaker speaks to a server of its own, and knows how users are named in answers.
func freshSpeaker(t *testing.T) (s speaker, named func(user route.Principal) string) {
	s = speaker{t, newServer(t, route.Topology{}), "Exchange2013_SP1"}
	org := s.Organisation()
	return s, func(user route.Principal) string {
		return "<t:SID>" + org.SID(user) + "</t:SID><t:PrimarySmtpAddress>" + org.Address(user) + "</t:PrimarySmtpAddress><t:DisplayName>" +
			org.DisplayName(user) + "</t:DisplayName>"
	}
}

// Every level reads back as itself, with all of its rights; the rights alone read back as the level.
func TestLevelsOnTheWire(t *testing.T) {
	t.Parallel()
	const user = `<t:PrimarySmtpAddress>` + delegate + `</t:PrimarySmtpAddress>`
	const nothing = "false false false false false None None None"
	for _, w := range []wire{mailWire, calendarWire} {
		table := rights
		before := w.wholeSet(flagsXML(nothing)+w.levelXML("None"), flagsXML(nothing)+w.levelXML("None"), "")
		if w == calendarWire {
			table = append(rights[:9:9], calendarRights...)
			before = w.wholeSet(flagsXML(calendarRights[0].flags)+w.levelXML("FreeBusyTimeOnly"), flagsXML(nothing)+w.levelXML("None"), "")
		}
		for _, c := range table {
			t.Run(c.level+" of "+w.folder, func(t *testing.T) {
				t.Parallel()
				s, named := freshSpeaker(t)
				require.Equal(t, before, w.get(s))
				want := strings.Replace(before, "</t:"+w.list+">", w.one(named(7), flagsXML(c.flags)+w.levelXML(c.level))+"</t:"+w.list+">", 1)
				if c.level != "Custom" {
					w.set(s, w.one(user, w.levelXML(c.level)))
					assert.Equal(t, want, w.get(s), "set as a level")
				}
				w.set(s, w.one(user, flagsXML(c.flags)+w.levelXML("Custom")))
				assert.Equal(t, want, w.get(s), "set right by right")
			})
		}
	}
}

// Whom a permission is for can be said in three ways (MS docs: UserId); whoever is a user reads back with SID, address and name.
func TestUserIDsOnTheWire(t *testing.T) {
	t.Parallel()
	w, reads := mailWire, flagsXML(rights[6].flags)+mailWire.levelXML("Reviewer")
	none := flagsXML(rights[8].flags) + w.levelXML("None")
	for name, c := range map[string]struct {
		user func(s speaker) string
		want func(somebody string) string
	}{
		"SID": {
			func(s speaker) string { return "<t:SID>" + s.Organisation().SID(7) + "</t:SID>" },
			func(somebody string) string { return w.wholeSet(none, none, w.one(somebody, reads)) },
		},
		"PrimarySmtpAddress": {
			func(speaker) string { return "<t:PrimarySmtpAddress>" + delegate + "</t:PrimarySmtpAddress>" },
			func(somebody string) string { return w.wholeSet(none, none, w.one(somebody, reads)) },
		},
		"DistinguishedUser Default": {
			func(speaker) string { return "<t:DistinguishedUser>Default</t:DistinguishedUser>" },
			func(string) string { return w.wholeSet(reads, none, "") },
		},
		"DistinguishedUser Anonymous": {
			func(speaker) string { return "<t:DistinguishedUser>Anonymous</t:DistinguishedUser>" },
			func(string) string { return w.wholeSet(none, reads, "") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, named := freshSpeaker(t)
			w.set(s, w.one(c.user(s), w.levelXML("Reviewer")))
			assert.Equal(t, c.want(named(7)), w.get(s))
			find := ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{{Distinguished: "inbox", Mailbox: owner}}, Page: &ews.IndexedView{Max: new(1)}}
			got := map[string]ews.Code{}
			for _, user := range []string{delegate, stranger} {
				got[user] = codes(t, s.Server, user, find)[0]
			}
			assert.Equal(t, map[string]map[string]ews.Code{
				"SID":                         {delegate: "", stranger: ews.ErrorFolderNotFound},
				"PrimarySmtpAddress":          {delegate: "", stranger: ews.ErrorFolderNotFound},
				"DistinguishedUser Default":   {delegate: "", stranger: ""},
				"DistinguishedUser Anonymous": {delegate: ews.ErrorFolderNotFound, stranger: ews.ErrorFolderNotFound},
			}[name], got, "who may read the folder now")
		})
	}
}
