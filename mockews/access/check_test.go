package access_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// parse reads a file that has grants at access.
func parse(text string) (access.Grants, error) {
	var file struct {
		Access access.Grants `yaml:"access"`
	}
	doc, err := strictyaml.Parse("t.yaml", []byte("access:\n"+text))
	if err == nil {
		err = doc.Decode(&file)
	}
	if err != nil {
		return access.Grants{}, err
	}
	report := doc.Report()
	file.Access.Check(report, "access", crowd{})
	return file.Access, report.Err()
}

func TestBadGrants(t *testing.T) {
	t.Parallel()
	const folder = "  folders: [{mailbox: u1@contoso.com, folder: "
	for _, c := range []struct{ name, yaml, want string }{
		{"unknown key", "  delegate: []", `2:3: unknown key "delegate", did you mean "delegates"?`},
		{"scope without a name", "  scopes: [{filter: \"City -eq 'x'\"}]", "2:12: scope has no name"},
		{"two scopes of a name", "  scopes: [{name: a, filter: \"City -eq 'x'\"}, {name: a, filter: \"City -eq 'x'\"}]", `2:54: there are two scopes "a"`},
		{"filter", "  scopes: [{name: a, filter: x}]", `2:30: filter, character 1: unknown property "x"`},
		{"no filter", "  scopes: [{name: a}]", "2:12: filter, character 1: expected a property, -not or (, not the end"},
		{"role", "  roles: [{role: Impersonation, user: u1@contoso.com}]", `2:18: unknown role "Impersonation": write ApplicationImpersonation or Application EWS.AccessAsApp`},
		{"role for nobody", "  roles: [{role: ApplicationImpersonation}]", "2:11: user is missing"},
		{"role for an application", "  roles: [{role: ApplicationImpersonation, user: u1@contoso.com, app: x}]", `2:71: ApplicationImpersonation is for a user: an application holds "Application EWS.AccessAsApp"`},
		{"app role without an app", "  roles: [{role: Application EWS.AccessAsApp}]", "2:11: role has no app: write the application's id"},
		{"app role for a user", "  roles: [{role: Application EWS.AccessAsApp, app: x, user: u1@contoso.com}]", "2:61: Application EWS.AccessAsApp is for an application: a user holds ApplicationImpersonation"},
		{"no such scope", "  scopes: [{name: sales, filter: \"City -eq 'x'\"}]\n  roles: [{role: ApplicationImpersonation, user: u1@contoso.com, scope: slaes}]", `3:73: there is no scope "slaes", did you mean "sales"?`},
		{"nobody", "  send_as: [{mailbox: u1@contoso.com, user: u9@contoso.com}]", `2:45: user is "u9@contoso.com", which is nobody's primary address`},
		{"proxy address", "  send_as: [{mailbox: u1@mail.contoso.com, user: u2@contoso.com}]", `2:23: mailbox is "u1@mail.contoso.com", which is nobody's primary address`},
		{"no mailbox", "  send_on_behalf: [{mailbox: homeless@contoso.com, user: u2@contoso.com}]", "2:30: homeless@contoso.com has no mailbox"},
		{"oneself", "  send_on_behalf: [{mailbox: u2@contoso.com, user: u2@contoso.com}]", "2:52: u2@contoso.com owns the mailbox"},
		{"delegate of oneself", "  delegates: [{mailbox: u2@contoso.com, user: u2@contoso.com}]", "2:47: u2@contoso.com owns the mailbox"},
		{"delegate twice", "  delegates: [{mailbox: u1@contoso.com, user: u2@contoso.com}, {mailbox: u1@contoso.com, user: u2@contoso.com}]", "2:64: u2@contoso.com is a delegate of u1@contoso.com twice"},
		{"delegate's level", "  delegates: [{mailbox: u1@contoso.com, user: u2@contoso.com, tasks: Owner}]", `2:70: level is "Owner": a delegate has None, Reviewer, Author, Editor or Custom`},
		{"Custom without a permission", "  delegates: [{mailbox: u1@contoso.com, user: u2@contoso.com, inbox: Custom}]", "2:70: Custom is what a permission in folders makes it: there is none of u2@contoso.com on this folder"},
		{"level beside a permission", "  delegates: [{mailbox: u1@contoso.com, user: u2@contoso.com, inbox: Editor}]\n" + folder + "inbox, user: u2@contoso.com, level: Owner}]", "2:70: folders has a permission of u2@contoso.com on this folder too: write it in one place, with Custom here for that"},
		{"no folder", "  folders: [{mailbox: u1@contoso.com, user: Default, level: Owner}]", "2:13: permission has no folder"},
		{"folder", folder + "inbx, user: Default, level: Owner}]", `2:47: there is no folder "inbx", did you mean "inbox"?: a folder that a user made is written with its path, as /Archive/2025`},
		{"folder path", folder + "/a//b, user: Default, level: Owner}]", `2:47: folder "/a//b" has a name without letters: write it as /Archive/2025`},
		{"root path", folder + "/, user: Default, level: Owner}]", `2:47: folder "/" has a name without letters: write it as /Archive/2025`},
		{"own folder", folder + "inbox, user: u1@contoso.com, level: Owner}]", "2:60: u1@contoso.com owns the mailbox"},
		{"two permissions", "  folders:\n  - {mailbox: u1@contoso.com, folder: inbox, user: Default, level: Owner}\n  - {mailbox: u1@contoso.com, folder: inbox, user: Default, level: None}", "4:5: Default has two permissions on inbox of u1@contoso.com"},
		{"neither level nor flags", folder + "inbox, user: Default}]", "2:13: permission has neither a level nor custom"},
		{"unknown level", folder + "inbox, user: Default, level: Edtor}]", `2:76: unknown level "Edtor", did you mean "Editor"?`},
		{"level and flags: ErrorInvalidPermissionSettings", folder + "inbox, user: Default, level: Editor, custom: {visible: true}}]", "2:92: a level and flags of its own: write one of the two"},
		{"Custom without flags", folder + "inbox, user: Default, level: Custom}]", "2:76: Custom without custom: write the flags"},
		{"free/busy of an inbox", folder + "inbox, user: Default, level: FreeBusyTimeOnly}]", "2:76: FreeBusyTimeOnly is for calendars"},
		{"times of an inbox", folder + "inbox, user: Default, custom: {read: TimeOnly}}]", "2:84: TimeOnly is for calendars"},
		{"read", folder + "inbox, user: Default, custom: {read: All}}]", `2:84: read is "All": write None, FullDetails or, for a calendar, TimeOnly or TimeAndSubjectAndLocation`},
		{"edit", folder + "inbox, user: Default, custom: {edit: Own}}]", `2:84: edit is "Own": write None, Owned or All`},
		{"delete", folder + "inbox, user: Default, custom: {delete: all}}]", `2:86: delete is "all": write None, Owned or All`},
		{"delegated tokens", "  delegated_tokens: always", `2:21: delegated_tokens is "always": write role or never`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := parse(c.yaml)
			require.Error(t, err)
			assert.Equal(t, "t.yaml:"+c.want, err.Error())
		})
	}
}
