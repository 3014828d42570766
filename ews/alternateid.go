package ews

import "github.com/ewsbench/ewsbench/internal/xmlbind"

// IDFormat is a form in which an id is written (MS docs: ConvertId).
type IDFormat string

// The formats. The first five are those of Exchange Web Services and MAPI, the
// last one that of Outlook on the web.
const (
	FormatEwsLegacyID IDFormat = "EwsLegacyId"
	FormatEwsID       IDFormat = "EwsId"
	FormatEntryID     IDFormat = "EntryId"
	FormatHexEntryID  IDFormat = "HexEntryId"
	FormatStoreID     IDFormat = "StoreId"
	FormatOwaID       IDFormat = "OwaId"
)

// Valid reports whether the schema knows the format.
func (f IDFormat) Valid() bool {
	switch f {
	case FormatEwsLegacyID, FormatEwsID, FormatEntryID, FormatHexEntryID, FormatStoreID, FormatOwaID:
		return true
	}
	return false
}

// AlternateID is an id in some format, of an item or a folder in a mailbox.
type AlternateID struct {
	Type      string   `x:"@xsi:type"`
	Format    IDFormat `x:"@Format,need"`
	ID        string   `x:"@Id,need"`
	Mailbox   string   `x:"@Mailbox,need"`
	IsArchive bool     `x:"@IsArchive"`
}

// alternateID is an AlternateID that is read as a struct.
type alternateID AlternateID

// AppendElement appends the id.
func (a AlternateID) AppendElement(dst []byte) []byte { return schema.Append(dst, "t:AlternateId", a) }

// ReadElement reads the current element; false if it is no id.
func (a *AlternateID) ReadElement(r *xmlbind.Reader) bool {
	if r.Name() != "AlternateId" {
		return false
	}
	schema.Read(r, (*alternateID)(a))
	return true
}
