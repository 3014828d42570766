package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

// conversationKeys are of those that a conversation has but once.
var conversationKeys = struct{ id, topic, scope, modified, instance, preview, drafts ews.Key }{
	mustKey("conversation:ConversationId"), mustKey("conversation:ConversationTopic"), mustKey("conversation:MailboxScope"),
	mustKey("conversation:LastModifiedTime"), mustKey("conversation:InstanceKey"), mustKey("conversation:Preview"), mustKey("conversation:DraftItemIds"),
}

// describe works out what a conversation shows of some of its items, the newest first: of those in the folder that was
// searched, or, with Global before the name of each property, of all.
func (c *conversation) describe(prefix string, members []member) {
	if len(members) == 0 {
		return
	}
	put := func(name string, v any) { c.properties.Set(ews.Path{URI: "conversation:" + prefix + name}, v) }
	s := summary{importance: "Low", flag: "NotFlagged"}
	for _, m := range members {
		s.add(m)
	}
	putTexts := func(name string, texts []string) {
		if len(texts) > 0 {
			put(name, ews.Strings{Strings: texts})
		}
	}
	putTexts("UniqueRecipients", s.recipients)
	putTexts("UniqueUnreadSenders", s.unreadSenders)
	putTexts("UniqueSenders", s.senders)
	putTexts("Categories", s.categories)
	put("LastDeliveryTime", receivedOf(members[0].it))
	put("FlagStatus", s.flag)
	put("HasAttachments", s.attachments)
	put("MessageCount", len(members))
	put("UnreadCount", s.unread)
	put("Size", s.size)
	put("ItemClasses", ews.ItemClasses{Classes: s.classes})
	put("Importance", s.importance)
	put("ItemIds", ews.ItemIDList{IDs: s.ids})
	put("IconIndex", map[bool]string{true: "MailUnread", false: "MailRead"}[s.unread > 0])
	put("HasIrm", false)
	if prefix == "" {
		c.own(members[0], s)
	}
}

// own are the properties that a conversation has but once.
func (c *conversation) own(newest member, s summary) {
	p := &c.properties
	p.Kind = ews.KindConversation
	p.Put(conversationKeys.topic, newest.it.topic())
	p.Put(conversationKeys.instance, entryID(newest.conversationID(c.thread).ID))
	if modified, ok := timeOf(newest.deriveMore(newest.it, modifiedKey, newest.it.props.Value(modifiedKey), view{})); ok {
		p.Put(conversationKeys.modified, modified)
	}
	if text := preview(newest.it.get("item:Body")); text != nil {
		p.Put(conversationKeys.preview, text)
	}
	if len(s.drafts) > 0 {
		p.Put(conversationKeys.drafts, ews.ItemIDList{IDs: s.drafts})
	}
}

var modifiedKey = mustKey("item:LastModifiedTime")

// summary is what several items come to.
type summary struct {
	recipients, senders, unreadSenders, categories, classes []string

	flag         string
	importance   ews.Importance
	attachments  bool
	unread, size int
	ids, drafts  []ews.ItemID
}

func (s *summary) add(m member) {
	it, id := m.it, m.itemID(m.it)
	s.ids = append(s.ids, id)
	if it.props.Bool("item:IsDraft") {
		s.drafts = append(s.drafts, id)
	}
	for _, to := range recipients(it) {
		s.recipients = once(s.recipients, nameOf(to))
	}
	if from, ok := it.get("message:From").(ews.Recipient); ok {
		s.senders = once(s.senders, nameOf(from.Mailbox))
		if it.isUnread() {
			s.unreadSenders = once(s.unreadSenders, nameOf(from.Mailbox))
		}
	}
	if categories, ok := it.get("item:Categories").(ews.Strings); ok {
		for _, c := range categories.Strings {
			s.categories = once(s.categories, c)
		}
	}
	s.classes = once(s.classes, it.class())
	s.attachments = s.attachments || hasFiles(it)
	s.unread += order(it.isUnread())
	size, _ := or(it.get("item:Size"), m.size(it)).(int)
	s.size += size
	s.rank(it)
}

// rank keeps the greatest importance, and that something is flagged, or was.
func (s *summary) rank(it *item) {
	importance, ok := it.get("item:Importance").(ews.Importance)
	if !ok {
		importance = "Normal"
	}
	if rankOf(importance) > rankOf(s.importance) {
		s.importance = importance
	}
	flag, _ := it.get("item:Flag").(ews.Flag)
	if flag.Status == "Flagged" || flag.Status == "Complete" && s.flag == "NotFlagged" {
		s.flag = flag.Status
	}
}

// once adds a text to others unless it is among them.
func once(texts []string, text string) []string {
	if text == "" || slices.Contains(texts, text) {
		return texts
	}
	return append(texts, text)
}

// pick is what a view shows of something that is put together out of items.
func (v view) pick(whole *ews.Object) ews.Object {
	o := ews.Object{Kind: whole.Kind}
	for _, k := range slices.Concat(purpose{whole.Kind, v.Base, v.found, v.era}.keys(), v.extra) {
		if value := whole.Value(k); value != nil {
			o.Put(k, value)
		}
	}
	return o
}
