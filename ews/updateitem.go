package ews

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// OpUpdateItem changes items (MS docs: UpdateItem operation).
const OpUpdateItem Op = "UpdateItem"

// UpdateItem asks for changes to items.
type UpdateItem struct {
	// Conflict says what becomes of a change to an item that somebody else has changed: NeverOverwrite, AutoResolve or
	// AlwaysOverwrite.
	Conflict     string        `x:"@ConflictResolution"`
	Disposition  Disposition   `x:"@MessageDisposition"`
	Invitations  Invitations   `x:"@SendMeetingInvitationsOrCancellations"`
	SuppressRead *bool         `x:"@SuppressReadReceipts"`
	Folder       *TargetFolder `x:"m:SavedItemFolderId"`
	Changes      []ItemUpdates `x:"m:ItemChanges/t:ItemChange,need"`
}

// ItemUpdates is what is to change of one item.
type ItemUpdates struct {
	ID      ItemRef       `x:"*"`
	Updates []FieldUpdate `x:"t:Updates/*,need"`
}

// ItemRef names an item: by its id, as an occurrence of a series, or as the
// series of an occurrence.
type ItemRef struct {
	ID        string
	ChangeKey string
	// Instance is the number of the occurrence, from 1, if ID is that of a series, and -1 for any number below; Master says that ID is that of an occurrence
	// of the series that is meant.
	Instance int
	Master   bool
}

// ItemID is the id that the reference is made of.
func (i ItemRef) ItemID() ItemID { return ItemID{ID: i.ID, ChangeKey: i.ChangeKey} }

// Ref is a plain reference to an item.
func (id ItemID) Ref() ItemRef { return ItemRef{ID: id.ID, ChangeKey: id.ChangeKey} }

// Refs are plain references to items.
func Refs(ids []ItemID) []ItemRef {
	refs := make([]ItemRef, len(ids))
	for i := range ids {
		refs[i] = ids[i].Ref()
	}
	return refs
}

// AppendElement appends the reference.
func (i ItemRef) AppendElement(dst []byte) []byte {
	switch {
	case i.Master:
		dst = append(dst, "<t:RecurringMasterItemId"...)
		dst = appendAttr(dst, "OccurrenceId", i.ID)
	case i.Instance != 0:
		dst = append(dst, "<t:OccurrenceItemId"...)
		dst = appendAttr(dst, "RecurringMasterId", i.ID)
	default:
		return appendID(dst, "t:ItemId", i.ID, i.ChangeKey)
	}
	if i.ChangeKey != "" {
		dst = appendAttr(dst, "ChangeKey", i.ChangeKey)
	}
	if i.Instance != 0 {
		dst = appendIntAttr(dst, "InstanceIndex", i.Instance)
	}
	return append(dst, "/>"...)
}

// occurrenceRef is the start tag of a t:OccurrenceItemId.
type occurrenceRef struct {
	Instance int `x:"@InstanceIndex,need"`
}

// ReadElement reads the current element; false if it names no item.
func (i *ItemRef) ReadElement(r *xmlbind.Reader) bool {
	*i = ItemRef{}
	i.ChangeKey, _ = r.Attr("ChangeKey")
	switch r.Name() {
	case "ItemId", "RecurringMasterItemIdRanges":
		i.ID = needed(r, "Id")
	case "OccurrenceItemId":
		i.ID = needed(r, "RecurringMasterId")
		var o occurrenceRef
		schema.Read(r, &o)
		if i.Instance = o.Instance; o.Instance < 1 {
			i.Instance = -1 // an occurrence all the same, which no series has
		}
	case "RecurringMasterItemId":
		i.ID = needed(r, "OccurrenceId")
		i.Master = true
	default:
		return false
	}
	return true
}

// FieldUpdate is one change to a property of an item or a folder: set to the value
// that Object has, extended by it, or taken away.
type FieldUpdate struct {
	Kind   UpdateKind
	Path   Path
	Object Object // holds the value; empty to delete
}

// UpdateKind is how a property changes.
type UpdateKind string

// The kinds of updates.
const (
	SetField    UpdateKind = "Set"
	AppendField UpdateKind = "AppendTo"
	DeleteField UpdateKind = "Delete"
)

// AppendElement appends the change, as one of a folder if that is what Object
// is.
func (u FieldUpdate) AppendElement(dst []byte) []byte {
	name := "t:" + string(u.Kind) + "ItemField"
	if u.Object.Kind.IsFolder() || strings.HasPrefix(u.Path.URI, "folder:") {
		name = "t:" + string(u.Kind) + "FolderField"
	}
	dst = appendOpen(dst, name)
	dst = u.Path.AppendElement(dst)
	if u.Kind != DeleteField {
		dst = u.Object.AppendElement(dst)
	}
	return appendClose(dst, name)
}

// ReadElement reads the current element; false if it is no change.
func (u *FieldUpdate) ReadElement(r *xmlbind.Reader) bool {
	*u = FieldUpdate{}
	name, item := strings.CutSuffix(r.Name(), "ItemField")
	if !item {
		name, item = strings.CutSuffix(r.Name(), "FolderField")
	}
	u.Kind = UpdateKind(strings.Clone(name))
	if !item || u.Kind != SetField && u.Kind != AppendField && u.Kind != DeleteField {
		return false
	}
	for depth := r.Depth(); r.Child(depth); {
		if !u.Path.ReadElement(r) && !u.Object.ReadElement(r) {
			r.Unexpected()
		}
	}
	return true
}

// Op returns OpUpdateItem.
func (u UpdateItem) Op() Op { return OpUpdateItem }

func (u UpdateItem) appendTo(dst []byte) []byte { return appendBound(dst, u, "m:UpdateItem") }

// UpdateItemMessage is the answer for one item that was to change.
type UpdateItemMessage struct {
	Message
	Items     []Object         `x:"m:Items/*,always"`
	Conflicts *ConflictResults `x:"m:ConflictResults"`
}

// ConflictResults is how many properties somebody else had changed.
type ConflictResults struct {
	Count int `x:"t:Count,always"`
}

// UpdateItemResponse answers UpdateItem.
type UpdateItemResponse struct {
	Messages []UpdateItemMessage `x:"m:ResponseMessages/m:UpdateItemResponseMessage,always"`
}

// Op returns OpUpdateItem.
func (u UpdateItemResponse) Op() Op { return OpUpdateItem }

func (u UpdateItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, u, "m:UpdateItemResponse")
}
