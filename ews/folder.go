package ews

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// FolderID names a folder: by its opaque ID, or by the name of a distinguished
// folder ("inbox") and, if it is not the caller's own, the SMTP address of the
// mailbox that it is in (MS docs: FolderId, DistinguishedFolderId).
type FolderID struct {
	ID            string `x:"@Id"`
	ChangeKey     string `x:"@ChangeKey"`
	Distinguished string
	Mailbox       string
}

// AppendElement appends the name as an element of its own.
func (id FolderID) AppendElement(dst []byte) []byte { return id.appendTo(dst) }

// ReadElement reads the current element; false if it names no folder. Clients
// write it in the namespace of the types, some in that of the messages.
func (id *FolderID) ReadElement(r *xmlbind.Reader) bool {
	name, _ := r.Attr("Id")
	id.ChangeKey, _ = r.Attr("ChangeKey")
	switch r.Name() {
	case "FolderId":
		id.ID = name
	case "DistinguishedFolderId":
		var of distinguished
		schema.Read(r, &of)
		id.Distinguished, id.Mailbox = name, of.Mailbox.Address
	default:
		return false
	}
	return true
}

// distinguished is what a t:DistinguishedFolderId may hold.
type distinguished struct {
	Mailbox Mailbox `x:"t:Mailbox"`
}

func (id FolderID) isZero() bool { return id == FolderID{} }

func (id FolderID) appendTo(dst []byte) []byte {
	if id.Distinguished == "" {
		return appendID(dst, "t:FolderId", id.ID, id.ChangeKey)
	}
	if id.Mailbox == "" {
		return appendID(dst, "t:DistinguishedFolderId", id.Distinguished, id.ChangeKey)
	}
	dst = appendIDOpen(dst, "t:DistinguishedFolderId", id.Distinguished, id.ChangeKey)
	dst = append(dst, "><t:Mailbox>"...)
	dst = appendElement(dst, "t:EmailAddress", id.Mailbox)
	return append(dst, "</t:Mailbox></t:DistinguishedFolderId>"...)
}

// appendParent appends the id as that of the folder that holds something. The
// root of a mailbox has none.
func (id FolderID) appendParent(dst []byte) []byte {
	if id.ID == "" {
		return dst
	}
	return appendID(dst, "t:ParentFolderId", id.ID, id.ChangeKey)
}

// appendFolderIDs appends the list of folders that a request names.
func appendFolderIDs(dst []byte, name string, ids ...FolderID) []byte {
	dst = appendOpen(dst, name)
	for i := range ids {
		dst = ids[i].appendTo(dst)
	}
	return appendClose(dst, name)
}

// folderIDs reads a list of folders, which must not be empty.
func (p *parser) folderIDs() []FolderID {
	var ids []FolderID
	for depth := p.Depth(); p.child(depth); {
		ids = appendFew(ids, p.folderID())
	}
	p.require(len(ids) > 0, "FolderId, DistinguishedFolderId")
	return ids
}

// targetFolder reads an element that holds one folder.
func (p *parser) targetFolder() FolderID {
	ids := p.folderIDs()
	if len(ids) == 0 {
		return FolderID{}
	}
	return ids[0]
}

// folderID reads the current element as the name of a folder. Clients write it
// in the namespace of the types, some in that of the messages.
func (p *parser) folderID() FolderID {
	switch p.name() {
	case "FolderId":
		return FolderID{ID: p.need("Id"), ChangeKey: p.optional("ChangeKey")}
	case "DistinguishedFolderId":
		id := FolderID{Distinguished: p.need("Id"), ChangeKey: p.optional("ChangeKey")}
		id.Mailbox = p.mailbox()
		return id
	}
	p.unexpected()
	return FolderID{}
}

// mailbox reads the address of the t:Mailbox in the current element, if there
// is one.
func (p *parser) mailbox() string {
	for depth := p.Depth(); p.child(depth); {
		if p.name() == "Mailbox" {
			return p.address("EmailAddress")
		}
	}
	return ""
}

// address reads the child of that name of a t:Mailbox: EmailAddress or, in the
// requests of the availability service, Address.
func (p *parser) address(name string) (address string) {
	for depth := p.Depth(); p.child(depth); {
		if p.name() == name {
			address = p.word()
		}
	}
	return address
}

// Folder is a mailbox folder as answers show it.
type Folder struct {
	ID               FolderID
	Parent           FolderID
	Class            string // "IPF.Note", "IPF.Appointment", ...; decides the element's name
	DisplayName      string
	TotalCount       int // items in the folder
	ChildFolderCount int
	UnreadCount      int // calendars and contact folders do not show it
}

// element returns the name of the element that folders of f's class have, and
// whether it shows how many items are unread.
func (f *Folder) element() (name string, unread bool) {
	switch {
	case strings.HasPrefix(f.Class, "IPF.Appointment"):
		return "t:CalendarFolder", false
	case strings.HasPrefix(f.Class, "IPF.Contact"):
		return "t:ContactsFolder", false
	case strings.HasPrefix(f.Class, "IPF.Task"):
		return "t:TasksFolder", true
	}
	return "t:Folder", true
}

// appendTo appends the properties that the shape asks for, in the order of the
// schema. The default ones are those of MS docs: BaseShape.
func (f *Folder) appendTo(dst []byte, s Shape) []byte {
	name, unread := f.element()
	dst = appendOpen(dst, name)
	dst = appendID(dst, "t:FolderId", f.ID.ID, f.ID.ChangeKey)
	if s == ShapeAllProperties {
		dst = f.Parent.appendParent(dst)
		dst = appendElement(dst, "t:FolderClass", f.Class)
	}
	if s != ShapeIDOnly {
		dst = appendElement(dst, "t:DisplayName", f.DisplayName)
		dst = appendIntElement(dst, "t:TotalCount", f.TotalCount)
		dst = appendIntElement(dst, "t:ChildFolderCount", f.ChildFolderCount)
		if unread {
			dst = appendIntElement(dst, "t:UnreadCount", f.UnreadCount)
		}
	}
	return appendClose(dst, name)
}
