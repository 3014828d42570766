package mime

import (
	"fmt"
	"maps"
	"strings"

	"github.com/emersion/go-message"

	"github.com/ewsbench/ewsbench/ews"
)

// part is one part of a message: of others, or with content.
type part struct {
	kind    string
	params  map[string]string
	name    string // of a file
	id      string // by which a body shows it
	inline  bool
	content []byte
	parts   []part
}

// multipart are parts as one; a single one is itself.
func multipart(o ews.Object, kind string, parts []part) part {
	if len(parts) == 1 {
		return parts[0]
	}
	mark := kind[len("multipart/"):][:1] // which lie in one another are told apart
	return part{kind: kind, params: map[string]string{"boundary": mark + boundary(o)}, parts: parts}
}

// together is an item as one part: its texts as alternatives, with the files that they show, and beside that the other files
// (MS-OXCMAIL, sections 2.1.3.3.4, 2.1.3.3.5 and 2.1.3.4).
func (c Codec) together(o ews.Object, texts []part) part {
	shown, beside := []part{multipart(o, "multipart/alternative", texts)}, []part(nil)
	body, _ := o.Get(uri("item:Body")).(ews.BodyContent)
	for _, f := range c.files(o) {
		if f.inline && body.BodyType == ews.BodyHTML && refersTo(body.Text, f.id) {
			shown = append(shown, f)
		} else {
			beside = append(beside, f)
		}
	}
	return multipart(o, "multipart/mixed", append([]part{multipart(o, "multipart/related", shown)}, beside...))
}

// refersTo reports whether HTML shows what has an id.
func refersTo(html, id string) bool { return id != "" && strings.Contains(html, "cid:"+id) }

// texts are the body of an item: HTML comes as plain text too, the best one last (MS-OXCMAIL, section 2.1.3.3.4).
func texts(o ews.Object) []part {
	b, _ := o.Get(uri("item:Body")).(ews.BodyContent)
	text := func(kind, content string) part {
		return part{kind: kind, params: map[string]string{"charset": "utf-8"}, content: []byte(content)}
	}
	if b.BodyType == ews.BodyHTML {
		return []part{text("text/plain", TextOf(b.Text)), text("text/html", b.Text)}
	}
	return []part{text("text/plain", b.Text)}
}

func (c Codec) calendar(o ews.Object, exceptions []ews.Object) part {
	return part{
		kind: "text/calendar", params: map[string]string{"charset": "utf-8", "method": methodOf(o)}, content: c.writeCalendar(o, exceptions),
	}
}

// files are what is attached to an item; items as messages of their own.
func (c Codec) files(o ews.Object) (parts []part) {
	a, _ := o.Get(uri("item:Attachments")).(ews.Attachments)
	for _, f := range a.Attachments {
		p := part{kind: orElse(f.ContentType, "application/octet-stream"), name: f.Name, id: f.ContentID, inline: f.IsInline != nil && *f.IsInline}
		switch {
		case f.Item != nil:
			content, err := c.Write(*f.Item)
			if err != nil {
				continue
			}
			p.kind, p.content = "message/rfc822", content
		case f.Content != nil:
			p.content = *f.Content
		}
		parts = append(parts, p)
	}
	return parts
}

// describe sets the fields that say what a part is.
func (p part) describe(h *message.Header) {
	params := map[string]string{}
	maps.Copy(params, p.params)
	if p.name != "" {
		params["name"] = p.name
	}
	h.SetContentType(p.kind, params)
	switch {
	case p.kind == "message/rfc822" || p.parts != nil:
	case strings.HasPrefix(p.kind, "text/") && p.name == "":
		h.Set("Content-Transfer-Encoding", "quoted-printable")
	default:
		h.Set("Content-Transfer-Encoding", "base64")
	}
}

// fill writes what is in a part.
func (p part) fill(w *message.Writer) error {
	for _, inner := range p.parts {
		if err := inner.write(w); err != nil {
			return err
		}
	}
	if p.parts != nil {
		return nil
	}
	if _, err := w.Write(p.content); err != nil {
		return fmt.Errorf("mime: %w", err)
	}
	return nil
}

func (p part) write(w *message.Writer) error {
	var h message.Header
	p.describe(&h)
	if p.name != "" {
		how := "attachment"
		if p.inline {
			how = "inline"
		}
		h.SetContentDisposition(how, map[string]string{"filename": p.name})
	}
	if p.id != "" {
		h.Set("Content-ID", "<"+p.id+">")
	}
	inner, err := w.CreatePart(h)
	if err != nil {
		return fmt.Errorf("mime: %w", err)
	}
	if err := p.fill(inner); err != nil {
		return err
	}
	return closing(inner, nil)
}
