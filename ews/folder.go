package ews

import (
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
	name := r.Name()
	if name != "FolderId" && name != "DistinguishedFolderId" {
		return false
	}
	key := needed(r, "Id")
	id.ChangeKey, _ = r.Attr("ChangeKey")
	if name == "FolderId" {
		id.ID = key
		return true
	}
	id.Distinguished = key
	if !r.Empty() {
		var of distinguished
		schema.Read(r, &of)
		id.Mailbox = of.Mailbox.Address
	}
	return true
}

// distinguished is what a t:DistinguishedFolderId may hold.
type distinguished struct {
	Mailbox Mailbox `x:"t:Mailbox"`
}

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
