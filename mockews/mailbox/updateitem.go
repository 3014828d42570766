package mailbox

import (
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// The ways to resolve a conflict (MS docs: UpdateItem operation, ConflictResolution).
const (
	neverOverwrite  = "NeverOverwrite"
	alwaysOverwrite = "AlwaysOverwrite"
)

func (j *job) updateItem(b ews.UpdateItem) ews.Response {
	r := ews.UpdateItemResponse{Messages: make([]ews.UpdateItemMessage, len(b.Changes))}
	for i, c := range b.Changes {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code { return j.updateOne(b, c, m) })
	}
	return r
}

func (j *job) updateOne(b ews.UpdateItem, c ews.ItemUpdates, m *ews.UpdateItemMessage) ews.Code {
	var after func() ews.Code
	code := j.change(c.ID, access.EditOwn, access.EditAll, func(p place, was *item) ews.Code {
		seen, code := p.conflict(was, c.ID.ChangeKey, b.Conflict)
		if code != ews.NoError {
			return code
		}
		if code := p.demanded(was, b); code != ews.NoError {
			return code
		}
		if p.asks(was) && kindOfUpdate(c.Updates) != flagged {
			return "ErrorSentMeetingRequestUpdate"
		}
		it := was.clone()
		for _, u := range c.Updates {
			if code := j.apply(it, u); code != ews.NoError {
				return code
			}
		}
		if code := p.consistent(it); code != ews.NoError {
			return code
		}
		if code := p.inTurn(it, c.Updates); code != ews.NoError {
			return code
		}
		if code := j.mayTell(p.owner, was, it, b.Invitations); code != ews.NoError {
			return code
		}
		it.settle()
		p.touch(j, it)
		p.replace(was, it, kindOfUpdate(c.Updates))
		p.edited(it, c.Updates)
		m.Items = []ews.Object{p.receipt(it)}
		m.Conflicts = conflicts(was, it, c.Updates, seen, b.Conflict)
		after = j.afterUpdate(b, p, was, it, m)
		return ews.NoError
	})
	if code == ews.NoError && after != nil {
		return after()
	}
	return code
}

// demanded is what an update must say, by what it is about.
func (p place) demanded(it *item, b ews.UpdateItem) ews.Code {
	switch {
	case it.isMail() && it.kind != ews.KindPostItem && b.Disposition == "":
		return "ErrorMessageDispositionRequired"
	case it.kind == ews.KindCalendarItem && b.Invitations == "":
		return "ErrorSendMeetingInvitationsOrCancellationsRequired"
	case it.kind == ews.KindCalendarItem && trash(p.folder) && b.Invitations != ews.SendToNone:
		return "ErrorCalendarCannotUpdateDeletedItem"
	}
	return ews.NoError
}

// asks reports whether an item is a request that the mailbox's owner has sent: the meeting is changed by its calendar item (MS docs:
// ResponseCode, ErrorSentMeetingRequestUpdate).
func (p place) asks(it *item) bool {
	from, _ := it.get("message:From").(ews.Recipient)
	who, ok := p.store.dir.Find(from.Mailbox.Address)
	return ok && who == p.owner && it.kind == ews.KindMeetingRequest && it.sent()
}

// kindOfUpdate tells updates that only mark an item as read, or as unread, from others.
func kindOfUpdate(updates []ews.FieldUpdate) happening {
	if slices.ContainsFunc(updates, func(u ews.FieldUpdate) bool { return u.Path.URI != "message:IsRead" }) {
		return modified
	}
	return flagged
}

// touch notes who has changed an item, and when.
func (p place) touch(j *job, it *item) {
	it.set("item:LastModifiedTime", now())
	it.set("item:LastModifiedName", j.dir.DisplayName(j.Actor))
}

