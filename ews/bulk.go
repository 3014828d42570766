package ews

// The operations of backup and migration (MS docs: Exporting and importing
// items by using EWS in Exchange).
const (
	OpExportItems Op = "ExportItems"
	OpUploadItems Op = "UploadItems"
)

// ExportItems asks for items as streams that only a server can read.
type ExportItems struct {
	Items []ItemID `x:"m:ItemIds/t:ItemId,need"`
}

// Op returns OpExportItems.
func (e ExportItems) Op() Op { return OpExportItems }

func (e ExportItems) appendTo(dst []byte) []byte { return appendBound(dst, e, "m:ExportItems") }

// ExportItemsMessage is the answer for one item.
type ExportItemsMessage struct {
	Message
	ID   *ItemID `x:"m:ItemId"`
	Data *[]byte `x:"m:Data"`
}

// ExportItemsResponse answers ExportItems.
type ExportItemsResponse struct {
	Messages []ExportItemsMessage `x:"m:ResponseMessages/m:ExportItemsResponseMessage,always"`
}

// Op returns OpExportItems.
func (e ExportItemsResponse) Op() Op { return OpExportItems }

func (e ExportItemsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, e, "m:ExportItemsResponse")
}

// UploadItems puts such streams into folders.
type UploadItems struct {
	Items []UploadItem `x:"m:Items/t:Item,need"`
}

// UploadItem is one of them. Action is CreateNew, Update or UpdateOrCreate.
type UploadItem struct {
	Action     string   `x:"@CreateAction,need"`
	Associated *bool    `x:"@IsAssociated"`
	Folder     FolderID `x:"t:ParentFolderId,need"`
	ID         *ItemID  `x:"t:ItemId"`
	Data       []byte   `x:"t:Data,need"`
}

// Op returns OpUploadItems.
func (u UploadItems) Op() Op { return OpUploadItems }

func (u UploadItems) appendTo(dst []byte) []byte { return appendBound(dst, u, "m:UploadItems") }

// UploadItemsMessage is the answer for one of them.
type UploadItemsMessage struct {
	Message
	ID *ItemID `x:"m:ItemId"`
}

// UploadItemsResponse answers UploadItems.
type UploadItemsResponse struct {
	Messages []UploadItemsMessage `x:"m:ResponseMessages/m:UploadItemsResponseMessage,always"`
}

// Op returns OpUploadItems.
func (u UploadItemsResponse) Op() Op { return OpUploadItems }

func (u UploadItemsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, u, "m:UploadItemsResponse")
}
