package mailbox

import (
	"slices"
	"time"
)

// happening is what a change was.
type happening uint8

const (
	created  happening = iota
	modified           // of an item or a folder
	flagged            // an item was marked as read, or as unread
	deleted
	moved // from oldItem in oldParent
	copied
	arrived // mail that somebody sent
)

// change is one thing that has happened in a mailbox.
type change struct {
	what      happening
	item      uint32 // 0: it happened to the folder
	folder    uint32 // the folder itself, or the one that the item is in
	parent    uint32 // of a folder: the one that it is in
	oldItem   uint32
	oldFolder uint32 // of an item: the one that it was in; of a folder: itself before, in a copy
	oldParent uint32
	at        time.Time
}

// journal remembers what has happened. Its places count from 1, over all that was ever written.
type journal struct {
	dropped uint64 // places that are no more remembered
	changes []change
}

// last is the place of the last change.
func (j *journal) last() uint64 { return j.dropped + uint64(len(j.changes)) }

// since are the changes behind a place, false if not all of them are remembered or the place is none.
func (j *journal) since(place uint64) ([]change, bool) {
	if place < j.dropped || place > j.last() {
		return nil, false
	}
	return j.changes[place-j.dropped:], true
}

// write remembers a change and returns its place.
func (b *box) write(c change) uint64 {
	if c.at.IsZero() {
		c.at = now()
	}
	j := &b.journal
	if limit := b.store.limit.Changes; len(j.changes) >= limit {
		drop := limit / 4
		j.changes = slices.Delete(j.changes, 0, drop)
		j.dropped += uint64(drop)
	}
	j.changes = append(j.changes, c)
	return j.last()
}
