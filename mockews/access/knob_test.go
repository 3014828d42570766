package access_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// busy are grants in which every key says something.
func busy() access.Grants {
	return access.Grants{
		Scopes: []access.NamedScope{{Name: "a", Filter: "Alias -eq 'u1'"}, {Name: "b", Filter: "Alias -eq 'u2'"}},
		Roles: []access.Role{
			{Role: access.ApplicationImpersonation, User: address(5), Scope: "a"}, {Role: access.AccessAsApp, App: "app", Scope: "b"},
		},
		Delegates: []access.Delegate{{
			Mailbox: address(1), User: address(2), Calendar: access.LevelEditor, Tasks: access.LevelEditor, Inbox: access.LevelEditor,
			Contacts: access.LevelEditor, Notes: access.LevelEditor, Journal: access.LevelEditor,
		}},
		Folders: []access.FolderGrant{
			folderGrant("inbox", address(3), access.LevelEditor),
			{Mailbox: address(1), Folder: "inbox", User: address(4), Custom: access.Permission{
				Create: true, CreateSubfolders: true, Owner: true, Visible: true, Contact: false,
				Edit: access.WhichAll, Delete: access.WhichAll, Read: access.DetailFull,
			}},
		},
		SendOnBehalf: []access.SendGrant{{Mailbox: address(1), User: address(3)}},
		SendAs:       []access.SendGrant{{Mailbox: address(1), User: address(4)}},
	}
}

// fingerprint is all that can be asked of a guard.
func fingerprint(t *testing.T, g access.Grants) string {
	guard := newGuard(t, g)
	var seen strings.Builder
	fmt.Fprintln(&seen, guard.DelegatedTokens())
	for _, caller := range everyone() {
		for _, target := range everyone() {
			for _, folder := range folderNames() {
				fmt.Fprintln(&seen, guard.Permission(caller, target, folder))
				for verb := access.Impersonate; verb <= access.Send; verb++ {
					fmt.Fprint(&seen, guard.Decide(caller, target, access.Right{Verb: verb, Folder: folder}))
				}
			}
		}
		for _, app := range []string{"app", "other"} {
			fmt.Fprintln(&seen, guard.DecideApp(app, false, caller), guard.KnowsApp(app))
		}
	}
	return seen.String()
}

// Every key changes something that can be asked for.
func TestEveryKeyMatters(t *testing.T) {
	t.Parallel()
	const reviewer = access.LevelReviewer
	changes := map[string]func(*access.Grants){
		"scopes.name":                      func(g *access.Grants) { g.Scopes[0].Name, g.Scopes[1].Name = "b", "a" },
		"scopes.filter":                    func(g *access.Grants) { g.Scopes[0].Filter = "Alias -eq 'u3'" },
		"roles.role":                       func(g *access.Grants) { g.Roles[0] = access.Role{Role: access.AccessAsApp, App: "other"} },
		"roles.user":                       func(g *access.Grants) { g.Roles[0].User = address(6) },
		"roles.app":                        func(g *access.Grants) { g.Roles[1].App = "other" },
		"roles.scope":                      func(g *access.Grants) { g.Roles[0].Scope = "" },
		"delegates.mailbox":                func(g *access.Grants) { g.Delegates[0].Mailbox = address(5) },
		"delegates.user":                   func(g *access.Grants) { g.Delegates[0].User = address(5) },
		"delegates.calendar":               func(g *access.Grants) { g.Delegates[0].Calendar = reviewer },
		"delegates.tasks":                  func(g *access.Grants) { g.Delegates[0].Tasks = reviewer },
		"delegates.inbox":                  func(g *access.Grants) { g.Delegates[0].Inbox = reviewer },
		"delegates.contacts":               func(g *access.Grants) { g.Delegates[0].Contacts = reviewer },
		"delegates.notes":                  func(g *access.Grants) { g.Delegates[0].Notes = reviewer },
		"delegates.journal":                func(g *access.Grants) { g.Delegates[0].Journal = access.LevelNone },
		"folders.mailbox":                  func(g *access.Grants) { g.Folders[0].Mailbox = address(5) },
		"folders.folder":                   func(g *access.Grants) { g.Folders[0].Folder = "tasks" },
		"folders.user":                     func(g *access.Grants) { g.Folders[0].User = access.Default },
		"folders.level":                    func(g *access.Grants) { g.Folders[0].Level = reviewer },
		"folders.custom.create_items":      func(g *access.Grants) { g.Folders[1].Custom.Create = false },
		"folders.custom.create_subfolders": func(g *access.Grants) { g.Folders[1].Custom.CreateSubfolders = false },
		"folders.custom.owner":             func(g *access.Grants) { g.Folders[1].Custom.Owner = false },
		"folders.custom.visible":           func(g *access.Grants) { g.Folders[1].Custom.Visible = false },
		"folders.custom.contact":           func(g *access.Grants) { g.Folders[1].Custom.Contact = true },
		"folders.custom.edit":              func(g *access.Grants) { g.Folders[1].Custom.Edit = access.WhichOwned },
		"folders.custom.delete":            func(g *access.Grants) { g.Folders[1].Custom.Delete = access.WhichOwned },
		"folders.custom.read":              func(g *access.Grants) { g.Folders[1].Custom.Read = access.DetailNone },
		"send_on_behalf.mailbox":           func(g *access.Grants) { g.SendOnBehalf[0].Mailbox = address(5) },
		"send_on_behalf.user":              func(g *access.Grants) { g.SendOnBehalf[0].User = address(5) },
		"send_as.mailbox":                  func(g *access.Grants) { g.SendAs[0].Mailbox = address(5) },
		"send_as.user":                     func(g *access.Grants) { g.SendAs[0].User = address(5) },
		"delegated_tokens":                 func(g *access.Grants) { g.DelegatedTokens = access.DelegatedNever },
	}
	base := fingerprint(t, busy())
	all := keys(reflect.TypeFor[access.Grants](), "")
	for _, key := range all {
		change, ok := changes[key]
		if !assert.True(t, ok, "no test for %s", key) {
			continue
		}
		grants := busy()
		change(&grants)
		assert.False(t, base == fingerprint(t, grants), "%s changes nothing", key)
	}
	assert.Len(t, changes, len(all))
}

// keys are the paths of all values that grants may hold.
func keys(t reflect.Type, prefix string) (all []string) {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return []string{strings.TrimPrefix(prefix, ".")}
	}
	for f := range t.Fields() {
		all = append(all, keys(f.Type, prefix+"."+f.Tag.Get("yaml"))...)
	}
	return all
}
