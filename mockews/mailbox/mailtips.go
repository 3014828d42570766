package mailbox

import (
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// Traits are what is particular about a recipient of mail. The zero value is nothing.
type Traits struct {
	// Tip is a text for those who are about to send something.
	Tip string
	// Full and Restricted say that no mail reaches the recipient: there is no room, or it is not for everybody. Who sends some
	// hears of it.
	Full, Restricted bool
	// Moderated says that somebody is to approve of mail first. Only the tip says so.
	Moderated bool
	// MaxSize is the largest message that the recipient takes, in bytes. 0: MaxMessageSize.
	MaxSize int
}

// MaxMessageSize is the largest message that a recipient takes who has no bound of its own, in bytes: that of Exchange Online in a
// public capture of GetServiceConfiguration.
const MaxMessageSize = 36_700_160

// maxTips is about how many recipients one request may ask (the same capture).
const maxTips = 50

// getMailTips says what is to be known of recipients. Whom one may say that one sends as, the documents do not tell: anybody.
func (j *job) getMailTips(b ews.GetMailTips) ews.Response {
	r := ews.GetMailTipsResponse{}
	if len(b.Recipients) > maxTips {
		r.Message = j.try(func() ews.Code {
			return j.say(ews.ErrorInvalidRequest, "The request is invalid. Mail tips are for "+strconv.Itoa(maxTips)+" recipients at the most.")
		})
		return r
	}
	wanted := ews.TipTypes{Words: ews.Words{"All"}}
	if b.Requested != nil {
		wanted = *b.Requested
	}
	from, _ := j.dir.Find(b.SendingAs.Address)
	r.Messages = make([]ews.MailTipsMessage, len(b.Recipients))
	for i, m := range b.Recipients {
		r.Messages[i].Message = j.try(func() ews.Code {
			r.Messages[i].Tips = j.tips(m, from != 0).only(wanted)
			return ews.NoError
		})
	}
	return r
}

// tipped are all tips about a recipient.
type tipped struct{ ews.MailTips }

func (j *job) tips(m ews.Mailbox, internal bool) tipped {
	p, _ := j.dir.Find(m.Address)
	list, isList := j.roomList(m.Address)
	t := tipped{ews.MailTips{
		Recipient: j.known(m), OutOfOffice: &ews.OofTip{}, MailboxFull: new(false), TotalMembers: new(1), ExternalMembers: new(0),
		MaxMessageSize: new(MaxMessageSize), DeliveryRestricted: new(false), Moderated: new(false), Invalid: new(false),
	}}
	switch {
	case isList:
		t.TotalMembers = new(len(list.Rooms))
	case j.dir.HasMailbox(p):
		traits := j.dir.Traits(p)
		t.OutOfOffice = j.oofTip(p, internal)
		t.MailboxFull, t.DeliveryRestricted, t.Moderated = &traits.Full, &traits.Restricted, &traits.Moderated
		t.MaxMessageSize = new(maxSize(traits))
		if traits.Tip != "" {
			t.Custom = &traits.Tip
		}
	case p != 0 || !strings.Contains(m.Address, "@") || strings.EqualFold(domainOf(m.Address), domainOf(j.dir.Address(1))):
		t.Invalid = new(true)
	default: // of another organisation
		t.ExternalMembers = new(1)
	}
	return t
}

func maxSize(t Traits) int {
	if t.MaxSize == 0 {
		return MaxMessageSize
	}
	return t.MaxSize
}

// oofTip is what somebody replies to mail, if anything: to people outside, what is for them.
func (j *job) oofTip(p access.Principal, internal bool) *ews.OofTip {
	settings := j.oofOf(p)
	if !on(settings, now()) || !internal && settings.ExternalAudience != ews.OofAll {
		return &ews.OofTip{}
	}
	tip := &ews.OofTip{Reply: ews.OofReply{Message: settings.InternalReply}}
	if !internal {
		tip.Reply.Message = settings.ExternalReply
	}
	if settings.State == ews.OofScheduled {
		tip.Duration = &ews.OofPeriod{Start: settings.Start, End: settings.End}
	}
	return tip
}

// only leaves those tips that are asked for.
func (t tipped) only(wanted ews.TipTypes) *ews.MailTips {
	want := func(tip string) bool { return wanted.Has("All") || wanted.Has(tip) }
	drop := func(tip string, clear func()) {
		if !want(tip) {
			clear()
		}
	}
	drop("OutOfOfficeMessage", func() { t.OutOfOffice = nil })
	drop("MailboxFullStatus", func() { t.MailboxFull = nil })
	drop("CustomMailTip", func() { t.Custom = nil })
	drop("TotalMemberCount", func() { t.TotalMembers = nil })
	drop("ExternalMemberCount", func() { t.ExternalMembers = nil })
	drop("MaxMessageSize", func() { t.MaxMessageSize = nil })
	drop("DeliveryRestriction", func() { t.DeliveryRestricted = nil })
	drop("ModerationStatus", func() { t.Moderated = nil })
	drop("InvalidRecipient", func() { t.Invalid = nil })
	return &t.MailTips
}

// refuses is why somebody gets no mail, "" for one who gets it.
func (s *Store) refuses(p access.Principal, it *item) string {
	t := s.dir.Traits(p)
	size, ok := it.get("item:Size").(int)
	if !ok {
		size = place{box: &box{store: s}}.size(it)
	}
	switch {
	case t.Full:
		return "The recipient's mailbox is full and can't accept messages now."
	case t.Restricted:
		return "You don't have permission to send to this recipient."
	case size > maxSize(t):
		return "The message is too large for this recipient."
	}
	return ""
}

// ndrClass is the class of a report that a message was not delivered (MS-OXCMSG).
const ndrClass = "REPORT.IPM.Note.NDR"

// bounce tells who sent a message that it did not reach somebody. Nobody is told of a report.
func (j *job) bounce(to access.Principal, it *item, reason string) {
	sender, _ := it.get("message:Sender").(ews.Recipient)
	p, _ := j.dir.Find(sender.Mailbox.Address)
	if !j.dir.HasMailbox(p) || it.class() == ndrClass {
		return
	}
	system := ews.Recipient{Mailbox: ews.Mailbox{
		Name: "Microsoft Outlook", Address: "postmaster@" + domainOf(j.dir.Address(to)), RoutingType: "SMTP",
	}}
	report := &item{kind: ews.KindMessage, by: p}
	report.set("item:ItemClass", ndrClass)
	report.set("item:Subject", "Undeliverable: "+it.text("item:Subject"))
	report.set("item:Body", ews.BodyContent{BodyType: ews.BodyText, Text: j.dir.Address(to) + "\r\n" + reason})
	report.set("message:From", system)
	report.set("message:Sender", system)
	report.set("message:ToRecipients", ews.Recipients{Mailboxes: []ews.Mailbox{j.mailboxOf(p)}})
	report.set("item:InReplyTo", it.text("message:InternetMessageId"))
	_ = j.complete(report)
	j.seal(report)
	j.arrive(p, report)
}
