package ews

// The operations that take items from one place to another, or away (MS docs:
// DeleteItem, MoveItem, CopyItem, SendItem, ArchiveItem, MarkAsJunk and
// MarkAllItemsAsRead operation).
const (
	OpDeleteItem         Op = "DeleteItem"
	OpMoveItem           Op = "MoveItem"
	OpCopyItem           Op = "CopyItem"
	OpSendItem           Op = "SendItem"
	OpArchiveItem        Op = "ArchiveItem"
	OpMarkAsJunk         Op = "MarkAsJunk"
	OpMarkAllItemsAsRead Op = "MarkAllItemsAsRead"
)

// Disposal is how something is deleted.
type Disposal string

// The disposals. A hard delete leaves nothing, a soft one keeps it among the
// recoverable items.
const (
	HardDelete         Disposal = "HardDelete"
	SoftDelete         Disposal = "SoftDelete"
	MoveToDeletedItems Disposal = "MoveToDeletedItems"
)

// Valid reports whether the schema knows the disposal.
func (d Disposal) Valid() bool {
	return d == HardDelete || d == SoftDelete || d == MoveToDeletedItems
}

// DeleteItem deletes items.
type DeleteItem struct {
	Disposal      Disposal    `x:"@DeleteType,need"`
	Cancellations Invitations `x:"@SendMeetingCancellations"`
	Tasks         string      `x:"@AffectedTaskOccurrences"` // AllOccurrences, SpecifiedOccurrenceOnly
	SuppressRead  *bool       `x:"@SuppressReadReceipts"`
	Items         []ItemRef   `x:"m:ItemIds/*,need"`
}

// Op returns OpDeleteItem.
func (d DeleteItem) Op() Op { return OpDeleteItem }

func (d DeleteItem) appendTo(dst []byte) []byte { return appendBound(dst, d, "m:DeleteItem") }

// PlainMessage is an answer that says nothing but how it went.
type PlainMessage struct {
	Message
}

// DeleteItemResponse answers DeleteItem.
type DeleteItemResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:DeleteItemResponseMessage,always"`
}

// Op returns OpDeleteItem.
func (d DeleteItemResponse) Op() Op { return OpDeleteItem }

func (d DeleteItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, d, "m:DeleteItemResponse")
}

// MoveItem moves items to another folder.
type MoveItem struct {
	To    TargetFolder `x:"m:ToFolderId,need"`
	Items []ItemRef    `x:"m:ItemIds/*,need"`
	// ReturnIDs says whether the answer names the items where they are now. Nil: it does.
	ReturnIDs *bool `x:"m:ReturnNewItemIds"`
}

// Op returns OpMoveItem.
func (m MoveItem) Op() Op { return OpMoveItem }

func (m MoveItem) appendTo(dst []byte) []byte { return appendBound(dst, m, "m:MoveItem") }

// MoveItemResponse answers MoveItem.
type MoveItemResponse struct {
	Messages []ItemsMessage `x:"m:ResponseMessages/m:MoveItemResponseMessage,always"`
}

// Op returns OpMoveItem.
func (m MoveItemResponse) Op() Op { return OpMoveItem }

func (m MoveItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, m, "m:MoveItemResponse")
}

// CopyItem copies items to another folder.
type CopyItem struct {
	To        TargetFolder `x:"m:ToFolderId,need"`
	Items     []ItemRef    `x:"m:ItemIds/*,need"`
	ReturnIDs *bool        `x:"m:ReturnNewItemIds"`
}

// Op returns OpCopyItem.
func (c CopyItem) Op() Op { return OpCopyItem }

func (c CopyItem) appendTo(dst []byte) []byte { return appendBound(dst, c, "m:CopyItem") }

// CopyItemResponse answers CopyItem.
type CopyItemResponse struct {
	Messages []ItemsMessage `x:"m:ResponseMessages/m:CopyItemResponseMessage,always"`
}

// Op returns OpCopyItem.
func (c CopyItemResponse) Op() Op { return OpCopyItem }

