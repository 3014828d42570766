package ews

import "time"

// The operations on conversations (MS docs: Work with conversations by using EWS
// in Exchange; MS-OXWSCONV).
const (
	OpFindConversation        Op = "FindConversation"
	OpGetConversationItems    Op = "GetConversationItems"
	OpApplyConversationAction Op = "ApplyConversationAction"
)

// FindConversation asks for the conversations of a folder.
type FindConversation struct {
	Traversal string             `x:"@Traversal"`  // Shallow, Deep; none stands for Shallow
	Filter    string             `x:"@ViewFilter"` // All, Flagged, HasAttachment, ToOrCcMe, Unread, TaskActive, TaskOverdue, TaskCompleted, ...
	Page      *IndexedView       `x:"m:IndexedPageItemView"`
	Seek      *SeekView          `x:"m:SeekToConditionPageItemView"`
	Sort      []FieldOrder       `x:"m:SortOrder/t:FieldOrder"`
	Parent    TargetFolder       `x:"m:ParentFolderId,need"`
	Scope     string             `x:"m:MailboxScope"` // PrimaryOnly, ArchiveOnly, All; none stands for PrimaryOnly
	Query     *QueryString       `x:"m:QueryString"`
	Shape     *ConversationShape `x:"m:ConversationShape"`
}

// ConversationShape is what an answer shows of conversations.
type ConversationShape struct {
	Base       Shape  `x:"t:BaseShape,need"`
	Additional []Path `x:"t:AdditionalProperties/*"`
}

// Op returns OpFindConversation.
func (f FindConversation) Op() Op { return OpFindConversation }

func (f FindConversation) appendTo(dst []byte) []byte {
	return appendBound(dst, f, "m:FindConversation")
}

// FindConversationResponse answers FindConversation: it is a message itself.
type FindConversationResponse struct {
	Message
	Conversations *[]Object `x:"m:Conversations/*"`
	// Total and Next, where the next page begins, are of Exchange 2013 and later.
	Total *int `x:"m:TotalConversationsInView"`
	Next  *int `x:"m:IndexedOffset"`
}

// Op returns OpFindConversation.
func (f FindConversationResponse) Op() Op { return OpFindConversation }

func (f FindConversationResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, f, "m:FindConversationResponse")
}

// GetConversationItems asks for the items of conversations, each of which is
// answered by a message of its own.
type GetConversationItems struct {
	Shape         ItemShape             `x:"m:ItemShape,need"`
	Ignore        []FolderID            `x:"m:FoldersToIgnore/*"`
	Max           int                   `x:"m:MaxItemsToReturn"` // 0: no limit
	Sort          string                `x:"m:SortOrder"`        // TreeOrderAscending, TreeOrderDescending, DateOrderAscending, DateOrderDescending
	Scope         string                `x:"m:MailboxScope"`
	Conversations []ConversationRequest `x:"m:Conversations/t:Conversation,need"`
}

// ConversationRequest is one conversation, and what the client has seen of it.
type ConversationRequest struct {
	ID    ItemID `x:"t:ConversationId,need"`
	State []byte `x:"t:SyncState"`
}

// Op returns OpGetConversationItems.
func (g GetConversationItems) Op() Op { return OpGetConversationItems }

func (g GetConversationItems) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetConversationItems")
}

// GetConversationItemsResponse answers GetConversationItems.
type GetConversationItemsResponse struct {
	Messages []ConversationMessage `x:"m:ResponseMessages/m:GetConversationItemsResponseMessage,always"`
}

// ConversationMessage is the answer for one conversation.
type ConversationMessage struct {
	Message
	Conversation *Conversation `x:"m:Conversation"`
}

// Conversation is one with its items.
type Conversation struct {
	ID    ItemID              `x:"t:ConversationId,need"`
	State []byte              `x:"t:SyncState"`
	Nodes *[]ConversationNode `x:"t:ConversationNodes/t:ConversationNode"`
}

// ConversationNode is one message of a conversation: all items that are it.
type ConversationNode struct {
	MessageID       string   `x:"t:InternetMessageId"`
	ParentMessageID string   `x:"t:ParentInternetMessageId"`
	Items           []Object `x:"t:Items/*"`
}

// Op returns OpGetConversationItems.
func (g GetConversationItemsResponse) Op() Op { return OpGetConversationItems }

func (g GetConversationItemsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetConversationItemsResponse")
}

// ApplyConversationAction does something with all items of conversations.
type ApplyConversationAction struct {
	Actions []ConversationAction `x:"m:ConversationActions/t:ConversationAction,need"`
}

// ConversationAction is what is done with one conversation. Those that begin
// with Always are also done with what is still to come.
type ConversationAction struct {
	Action       string        `x:"t:Action,need"` // AlwaysCategorize, AlwaysDelete, AlwaysMove, Delete, Move, Copy, SetReadState, SetRetentionPolicy, Flag
	ID           ItemID        `x:"t:ConversationId,need"`
	Context      *TargetFolder `x:"t:ContextFolderId"` // whose items are meant; nil: those of all folders
	LastSync     *time.Time    `x:"t:ConversationLastSyncTime"`
	RightAway    *bool         `x:"t:ProcessRightAway"`
	Destination  *TargetFolder `x:"t:DestinationFolderId"`
	Categories   *Strings      `x:"t:Categories"`
	AlwaysDelete *bool         `x:"t:EnableAlwaysDelete"`
	Read         *bool         `x:"t:IsRead"`
	Disposal     Disposal      `x:"t:DeleteType"`
	Retention    string        `x:"t:RetentionPolicyType"` // Delete, Archive
	Tag          string        `x:"t:RetentionPolicyTagId"`
	Flag         *Flag         `x:"t:Flag"`
	NoReceipts   *bool         `x:"t:SuppressReadReceipts"`
}

// Op returns OpApplyConversationAction.
func (a ApplyConversationAction) Op() Op { return OpApplyConversationAction }

func (a ApplyConversationAction) appendTo(dst []byte) []byte {
	return appendBound(dst, a, "m:ApplyConversationAction")
}

// ApplyConversationActionResponse answers ApplyConversationAction: one message
// for each action, in order.
type ApplyConversationActionResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:ApplyConversationActionResponseMessage,always"`
}

// Op returns OpApplyConversationAction.
func (a ApplyConversationActionResponse) Op() Op { return OpApplyConversationAction }

func (a ApplyConversationActionResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, a, "m:ApplyConversationActionResponse")
}
