package ews

import (
	"slices"
	"time"
)

// The kinds of items and folders (MS docs: Items, Folders).
const (
	KindItem                Kind = "Item"
	KindMessage             Kind = "Message"
	KindPostItem            Kind = "PostItem"
	KindCalendarItem        Kind = "CalendarItem"
	KindMeetingMessage      Kind = "MeetingMessage"
	KindMeetingRequest      Kind = "MeetingRequest"
	KindMeetingResponse     Kind = "MeetingResponse"
	KindMeetingCancellation Kind = "MeetingCancellation"
	KindContact             Kind = "Contact"
	KindDistributionList    Kind = "DistributionList"
	KindTask                Kind = "Task"
	KindFolder              Kind = "Folder"
	KindCalendarFolder      Kind = "CalendarFolder"
	KindContactsFolder      Kind = "ContactsFolder"
	KindTasksFolder         Kind = "TasksFolder"
	KindSearchFolder        Kind = "SearchFolder"
)

// The kinds of what a server puts together out of several items (MS docs:
// Conversation, Persona).
const (
	KindConversation Kind = "Conversation"
	KindPersona      Kind = "Persona"
)

// The kinds in which a client answers to another item, with CreateItem (MS
// docs: Response objects).
const (
	KindReplyToItem             Kind = "ReplyToItem"
	KindReplyAllToItem          Kind = "ReplyAllToItem"
	KindForwardItem             Kind = "ForwardItem"
	KindAcceptItem              Kind = "AcceptItem"
	KindTentativelyAcceptItem   Kind = "TentativelyAcceptItem"
	KindDeclineItem             Kind = "DeclineItem"
	KindCancelCalendarItem      Kind = "CancelCalendarItem"
	KindSuppressReadReceipt     Kind = "SuppressReadReceipt"
	KindPostReplyItem           Kind = "PostReplyItem"
	KindRemoveItem              Kind = "RemoveItem"
	KindAcceptSharingInvitation Kind = "AcceptSharingInvitation"
	KindProposeNewTime          Kind = "ProposeNewTime"
	referenceItemURI                 = "item:ReferenceItemId"
	newBodyContentURI                = "item:NewBodyContent"
)

// kindTable lists the properties of each kind, in the order of the schema, in
// groups that several kinds have.
func kindTable() map[Kind][][]property {
	item, message, meeting := itemProperties(), messageProperties(), meetingProperties()
	unread := []property{prop[PermissionSet]("folder:PermissionSet"), prop[int]("folder:UnreadCount")}
	sharing := []property{prop[string]("folder:SharingEffectiveRights")}
	answer := slices.Concat(item, message, []property{prop[ItemID](referenceItemURI)})
	smart := []property{
		prop[string]("item:Subject"), prop[BodyContent]("item:Body"), prop[Recipients]("message:ToRecipients"),
		prop[Recipients]("message:CcRecipients"), prop[Recipients]("message:BccRecipients"), prop[bool]("message:IsReadReceiptRequested"),
		prop[bool]("message:IsDeliveryReceiptRequested"), prop[Recipient]("message:From"), prop[ItemID](referenceItemURI),
		prop[BodyContent](newBodyContentURI),
	}
	return map[Kind][][]property{
		KindItem:                {item},
		KindMessage:             {item, message},
		KindPostItem:            {item, postProperties()},
		KindCalendarItem:        {item, calendarProperties()},
		KindMeetingMessage:      {item, message, meeting},
		KindMeetingRequest:      {item, message, meeting, meetingRequestProperties()},
		KindMeetingResponse:     {item, message, meeting, meetingResponseProperties()},
		KindMeetingCancellation: {item, message, meeting, meetingCancellationProperties()},
		KindContact:             {item, contactProperties()},
		KindDistributionList:    {item, listProperties()},
		KindTask:                {item, taskProperties()},

		KindFolder:         {folderProperties(), unread},
		KindCalendarFolder: {folderProperties(), sharing, {prop[PermissionSet]("folder:PermissionSet")}},
		KindContactsFolder: {folderProperties(), sharing, {prop[PermissionSet]("folder:PermissionSet")}},
		KindTasksFolder:    {folderProperties(), unread},
		KindSearchFolder:   {folderProperties(), unread, {prop[SearchParameters]("folder:SearchParameters")}},

		KindConversation: {conversationProperties()},
		KindPersona:      {personaProperties()},

		KindReplyToItem: {smart}, KindReplyAllToItem: {smart}, KindForwardItem: {smart}, KindCancelCalendarItem: {smart},
		KindAcceptItem: {answer, proposal()}, KindTentativelyAcceptItem: {answer, proposal()}, KindDeclineItem: {answer, proposal()},
		KindProposeNewTime: {answer, proposal()}, KindSuppressReadReceipt: {answer}, KindPostReplyItem: {smart}, KindRemoveItem: {answer},
		KindAcceptSharingInvitation: {answer},
	}
}

