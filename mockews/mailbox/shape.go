package mailbox

import (
	"slices"
	"strings"
	"sync"

	"github.com/ewsbench/ewsbench/ews"
)

// defaults are the properties of the shape Default beside the id (MS docs: Property sets and response shapes in EWS in
// Exchange), by kind; every kind shows those of KindItem.
func defaults() map[ews.Kind][]string {
	message := []string{
		"item:Subject", "item:Sensitivity", "item:Body", "item:Attachments", "item:Size", "item:DateTimeSent", "item:DateTimeCreated",
		"item:ResponseObjects", "item:HasAttachments", "message:Sender", "message:ToRecipients", "message:CcRecipients", "message:BccRecipients",
		"message:IsReadReceiptRequested", "message:IsDeliveryReceiptRequested", "message:From", "message:IsRead",
	}
	meeting := slices.Concat(message, []string{
		"meeting:AssociatedCalendarItemId", "meeting:IsDelegated", "meeting:IsOutOfDate", "meeting:HasBeenProcessed", "meeting:ResponseType",
	})
	return map[ews.Kind][]string{
		ews.KindItem: {
			"item:Subject", "item:Sensitivity", "item:Body", "item:Attachments", "item:Size", "item:DateTimeSent", "item:DateTimeCreated",
			"item:ResponseObjects", "item:HasAttachments",
		},
		ews.KindMessage:        message,
		ews.KindMeetingMessage: meeting, ews.KindMeetingResponse: meeting, ews.KindMeetingCancellation: meeting,
		ews.KindMeetingRequest: slices.Concat(meeting, []string{"calendar:Start", "calendar:End", "calendar:Location", "calendar:CalendarItemType"}),
		ews.KindPostItem:       {"item:Subject", "item:Body", "item:Size", "item:HasAttachments", "message:From", "message:IsRead"},
		ews.KindCalendarItem: {
			"item:Subject", "item:Attachments", "item:ResponseObjects", "item:HasAttachments", "item:Body", "calendar:UID", "calendar:Start", "calendar:End",
			"calendar:LegacyFreeBusyStatus", "calendar:Location", "calendar:IsMeeting", "calendar:IsRecurring", "calendar:CalendarItemType",
			"calendar:MyResponseType", "calendar:Organizer", "calendar:RequiredAttendees", "calendar:OptionalAttendees", "calendar:Resources",
			"calendar:Recurrence", "calendar:FirstOccurrence", "calendar:LastOccurrence", "calendar:ModifiedOccurrences", "calendar:DeletedOccurrences",
		},
		ews.KindContact: {
			"item:Subject", "item:Attachments", "item:HasAttachments", "contacts:FileAs", "contacts:DisplayName", "contacts:GivenName", "contacts:Surname",
			"contacts:CompleteName", "contacts:CompanyName", "contacts:EmailAddresses", "contacts:PhysicalAddresses", "contacts:PhoneNumbers",
			"contacts:ImAddresses", "contacts:JobTitle",
		},
		ews.KindConversation:     conversationDefaults(),
		ews.KindPersona:          personaDefaults(),
		ews.KindDistributionList: {"item:Subject", "contacts:DisplayName", "contacts:FileAs", "distributionlist:Members"},
		ews.KindTask: {
			"item:Subject", "item:Body", "item:Attachments", "item:HasAttachments", "task:DueDate", "task:PercentComplete", "task:StartDate",
			"task:Status", "task:IsComplete", "task:Recurrence",
		},
	}
}

// conversationDefaults are what a server shows of conversations (MS docs: Work with conversations by using EWS in Exchange, the
// answers in it).
func conversationDefaults() (uris []string) {
	for _, k := range ews.KindConversation.Keys() {
		switch uri := k.Path().URI; uri {
		case "conversation:Preview", "conversation:IconIndex", "conversation:GlobalIconIndex", "conversation:DraftItemIds":
		default:
			uris = append(uris, uri)
		}
	}
	return uris
}

