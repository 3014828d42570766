package mailbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// headerPath names a field of a header as an extended property.
func headerPath(name string) ews.Path {
	return ews.Path{Extended: ews.Extended{Set: "InternetHeaders", Name: name, Type: "String"}}
}

// written are the lines of a message's MIME content.
func (c client) written(id ews.ItemID) []string {
	c.tb.Helper()
	o, code := c.get(id.Ref(), path("item:MimeContent"))
	require.Equal(c.tb, ews.NoError, code)
	return strings.Split(string(o.Get(path("item:MimeContent")).(ews.MimeContent).Content), "\r\n")
}

// A calendar's EXDATE is an occurrence that a series does not have, on the way in and on the way out.
func TestGapsOfCalendars(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	calendar := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20270601T090000Z\r\nDTEND:20270601T100000Z\r\n" +
		"SUMMARY:from a file\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\nEXDATE:20270608T090000Z,20270622T090000Z\r\nEXDATE:20270609T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	for range 2 { // what comes out goes in again
		id := me.create(named("calendar"), object(ews.KindCalendarItem, "item:MimeContent", ews.MimeContent{Content: []byte(calendar)}))
		o, code := me.get(id.Ref(), path("item:MimeContent"), path("calendar:DeletedOccurrences"))
		require.Equal(t, ews.NoError, code)
		assert.Equal(t, ews.DeletedOccurrences{Deleted: []ews.DeletedOccurrence{
			{Start: time.Date(2027, 6, 8, 9, 0, 0, 0, time.UTC)}, {Start: time.Date(2027, 6, 22, 9, 0, 0, 0, time.UTC)},
		}}, o.Get(path("calendar:DeletedOccurrences")), "the third is none of the pattern")
		calendar = string(o.Get(path("item:MimeContent")).(ews.MimeContent).Content)
	}
}

// Fields of a header that are no properties are kept: those that a message came with can be read one by one, and those that a client
// sets go out with it.
func TestFieldsOfHeaders(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me, them := as(t, s, 1), as(t, s, 2)
	came := "Received: from a by b\r\nReceived: from c by a\r\nX-Ticket: 4711\r\nSubject: came\r\nTo: a@b.c\r\nContent-Type: text/plain\r\n\r\nHello"
	id := me.create(named("inbox"), object(ews.KindMessage, "item:MimeContent", ews.MimeContent{Content: []byte(came)}))
	o, code := me.get(id.Ref(), headerPath("X-Ticket"), headerPath("x-ticket"), headerPath("X-None"))
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, []any{"4711", "4711", nil}, []any{o.Get(headerPath("X-Ticket")), o.Get(headerPath("x-ticket")), o.Get(headerPath("X-None"))})
	assert.Equal(t, strings.Split(came, "\r\n"), me.written(id), "as it came")
	id, code = me.set(id, "AlwaysOverwrite", "item:Subject", "changed")
	require.Equal(t, ews.NoError, code)
	lines := me.written(id)
	assert.Equal(t, []string{"Received: from a by b", "Received: from c by a", "X-Ticket: 4711"}, lines[2:5], "before what the message is written anew with")
	for _, line := range []string{"Subject: changed", "X-Ticket: 4711"} {
		assert.Equal(t, 1, strings.Count(strings.Join(lines, "\n"), line), line)
	}

	mail := object(ews.KindMessage, "item:Subject", "sent", "message:ToRecipients", to("user2@contoso.com"))
	mail.Set(headerPath("X-Ticket"), "4712")
	mail.Set(headerPath("Subject"), "another")
	mail.Set(headerPath("X-Bad"), "a\r\nBcc: c@d.e")
	require.Equal(t, ews.NoError, me.send(ews.SendOnly, mail))
	got := idOf(them.only("inbox", "sent"))
	lines = them.written(got)
	assert.Contains(t, lines, "X-Ticket: 4712")
	assert.Contains(t, lines, "Subject: sent")
	assert.NotContains(t, strings.Join(lines, "\n"), "c@d.e")
	o, code = them.get(got.Ref(), path("item:InternetMessageHeaders"))
	require.Equal(t, ews.NoError, code)
	fields, _ := o.Get(path("item:InternetMessageHeaders")).(ews.InternetHeaders)
	assert.Contains(t, fields.Headers, ews.InternetHeader{Name: "X-Ticket", Value: "4712"})
}

// A message that came as MIME content goes out as it came, until somebody changes what it says.
func TestMessagesAsTheyCame(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	came := "X-Odd:  kept\r\nsubject: as it came\r\nDate: Mon, 1 Jun 2026 10:00:00 +0200\r\nMessage-ID: <1@x>\r\nContent-Type: multipart/alternative; boundary=mine\r\n\r\n" +
		"preamble\r\n--mine\r\nContent-Type: text/plain\r\n\r\nplain by hand\r\n--mine\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--mine--\r\n"
	mime := ews.MimeContent{Content: []byte(came)}
	id := me.create(named("inbox"), object(ews.KindMessage, "item:MimeContent", mime))
	assert.Equal(t, came, string(me.mimeOf(id).Content))
	header, code := me.get(id.Ref(), ews.Path{Extended: ews.Extended{Tag: 0x007d, Type: "String"}})
	require.Equal(t, ews.NoError, code)
	text, _ := header.Get(ews.Path{Extended: ews.Extended{Tag: 0x007d, Type: "String"}}).(string)
	assert.Contains(t, text, "X-Odd: kept\r\n", "PidTagTransportMessageHeaders is the whole header")
	assert.Contains(t, text, "Date: Mon, 1 Jun 2026 10:00:00 +0200\r\n")

	id, code = me.set(id, "AlwaysOverwrite", "message:IsRead", false)
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, came, string(me.mimeOf(id).Content), "to read it changes nothing of it")
	id, code = me.set(id, "AlwaysOverwrite", "item:Subject", "changed")
	require.Equal(t, ews.NoError, code)
	again := string(me.mimeOf(id).Content)
	assert.Contains(t, again, "Subject: changed\r\n")
	assert.Contains(t, again, "X-Odd: kept\r\n")
	assert.NotContains(t, again, "as it came")
	id, code = me.set(id, "AlwaysOverwrite", "item:MimeContent", mime)
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, came, string(me.mimeOf(id).Content), "by UpdateItem")

	id = me.create(named("inbox"), object(ews.KindMessage, "item:MimeContent", mime, "item:Subject", "said otherwise"))
	assert.Contains(t, string(me.mimeOf(id).Content), "Subject: said otherwise\r\n")
	file := []byte("x")
	id = me.create(named("inbox"), object(ews.KindMessage, "item:MimeContent", mime))
	_, code = do[ews.CreateAttachmentResponse](me, ews.CreateAttachment{
		Parent: ews.ItemID{ID: id.ID}, Attachments: []ews.Attachment{{Name: "later.txt", ContentType: "text/plain", Content: &file}},
	})
	require.Equal(t, ews.NoError, code)
	o, code := me.get(ews.ItemRef{ID: id.ID})
	require.Equal(t, ews.NoError, code)
	assert.Contains(t, string(me.mimeOf(idOf(o)).Content), "later.txt")
}
