package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// respond carries out an item that answers to another one (MS docs: Response objects).
func (j *job) respond(b ews.CreateItem, o ews.Object, m *ews.ItemsMessage) ews.Code {
	id, ok := o.Get(ews.Path{URI: "item:ReferenceItemId"}).(ews.ItemID)
	if !ok {
		return "ErrorMissingInformationReferenceItemId"
	}
	switch o.Kind {
	case ews.KindReplyToItem, ews.KindReplyAllToItem, ews.KindForwardItem:
		return j.reply(b, o, id, m)
	case ews.KindAcceptItem, ews.KindTentativelyAcceptItem, ews.KindDeclineItem:
		return j.answerMeeting(b, o, id, m)
	case ews.KindCancelCalendarItem:
		return j.cancel(b, o, id, m)
	case ews.KindRemoveItem:
		return j.removeCancelled(id)
	case ews.KindPostReplyItem:
		return j.postReply(o, id, b, m)
	case ews.KindSuppressReadReceipt:
		return j.find(id.Ref(), access.Read, func(p place, it *item) ews.Code {
			switch {
			case !it.isMail() || it.kind == ews.KindPostItem:
				return "ErrorInvalidReferenceItem"
			case !it.props.Bool("message:IsReadReceiptRequested") || p.folder.distinguished == "junkemail":
				return "ErrorReadReceiptNotPending"
			}
			return ews.NoError
		})
	}
	return "ErrorUnsupportedTypeForConversion"
}

// original is a copy of the item that is answered to.
func (j *job) original(id ews.ItemID) (it *item, owner access.Principal, code ews.Code) {
	code = j.find(id.Ref(), access.Read, func(p place, found *item) ews.Code {
		it, owner = found.clone(), p.owner
		for i, f := range it.files {
			if f.seed > 0 {
				c := *f
				content := p.content(found, f)
				c.Content, c.seed = &content, 0
				it.files[i] = &c
			}
		}
		return ews.NoError
	})
	return it, owner, code
}

func (j *job) reply(b ews.CreateItem, o ews.Object, id ews.ItemID, m *ews.ItemsMessage) ews.Code {
	if b.Disposition == "" {
		return "ErrorMessageDispositionRequired"
	}
	of, owner, code := j.original(id)
	if code != ews.NoError {
		return code
	}
	if !j.answerable(o.Kind, of, owner) {
		return "ErrorInvalidReferenceItem"
	}
	it := j.answer(o, of)
	if b.Disposition != ews.SaveOnly {
		return j.createAndSend(b, it, m)
	}
	return j.save(it, j.targetOf(b.Folder, "drafts"), m)
}

// answerable reports whether there is a reply to an item, or it can be forwarded: it is a message or an appointment, and for a reply
// neither a draft nor one's own meeting (MS docs: ResponseCode, ErrorInvalidReferenceItem).
func (j *job) answerable(kind ews.Kind, of *item, owner access.Principal) bool {
	switch {
	case of.kind == ews.KindCalendarItem:
		return kind == ews.KindForwardItem || !j.organizes(owner, of)
	case !of.isMail():
		return false
	}
	return kind == ews.KindForwardItem || of.kind == ews.KindPostItem || of.sent()
}

// answer is the draft of a reply to an item, or of one that forwards it.
func (j *job) answer(o ews.Object, of *item) *item {
	it := &item{kind: ews.KindMessage, by: j.Actor}
	prefix := "RE: "
	switch o.Kind {
	case ews.KindForwardItem:
		prefix = "FW: "
		it.files = of.clone().files
	case ews.KindReplyAllToItem:
		it.set("message:CcRecipients", ews.Recipients{Mailboxes: j.others(of)})
		fallthrough
	default:
		it.set("message:ToRecipients", ews.Recipients{Mailboxes: []ews.Mailbox{authorOf(of)}})
	}
	for path, v := range o.All() {
		switch path.URI {
		case "item:ReferenceItemId", "item:NewBodyContent":
		default:
			it.props.Set(path, v)
		}
	}
	if it.get("item:Subject") == nil {
		it.set("item:Subject", prefix+topicOf(of.text("item:Subject")))
	}
	it.set("item:Body", quote(o.Get(ews.Path{URI: "item:NewBodyContent"}), of))
	it.joins(of)
	_ = j.complete(it)
	return it
}

func authorOf(it *item) ews.Mailbox {
	if r, ok := it.get("message:ReplyTo").(ews.Recipients); ok && len(r.Mailboxes) > 0 {
		return r.Mailboxes[0]
	}
	for _, uri := range []string{"message:From", "message:Sender", "calendar:Organizer"} {
		if r, ok := it.get(uri).(ews.Recipient); ok {
			return r.Mailbox
		}
	}
	return ews.Mailbox{}
}

// others are those who got a message beside the actor.
func (j *job) others(of *item) (all []ews.Mailbox) {
	for _, m := range recipients(of) {
		if p, _ := j.dir.Find(m.Address); p != j.Actor || p == 0 {
			all = append(all, m)
		}
	}
	return all
}

// quote is what somebody writes to a message, with that below it.
func quote(newBody any, of *item) ews.BodyContent {
	body, _ := newBody.(ews.BodyContent)
	old, _ := of.get("item:Body").(ews.BodyContent)
	if body.BodyType == "" {
		body.BodyType = orType(old.BodyType, ews.BodyText)
	}
	quoted, _ := bodyAs(old, ews.ShowBody(body.BodyType)).(ews.BodyContent)
	if body.BodyType == ews.BodyHTML {
		body.Text += "<hr>\n" + quoted.Text
	} else {
		body.Text += "\r\n\r\n-----Original Message-----\r\n" + quoted.Text
	}
	return body
}

// postReply puts a post that answers to another one into its folder.
func (j *job) postReply(o ews.Object, id ews.ItemID, b ews.CreateItem, m *ews.ItemsMessage) ews.Code {
	of, _, code := j.original(id)
	if code != ews.NoError {
		return code
	}
	it := j.answer(o, of)
	it.kind = ews.KindPostItem
	it.props.Remove(ews.Path{URI: "message:ToRecipients"})
	it.set("postitem:PostedTime", now())
	return j.save(it, j.targetOf(b.Folder, "inbox"), m)
}
