package ews

import "time"

// The kinds that this package tells apart (MS docs: Items, Folders).
const (
	KindItem           Kind = "Item"
	KindMessage        Kind = "Message"
	KindFolder         Kind = "Folder"
	KindCalendarFolder Kind = "CalendarFolder"
	KindContactsFolder Kind = "ContactsFolder"
	KindTasksFolder    Kind = "TasksFolder"
	KindSearchFolder   Kind = "SearchFolder"
)

// kindTable lists the properties of each kind, in the order of the schema, in
// groups that several kinds have.
func kindTable() map[Kind][][]property {
	return map[Kind][][]property{
		KindItem:           {itemProperties()},
		KindMessage:        {itemProperties(), messageProperties()},
		KindFolder:         {folderProperties(), {prop[int]("folder:UnreadCount")}},
		KindCalendarFolder: {folderProperties()},
		KindContactsFolder: {folderProperties()},
		KindTasksFolder:    {folderProperties(), {prop[int]("folder:UnreadCount")}},
		KindSearchFolder:   {folderProperties(), {prop[int]("folder:UnreadCount")}},
	}
}

func itemProperties() []property {
	return []property{
		prop[MimeContent]("item:MimeContent"), prop[ItemID]("item:ItemId"), prop[FolderID]("item:ParentFolderId"),
		prop[string]("item:ItemClass"), prop[string]("item:Subject"), prop[string]("item:Sensitivity"),
		prop[BodyContent]("item:Body"), prop[time.Time]("item:DateTimeReceived"), prop[int]("item:Size"),
		prop[Strings]("item:Categories"), prop[string]("item:Importance"), prop[string]("item:InReplyTo"),
		prop[bool]("item:IsSubmitted"), prop[bool]("item:IsDraft"), prop[bool]("item:IsFromMe"), prop[bool]("item:IsResend"),
		prop[bool]("item:IsUnmodified"), prop[InternetHeaders]("item:InternetMessageHeaders"), prop[time.Time]("item:DateTimeSent"),
		prop[time.Time]("item:DateTimeCreated"), prop[time.Time]("item:ReminderDueBy"), prop[bool]("item:ReminderIsSet"),
		prop[string]("item:ReminderMinutesBeforeStart"), prop[string]("item:DisplayCc"), prop[string]("item:DisplayTo"),
		prop[string]("item:DisplayBcc"), prop[bool]("item:HasAttachments"), extended(), prop[string]("item:Culture"),
		prop[EffectiveRights]("item:EffectiveRights"), prop[string]("item:LastModifiedName"), prop[time.Time]("item:LastModifiedTime"),
		prop[bool]("item:IsAssociated"),
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

func folderProperties() []property {
	return []property{
		prop[FolderID]("folder:FolderId"), prop[FolderID]("folder:ParentFolderId"), prop[string]("folder:FolderClass"),
		prop[string]("folder:DisplayName"), prop[int]("folder:TotalCount"), prop[int]("folder:ChildFolderCount"),
		extended(), prop[EffectiveRights]("folder:EffectiveRights"), prop[string]("folder:DistinguishedFolderId"),
	}
}
