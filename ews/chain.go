package ews

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// ItemIDs returns the ids of up to limit items that an answer shows: found,
// read, created or updated, but not deleted. It is total: an answer that cannot
// be read yields what stands before the first mistake.
func ItemIDs(body []byte, limit int) []ItemID {
	var ids []ItemID
	collect(body, limit, "Items", "ItemId", func(id, changeKey string) {
		ids = appendFew(ids, ItemID{ID: id, ChangeKey: changeKey})
	})
	return ids
}

// FolderIDs is like ItemIDs, for folders.
func FolderIDs(body []byte, limit int) []FolderID {
	var ids []FolderID
	collect(body, limit, "Folders", "FolderId", func(id, changeKey string) {
		ids = appendFew(ids, FolderID{ID: id, ChangeKey: changeKey})
	})
	return ids
}

// collector takes ids out of an answer.
type collector struct {
	xmlwire.Scanner
	list string // element that holds items or folders
	id   string // element that names one
	left int    // ids that are still wanted
	take func(id, changeKey string)
}

func collect(body []byte, limit int, list, id string, take func(id, changeKey string)) {
	c := collector{list: list, id: id, left: limit, take: take}
	c.InitLax(body, spaces)
	if c.Next() == xmlwire.Start {
		c.descend()
	}
}

// next is Scanner.Child until enough was taken.
func (c *collector) next(depth int) bool { return c.left > 0 && c.Child(depth) }

// descend looks for lists inside of the current element. Its own depth is
// bounded by that of the scanner.
func (c *collector) descend() {
	for depth := c.Depth(); c.next(depth); {
		switch c.Local() {
		case c.list, string(Create), string(Update):
			c.takeList()
		case string(Delete):
		default:
			c.descend()
		}
	}
}

// takeList takes the ids of what the current element holds.
func (c *collector) takeList() {
	for depth := c.Depth(); c.next(depth); {
		c.takeID()
	}
}

// takeID takes the id of the current item or folder. Ids that lie deeper, as
// that of a contact behind an address, are others'.
func (c *collector) takeID() {
	for depth := c.Depth(); c.Child(depth); {
		if c.Local() != c.id {
			continue
		}
		id, _ := c.Attr("Id")
		changeKey, _ := c.Attr("ChangeKey")
		c.take(strings.Clone(id), strings.Clone(changeKey))
		c.left--
		return
	}
}

// SyncState returns the state to synchronise from next, and whether nothing
// more is waiting. It is total: an answer without a state yields an empty one,
// for an initial synchronisation.
func SyncState(body []byte) (state string, last bool) {
	var s xmlwire.Scanner
	s.InitLax(body, spaces)
	for {
		switch s.Next() {
		case xmlwire.EOF:
			return strings.Clone(state), last
		case xmlwire.Start:
			switch s.Local() {
			case "SyncState":
				state = s.Text()
			case "IncludesLastItemInRange", "IncludesLastFolderInRange":
				return strings.Clone(state), isTrue(s.Text())
			}
		case xmlwire.End, xmlwire.Text:
		}
	}
}

// isTrue reads an xs:boolean.
func isTrue(text string) bool {
	text = strings.TrimSpace(text)
	return text == "true" || text == "1"
}
