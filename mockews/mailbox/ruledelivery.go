package mailbox

import (
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// maxPassed is through how many mailboxes rules send one message on. A bound is needed, or lists of people who forward to each other
// would multiply a message; its number is unsourced.
const maxPassed = 5

// replyClass is the class of a reply that a rule has sent.
const replyClass = "IPM.Note.Rules.ReplyTemplate.Microsoft"

// verdict is what the rules of a mailbox make of a message.
type verdict struct {
	never, trash  bool     // it is not kept at all; it is deleted
	moves, copies []uint32 // folders
	sends         []sending
}

// sending is mail that a rule calls for.
type sending struct {
	to       []ews.Mailbox
	redirect bool
	mail     *item // what is sent; if it is redirected, nil
}

// judge lets the rules look at a message that arrives, one after the other, and changes it as they say.
func (b *box) judge(it *item) (v verdict) {
	if !it.isMail() || len(b.rules) == 0 {
		return v
	}
	a := b.arrival(it)
	for _, r := range b.rules {
		if !*r.Enabled || r.InError != nil && *r.InError || !a.met(r) {
			continue
		}
		if !b.reaches(r.Actions) {
			b.spoil(r)
			continue
		}
		v.carry(a, r.Actions)
		if r.Actions.StopProcessingRules || v.never {
			break
		}
	}
	return v
}

// reaches reports whether the folders of the actions are there.
func (b *box) reaches(a *ews.RuleActions) bool {
	for _, t := range []*ews.TargetFolder{a.MoveToFolder, a.CopyToFolder} {
		if t != nil && b.folder(numberOf(t)) == nil {
			return false
		}
	}
	return true
}

// numberOf is the number of a folder that a rule names by id.
func numberOf(t *ews.TargetFolder) uint32 {
	r, _ := decode(t.ID.ID)
	return r.folder
}

// spoil marks a rule that cannot be carried out (MS docs: IsInError).
func (b *box) spoil(r *ews.Rule) {
	own, yes := *r, true
	own.InError = &yes
	b.rules[slices.Index(b.rules, r)] = &own
}

// carry does what a rule says to a message, or notes it.
func (v *verdict) carry(a *arrival, do *ews.RuleActions) {
	if do.AssignCategories != nil {
		a.it.categorize(do.AssignCategories)
	}
	if do.MarkImportance != "" {
		a.it.set("item:Importance", do.MarkImportance)
	}
	if do.MarkAsRead {
		a.it.set("message:IsRead", true)
	}
	if do.MoveToFolder != nil {
		v.moves = append(v.moves, numberOf(do.MoveToFolder))
	}
	if do.CopyToFolder != nil {
		v.copies = append(v.copies, numberOf(do.CopyToFolder))
	}
	v.never, v.trash = v.never || do.PermanentDelete, v.trash || do.Delete
	if !slices.Contains(a.it.passed, a.owner) && len(a.it.passed) < maxPassed {
		v.send(a, do)
	}
}

// send notes the mail that a rule calls for. A message that has been here before, on its way through rules, is not sent on again.
func (v *verdict) send(a *arrival, do *ews.RuleActions) {
	j := a.store.by(a.owner)
	if do.Forward != nil {
		mail := j.answer(ews.Object{Kind: ews.KindForwardItem}, a.it)
		mail.forwarded = true
		v.sends = append(v.sends, sending{to: do.Forward, mail: mail})
	}
	if do.ForwardAsAttachment != nil {
		v.sends = append(v.sends, sending{to: do.ForwardAsAttachment, mail: j.enclose(a)})
	}
	if do.Redirect != nil {
		v.sends = append(v.sends, sending{to: do.Redirect, redirect: true})
	}
	if do.ServerReply == nil || has(a.it.class(), rulesClass) || a.among([]ews.Mailbox{a.from()}, a.me()) {
		return // nobody replies to an automatic reply, nor to oneself
	}
	if template := a.template(do.ServerReply.ID); template != nil {
		mail := template.clone()
		mail.set("item:ItemClass", replyClass)
		mail.set("item:InReplyTo", a.it.text("message:InternetMessageId"))
		mail.set("message:InternetMessageId", j.messageID(mail))
		v.sends = append(v.sends, sending{to: []ews.Mailbox{authorOf(a.it)}, mail: mail})
	}
}

// by is a job of somebody whose mailbox acts by itself.
func (s *Store) by(owner access.Principal) *job {
	return &job{Store: s, Call: Call{Caller: owner, Actor: owner}}
}

// enclose is a message with another one attached.
func (j *job) enclose(a *arrival) *item {
	it := &item{kind: ews.KindMessage, by: j.Actor, forwarded: true}
	it.set("item:Subject", "FW: "+topicOf(a.it.text("item:Subject")))
	it.set("item:Body", ews.BodyContent{BodyType: ews.BodyText})
	whole := a.whole(a.it)
	tidyAttachment(it.attach(ews.Attachment{Name: a.it.text("item:Subject"), AsItem: true, Item: &whole}))
	_ = j.complete(it)
	return it
}

// deliverBy puts a message that has come where the rules want it, and returns the mail that they call for.
func (b *box) deliverBy(it *item, at time.Time) []sending {
	home := b.incoming(it).number
	v := b.judge(it)
	if v.never {
		return v.sends
	}
	if v.trash {
		v.moves = append(v.moves, b.distinguished("deleteditems").number)
	}
	if len(v.moves) == 0 {
		v.moves = []uint32{home}
	}
	first := it.clone() // what copies are made of, as long as none is in a folder
	for i, number := range distinct(slices.Concat(v.moves, v.copies)) {
		c := it
		if i > 0 {
			c = first.clone()
		}
		b.insert(b.folder(number), c, change{what: created, at: at})
		if i == 0 {
			b.write(change{what: arrived, item: c.uid, folder: number, at: at})
		}
	}
	return v.sends
}

// distinct are the numbers in their order, each once.
func distinct(numbers []uint32) (out []uint32) {
	for _, n := range numbers {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// sendOn sends what the rules of somebody have made of a message.
func (s *Store) sendOn(owner access.Principal, it *item, sends []sending) {
	passed := append(slices.Clone(it.passed), owner)
	for _, send := range sends {
		j := s.by(owner)
		mail := send.mail
		if send.redirect {
			mail = it.clone()
			mail.passed = passed
			j.hand(mail, send.to)
			continue
		}
		me := ews.Recipient{Mailbox: s.mailboxOf(owner)}
		mail.by, mail.passed = owner, passed
		mail.set("message:From", me)
		mail.set("message:Sender", me)
		mail.set("message:ToRecipients", ews.Recipients{Mailboxes: send.to})
		mail.props.Remove(ews.Path{URI: "message:CcRecipients"})
		mail.props.Remove(ews.Path{URI: "message:BccRecipients"})
		j.seal(mail)
		j.hand(mail, send.to)
	}
}