// personaDefaults are what FindPeople shows of personas (MS docs: FindPeople operation, the answer in it).
func personaDefaults() []string {
	return []string{
		"persona:PersonaType", "persona:CreationTime", "persona:DisplayName", "persona:DisplayNameFirstLast", "persona:DisplayNameLastFirst",
		"persona:FileAs", "persona:GivenName", "persona:MiddleName", "persona:Surname", "persona:Nickname", "persona:Title", "persona:CompanyName",
		"persona:EmailAddress", "persona:EmailAddresses", "persona:PhoneNumber", "persona:ImAddress", "persona:HomeCity", "persona:WorkCity",
		"persona:RelevanceScore",
	}
}

// asked are properties that are shown to who asks for them by name, or by an option of the shape, alone.
func asked(uri string) bool {
	switch uri {
	case "item:MimeContent", "item:UniqueBody", "item:NormalizedBody", "item:TextBody", "item:InternetMessageHeaders", "contacts:Photo",
		"contacts:UserSMIMECertificate", "contacts:MSExchangeCertificate", "calendar:ConflictingMeetings", "calendar:AdjacentMeetings",
		"calendar:MeetingTimeZone", "item:StoreEntryId", "item:BlockStatus", "item:HasBlockedImages":
		return true
	}
	return false
}

// unfound are properties that no search and no synchronisation shows (MS docs: FindItem operation, and Property sets and
// response shapes in EWS in Exchange).
func unfound(uri string) bool {
	switch uri {
	case "item:Body", "item:MimeContent", "item:UniqueBody", "item:NormalizedBody", "item:TextBody", "item:Attachments", "item:InternetMessageHeaders",
		"item:ResponseObjects", "message:ToRecipients", "message:CcRecipients", "message:BccRecipients", "message:ReplyTo",
		"calendar:RequiredAttendees", "calendar:OptionalAttendees", "calendar:Resources", "calendar:Recurrence", "calendar:FirstOccurrence",
		"calendar:LastOccurrence", "calendar:ModifiedOccurrences", "calendar:DeletedOccurrences", "calendar:MeetingTimeZone",
		"calendar:ConflictingMeetings", "calendar:AdjacentMeetings", "calendar:ConflictingMeetingCount", "calendar:AdjacentMeetingCount",
		"distributionlist:Members", "task:Recurrence", "contacts:PhysicalAddresses", "meeting:AssociatedCalendarItemId",
		"contacts:Photo", "contacts:UserSMIMECertificate", "contacts:MSExchangeCertificate", "contacts:Notes":
		return true
	}
	return false
}

// since is the first version of the schema that has a property (MS docs, by property; ews-managed-api, the schemas of its
// service objects): an answer in an older one leaves it out, since clients refuse what they do not know.
func since(uri string) ews.Version {
	switch uri {
	case "item:ConversationId", "item:UniqueBody", "item:IsAssociated", "calendar:StartTimeZone", "calendar:EndTimeZone", "item:WebClientEditFormQueryString",
		"item:WebClientReadFormQueryString", "message:ReceivedBy", "message:ReceivedRepresenting", "item:EffectiveRights", "folder:EffectiveRights":
		return ews.Exchange2007_SP1
	case "item:Flag", "item:StoreEntryId", "item:InstanceKey", "item:NormalizedBody", "item:PolicyTag", "item:ArchiveTag", "item:RetentionDate",
		"item:Preview", "item:TextBody", "item:IconIndex", "item:IsClutter", "item:BlockStatus", "item:HasBlockedImages", "item:ReminderNextTime",
		"calendar:StartWallClock", "calendar:EndWallClock", "calendar:StartTimeZoneId", "calendar:EndTimeZoneId", "calendar:JoinOnlineMeetingUrl",
		"conversation:LastModifiedTime", "conversation:InstanceKey", "conversation:Preview", "conversation:MailboxScope", "conversation:IconIndex",
		"conversation:GlobalIconIndex", "conversation:DraftItemIds", "conversation:HasIrm", "conversation:GlobalHasIrm", "conversation:GlobalUnreadCount",
		"calendar:IsOrganizer", "folder:DistinguishedFolderId", "folder:PolicyTag", "folder:ArchiveTag", "meetingRequest:IntendedFreeBusyStatus":
		return ews.Exchange2013
	}
	return ews.Exchange2007
}

