package ews

import "time"

// ItemClasses are t:ItemClass children.
type ItemClasses struct {
	Classes []string `x:"t:ItemClass"`
}

// ItemIDList are t:ItemId children.
type ItemIDList struct {
	IDs []ItemID `x:"t:ItemId"`
}

// conversationProperties are each of a folder's part of the conversation, and, where they begin with Global, of all of it.
func conversationProperties() []property {
	return []property{
		prop[ItemID]("conversation:ConversationId"), prop[string]("conversation:ConversationTopic"),
		prop[Strings]("conversation:UniqueRecipients"), prop[Strings]("conversation:GlobalUniqueRecipients"),
		prop[Strings]("conversation:UniqueUnreadSenders"), prop[Strings]("conversation:GlobalUniqueUnreadSenders"),
		prop[Strings]("conversation:UniqueSenders"), prop[Strings]("conversation:GlobalUniqueSenders"),
		prop[time.Time]("conversation:LastDeliveryTime"), prop[time.Time]("conversation:GlobalLastDeliveryTime"),
		prop[Strings]("conversation:Categories"), prop[Strings]("conversation:GlobalCategories"),
		prop[string]("conversation:FlagStatus"), prop[string]("conversation:GlobalFlagStatus"),
		prop[bool]("conversation:HasAttachments"), prop[bool]("conversation:GlobalHasAttachments"),
		prop[int]("conversation:MessageCount"), prop[int]("conversation:GlobalMessageCount"),
		prop[int]("conversation:UnreadCount"), prop[int]("conversation:GlobalUnreadCount"),
		prop[int]("conversation:Size"), prop[int]("conversation:GlobalSize"),
		prop[ItemClasses]("conversation:ItemClasses"), prop[ItemClasses]("conversation:GlobalItemClasses"),
		prop[Importance]("conversation:Importance"), prop[Importance]("conversation:GlobalImportance"),
		prop[ItemIDList]("conversation:ItemIds"), prop[ItemIDList]("conversation:GlobalItemIds"),
		prop[time.Time]("conversation:LastModifiedTime"), prop[[]byte]("conversation:InstanceKey"), prop[string]("conversation:Preview"),
		prop[string]("conversation:MailboxScope"), prop[string]("conversation:IconIndex"), prop[string]("conversation:GlobalIconIndex"),
		prop[ItemIDList]("conversation:DraftItemIds"), prop[bool]("conversation:HasIrm"), prop[bool]("conversation:GlobalHasIrm"),
	}
}
