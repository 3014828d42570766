package mime_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/emersion/go-message"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// outline is how the parts of a message lie in one another: "mixed(plain,png)".
func outline(tb testing.TB, e *message.Entity) string {
	tb.Helper()
	kind, _, err := e.Header.ContentType()
	require.NoError(tb, err)
	_, name, _ := strings.Cut(kind, "/")
	parts := e.MultipartReader()
	if parts == nil {
		if how, _, _ := e.Header.ContentDisposition(); how != "" {
			name += ":" + how
		}
		return name
	}
	var inner []string
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return fmt.Sprintf("%s(%s)", name, strings.Join(inner, ","))
		}
		require.NoError(tb, err)
		inner = append(inner, outline(tb, p))
	}
}

func file(name, kind, id string, inline bool) ews.Attachment {
	content := []byte("content of " + name)
	return ews.Attachment{Name: name, ContentType: kind, ContentID: id, IsInline: &inline, Content: &content, Size: len(content)}
}

// HTML comes with plain text, what it shows lies beside it, and the rest around that (MS-OXCMAIL, section 2.1.3.3).
func TestStructureOfMessages(t *testing.T) {
	t.Parallel()
	plain := ews.BodyContent{BodyType: ews.BodyText, Text: "see"}
	html := ews.BodyContent{BodyType: ews.BodyHTML, Text: `<p>see <img src="cid:a@b"> this</p>`}
	shown, beside := file("a.png", "image/png", "a@b", true), file("b.txt", "text/plain", "", false)
	for _, c := range []struct {
		want  string
		kind  ews.Kind
		body  ews.BodyContent
		files []ews.Attachment
	}{
		{"plain", ews.KindMessage, plain, nil},
		{"alternative(plain,html)", ews.KindMessage, html, nil},
		{"mixed(plain,plain:attachment)", ews.KindMessage, plain, []ews.Attachment{beside}},
		{"mixed(alternative(plain,html),plain:attachment)", ews.KindMessage, html, []ews.Attachment{beside}},
		{"related(alternative(plain,html),png:inline)", ews.KindMessage, html, []ews.Attachment{shown}},
		{"mixed(related(alternative(plain,html),png:inline),plain:attachment)", ews.KindMessage, html, []ews.Attachment{beside, shown}},
		{"mixed(plain,png:inline)", ews.KindMessage, plain, []ews.Attachment{shown}},
		{"mixed(alternative(plain,html),png:inline)", ews.KindMessage, html, []ews.Attachment{file("c.png", "image/png", "c@d", true)}},
		{"alternative(plain,html,calendar)", ews.KindMeetingRequest, html, nil},
		{"calendar", ews.KindCalendarItem, html, nil},
		{"mixed(calendar,plain:attachment)", ews.KindCalendarItem, html, []ews.Attachment{beside}},
	} {
		o := object(c.kind, map[string]any{"item:Subject": "x", "item:Body": c.body, "calendar:Start": noon, "calendar:End": noon})
		if c.files != nil {
			o.Set(uri("item:Attachments"), ews.Attachments{Attachments: c.files})
		}
		raw, err := codec().Write(o)
		require.NoError(t, err)
		e, err := message.Read(strings.NewReader(string(raw)))
		require.NoError(t, err)
		assert.Equal(t, c.want, outline(t, e))
		read, err := codec().Read(raw)
		require.NoError(t, err)
		assert.Equal(t, c.body, read.Get(uri("item:Body")), "%s: the body", c.want)
		files, _ := read.Get(uri("item:Attachments")).(ews.Attachments)
		assert.Len(t, files.Attachments, len(c.files), c.want)
		for _, f := range files.Attachments {
			assert.Equal(t, strings.Contains(c.want, "related") && f.ContentID == "a@b", *f.IsInline, "%s: %s", c.want, f.Name)
		}
	}
}

// What a message shows within its HTML is inline, whatever else is said of it, and no text of it is lost.
func TestForeignStructures(t *testing.T) {
	t.Parallel()
	part := func(content string, fields ...string) string {
		return "--b\r\n" + strings.Join(fields, "\r\n") + "\r\n\r\n" + content + "\r\n"
	}
	read := func(kind string, parts ...string) (ews.BodyContent, []string) {
		raw := "Subject: x\r\nContent-Type: multipart/" + kind + "; boundary=b\r\n\r\n" + strings.Join(parts, "") + "--b--\r\n"
		o, err := codec().Read([]byte(raw))
		require.NoError(t, err)
		body, _ := o.Get(uri("item:Body")).(ews.BodyContent)
		files, _ := o.Get(uri("item:Attachments")).(ews.Attachments)
		var all []string
		for _, f := range files.Attachments {
			all = append(all, fmt.Sprintf("%s %s %v %s", f.ContentType, f.ContentID, *f.IsInline, *f.Content))
		}
		return body, all
	}
	html := part(`<img src="cid:i@d">`, "Content-Type: text/html")
	shown := part("png", "Content-Type: image/png", "Content-ID: <i@d>")

	body, files := read("related", html, shown, part("css", "Content-Type: text/css; name=s.css", "Content-ID: <other>"))
	assert.Equal(t, ews.BodyHTML, body.BodyType)
	assert.Equal(t, []string{"image/png i@d true png", "text/css other false css"}, files)

	_, files = read("mixed", html, part("pdf", "Content-Type: application/pdf", "Content-Disposition: inline; filename=a.pdf"))
	assert.Equal(t, []string{"application/pdf  false pdf"}, files, "shown by some programs, but not by the HTML")

	body, files = read("mixed", part("hello", "Content-Type: text/plain"), part("-- the list", "Content-Type: text/plain"))
	assert.Equal(t, ews.BodyContent{BodyType: ews.BodyText, Text: "hello"}, body)
	assert.Equal(t, []string{"text/plain  false -- the list"}, files)

	body, files = read("alternative", part("plain", "Content-Type: text/plain"), html)
	assert.Equal(t, ews.BodyHTML, body.BodyType)
	assert.Empty(t, files)
}

// A field is kept whatever the length of its name, also one that leaves no room for a value on a line of 76 characters.
func TestLongNamesOfFields(t *testing.T) {
	t.Parallel()
	for n := 60; n < 120; n++ {
		for _, value := range []string{"v", "a b", strings.Repeat("word ", 60) + "end", strings.Repeat("x", 300)} {
			name := "X-N" + strings.Repeat("n", n-3)
			field := name + ": " + value + "\r\n"
			o, err := codec().Read([]byte(field + "Subject: s\r\n\r\nbody\r\n"))
			require.NoError(t, err)
			out, err := codec().Write(o.Object)
			require.NoError(t, err)
			again, err := codec().Read(out)
			require.NoError(t, err)
			came := again.Object.Get(uri("item:InternetMessageHeaders")).(ews.InternetHeaders)
			assert.Contains(t, came.Headers, ews.InternetHeader{Name: name, Value: value}, "%d characters", n)
		}
	}
}