// purpose is for what a shape is used.
type purpose struct {
	kind  ews.Kind
	base  ews.Shape
	found bool // by a search or a synchronisation
	era   ews.Version
}

// eras are the versions of the schema in which properties have come: see since.
var eras = []ews.Version{ews.Exchange2013, ews.Exchange2007_SP1, ews.Exchange2007}

// eraOf is the latest of eras of which a version has all properties.
func eraOf(v ews.Version) ews.Version {
	for _, era := range eras {
		if !v.Before(era) {
			return era
		}
	}
	return ews.Exchange2007
}

// shapes are the properties of the base shapes, in the order of the schema. They are worked out once, and never changed.
var shapes = sync.OnceValue(func() map[purpose][]ews.Key {
	all := map[purpose][]ews.Key{}
	for _, kind := range ews.Kinds() {
		for _, base := range []ews.Shape{"", ews.ShapeIDOnly, ews.ShapeDefault, ews.ShapeAllProperties, ews.ShapePeopleSearch} {
			for _, found := range []bool{false, true} {
				for _, era := range eras {
					p := purpose{kind, base, found, era}
					all[p] = p.choose()
				}
			}
		}
	}
	return all
})

func (p purpose) keys() []ews.Key { return shapes()[p] }

// choose are the properties of a base shape.
func (p purpose) choose() (keys []ews.Key) {
	list := defaults()[p.kind]
	for _, k := range p.kind.Keys() {
		if uri := k.Path().URI; p.shows(uri, list) && !p.era.Before(since(uri)) {
			keys = append(keys, k)
		}
	}
	return keys
}

func (p purpose) shows(uri string, defaults []string) bool {
	id := strings.HasSuffix(uri, ":ItemId") || uri == "conversation:ConversationId" || uri == "persona:PersonaId" || strings.HasSuffix(uri, ":FolderId") && uri != "folder:ParentFolderId"
	switch {
	case p.found && unfound(uri):
		return false
	case id:
		return true
	case p.base == ews.ShapeAllProperties:
		return !asked(uri)
	case p.base == ews.ShapeDefault || p.base == "":
		return slices.Contains(defaults, uri)
	}
	return false
}

// view is what an answer shows of items.
type view struct {
	ews.ItemShape
	found   bool
	extra   []ews.Key // that the version of the request has
	era     ews.Version
	entries map[ews.Key][]string // of dictionaries, by their keys
}

func (j *job) view(shape ews.ItemShape, found bool) view {
	v := view{ItemShape: shape, era: eraOf(j.Version), found: found}
	j.wrong = allNameable(shape.Additional)
	for _, path := range shape.Additional {
		if uri := dictionaryOf(path.URI); uri != "" {
			v.wantEntry(mustKey(uri), path.Index)
			continue
		}
		if k, ok := path.Key(); ok && (!found || !unfound(path.URI)) && !v.era.Before(since(path.URI)) {
			v.extra = append(v.extra, k)
		}
	}
	return v
}

// wantEntry adds an entry of a dictionary to what is shown.
func (v *view) wantEntry(k ews.Key, index string) {
	if v.entries == nil {
		v.entries = map[ews.Key][]string{}
	}
	v.entries[k] = append(v.entries[k], index)
}

// show is an item as the view shows it.
func (p place) show(j *job, it *item, v view) ews.Object {
	o := ews.Object{Kind: it.kind}
	keys := purpose{it.kind, v.Base, v.found, v.era}.keys()
	o.Grow(len(keys) + len(v.extra))
	for _, k := range keys {
		p.put(j, &o, it, k, v)
	}
	if v.MimeContent && !v.found {
		p.put(j, &o, it, mimeKey, v)
	}
	for _, k := range v.extra {
		p.put(j, &o, it, k, v)
	}
	for k, indexes := range v.entries {
		if o.Value(k) != nil {
			continue
		}
		if some := pick(p.derive(j, it, k, v), indexes); some != nil {
			o.Put(k, some)
		}
	}
	return o
}

var mimeKey = mustKey("item:MimeContent")

// put adds a property to what is shown, if the item has it.
func (p place) put(j *job, o *ews.Object, it *item, k ews.Key, v view) {
	if value := p.derive(j, it, k, v); value != nil {
		o.Put(k, value)
	}
}