// apply carries out one change of a property.
func (j *job) apply(it *item, u ews.FieldUpdate) ews.Code {
	uri := u.Path.URI
	switch {
	case uri == "item:MimeContent" && u.Kind == ews.SetField:
		return j.rewrite(it, u)
	case uri == "item:Attachments":
		return "ErrorInvalidPropertySet"
	case dictionaryOf(uri) != "":
		return applyEntry(it, u)
	case it.sent() && (uri == "message:IsReadReceiptRequested" || uri == "message:IsDeliveryReceiptRequested"):
		return "ErrorInvalidPropertyUpdateSentMessage"
	case readOnly(uri) || onceSet(uri):
		return map[ews.UpdateKind]ews.Code{
			ews.SetField: "ErrorInvalidPropertySet", ews.AppendField: "ErrorInvalidPropertyAppend", ews.DeleteField: "ErrorInvalidPropertyDelete",
		}[u.Kind]
	case u.Kind == ews.DeleteField:
		return j.erase(it, u.Path)
	}
	value := u.Object.Get(u.Path)
	switch k, ok := u.Path.Key(); {
	case nameable(u.Path) != ews.NoError:
		return nameable(u.Path)
	case u.Object.Len() != 1:
		return "ErrorIncorrectUpdatePropertyCount"
	case value == nil:
		return "ErrorUpdatePropertyMismatch"
	case ok && uri != "" && !it.kind.Has(k):
		return "ErrorInvalidPropertyRequest"
	}
	if u.Kind == ews.AppendField {
		return appendTo(it, u.Path, value)
	}
	if code := settable(u.Path, value); code != ews.NoError {
		return code
	}
	it.props.Set(u.Path, value)
	j.follow(it, u.Path, value)
	return ews.NoError
}

// sent reports whether the item is a message that is no draft any more.
func (it *item) sent() bool {
	return it.isMail() && it.kind != ews.KindPostItem && !it.props.Bool("item:IsDraft")
}

// onceSet are properties that an item may be made with, and that no update changes (ews-managed-api, ItemSchema and
// EmailMessageSchema: those without CanUpdate).
func onceSet(uri string) bool {
	switch uri {
	case "item:Size", "item:DateTimeReceived", "item:DateTimeSent", "item:DateTimeCreated", "item:LastModifiedTime", "item:IsDraft", "item:IsResend",
		"message:ConversationTopic", "message:ConversationIndex":
		return true
	}
	return false
}

// erase takes a property away. Those without which there is no such item stay.
func (j *job) erase(it *item, path ews.Path) ews.Code {
	switch path.URI {
	case "calendar:Start", "calendar:End", "message:IsRead", "item:ItemClass", "item:DateTimeCreated", "item:Importance", "item:Sensitivity":
		return "ErrorInvalidPropertyDelete"
	}
	it.props.Remove(path)
	if path.URI == "calendar:Recurrence" {
		it.changes = nil
	}
	return ews.NoError
}

// follow sets what goes with a property.
func (j *job) follow(it *item, path ews.Path, value any) {
	switch {
	case path.Extended.Tag == 0x0e07: // MAPI's flags of a message, by which DavMail marks one as read
		flags, _ := value.(string)
		it.set("message:IsRead", len(flags) > 0 && (flags[len(flags)-1]-'0')%2 == 1)
		it.props.Remove(path)
	case path.URI == "calendar:Recurrence":
		it.changes = nil
	case path.URI == "task:Status" && value == ews.TaskStatus("Completed"):
		completeTask(it)
	case path.URI == "task:Status":
		it.reopen(value)
	case path.URI == "task:PercentComplete" && value == 100.0:
		it.set("task:Status", ews.TaskStatus("Completed"))
		completeTask(it)
	case path.URI == "task:PercentComplete" && it.get("task:Status") == ews.TaskStatus("Completed"):
		it.reopen(ews.TaskStatus("InProgress"))
	case path.URI == "item:Subject" && it.props.Bool("item:IsDraft"):
		it.retopic()
	}
}

// reopen makes a task one that is not complete.
func (it *item) reopen(status any) {
	it.set("task:Status", status)
	it.props.Remove(ews.Path{URI: "task:CompleteDate"})
	if it.get("task:PercentComplete") == 100.0 {
		it.set("task:PercentComplete", 0.0)
	}
}

