package mailbox

import (
	"encoding/base64"
	"strings"
	"sync"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mime"
)

// derive is the value of a property, nil if the item has none: what was set, or what follows from the rest.
func (p place) derive(j *job, it *item, k ews.Key, v view) any {
	path := k.Path()
	switch {
	case path.URI == "":
		return p.mapi(it, path.Extended)
	case strings.HasPrefix(path.URI, "item:"):
		return p.deriveItem(j, it, k, v)
	case strings.HasPrefix(path.URI, "message:"):
		return deriveMessage(it, k)
	case strings.HasPrefix(path.URI, "calendar:"):
		return p.deriveCalendar(j, it, k)
	case strings.HasPrefix(path.URI, "contacts:"):
		return deriveContact(it, k)
	case strings.HasPrefix(path.URI, "task:"):
		return deriveTask(it, k)
	case strings.HasPrefix(path.URI, "meeting"):
		return p.deriveMeeting(it, k)
	}
	return it.props.Value(k)
}

// or is a value, or what stands for it.
func or(value, other any) any {
	if value == nil {
		return other
	}
	return value
}

func (p place) deriveItem(j *job, it *item, k ews.Key, v view) any {
	set := it.props.Value(k)
	switch k.Path().URI {
	case "item:ItemId":
		return p.itemID(it)
	case "item:ParentFolderId":
		return p.folderID(p.box.folder(it.folder))
	case "item:ItemClass":
		return it.class()
	case "item:Subject":
		return set
	case "item:Sensitivity":
		return or(set, ews.Sensitivity("Normal"))
	case "item:Importance":
		return or(set, ews.Importance("Normal"))
	case "item:Body":
		return bodyAs(set, v.BodyType)
	case "item:Attachments":
		return p.attachments(it)
	case "item:HasAttachments":
		return hasFiles(it)
	case "item:Size":
		return or(set, p.size(it))
	case "item:MimeContent":
		return p.mimeContent(it)
	case "item:InternetMessageHeaders":
		return p.headers(it)
	case "item:IsAssociated":
		return it.hidden
	case "item:EffectiveRights":
		return p.rights(j, it.by)
	case "item:ResponseObjects":
		return p.responses(it)
	}
	return p.deriveMore(it, k, set, v)
}

func (p place) deriveMore(it *item, k ews.Key, set any, v view) any {
	switch k.Path().URI {
	case "item:IsDraft", "item:IsSubmitted", "item:IsResend", "item:IsFromMe":
		return or(set, false)
	case "item:IsUnmodified":
		return it.version == 0
	case "item:DateTimeReceived", "item:DateTimeSent":
		return or(set, it.get("item:DateTimeCreated"))
	case "item:LastModifiedTime":
		return or(set, it.get("item:DateTimeCreated"))
	case "item:LastModifiedName":
		return or(set, p.store.dir.DisplayName(it.by))
	case "item:Culture":
		return or(set, "en-US")
	case "item:ReminderIsSet":
		return or(set, it.kind == ews.KindCalendarItem)
	case "item:ReminderMinutesBeforeStart":
		return or(set, "15")
	case "item:ReminderDueBy":
		return or(set, it.get("calendar:Start"))
	case "item:DisplayTo":
		return names(it.get("message:ToRecipients"), it.get("calendar:RequiredAttendees"))
	case "item:DisplayCc":
		return names(it.get("message:CcRecipients"), it.get("calendar:OptionalAttendees"))
	case "item:DisplayBcc":
		return names(it.get("message:BccRecipients"), nil)
	case "item:ConversationId":
		if t, ok := it.thread(); ok {
			return p.conversationID(t)
		}
		return nil
	case "item:UniqueBody", "item:NormalizedBody":
		return bodyAs(it.get("item:Body"), v.BodyType)
	case "item:TextBody":
		return bodyAs(it.get("item:Body"), ews.ShowBody(ews.BodyText))
	case "item:Preview":
		return preview(it.get("item:Body"))
	case "item:InstanceKey", "item:StoreEntryId":
		return entryID(p.itemID(it).ID)
	case "item:WebClientReadFormQueryString":
		return "?ItemID=" + strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(p.itemID(it).ID) + "&exvsurl=1&viewmodel=ReadMessageItem"
	case "item:Flag":
		return or(set, ews.Flag{Status: "NotFlagged"})
	case "item:IconIndex":
		return or(set, "Default")
	case "item:BlockStatus", "item:HasBlockedImages", "item:IsClutter":
		return or(set, false)
	}
	return set
}

