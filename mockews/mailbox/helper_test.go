package mailbox_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/answers"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
)

// users are a directory of so many users, user1@contoso.com and so on.
type users int

func (u users) Find(address string) (access.Principal, bool) {
	name, domain, _ := strings.Cut(strings.ToLower(address), "@")
	n, err := strconv.Atoi(strings.TrimPrefix(name, "user"))
	if err != nil || domain != "contoso.com" || n < 1 || n > int(u) {
		return 0, false
	}
	return access.Principal(n), true
}

func (u users) FindSID(sid string) (access.Principal, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(sid, "S-1-5-"))
	return access.Principal(n), err == nil
}

func (u users) Address(p access.Principal) string           { return fmt.Sprintf("user%d@contoso.com", p) }
func (u users) HasMailbox(p access.Principal) bool          { return p > 0 && int(p) <= int(u) }
func (u users) DisplayName(p access.Principal) string       { return fmt.Sprintf("User %d", p) }
func (u users) Recipient(access.Principal) access.Recipient { return access.Recipient{} }
func (u users) Users() int                                  { return int(u) }
func (u users) SID(p access.Principal) string               { return fmt.Sprintf("S-1-5-%d", p) }
func (u users) RoomLists() []mailbox.RoomList               { return nil }
func (u users) PublicFolderMailboxes() []access.Principal   { return nil }
func (u users) Traits(access.Principal) mailbox.Traits      { return mailbox.Traits{} }
func (u users) PasswordExpires(access.Principal, time.Time) time.Time {
	return time.Time{}
}

func (u users) Bits(what string, key uint64) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(what) {
		h = (h ^ uint64(what[i])) * 1099511628211
	}
	h ^= key * 0x9e3779b97f4a7c15
	h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9
	h = (h ^ (h >> 27)) * 0x94d049bb133111eb
	return h ^ (h >> 31)
}

var noGrants access.Grants

// newStore is a store for so many users, with grants.
func newStore(tb testing.TB, n users, grants access.Grants) (*mailbox.Store, *access.Guard) {
	tb.Helper()
	guard, err := access.NewGuard(n, grants)
	require.NoError(tb, err)
	return mailbox.New(n, guard, mailbox.Limits{}), guard
}

// client does things as somebody.
type client struct {
	tb    testing.TB
	store *mailbox.Store
	call  mailbox.Call
}

func as(tb testing.TB, s *mailbox.Store, who access.Principal) client {
	return client{tb, s, mailbox.Call{Caller: who, Actor: who, Version: ews.Exchange2016}}
}

// serverVersion is what recorded answers say of the server.
var serverVersion = ews.ServerVersion{Major: 15, Minor: 2, MajorBuild: 986, MinorBuild: 26, Version: "V2017_07_11"}

// do carries a request out and returns its response, of type R, and the code of the first part that failed.
func do[R ews.Response](c client, body ews.Body) (R, ews.Code) {
	c.tb.Helper()
	response, code := c.store.Do(c.call, body)
	if answers.Kept {
		answers.Keep(ews.AppendResponse(nil, serverVersion, response))
	}
	r, ok := response.(R)
	require.True(c.tb, ok, "%T", response)
	return r, code
}

func named(name string) ews.FolderID { return ews.FolderID{Distinguished: name} }

func path(uri string) ews.Path { return ews.Path{URI: uri} }

// object is an item or a folder with some properties: uri, value, uri, value.
func object(kind ews.Kind, values ...any) ews.Object {
	o := ews.Object{Kind: kind}
	for i := 0; i+1 < len(values); i += 2 {
		o.Set(path(values[i].(string)), values[i+1])
	}
	return o
}

func idOf(o ews.Object) ews.ItemID {
	id, _ := o.Get(path("item:ItemId")).(ews.ItemID)
	return id
}

// create makes an item in a folder and returns its id.
func (c client) create(folder ews.FolderID, o ews.Object) ews.ItemID {
	c.tb.Helper()
	r, code := do[ews.CreateItemResponse](c, ews.CreateItem{
		Disposition: ews.SaveOnly, Invitations: ews.SendToNone, Folder: &ews.TargetFolder{ID: folder}, Items: []ews.Object{o},
	})
	require.Equal(c.tb, ews.NoError, code)
	return idOf(r.Messages[0].Items[0])
}

// note makes a message in a folder.
func (c client) note(folder ews.FolderID, subject string) ews.ItemID {
	c.tb.Helper()
	return c.create(folder, object(ews.KindMessage, "item:Subject", subject))
}

// get is an item with all properties; the code says why there is none.
func (c client) get(id ews.ItemRef, more ...ews.Path) (ews.Object, ews.Code) {
	c.tb.Helper()
	r, code := do[ews.GetItemResponse](c, ews.GetItem{Shape: ews.ItemShape{Base: ews.ShapeAllProperties, Additional: more}, Items: []ews.ItemRef{id}})
	if code != ews.NoError {
		return ews.Object{}, code
	}
	return r.Messages[0].Items[0], code
}

// set changes properties of an item: uri, value, uri, value.
func (c client) set(id ews.ItemID, resolution string, values ...any) (ews.ItemID, ews.Code) {
	c.tb.Helper()
	change := ews.ItemUpdates{ID: id.Ref()}
	for i := 0; i+1 < len(values); i += 2 {
		uri := values[i].(string)
		kind := ews.KindMessage
		if strings.HasPrefix(uri, "calendar:") {
			kind = ews.KindCalendarItem
		}
		change.Updates = append(change.Updates, ews.FieldUpdate{Kind: ews.SetField, Path: path(uri), Object: object(kind, uri, values[i+1])})
	}
	r, code := do[ews.UpdateItemResponse](c, ews.UpdateItem{
		Conflict: resolution, Disposition: ews.SaveOnly, Invitations: ews.SendToNone, Changes: []ews.ItemUpdates{change},
	})
	if code != ews.NoError {
		return ews.ItemID{}, code
	}
	return idOf(r.Messages[0].Items[0]), code
}

// found are the items of a folder, the newest first.
func (c client) found(folder ews.FolderID, find ews.FindItem) []ews.Object {
	c.tb.Helper()
	find.Folders = []ews.FolderID{folder}
	if find.Shape.Base == "" {
		find.Shape.Base = ews.ShapeAllProperties
	}
	r, code := do[ews.FindItemResponse](c, find)
	require.Equal(c.tb, ews.NoError, code)
	return *r.Messages[0].Root.Items
}

func (c client) delete(how ews.Disposal, ids ...ews.ItemRef) ews.Code {
	c.tb.Helper()
	_, code := do[ews.DeleteItemResponse](c, ews.DeleteItem{Disposal: how, Cancellations: ews.SendToNone, Tasks: "AllOccurrences", Items: ids})
	return code
}

// subjects are those of items, in their order.
func subjects(items []ews.Object) (all []string) {
	for _, o := range items {
		all = append(all, o.Text("item:Subject"))
	}
	return all
}