func applyEntry(it *item, u ews.FieldUpdate) ews.Code {
	uri := dictionaryOf(u.Path.URI)
	if uri == "item:InternetMessageHeaders" {
		return "ErrorInvalidPropertySet"
	}
	path := ews.Path{URI: uri}
	if u.Kind == ews.DeleteField {
		it.props.Set(path, without(it.get(uri), u.Path))
		return ews.NoError
	}
	value := u.Object.Get(path)
	switch _, ok := entryOf(value, u.Path); {
	case u.Kind == ews.AppendField:
		return "ErrorInvalidPropertyAppend"
	case u.Object.Len() != 1:
		return "ErrorIncorrectUpdatePropertyCount"
	case !ok:
		return "ErrorUpdatePropertyMismatch"
	}
	it.props.Set(path, merge(it.get(uri), value, u.Path))
	return ews.NoError
}

// appendTo extends a body with more of its kind, or a list of people (MS docs: AppendToItemField; ResponseCode,
// ErrorInvalidPropertyAppend).
func appendTo(it *item, path ews.Path, value any) ews.Code {
	switch v := value.(type) {
	case ews.BodyContent:
		old, _ := it.props.Get(path).(ews.BodyContent)
		if old.Text != "" && orType(old.BodyType, v.BodyType) != v.BodyType {
			return "ErrorInvalidPropertyAppend"
		}
		v.Text, v.BodyType = old.Text+v.Text, orType(old.BodyType, v.BodyType)
		it.props.Set(path, v)
	case ews.Recipients:
		old, _ := it.props.Get(path).(ews.Recipients)
		it.props.Set(path, ews.Recipients{Mailboxes: slices.Concat(old.Mailboxes, v.Mailboxes)})
	case ews.Attendees:
		old, _ := it.props.Get(path).(ews.Attendees)
		it.props.Set(path, ews.Attendees{Attendees: slices.Concat(old.Attendees, v.Attendees)})
	default:
		return "ErrorInvalidPropertyAppend"
	}
	return ews.NoError
}

func orType(a, b ews.BodyType) ews.BodyType {
	if a != "" {
		return a
	}
	return b
}

// rewrite makes an item what an Internet message says.
func (j *job) rewrite(it *item, u ews.FieldUpdate) ews.Code {
	came, ok := u.Object.Get(u.Path).(ews.MimeContent)
	if !ok {
		return "ErrorUpdatePropertyMismatch"
	}
	read, err := codec().Read(came.Content)
	if err != nil {
		return j.say("ErrorMimeContentInvalid", "Mime content is invalid., "+err.Error())
	}
	if it.isMail() || read.Get(ews.Path{URI: "item:Attachments"}) != nil {
		it.files = nil
	}
	for path, v := range read.All() {
		if path.URI == "item:Attachments" {
			for _, a := range v.(ews.Attachments).Attachments {
				tidyAttachment(it.attach(a))
			}
			continue
		}
		if k, ok := path.Key(); ok && it.kind.Has(k) && !readOnly(path.URI) && !strings.HasPrefix(path.URI, "item:DateTime") {
			it.props.Set(path, v)
		}
	}
	if it.instance == 0 && read.Get(ews.Path{URI: "calendar:Recurrence"}) != nil {
		it.changes = nil
		j.except(it, read)
	}
	it.recall(came.Content, read.Object, read.Object)
	return ews.NoError
}

// afterUpdate is what remains to be done when the item has changed: to send it, or to tell those who are invited.
func (j *job) afterUpdate(b ews.UpdateItem, p place, was, it *item, m *ews.UpdateItemMessage) func() ews.Code {
	switch {
	case it.isMail() && (b.Disposition == ews.SendOnly || b.Disposition == ews.SendAndSaveCopy):
		ref := p.itemID(it).Ref()
		return func() ews.Code {
			m.Items = nil
			return j.sendDraft(ref, b.Disposition == ews.SendAndSaveCopy, b.Folder)
		}
	case it.kind == ews.KindCalendarItem && b.Invitations != ews.SendToNone:
		return j.tellAttendees(p.owner, was, it, b.Invitations)
	}
	return nil
}