// bodyAs is a body in the type that is asked for.
func bodyAs(set any, as ews.ShowBody) any {
	body, ok := set.(ews.BodyContent)
	if !ok {
		return nil
	}
	switch {
	case as == ews.ShowBody(ews.BodyText) && body.BodyType == ews.BodyHTML:
		return ews.BodyContent{BodyType: ews.BodyText, Text: mime.TextOf(body.Text)}
	case as == ews.ShowBody(ews.BodyHTML) && body.BodyType == ews.BodyText:
		return ews.BodyContent{BodyType: ews.BodyHTML, Text: htmlOf(body.Text)}
	}
	return body
}

// names are those of recipients or attendees, as one text.
func names(recipients, attendees any) any {
	var all []string
	if r, ok := recipients.(ews.Recipients); ok {
		for _, m := range r.Mailboxes {
			all = append(all, nameOf(m))
		}
	}
	if a, ok := attendees.(ews.Attendees); ok {
		for _, m := range a.Attendees {
			all = append(all, nameOf(m.Mailbox))
		}
	}
	return strings.Join(all, "; ")
}

func nameOf(m ews.Mailbox) string {
	if m.Name != "" {
		return m.Name
	}
	return m.Address
}

func preview(body any) any {
	const most = 255
	text, ok := bodyAs(body, ews.ShowBody(ews.BodyText)).(ews.BodyContent)
	if !ok {
		return nil
	}
	runes := []rune(text.Text)
	return string(runes[:min(len(runes), most)])
}

// entryID is the binary form of an id.
func entryID(id string) []byte {
	raw, err := base64.StdEncoding.DecodeString(id)
	if err != nil {
		return nil
	}
	return raw
}

func deriveMessage(it *item, k ews.Key) any {
	set := it.props.Value(k)
	switch k.Path().URI {
	case "message:IsRead", "message:IsReadReceiptRequested", "message:IsDeliveryReceiptRequested", "message:IsResponseRequested":
		return or(set, false)
	case "message:ConversationTopic":
		return or(set, topicOf(it.text("item:Subject")))
	case "message:Sender":
		return or(set, it.get("message:From"))
	}
	return set
}

const fnvPrime = 1099511628211

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// rights are what the actor may do with an item that somebody has made, or with the folder itself.
func (p place) rights(j *job, by access.Principal) ews.EffectiveRights {
	may := func(v access.Verb) bool {
		return j.guard.Decide(j.Actor, p.owner, access.Right{Verb: v, Folder: p.folder.path}).Allowed
	}
	edit, remove := may(access.EditAll), may(access.DeleteAll)
	if by == j.Actor {
		edit, remove = edit || may(access.EditOwn), remove || may(access.DeleteOwn)
	}
	create := may(access.Create)
	return ews.EffectiveRights{
		CreateAssociated: create, CreateContents: create, CreateHierarchy: may(access.CreateSubfolders), Delete: remove, Modify: edit,
		Read: may(access.Read), ViewPrivateItems: p.owner == j.Actor,
	}
}

// responses are the ways to answer to an item.
func (p place) responses(it *item) any {
	var kinds []ews.Kind
	switch it.kind {
	case ews.KindMessage, ews.KindMeetingResponse:
		if it.props.Bool("item:IsDraft") {
			return ews.ResponseObjects{Kinds: []ews.ResponseObject{{Kind: ews.KindForwardItem}}}
		}
		return answerable()
	case ews.KindMeetingRequest:
		kinds = []ews.Kind{
			ews.KindAcceptItem, ews.KindTentativelyAcceptItem, ews.KindDeclineItem, ews.KindReplyToItem, ews.KindReplyAllToItem, ews.KindForwardItem,
		}
	case ews.KindMeetingCancellation:
		kinds = []ews.Kind{ews.KindReplyToItem, ews.KindReplyAllToItem, ews.KindForwardItem, ews.KindRemoveItem}
	case ews.KindCalendarItem:
		kinds = p.answersTo(it)
	case ews.KindPostItem:
		kinds = []ews.Kind{ews.KindPostReplyItem, ews.KindReplyToItem, ews.KindForwardItem}
	default:
		return nil
	}
	return responseObjects(kinds...)
}

func responseObjects(kinds ...ews.Kind) any {
	r := ews.ResponseObjects{Kinds: make([]ews.ResponseObject, len(kinds))}
	for i, k := range kinds {
		r.Kinds[i].Kind = k
	}
	return r
}

// answerable is what can be done with every message that has come. It is worked out once, and never changed.
var answerable = sync.OnceValue(func() any {
	return responseObjects(ews.KindReplyToItem, ews.KindReplyAllToItem, ews.KindForwardItem)
})
