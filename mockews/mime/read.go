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

// Codec is how items are written and read. Without zones it knows UTC alone.
type Codec struct{ Zones Zones }

// Item is what a message says: an item, and of a series the occurrences that are not as the others, each with what it has of its own
// and, as OriginalStart, which one it is.
type Item struct {
	ews.Object
	Exceptions []ews.Object
}

// Read is an Internet message as an item: a message, or what a calendar or a card in it says that it is. The error says what cannot
// be read.
func (c Codec) Read(content []byte) (Item, error) {
	trimmed := bytes.TrimSpace(content)
	switch {
	case hasPrefix(trimmed, "BEGIN:VCALENDAR"):
		return c.readCalendar(trimmed)
	case hasPrefix(trimmed, "BEGIN:VCARD"):
		return Item{Object: readContact(trimmed)}, nil
	case len(trimmed) == 0:
		return Item{}, errors.New("mime: the message is empty")
	}
	return c.readAt(content, 0)
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

func (c Codec) readAt(content []byte, depth int) (Item, error) {
	if depth > maxDepth {
		return Item{}, fmt.Errorf("mime: messages lie in one another more than %d deep", maxDepth)
	}
	entity, err := message.Read(bytes.NewReader(content))
	if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return Item{}, fmt.Errorf("mime: %w", err)
	}
	r := reader{Codec: c, object: Item{Object: ews.Object{Kind: ews.KindMessage}}, depth: depth}
	r.header(mail.Header{Header: entity.Header})
	if err := r.entity(entity, within{}); err != nil {
		return Item{}, err
	}
	r.finish()
	return r.object, nil
}

// reader puts an item together.
type reader struct {
	Codec
	object Item
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

// within is where a part is.
type within struct {
	depth       int
	alternative bool // one of several, of which the best is shown
	related     bool // beside what shows it
}

func (w within) in(kind string) within {
	return within{w.depth + 1, w.alternative || kind == "multipart/alternative", w.related || kind == "multipart/related"}
}

// entity reads a part, and those in it.
func (r *reader) entity(e *message.Entity, at within) error {
	if r.parts++; r.parts > maxParts || at.depth > maxDepth {
		return fmt.Errorf("mime: the message has more than %d parts, or they lie in one another more than %d deep", maxParts, maxDepth)
	}
	parts := e.MultipartReader()
	if parts == nil {
		return r.leaf(e, at)
	}
	kind, _, _ := e.Header.ContentType()
	defer func() { _ = parts.Close() }()
	for {
		p, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err):
			return fmt.Errorf("mime: part %d: %w", r.parts, err)
		}
		if err := r.entity(p, at.in(kind)); err != nil {
			return err
		}
	}
}

// leaf reads a part that holds no others: a text, or a file.
func (r *reader) leaf(e *message.Entity, at within) error {
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
		if r.body(kind, string(content), at) {
			return nil
		}
	}
	return r.file(e, kind, name, content, at)
}

// body keeps a text, or knows that there is a better one: HTML is better than plain. What is no alternative to the body that there is
// goes with the files, so that nothing is lost.
func (r *reader) body(kind, text string, at within) bool {
	html := kind == "text/html"
	switch {
	case r.text == nil || html && at.alternative && r.text.BodyType == ews.BodyText:
		r.text = &ews.BodyContent{BodyType: map[bool]ews.BodyType{true: ews.BodyHTML, false: ews.BodyText}[html], Text: text}
		return true
	}
	return at.alternative
}

func (r *reader) file(e *message.Entity, kind, name string, content []byte, at within) error {
	inline := at.related // if the body shows it
	a := ews.Attachment{Name: orElse(name, "attachment"), ContentType: kind, ContentID: strings.Trim(e.Header.Get("Content-Id"), "<> "), IsInline: &inline}
	if kind == "message/rfc822" {
		inner, err := r.readAt(content, r.depth+1)
		if err != nil {
			return err
		}
		a.Item, a.AsItem = &inner.Object, true
		a.Name = orElse(name, orElse(inner.Text("item:Subject"), "message"))
	} else {
		a.Content, a.Size = &content, len(content)
	}
	r.files = append(r.files, a)
	return nil
}

// calendar makes the item what a calendar in it says.
func (r *reader) calendar(content []byte) error {
	o, err := r.readCalendar(content)
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
	body, _ := r.object.Get(uri("item:Body")).(ews.BodyContent)
	for _, f := range r.files { // MS-OXCMAIL, section 2.2.3.4.1.4.1
		*f.IsInline = *f.IsInline && body.BodyType == ews.BodyHTML && refersTo(body.Text, f.ContentID)
	}
	if len(r.files) > 0 {
		r.set("item:Attachments", ews.Attachments{Attachments: r.files})
	}
}
