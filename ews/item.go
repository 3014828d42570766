package ews

import (
	"cmp"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// ItemID names an item (MS docs: ItemId). The ID is opaque; the ChangeKey names
// a version of the item.
type ItemID struct {
	ID        string `x:"@Id,need"`
	ChangeKey string `x:"@ChangeKey"`
}

// appendItemIDs appends the list of items that a request names.
func appendItemIDs(dst []byte, ids []ItemID) []byte {
	dst = append(dst, "<m:ItemIds>"...)
	for _, id := range ids {
		dst = appendID(dst, "t:ItemId", id.ID, id.ChangeKey)
	}
	return append(dst, "</m:ItemIds>"...)
}

// itemIDs reads a list of items, which must not be empty.
func (p *parser) itemIDs() []ItemID {
	var ids []ItemID
	for depth := p.Depth(); p.child(depth); {
		ids = appendFew(ids, p.itemID())
	}
	p.require(len(ids) > 0, "ItemId, OccurrenceItemId, RecurringMasterItemId, RecurringMasterItemIdRanges")
	return ids
}

// itemID reads the current element as the name of an item. Members of a series
// are named by the series or the occurrence, whose id stands for them here.
func (p *parser) itemID() ItemID {
	id := ItemID{ChangeKey: p.optional("ChangeKey")}
	switch p.name() {
	case "ItemId", "RecurringMasterItemIdRanges":
		id.ID = p.need("Id")
	case "OccurrenceItemId":
		id.ID = p.need("RecurringMasterId")
	case "RecurringMasterItemId":
		id.ID = p.need("OccurrenceId")
	default:
		p.unexpected()
	}
	return id
}

// EmailAddress is somebody's name and SMTP address.
type EmailAddress struct{ Name, Address string }

// appendTo appends an element that holds the address as a t:Mailbox, if there
// is one.
func (a EmailAddress) appendTo(dst []byte, name string) []byte {
	if a.Address == "" {
		return dst
	}
	dst = appendOpen(dst, name)
	dst = append(dst, "<t:Mailbox>"...)
	dst = appendElement(dst, "t:Name", a.Name)
	dst = appendElement(dst, "t:EmailAddress", a.Address)
	dst = append(dst, "<t:RoutingType>SMTP</t:RoutingType></t:Mailbox>"...)
	return appendClose(dst, name)
}

// Item is a mailbox item as answers show it.
type Item struct {
	ID       ItemID
	Parent   FolderID
	Class    string // "IPM.Note", ...; empty stands for "IPM.Note"
	Subject  string
	Body     string // plain text; only GetItem shows it
	Received time.Time
	Size     int // bytes
	Sender   EmailAddress
	From     EmailAddress
	Read     bool
}

const noteClass = "IPM.Note"

// class returns the item's class.
func (it *Item) class() string { return cmp.Or(it.Class, noteClass) }

// isMessage reports whether the item shows who sent it.
func (it *Item) isMessage() bool {
	rest, ok := strings.CutPrefix(it.class(), noteClass)
	return ok && (rest == "" || rest[0] == '.')
}

// appendTo appends the properties that the shape asks for, in the order of the
// schema. Find and sync answers never show a body (MS docs: Property sets and
// response shapes in EWS in Exchange).
func (it *Item) appendTo(dst []byte, s Shape, withBody bool) []byte {
	name := "t:Item"
	if it.isMessage() {
		name = "t:Message"
	}
	dst = appendOpen(dst, name)
	dst = appendID(dst, "t:ItemId", it.ID.ID, it.ID.ChangeKey)
	if s != ShapeIDOnly {
		dst = it.appendProperties(dst, s == ShapeAllProperties, withBody)
	}
	return appendClose(dst, name)
}

func (it *Item) appendProperties(dst []byte, all, withBody bool) []byte {
	if all {
		dst = it.Parent.appendParent(dst)
		dst = appendElement(dst, "t:ItemClass", it.class())
	}
	dst = appendElement(dst, "t:Subject", it.Subject)
	if withBody {
		dst = append(dst, `<t:Body BodyType="Text">`...)
		dst = xmlwire.AppendText(dst, it.Body)
		dst = append(dst, "</t:Body>"...)
	}
	if all {
		dst = appendTimeElement(dst, "t:DateTimeReceived", it.Received)
	}
	dst = appendIntElement(dst, "t:Size", it.Size)
	if !it.isMessage() {
		return dst
	}
	if all {
		dst = it.Sender.appendTo(dst, "t:Sender")
	}
	dst = it.From.appendTo(dst, "t:From")
	return appendBoolElement(dst, "t:IsRead", it.Read)
}
