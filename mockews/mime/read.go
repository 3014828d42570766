package mime

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // so that texts in other character sets than UTF-8 can be read
	"github.com/emersion/go-message/mail"

	"github.com/ewsbench/ewsbench/ews"
)

// Limits of what is read.
const (
	maxParts = 1000
	maxDepth = 32
)

// Read is an Internet message as an item: a message, or what a calendar or a card in it says that it is. The error says what cannot
// be read.
func Read(content []byte) (ews.Object, error) {
	trimmed := bytes.TrimSpace(content)
	switch {
	case hasPrefix(trimmed, "BEGIN:VCALENDAR"):
		return readCalendar(trimmed)
	case hasPrefix(trimmed, "BEGIN:VCARD"):
		return readContact(trimmed), nil
	case len(trimmed) == 0:
		return ews.Object{}, errors.New("mime: the message is empty")
	}
	return readAt(content, 0)
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

func readAt(content []byte, depth int) (ews.Object, error) {
	if depth > maxDepth {
		return ews.Object{}, fmt.Errorf("mime: messages lie in one another more than %d deep", maxDepth)
	}
	entity, err := message.Read(bytes.NewReader(content))
	if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return ews.Object{}, fmt.Errorf("mime: %w", err)
	}
	r := reader{object: ews.Object{Kind: ews.KindMessage}, depth: depth}
	r.header(mail.Header{Header: entity.Header})
	if err := r.entity(entity, 0); err != nil {
		return ews.Object{}, err
	}
	r.finish()
	return r.object, nil
}

// reader puts an item together.
type reader struct {
	object ews.Object
	depth  int
	parts  int
	text   *ews.BodyContent
	files  []ews.Attachment
}

func (r *reader) set(name string, v any) { r.object.Set(uri(name), v) }

func (r *reader) header(h mail.Header) {
	if subject, err := h.Subject(); err == nil {
		r.set("item:Subject", subject)
	} else {
		r.set("item:Subject", h.Get("Subject"))
	}
	for name, path := range map[string]string{
		"To": "message:ToRecipients", "Cc": "message:CcRecipients", "Bcc": "message:BccRecipients", "Reply-To": "message:ReplyTo",
	} {
		if all := addresses(h, name); len(all) > 0 {
			r.set(path, ews.Recipients{Mailboxes: all})
		}
	}
	for name, path := range map[string]string{"From": "message:From", "Sender": "message:Sender"} {
		if all := addresses(h, name); len(all) > 0 {
			r.set(path, ews.Recipient{Mailbox: all[0]})
		}
	}
	if date, err := h.Date(); err == nil && !date.IsZero() {
		r.set("item:DateTimeSent", date.UTC())
	}
	for name, path := range map[string]string{
		"Message-Id": "message:InternetMessageId", "In-Reply-To": "item:InReplyTo", "References": "message:References",
	} {
		if v := h.Get(name); v != "" {
			r.set(path, v)
		}
	}
	r.grades(h)
	var all []ews.InternetHeader
	for fields := h.Fields(); fields.Next(); {
		all = append(all, ews.InternetHeader{Name: fields.Key(), Value: fields.Value()})
	}
	r.set("item:InternetMessageHeaders", ews.InternetHeaders{Headers: all})
}

// grades are how important and how private a message is.
func (r *reader) grades(h mail.Header) {
	switch strings.ToLower(h.Get("Importance")) {
	case "high":
		r.set("item:Importance", ews.Importance("High"))
	case "low":
		r.set("item:Importance", ews.Importance("Low"))
	}
	switch strings.ToLower(h.Get("Sensitivity")) {
	case "personal":
		r.set("item:Sensitivity", ews.Sensitivity("Personal"))
	case "private":
		r.set("item:Sensitivity", ews.Sensitivity("Private"))
	case "confidential", "company-confidential":
		r.set("item:Sensitivity", ews.Sensitivity("Confidential"))
	}
}

func addresses(h mail.Header, name string) (all []ews.Mailbox) {
	list, err := h.AddressList(name)
	if err != nil {
		return nil
	}
	for _, a := range list {
		all = append(all, ews.Mailbox{Name: orElse(a.Name, a.Address), Address: a.Address, RoutingType: "SMTP"})
	}
	return all
}

// entity reads a part, and those in it.
func (r *reader) entity(e *message.Entity, depth int) error {
	if r.parts++; r.parts > maxParts || depth > maxDepth {
		return fmt.Errorf("mime: the message has more than %d parts, or they lie in one another more than %d deep", maxParts, maxDepth)
	}
	parts := e.MultipartReader()
	if parts == nil {
		return r.leaf(e)
	}
	defer func() { _ = parts.Close() }()
	for {
		p, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err):
			return fmt.Errorf("mime: part %d: %w", r.parts, err)
		}
		if err := r.entity(p, depth+1); err != nil {
			return err
		}
	}
}

// leaf reads a part that holds no others: a text, or a file.
func (r *reader) leaf(e *message.Entity) error {
	content, err := io.ReadAll(e.Body)
	if err != nil {
		return fmt.Errorf("mime: part %d: %w", r.parts, err)
	}
	kind, params, _ := e.Header.ContentType()
	disposition, about, _ := e.Header.ContentDisposition()
	name := orElse(about["filename"], params["name"])
	switch {
	case kind == "text/calendar" && disposition != "attachment":
		return r.calendar(content)
	case strings.HasPrefix(kind, "text/") && disposition != "attachment" && name == "" || kind == "":
		r.body(kind, string(content))
		return nil
	}
	return r.file(e, kind, disposition, name, content)
}

// body keeps a text: HTML is better than plain.
func (r *reader) body(kind, text string) {
	switch {
	case kind == "text/html":
		r.text = &ews.BodyContent{BodyType: ews.BodyHTML, Text: text}
	case r.text == nil:
		r.text = &ews.BodyContent{BodyType: ews.BodyText, Text: text}
	}
}

func (r *reader) file(e *message.Entity, kind, disposition, name string, content []byte) error {
	inline := disposition == "inline"
	a := ews.Attachment{Name: orElse(name, "attachment"), ContentType: kind, ContentID: strings.Trim(e.Header.Get("Content-Id"), "<>"), IsInline: &inline}
	if kind == "message/rfc822" {
		inner, err := readAt(content, r.depth+1)
		if err != nil {
			return err
		}
		a.Item, a.AsItem = &inner, true
		a.Name = orElse(name, orElse(inner.Text("item:Subject"), "message"))
	} else {
		a.Content, a.Size = &content, len(content)
	}
	r.files = append(r.files, a)
	return nil
}

// calendar makes the item what a calendar in it says.
func (r *reader) calendar(content []byte) error {
	o, err := readCalendar(content)
	if err != nil {
		return err
	}
	for path, v := range r.object.All() {
		if k, ok := path.Key(); ok && o.Kind.Has(k) && o.Get(path) == nil {
			o.Set(path, v)
		}
	}
	r.object = o
	return nil
}

func (r *reader) finish() {
	if r.text != nil && r.object.Get(uri("item:Body")) == nil {
		r.set("item:Body", *r.text)
	}
	if len(r.files) > 0 {
		r.set("item:Attachments", ews.Attachments{Attachments: r.files})
	}
}
