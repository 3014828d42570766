package mailbox

import (
	"encoding/binary"
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

// content is what is in an attached file: what somebody put there, or what the seed gives.
func (b *box) content(it *item, f *file) []byte {
	if f.Content != nil {
		return *f.Content
	}
	return b.filler(f.key, f.seed)
}

// filler are so many bytes, the same for the same key.
func (b *box) filler(key uint64, n int) []byte {
	out := make([]byte, 0, n+8)
	x := b.store.dir.Bits("content", key)
	for len(out) < n {
		out = binary.LittleEndian.AppendUint64(out, x)
		x = x*6364136223846793005 + 1442695040888963407 // Knuth's linear congruence, to fill
	}
	return out[:n]
}

// attachmentID names an attachment, and the item that it is attached to.
func (b *box) attachmentID(it *item, number uint32) *ews.AttachmentID {
	r := reference{mailbox: b.guid, storage: storageItem, folder: it.folder, item: it.uid, attachment: number}
	id := b.itemID(it)
	return &ews.AttachmentID{ID: r.encode(), RootID: id.ID, RootChangeKey: id.ChangeKey}
}

// attachments are those of an item, without what is in them; nil if there are none.
func (p place) attachments(it *item) any {
	if len(it.files) == 0 {
		return nil
	}
	all := ews.Attachments{Attachments: make([]ews.Attachment, len(it.files))}
	for i, f := range it.files {
		all.Attachments[i] = p.describe(it, f)
	}
	return all
}

// describe is an attachment without what is in it.
func (p place) describe(it *item, f *file) ews.Attachment {
	a := f.Attachment
	a.ID = &ews.AttachmentID{ID: p.attachmentID(it, f.number).ID}
	if a.Item != nil {
		a.AsItem, a.Item = true, nil
	}
	a.Content = nil
	a.Size = p.fileSize(it, f)
	if a.LastModifiedTime == nil {
		if at, ok := timeOf(it.get("item:DateTimeCreated")); ok {
			a.LastModifiedTime = &at
		}
	}
	if a.IsInline == nil {
		a.IsInline = new(bool)
	}
	if a.IsContactPhoto == nil && !a.AsItem {
		a.IsContactPhoto = new(bool)
	}
	return a
}

func (p place) fileSize(it *item, f *file) int {
	switch {
	case f.Item != nil:
		return sizeOf(f.Item.Properties)
	case f.Content != nil:
		return len(*f.Content)
	}
	return f.seed
}

// hasFiles reports whether an item has attachments that are not shown within its body.
func hasFiles(it *item) bool {
	return slices.ContainsFunc(it.files, func(f *file) bool { return f.IsInline == nil || !*f.IsInline })
}

// size is about how many bytes an item takes.
func (p place) size(it *item) int {
	n := sizeOf(it.props)
	for _, f := range it.files {
		n += p.fileSize(it, f)
	}
	return n
}

// sizeOf is about how many bytes properties take.
func sizeOf(props ews.Properties) int {
	const each, least = 40, 500
	n := least
	for _, v := range props.All() {
		n += each
		switch v := v.(type) {
		case string:
			n += len(v)
		case ews.BodyContent:
			n += len(v.Text)
		case []byte:
			n += len(v)
		case ews.MimeContent:
			n += len(v.Content)
		}
	}
	return n
}

// attach adds an attachment to an item.
func (it *item) attach(a ews.Attachment) *file {
	number := uint32(1)
	for _, f := range it.files {
		number = max(number, f.number+1)
	}
	a.ID = nil
	f := &file{number: number, Attachment: a}
	it.files = append(it.files, f)
	return f
}
