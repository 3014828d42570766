package mime

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"strings"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"

	"github.com/ewsbench/ewsbench/ews"
)

// Write is an item as an Internet message; of a contact, a vCard. It is a function of the item: nothing in it is drawn.
func Write(o ews.Object) ([]byte, error) {
	switch o.Kind {
	case ews.KindContact:
		return writeContact(o), nil
	case ews.KindCalendarItem:
		return writeEntity(o, header(o), []part{{kind: "text/calendar", params: map[string]string{"charset": "utf-8", "method": methodOf(o)}, content: writeCalendar(o, methodOf(o))}})
	case ews.KindMeetingRequest, ews.KindMeetingResponse, ews.KindMeetingCancellation:
		parts := append(body(o), part{
			kind: "text/calendar", params: map[string]string{"charset": "utf-8", "method": methodOf(o)}, content: writeCalendar(o, methodOf(o)),
		})
		return writeEntity(o, header(o), parts)
	}
	return writeEntity(o, header(o), append(body(o), files(o)...))
}

// part is one part of a message.
type part struct {
	kind    string
	params  map[string]string
	name    string // of a file
	id      string // by which a body shows it
	inline  bool
	content []byte
}

// header are the fields that come before the body.
func header(o ews.Object) mail.Header {
	var h mail.Header
	from, _ := o.Get(uri("message:From")).(ews.Recipient)
	sender, _ := o.Get(uri("message:Sender")).(ews.Recipient)
	if organizer, ok := o.Get(uri("calendar:Organizer")).(ews.Recipient); ok && from.Mailbox.Address == "" {
		from = organizer
	}
	setAddresses(&h, "From", from.Mailbox)
	if sender.Mailbox.Address != from.Mailbox.Address {
		setAddresses(&h, "Sender", sender.Mailbox)
	}
	for name, path := range map[string]string{
		"To": "message:ToRecipients", "Cc": "message:CcRecipients", "Bcc": "message:BccRecipients", "Reply-To": "message:ReplyTo",
	} {
		r, _ := o.Get(uri(path)).(ews.Recipients)
		setAddresses(&h, name, r.Mailboxes...)
	}
	h.SetSubject(o.Text("item:Subject"))
	h.SetDate(dateOf(o))
	h.SetMessageID(strings.Trim(orElse(o.Text("message:InternetMessageId"), "<"+boundary(o)+"@localhost>"), "<>"))
	for name, path := range map[string]string{"In-Reply-To": "item:InReplyTo", "References": "message:References"} {
		if v := o.Text(path); v != "" {
			h.Set(name, v)
		}
	}
	if v, ok := o.Get(uri("item:Importance")).(ews.Importance); ok && v != "Normal" {
		h.Set("Importance", strings.ToLower(string(v)))
	}
	if v, ok := o.Get(uri("item:Sensitivity")).(ews.Sensitivity); ok && v != "Normal" {
		h.Set("Sensitivity", strings.ToLower(string(v)))
	}
	h.Set("MIME-Version", "1.0")
	others(&h, o)
	return h
}

func uri(name string) ews.Path { return ews.Path{URI: name} }

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func setAddresses(h *mail.Header, name string, mailboxes ...ews.Mailbox) {
	var all []*mail.Address
	for _, m := range mailboxes {
		if m.Address != "" {
			all = append(all, &mail.Address{Name: m.Name, Address: m.Address})
		}
	}
	if len(all) > 0 {
		h.SetAddressList(name, all)
	}
}

func dateOf(o ews.Object) time.Time {
	for _, name := range []string{"item:DateTimeSent", "item:DateTimeReceived", "item:DateTimeCreated"} {
		if t, ok := o.Get(uri(name)).(time.Time); ok {
			return t.UTC()
		}
	}
	return time.Unix(0, 0).UTC()
}

// Headers are the fields of the message that Write makes.
func Headers(o ews.Object) (all []ews.InternetHeader) {
	h := header(o)
	for fields := h.Fields(); fields.Next(); {
		all = append(all, ews.InternetHeader{Name: fields.Key(), Value: fields.Value()})
	}
	return all
}

// body is the text of an item.
func body(o ews.Object) []part {
	b, _ := o.Get(uri("item:Body")).(ews.BodyContent)
	kind := "text/plain"
	if b.BodyType == ews.BodyHTML {
		kind = "text/html"
	}
	return []part{{kind: kind, params: map[string]string{"charset": "utf-8"}, content: []byte(b.Text)}}
}

// files are what is attached to an item; items as messages of their own.
func files(o ews.Object) (parts []part) {
	a, _ := o.Get(uri("item:Attachments")).(ews.Attachments)
	for _, f := range a.Attachments {
		p := part{kind: orElse(f.ContentType, "application/octet-stream"), name: f.Name, id: f.ContentID, inline: f.IsInline != nil && *f.IsInline}
		switch {
		case f.Item != nil:
			content, err := Write(*f.Item)
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

// boundary tells parts of a message apart. It is a hash of what is in it.
func boundary(o ews.Object) string {
	h := fnv.New64a()
	_, _ = io.WriteString(h, o.Text("item:Subject")+"\x00"+o.Text("message:InternetMessageId"))
	b, _ := o.Get(uri("item:Body")).(ews.BodyContent)
	_, _ = io.WriteString(h, b.Text)
	return fmt.Sprintf("_000_%016x_", h.Sum64())
}

// writeEntity writes a message of one part, or of several.
func writeEntity(o ews.Object, h mail.Header, parts []part) ([]byte, error) {
	var out bytes.Buffer
	if len(parts) == 1 {
		parts[0].describe(&h.Header)
		w, err := message.CreateWriter(&out, h.Header)
		if err != nil {
			return nil, fmt.Errorf("mime: %w", err)
		}
		_, err = w.Write(parts[0].content)
		err = closing(w, err)
		return out.Bytes(), err
	}
	kind := "multipart/mixed"
	if strings.HasPrefix(parts[len(parts)-1].kind, "text/") {
		kind = "multipart/alternative"
	}
	h.SetContentType(kind, map[string]string{"boundary": boundary(o)})
	w, err := message.CreateWriter(&out, h.Header)
	if err != nil {
		return nil, fmt.Errorf("mime: %w", err)
	}
	for _, p := range parts {
		if err := p.write(w); err != nil {
			return nil, err
		}
	}
	err = closing(w, nil)
	return out.Bytes(), err
}

// closing closes a writer, and is the first error of the two.
func closing(w io.Closer, err error) error {
	if end := w.Close(); err == nil {
		err = end
	}
	if err != nil {
		return fmt.Errorf("mime: %w", err)
	}
	return nil
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
	case p.kind == "message/rfc822":
	case strings.HasPrefix(p.kind, "text/") && p.name == "":
		h.Set("Content-Transfer-Encoding", "quoted-printable")
	default:
		h.Set("Content-Transfer-Encoding", "base64")
	}
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
	_, err = inner.Write(p.content)
	return closing(inner, err)
}
