package mime

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"strings"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"

	"github.com/ewsbench/ewsbench/ews"
)

// Write is an item as an Internet message; of a contact, a vCard. A series goes with its exceptions. It is a function of the item:
// nothing in it is drawn.
func (c Codec) Write(o ews.Object, exceptions ...ews.Object) ([]byte, error) {
	switch o.Kind {
	case ews.KindContact:
		return writeContact(o), nil
	case ews.KindCalendarItem:
		return writeEntity(header(o), c.together(o, []part{c.calendar(o, exceptions)}))
	case ews.KindMeetingRequest, ews.KindMeetingResponse, ews.KindMeetingCancellation:
		return writeEntity(header(o), c.together(o, append(texts(o), c.calendar(o, exceptions))))
	}
	return writeEntity(header(o), c.together(o, texts(o)))
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

// boundary tells parts of a message apart. It is a hash of what is in it.
func boundary(o ews.Object) string {
	h := fnv.New64a()
	_, _ = io.WriteString(h, o.Text("item:Subject")+"\x00"+o.Text("message:InternetMessageId"))
	b, _ := o.Get(uri("item:Body")).(ews.BodyContent)
	_, _ = io.WriteString(h, b.Text)
	return fmt.Sprintf("_000_%016x_", h.Sum64())
}

// writeEntity writes a message.
func writeEntity(h mail.Header, p part) ([]byte, error) {
	var out bytes.Buffer
	p.describe(&h.Header)
	w, err := message.CreateWriter(&out, h.Header)
	if err != nil {
		return nil, fmt.Errorf("mime: %w", err)
	}
	if err := p.fill(w); err != nil {
		return nil, err
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
