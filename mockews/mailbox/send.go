package mailbox

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// messageID is the name of a new message on the Internet.
func (j *job) messageID(it *item) string {
	n := j.serial.Add(1)
	return fmt.Sprintf("<%016x%08x@%s>", j.dir.Bits("message", n), n, domainOf(j.dir.Address(it.by)))
}

// createAndSend sends a message that is nowhere yet. One that may not be sent stays among the drafts if a copy was to be kept.
func (j *job) createAndSend(b ews.CreateItem, it *item, m *ews.ItemsMessage) ews.Code {
	code := j.addressed(it)
	whose := j.Actor
	switch {
	case code == "ErrorMissingRecipients": // which is SendItem's (MS docs: ResponseCode)
		code = "ErrorInvalidRecipients"
	case code == ews.NoError && b.Folder != nil && b.Disposition == ews.SendAndSaveCopy:
		whose, code = j.keeper(b.Folder.ID)
	}
	if code == ews.NoError {
		code = j.signOff(it, whose)
	}
	if code != ews.NoError {
		if b.Disposition == ews.SendAndSaveCopy && code == ews.ErrorSendAsDenied {
			_ = j.save(it, ews.FolderID{Distinguished: "drafts"}, nil)
		}
		return code
	}
	j.seal(it)
	if b.Disposition == ews.SendAndSaveCopy {
		if code := j.save(it.clone(), j.targetOf(b.Folder, "sentitems"), nil); code != ews.NoError {
			return code
		}
	}
	j.deliver(it)
	return ews.NoError
}

// recipients are all to whom a message goes.
func recipients(it *item) (all []ews.Mailbox) {
	for _, uri := range []string{"message:ToRecipients", "message:CcRecipients", "message:BccRecipients"} {
		if r, ok := it.get(uri).(ews.Recipients); ok {
			all = append(all, r.Mailboxes...)
		}
	}
	return all
}

// addressed checks and completes those to whom a message goes.
func (j *job) addressed(it *item) ews.Code {
	if len(recipients(it)) == 0 {
		return "ErrorMissingRecipients"
	}
	for _, uri := range []string{"message:ToRecipients", "message:CcRecipients", "message:BccRecipients"} {
		r, ok := it.get(uri).(ews.Recipients)
		if !ok {
			continue
		}
		r.Mailboxes = slices.Clone(r.Mailboxes)
		for i, m := range r.Mailboxes {
			if !strings.Contains(m.Address, "@") {
				return "ErrorInvalidRecipients"
			}
			r.Mailboxes[i] = j.known(m)
		}
		it.set(uri, r)
	}
	return ews.NoError
}

// known is a recipient as the directory has it.
func (s *Store) known(m ews.Mailbox) ews.Mailbox {
	if p, _ := s.dir.Find(m.Address); p != 0 {
		return s.mailboxOf(p)
	}
	if list, ok := s.roomList(m.Address); ok {
		return list.mailbox()
	}
	if m.Name == "" {
		m.Name = m.Address
	}
	m.RoutingType = "SMTP"
	return m
}

// keeper is whose mailbox keeps new items in a folder, into which the actor may put some.
func (j *job) keeper(folder ews.FolderID) (owner access.Principal, code ews.Code) {
	code = j.visit(folder, access.Create, func(p place) ews.Code {
		owner = p.author(j)
		return ews.NoError
	})
	return owner, code
}

// author is who has written what comes from a folder: the owner of the mailbox, who for public folders is nobody in particular.
func (p place) author(j *job) access.Principal {
	if p.folder.path.Public() {
		return j.Actor
	}
	return p.owner
}

// signOff decides whom a message shows as its author and as its sender. One that does not say whom it is from is from whose mailbox it is
// in (MS docs: Access email as a delegate by using EWS in Exchange, whose message has no From and goes out on the owner's behalf).
func (j *job) signOff(it *item, whose access.Principal) ews.Code {
	from, ok := it.get("message:From").(ews.Recipient)
	if ok && from.Mailbox.Address != "" {
		whose, _ = j.dir.Find(from.Mailbox.Address)
	}
	d := j.guard.Decide(j.Actor, whose, access.Right{Verb: access.Send})
	if !d.Allowed {
		return d.Code
	}
	it.set("message:From", ews.Recipient{Mailbox: j.mailboxOf(d.From)})
	it.set("message:Sender", ews.Recipient{Mailbox: j.mailboxOf(d.Sender)})
	return ews.NoError
}

// maySend reports whether the actor may send mail from somebody's address.
func (j *job) maySend(whose access.Principal) ews.Code {
	return j.guard.Decide(j.Actor, whose, access.Right{Verb: access.Send}).Code
}

// seal makes a draft a message that was sent.
func (j *job) seal(it *item) {
	it.set("item:IsDraft", false)
	it.set("item:DateTimeSent", now())
	it.set("item:DateTimeReceived", now())
	it.set("message:IsRead", true)
	it.set("item:Size", place{box: &box{store: j.Store}}.size(it))
}

