package mime_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
	"github.com/ewsbench/ewsbench/mockews/mime"
)

// codec knows the zones of Windows.
func codec() mime.Codec { return mime.Codec{Zones: calendar.Windows()} }

func uri(name string) ews.Path { return ews.Path{URI: name} }

func object(kind ews.Kind, values map[string]any) ews.Object {
	o := ews.Object{Kind: kind}
	for name, v := range values {
		o.Set(uri(name), v)
	}
	return o
}

func mailbox(name string) ews.Mailbox {
	return ews.Mailbox{Name: name, Address: strings.ToLower(strings.Fields(name)[0]) + "@contoso.com", RoutingType: "SMTP"}
}

var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// What is written is read again.
func TestMessages(t *testing.T) {
	t.Parallel()
	content, no := []byte("\x00\x01binary\xff"), false
	inner := object(ews.KindMessage, map[string]any{"item:Subject": "inner", "item:Body": ews.BodyContent{BodyType: ews.BodyText, Text: "in"}})
	for name, values := range map[string]map[string]any{
		"plain": {"item:Subject": "Hello", "item:Body": ews.BodyContent{BodyType: ews.BodyText, Text: "One\r\nTwo = 2"}},
		"html in German": {
			"item:Subject": "Grüße & mehr", "item:Body": ews.BodyContent{BodyType: ews.BodyHTML, Text: "<p>Größe</p>"}, "item:Importance": ews.Importance("High"),
			"item:Sensitivity": ews.Sensitivity("Private"), "message:From": ews.Recipient{Mailbox: mailbox("Ada Löwe")}, "item:DateTimeSent": noon,
			"message:ToRecipients": ews.Recipients{Mailboxes: []ews.Mailbox{mailbox("Bob Q"), mailbox("Cy R")}}, "message:InternetMessageId": "<1@x>",
		},
		"with files": {
			"item:Subject": "Files", "item:Body": ews.BodyContent{BodyType: ews.BodyText, Text: "see"},
			"item:Attachments": ews.Attachments{Attachments: []ews.Attachment{
				{Name: "a.bin", ContentType: "application/octet-stream", Content: &content, Size: len(content), IsInline: &no},
				{Name: "inner", Item: &inner, IsInline: &no},
			}},
		},
	} {
		o := object(ews.KindMessage, values)
		raw, err := codec().Write(o)
		require.NoError(t, err, name)
		again, err := codec().Write(o)
		require.NoError(t, err, name)
		assert.Equal(t, string(raw), string(again), "%s: nothing is drawn", name)
		read, err := codec().Read(raw)
		require.NoError(t, err, "%s: %s", name, raw)
		for path, want := range values {
			if path == "item:Attachments" {
				files, _ := read.Get(uri(path)).(ews.Attachments)
				require.Len(t, files.Attachments, 2)
				assert.Equal(t, content, *files.Attachments[0].Content)
				assert.Equal(t, "inner", files.Attachments[1].Item.Text("item:Subject"))
				continue
			}
			assert.Equal(t, want, read.Get(uri(path)), "%s: %s", name, path)
		}
	}
}

func TestCalendar(t *testing.T) {
	t.Parallel()
	weekly := ews.Recurrence{Weekly: &ews.Pattern{Interval: 2, DaysOfWeek: "Monday Wednesday"}, Numbered: &ews.Range{StartDate: ews.Date{Time: noon}, NumberOfOccurrences: 5}}
	o := object(ews.KindCalendarItem, map[string]any{
		"item:Subject": "Plan, and more; all", "calendar:Start": noon, "calendar:End": noon.Add(time.Hour), "calendar:Location": "Room 1", "calendar:UID": "u1",
		"calendar:Organizer": ews.Recipient{Mailbox: mailbox("Ada L")}, "calendar:Recurrence": weekly,
		"calendar:RequiredAttendees": ews.Attendees{Attendees: []ews.Attendee{{Mailbox: mailbox("Bob Q")}}},
	})
	raw, err := codec().Write(o)
	require.NoError(t, err)
	assert.Contains(t, string(raw), "BEGIN:VTIMEZONE", "DavMail needs one")
	read, err := codec().Read(raw)
	require.NoError(t, err, "%s", raw)
	assert.Equal(t, ews.KindMeetingRequest, read.Kind, "who is invited is asked")
	for path, want := range o.All() {
		assert.Equal(t, want, read.Get(path), path.URI)
	}
}

func TestContact(t *testing.T) {
	t.Parallel()
	raw, err := codec().Write(object(ews.KindContact, map[string]any{
		"contacts:GivenName": "Ada", "contacts:Surname": "Lovelace; Countess", "contacts:CompanyName": "A, B",
		"contacts:EmailAddresses": ews.EmailAddresses{Entries: []ews.EmailEntry{{Key: "EmailAddress1", Address: "ada@contoso.com"}}},
	}))
	require.NoError(t, err)
	read, err := codec().Read(raw)
	require.NoError(t, err)
	assert.Equal(t, "Ada", read.Text("contacts:GivenName"))
	assert.Equal(t, "A, B", read.Text("contacts:CompanyName"))
}

func TestForeignMessages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ raw, subject, body string }{
		"encoded words":    {"Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n\r\nbody\r\n", "Grüße", "body\r\n"},
		"another charset":  {"Subject: x\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=80 5\r\n", "x", "€ 5\r\n"},
		"no body":          {"Subject: x\r\n\r\n", "x", ""},
		"alternative":      {"Subject: x\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>html</b>\r\n--b--\r\n", "x", "<b>html</b>"},
		"unknown charset":  {"Subject: x\r\nContent-Type: text/plain; charset=x-none\r\n\r\nbody\r\n", "x", "body\r\n"},
		"line feeds alone": {"Subject: x\n\nbody\n", "x", "body\n"},
	} {
		o, err := codec().Read([]byte(c.raw))
		require.NoError(t, err, name)
		assert.Equal(t, c.subject, o.Text("item:Subject"), name)
		body, _ := o.Get(uri("item:Body")).(ews.BodyContent)
		assert.Equal(t, c.body, body.Text, name)
	}
	_, err := codec().Read(nil)
	assert.ErrorContains(t, err, "empty")
	_, err = codec().Read([]byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))
	assert.Error(t, err)
}

// No message makes it panic, and what it reads it can write.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"Subject: x\r\n\r\nbody", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nRRULE:FREQ=WEEKLY;UNTIL=2\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"BEGIN:VCARD\r\nN:a;b\r\nEND:VCARD\r\n", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\nz\r\n--b--\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, err := codec().Read(raw)
		if err != nil {
			return
		}
		_, err = codec().Write(o.Object, o.Exceptions...)
		require.NoError(t, err)
	})
}
