package mailbox

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/mime"
)

// mapi is the value of a MAPI property, nil if the item has none: what was set, or for the tags of what is known by other
// names, that (MS-OXPROPS). Clients that come from MAPI read them: DavMail finds its items by them.
func (p place) mapi(it *item, e ews.Extended) any {
	if set := it.props.Get(ews.Path{Extended: e}); set != nil {
		return set
	}
	switch value := p.tagged(it, e).(type) {
	case nil:
		return nil
	case string:
		return nonEmpty(value)
	case int:
		return strconv.Itoa(value)
	case []byte:
		return base64.StdEncoding.EncodeToString(value)
	case bool:
		return strconv.FormatBool(value)
	case time.Time:
		return value.UTC().Format("2006-01-02T15:04:05Z")
	}
	return nil
}

// Flags of a message (MS-OXCMSG, section 2.2.1.6).
const (
	flagRead       = 0x01
	flagUnsent     = 0x08
	flagAttachment = 0x10
)

func (p place) tagged(it *item, e ews.Extended) any {
	switch e.Tag {
	case 0:
		if mime.IsHeader(e) {
			came, _ := it.get("item:InternetMessageHeaders").(ews.InternetHeaders)
			if text, ok := entryOf(came, ews.Path{Index: e.Name}); ok {
				return text
			}
		}
		return named(it, e)
	case 0x001a:
		return it.class()
	case 0x0037, 0x0e1d:
		return it.text("item:Subject")
	case 0x0070:
		return or(it.get("message:ConversationTopic"), it.text("item:Subject"))
	case 0x0071:
		return it.get("message:ConversationIndex")
	case 0x3013: // PidTagConversationId
		if t, ok := it.thread(); ok {
			return t[:]
		}
		return nil
	case 0x007d: // PidTagTransportMessageHeaders
		return p.transportHeaders(it)
	case 0x0e06:
		return or(it.get("item:DateTimeReceived"), it.get("item:DateTimeCreated"))
	case 0x0e07:
		return messageFlags(it)
	case 0x0e08:
		return or(it.get("item:Size"), p.size(it))
	case 0x0e23: // the article's number, by which DavMail counts: unique, and ascending by arrival
		return int(rank(it.uid) & 0x7fffffff)
	case 0x3007:
		return it.get("item:DateTimeCreated")
	case 0x3008:
		return or(it.get("item:LastModifiedTime"), it.get("item:DateTimeCreated"))
	case 0x0ff9, 0x0fff: // the key of a record, and the id of an entry: the item's id in the store
		r := reference{mailbox: p.guid, folder: it.folder, item: it.uid, instance: it.instance}
		return base64.StdEncoding.EncodeToString(r.appendStore(nil))
	case 0x670e, 0x10f3:
		return urlName(it)
	}
	return addressTag(it, e.Tag)
}

// addressTag are the tags of people.
func addressTag(it *item, tag uint16) any {
	from, _ := it.get("message:From").(ews.Recipient)
	switch tag {
	case 0x0c1a, 0x0042:
		return from.Mailbox.Name
	case 0x0c1f, 0x0065, 0x5d01, 0x5d02:
		return from.Mailbox.Address
	case 0x0c1e, 0x0064:
		return from.Mailbox.RoutingType
	case 0x0e04:
		return names(it.get("message:ToRecipients"), nil)
	case 0x0e03:
		return names(it.get("message:CcRecipients"), nil)
	case 0x1035:
		return it.text("message:InternetMessageId")
	case 0x1000:
		body, _ := it.get("item:Body").(ews.BodyContent)
		return body.Text
	}
	return nil
}

// named are named properties: the categories, which are keywords there.
func named(it *item, e ews.Extended) any {
	if strings.EqualFold(e.Name, "content-class") {
		return "urn:content-classes:" + map[bool]string{true: "appointment", false: "message"}[it.kind == ews.KindCalendarItem]
	}
	return nil
}

func messageFlags(it *item) int {
	flags := 0
	if !it.isUnread() {
		flags |= flagRead
	}
	if it.props.Bool("item:IsDraft") {
		flags |= flagUnsent
	}
	if len(it.files) > 0 {
		flags |= flagAttachment
	}
	return flags
}

// urlName is the name under which WebDAV knew an item.
func urlName(it *item) string {
	return strings.NewReplacer("/", "_xF8FF_", "?", "_x003F_").Replace(it.text("item:Subject")) + ".EML"
}
