package mockews_test

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// everything is all that an item shows: the answer to GetItem with all properties, headers and the whole of it as a message, decoded.
func everything(t *testing.T, s *mockews.Server, user string, folder ews.FolderID) string {
	t.Helper()
	_, body := do(t, s, user, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{folder}, Page: &ews.IndexedView{Max: new(1)}})
	shape := ews.ItemShape{Base: ews.ShapeAllProperties, MimeContent: true, Additional: []ews.Path{
		{URI: "item:InternetMessageHeaders"},
		{Extended: ews.Extended{Tag: 0x007d, Type: "String"}},
		{Extended: ews.Extended{Tag: 0x0c1a, Type: "String"}},
		{Extended: ews.Extended{Tag: 0x0042, Type: "String"}},
		{Extended: ews.Extended{Tag: 0x3ffa, Type: "String"}},
		{Extended: ews.Extended{Tag: 0x3ff8, Type: "String"}},
	}}
	o, body := do(t, s, user, ews.GetItem{Shape: shape, Items: ews.Refs(ews.ItemIDs(body, 1))})
	require.True(t, o.OK(), "%s", body)
	text := string(body)
	m := regexp.MustCompile(`<t:MimeContent[^>]*>([^<]*)<`).FindStringSubmatch(text)
	require.NotNil(t, m)
	mime, err := base64.StdEncoding.DecodeString(m[1])
	require.NoError(t, err)
	require.Contains(t, strings.ToLower(string(mime)), "\r\nfrom: ")
	return strings.ToLower(text + "\n" + string(mime))
}

// Mail that a service account sends while it impersonates somebody is plain mail of that user: nothing in it tells of the account (MS docs:
// Delegate access and EWS in Exchange: there is no way for the recipient to know that a service account has sent it).
func TestNoTraceOfTheServiceAccount(t *testing.T) {
	t.Parallel()
	const account = "svc-bench"
	letter := func() ews.Object {
		o := ews.Object{Kind: ews.KindMessage}
		o.Set(ews.Path{URI: "item:Subject"}, "no trace")
		o.Set(ews.Path{URI: "message:ToRecipients"}, ews.Recipients{Mailboxes: []ews.Mailbox{{Address: stranger}}})
		return o
	}
	at := func(name string) ews.FolderID { return ews.FolderID{Distinguished: name} }
	created := func(t *testing.T, s *mockews.Server, b ews.CreateItem) []byte {
		o, body := do(t, s, owner, b)
		require.True(t, o.OK(), "%s", body)
		return body
	}
	for _, c := range []struct {
		name string
		kept string // where the user's copy is
		send func(t *testing.T, s *mockews.Server)
	}{
		{"CreateItem with SendAndSaveCopy", "sentitems", func(t *testing.T, s *mockews.Server) {
			created(t, s, ews.CreateItem{Disposition: ews.SendAndSaveCopy, Items: []ews.Object{letter()}})
		}},
		{"SendItem", "sentitems", func(t *testing.T, s *mockews.Server) {
			draft := ews.ItemIDs(created(t, s, ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{letter()}}), 1)
			o, body := do(t, s, owner, ews.SendItem{Save: true, Items: ews.Refs(draft)})
			require.True(t, o.OK(), "%s", body)
		}},
		{"a meeting request", "calendar", func(t *testing.T, s *mockews.Server) {
			o := ews.Object{Kind: ews.KindCalendarItem}
			o.Set(ews.Path{URI: "item:Subject"}, "no trace")
			o.Set(ews.Path{URI: "calendar:RequiredAttendees"}, ews.Attendees{Attendees: []ews.Attendee{{Mailbox: ews.Mailbox{Address: stranger}}}})
			created(t, s, ews.CreateItem{Invitations: ews.SendToAllAndSaveCopy, Items: []ews.Object{o}})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, route.Topology{})
			c.send(t, s)
			for whose, text := range map[string]string{
				"the recipient's copy": everything(t, s, stranger, inbox),
				"the user's own":       everything(t, s, owner, at(c.kept)),
			} {
				assert.Contains(t, text, "no trace", whose)
				assert.Contains(t, text, owner, whose)
				assert.NotContains(t, text, account, whose)
			}
		})
	}
	t.Run("in its own name it shows", func(t *testing.T) {
		t.Parallel()
		s := newServer(t, route.Topology{})
		o := as(bench, ews.CreateItem{Disposition: ews.SendAndSaveCopy, Items: []ews.Object{letter()}}).send(t, s.Transport()).outcome()
		require.True(t, o.OK())
		text := everything(t, s, stranger, inbox)
		assert.GreaterOrEqual(t, strings.Count(text, account), 4, "in properties and in headers: whoever looks for it would find it")
	})
}