// IsResponse reports whether an item of the kind answers to another one.
func (k Kind) IsResponse() bool {
	return words.kinds[k] != nil && words.kinds[k].byName["ReferenceItemId"] != nil
}

func itemProperties() []property {
	return []property{
		prop[MimeContent]("item:MimeContent"), prop[ItemID]("item:ItemId"), prop[FolderID]("item:ParentFolderId"),
		prop[string]("item:ItemClass"), prop[string]("item:Subject"), prop[Sensitivity]("item:Sensitivity"),
		prop[BodyContent]("item:Body"), prop[Attachments]("item:Attachments"), prop[time.Time]("item:DateTimeReceived"),
		prop[int]("item:Size"), prop[Strings]("item:Categories"), prop[Importance]("item:Importance"), prop[string]("item:InReplyTo"),
		prop[bool]("item:IsSubmitted"), prop[bool]("item:IsDraft"), prop[bool]("item:IsFromMe"), prop[bool]("item:IsResend"),
		prop[bool]("item:IsUnmodified"), prop[InternetHeaders]("item:InternetMessageHeaders"), prop[time.Time]("item:DateTimeSent"),
		prop[time.Time]("item:DateTimeCreated"), prop[ResponseObjects]("item:ResponseObjects"), prop[time.Time]("item:ReminderDueBy"),
		prop[bool]("item:ReminderIsSet"), prop[time.Time]("item:ReminderNextTime"), prop[string]("item:ReminderMinutesBeforeStart"),
		prop[string]("item:DisplayCc"), prop[string]("item:DisplayTo"), prop[string]("item:DisplayBcc"), prop[bool]("item:HasAttachments"),
		extended(), prop[string]("item:Culture"), prop[EffectiveRights]("item:EffectiveRights"), prop[string]("item:LastModifiedName"),
		prop[time.Time]("item:LastModifiedTime"), prop[bool]("item:IsAssociated"), prop[string]("item:WebClientReadFormQueryString"),
		prop[string]("item:WebClientEditFormQueryString"), prop[ItemID]("item:ConversationId"), prop[BodyContent]("item:UniqueBody"),
		prop[Flag]("item:Flag"), prop[[]byte]("item:StoreEntryId"), prop[[]byte]("item:InstanceKey"), prop[BodyContent]("item:NormalizedBody"),
		prop[RetentionTag]("item:PolicyTag"), prop[RetentionTag]("item:ArchiveTag"), prop[time.Time]("item:RetentionDate"),
		prop[string]("item:Preview"), prop[bool]("item:IsClutter"), prop[bool]("item:BlockStatus"), prop[bool]("item:HasBlockedImages"),
		prop[BodyContent]("item:TextBody"), prop[string]("item:IconIndex"),
	}
}

func messageProperties() []property {
	return []property{
		prop[Recipient]("message:Sender"), prop[Recipients]("message:ToRecipients"), prop[Recipients]("message:CcRecipients"),
		prop[Recipients]("message:BccRecipients"), prop[bool]("message:IsReadReceiptRequested"),
		prop[bool]("message:IsDeliveryReceiptRequested"), prop[[]byte]("message:ConversationIndex"),
		prop[string]("message:ConversationTopic"), prop[Recipient]("message:From"), prop[string]("message:InternetMessageId"),
		prop[bool]("message:IsRead"), prop[bool]("message:IsResponseRequested"), prop[string]("message:References"),
		prop[Recipients]("message:ReplyTo"), prop[Recipient]("message:ReceivedBy"), prop[Recipient]("message:ReceivedRepresenting"),
	}
}

func postProperties() []property {
	return []property{
		prop[[]byte]("message:ConversationIndex"), prop[string]("message:ConversationTopic"), prop[Recipient]("message:From"),
		prop[string]("message:InternetMessageId"), prop[bool]("message:IsRead"), prop[time.Time]("postitem:PostedTime"),
		prop[string]("message:References"), prop[Recipient]("message:Sender"),
	}
}

func folderProperties() []property {
	return []property{
		prop[FolderID]("folder:FolderId"), prop[FolderID]("folder:ParentFolderId"), prop[string]("folder:FolderClass"),
		prop[string]("folder:DisplayName"), prop[int]("folder:TotalCount"), prop[int]("folder:ChildFolderCount"),
		extended(), prop[EffectiveRights]("folder:EffectiveRights"), prop[string]("folder:DistinguishedFolderId"),
		prop[RetentionTag]("folder:PolicyTag"), prop[RetentionTag]("folder:ArchiveTag"),
	}
}