func (c CopyItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, c, "m:CopyItemResponse")
}

// SendItem sends drafts.
type SendItem struct {
	Save   bool          `x:"@SaveItemToFolder,always"`
	Items  []ItemRef     `x:"m:ItemIds/*,need"`
	Folder *TargetFolder `x:"m:SavedItemFolderId"`
}

// Op returns OpSendItem.
func (s SendItem) Op() Op { return OpSendItem }

func (s SendItem) appendTo(dst []byte) []byte { return appendBound(dst, s, "m:SendItem") }

// SendItemResponse answers SendItem.
type SendItemResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:SendItemResponseMessage,always"`
}

// Op returns OpSendItem.
func (s SendItemResponse) Op() Op { return OpSendItem }

func (s SendItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, s, "m:SendItemResponse")
}

// ArchiveItem moves items to the archive mailbox.
type ArchiveItem struct {
	Source TargetFolder `x:"m:ArchiveSourceFolderId,need"`
	Items  []ItemRef    `x:"m:ItemIds/*,need"`
}

// Op returns OpArchiveItem.
func (a ArchiveItem) Op() Op { return OpArchiveItem }

func (a ArchiveItem) appendTo(dst []byte) []byte { return appendBound(dst, a, "m:ArchiveItem") }

// ArchiveItemResponse answers ArchiveItem.
type ArchiveItemResponse struct {
	Messages []ItemsMessage `x:"m:ResponseMessages/m:ArchiveItemResponseMessage,always"`
}

// Op returns OpArchiveItem.
func (a ArchiveItemResponse) Op() Op { return OpArchiveItem }

func (a ArchiveItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, a, "m:ArchiveItemResponse")
}

// MarkAsJunk says that messages are junk, or are not.
type MarkAsJunk struct {
	IsJunk bool      `x:"@IsJunk,always"`
	Move   bool      `x:"@MoveItem,always"`
	Items  []ItemRef `x:"m:ItemIds/*,need"`
}

// Op returns OpMarkAsJunk.
func (m MarkAsJunk) Op() Op { return OpMarkAsJunk }

func (m MarkAsJunk) appendTo(dst []byte) []byte { return appendBound(dst, m, "m:MarkAsJunk") }

// MarkAsJunkMessage is the answer for one message.
type MarkAsJunkMessage struct {
	Message
	Moved *ItemID `x:"m:MovedItemId"`
}

// MarkAsJunkResponse answers MarkAsJunk.
type MarkAsJunkResponse struct {
	Messages []MarkAsJunkMessage `x:"m:ResponseMessages/m:MarkAsJunkResponseMessage,always"`
}

// Op returns OpMarkAsJunk.
func (m MarkAsJunkResponse) Op() Op { return OpMarkAsJunk }

func (m MarkAsJunkResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, m, "m:MarkAsJunkResponse")
}

// MarkAllItemsAsRead marks all items in folders as read, or as unread.
type MarkAllItemsAsRead struct {
	Read         bool       `x:"m:ReadFlag,always"`
	SuppressRead bool       `x:"m:SuppressReadReceipts,always"`
	Folders      []FolderID `x:"m:FolderIds/*,need"`
}

// Op returns OpMarkAllItemsAsRead.
func (m MarkAllItemsAsRead) Op() Op { return OpMarkAllItemsAsRead }

func (m MarkAllItemsAsRead) appendTo(dst []byte) []byte {
	return appendBound(dst, m, "m:MarkAllItemsAsRead")
}

// MarkAllItemsAsReadResponse answers MarkAllItemsAsRead.
type MarkAllItemsAsReadResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:MarkAllItemsAsReadResponseMessage,always"`
}

// Op returns OpMarkAllItemsAsRead.
func (m MarkAllItemsAsReadResponse) Op() Op { return OpMarkAllItemsAsRead }

func (m MarkAllItemsAsReadResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, m, "m:MarkAllItemsAsReadResponse")
}