// deliver puts a message into the inboxes of those to whom it goes. Who is not of this organisation gets nothing.
func (j *job) deliver(it *item) { j.hand(it, recipients(it)) }

// hand is deliver to some of them, or to others.
func (j *job) hand(it *item, to []ews.Mailbox) {
	wait := time.Duration(0)
	if j.SendDelay != nil {
		wait = j.SendDelay(j.Actor)
	}
	var reached []access.Principal
	for _, p := range j.behind(to) {
		if !j.dir.HasMailbox(p) || slices.Contains(reached, p) {
			continue
		}
		reached = append(reached, p)
		if reason := j.refuses(p, it); reason != "" {
			j.bounce(p, it, reason)
			continue
		}
		if wait > 0 {
			time.AfterFunc(wait, func() { j.Store.arrive(p, it) })
			continue
		}
		j.Store.arrive(p, it)
	}
}

// arrive puts a copy of a message into somebody's inbox, or where rules want it or that one wants its conversation, and tells who listens.
func (s *Store) arrive(who access.Principal, it *item) {
	b := s.box(who)
	b.lock()
	c := it.clone()
	c.by = who
	for _, uri := range []string{"message:BccRecipients", "message:ReceivedBy", "message:ReceivedRepresenting"} {
		c.props.Remove(ews.Path{URI: uri})
	}
	c.set("message:IsRead", false)
	c.set("item:DateTimeReceived", now())
	c.set("item:DateTimeCreated", now())
	if c.kind == ews.KindMessage || aboutMeeting(c.kind) {
		c.set("message:ReceivedBy", ews.Recipient{Mailbox: s.mailboxOf(who)})
		c.set("message:ReceivedRepresenting", ews.Recipient{Mailbox: s.mailboxOf(who)})
	}
	b.schedule(c)
	delegates, own := b.whoGets(c)
	mail := c.clone() // rules may change what arrives
	var sends []sending
	if own {
		sends = b.deliverBy(c, now())
	}
	b.mu.Unlock()
	if s.Notify != nil {
		s.Notify(who)
	}
	for _, delegate := range delegates {
		s.represent(delegate, mail)
	}
	s.sendOn(who, c, sends)
	s.replyOof(who, c)
}

// represent puts a copy of an owner's meeting mail into a delegate's inbox: received by the one, for the other.
func (s *Store) represent(delegate access.Principal, it *item) {
	b := s.box(delegate)
	b.lock()
	c := it.clone()
	c.by = delegate
	c.set("message:ReceivedBy", ews.Recipient{Mailbox: s.mailboxOf(delegate)})
	c.set("meeting:IsDelegated", true)
	sends := b.deliverBy(c, now())
	b.mu.Unlock()
	if s.Notify != nil {
		s.Notify(delegate)
	}
	s.sendOn(delegate, c, sends)
}

func (j *job) sendItem(b ews.SendItem) ews.Response {
	r := ews.SendItemResponse{Messages: make([]ews.PlainMessage, len(b.Items))}
	for i, ref := range b.Items {
		r.Messages[i].Message = j.try(func() ews.Code {
			if b.Folder != nil && !b.Save {
				return "ErrorInvalidSendItemSaveSettings"
			}
			if ref.ChangeKey == "" {
				return "ErrorChangeKeyRequired"
			}
			return j.sendDraft(ref, b.Save, b.Folder)
		})
	}
	return r
}

// sendDraft sends a message that is in a folder, and takes it from there.
func (j *job) sendDraft(ref ews.ItemRef, save bool, folder *ews.TargetFolder) ews.Code {
	var it *item
	var whose access.Principal
	code := j.change(ref, access.DeleteOwn, access.DeleteAll, func(p place, was *item) ews.Code {
		if !was.isMail() || was.kind == ews.KindPostItem {
			return "ErrorInvalidItemForOperationSendItem"
		}
		if _, code := p.conflict(was, ref.ChangeKey, neverOverwrite); ref.ChangeKey != "" && code != ews.NoError {
			if code == "ErrorIrresolvableConflict" {
				return "ErrorStaleObject"
			}
			return code
		}
		it, whose = was.clone(), p.author(j)
		return ews.NoError
	})
	if code != ews.NoError {
		return code
	}
	if code := j.addressed(it); code != ews.NoError {
		return code
	}
	if code := j.signOff(it, whose); code != ews.NoError {
		return code
	}
	j.seal(it)
	if save {
		if code := j.save(it.clone(), j.targetOf(folder, "sentitems"), nil); code != ews.NoError {
			return code
		}
	}
	code = j.change(ref, access.DeleteOwn, access.DeleteAll, func(p place, was *item) ews.Code {
		p.write(change{what: deleted, item: was.uid, folder: was.folder})
		p.drop(was)
		return ews.NoError
	})
	if code == ews.NoError {
		j.deliver(it)
	}
	return code
}
