package ews

// OpCreateItem makes items, and sends them if they are messages (MS docs:
// CreateItem operation).
const OpCreateItem Op = "CreateItem"

// Disposition says what becomes of a message that is made or changed (MS docs:
// CreateItem, attribute MessageDisposition).
type Disposition string

// The dispositions.
const (
	SaveOnly        Disposition = "SaveOnly"
	SendOnly        Disposition = "SendOnly"
	SendAndSaveCopy Disposition = "SendAndSaveCopy"
)

// Valid reports whether the schema knows the disposition.
func (d Disposition) Valid() bool { return d == SaveOnly || d == SendOnly || d == SendAndSaveCopy }

// Invitations says who hears of a meeting that is made, changed or deleted (MS
// docs: CreateItem, attribute SendMeetingInvitations).
type Invitations string

// The ways to invite. The first three are for CreateItem.
const (
	SendToNone           Invitations = "SendToNone"
	SendOnlyToAll        Invitations = "SendOnlyToAll"
	SendToAllAndSaveCopy Invitations = "SendToAllAndSaveCopy"
	SendOnlyToChanged    Invitations = "SendOnlyToChanged"
	SendToChangedAndSave Invitations = "SendToChangedAndSaveCopy"
)

// Valid reports whether the schema knows the way to invite.
func (i Invitations) Valid() bool {
	switch i {
	case SendToNone, SendOnlyToAll, SendToAllAndSaveCopy, SendOnlyToChanged, SendToChangedAndSave:
		return true
	}
	return false
}

// CreateItem asks for new items, all in one folder.
type CreateItem struct {
	Disposition Disposition   `x:"@MessageDisposition"`
	Invitations Invitations   `x:"@SendMeetingInvitations"`
	Folder      *TargetFolder `x:"m:SavedItemFolderId"` // nil: the default folder of the kind
	Items       []Object      `x:"m:Items/*,need"`
}

// TargetFolder is an element that holds the name of one folder.
type TargetFolder struct {
	ID FolderID `x:"*,need"`
}

// Op returns OpCreateItem.
func (c CreateItem) Op() Op { return OpCreateItem }

func (c CreateItem) appendTo(dst []byte) []byte { return appendBound(dst, c, "m:CreateItem") }

// ItemsMessage is the answer for one item of a request, in the operations that
// answer with items.
type ItemsMessage struct {
	Message
	Items []Object `x:"m:Items/*,always"`
}

// CreateItemResponse answers CreateItem: one message for each item, in order.
type CreateItemResponse struct {
	Messages []ItemsMessage `x:"m:ResponseMessages/m:CreateItemResponseMessage,always"`
}

// Op returns OpCreateItem.
func (c CreateItemResponse) Op() Op { return OpCreateItem }

func (c CreateItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, c, "m:CreateItemResponse")
}
