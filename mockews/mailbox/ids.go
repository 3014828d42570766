package mailbox

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strconv"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// guid is the name of a mailbox in ids: its first eight digits are the owner, covered with bits of the seed; the others are
// drawn, so that ids of another organisation are none of this one.
func (s *Store) guid(owner access.Principal) string {
	text := s.guidText(owner)
	return string(text[:])
}

func (s *Store) guidText(owner access.Principal) [guidText]byte {
	var raw [16]byte
	binary.BigEndian.PutUint32(raw[:4], uint32(owner)^uint32(s.dir.Bits("mailboxes", 0)))
	key := uint64(uint32(owner))
	binary.BigEndian.PutUint64(raw[4:12], s.dir.Bits("mailbox", key))
	binary.BigEndian.PutUint32(raw[12:], uint32(s.dir.Bits("mailbox tail", key)))
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	return guidString(raw)
}

// MailboxGUID is the name of a mailbox in ids, and in what other protocols say of it.
func (s *Store) MailboxGUID(owner access.Principal) string { return s.guid(owner) }

// guidString writes a GUID's bytes as text.
func guidString(raw [16]byte) (text [guidText]byte) {
	hex.Encode(text[:8], raw[:4])
	at := 8
	for i, n := range []int{2, 2, 2, 6} {
		text[at] = '-'
		from := []int{4, 6, 8, 10}[i]
		hex.Encode(text[at+1:], raw[from:from+n])
		at += 1 + 2*n
	}
	return text
}

// ownerOf is whose mailbox a GUID names; 0 for one that is none of this organisation.
func (s *Store) ownerOf(guid string) access.Principal {
	if len(guid) != guidText {
		return 0
	}
	n, err := strconv.ParseUint(guid[:8], 16, 32)
	if err != nil {
		return 0
	}
	owner := access.Principal(int32(uint32(n) ^ uint32(s.dir.Bits("mailboxes", 0))))
	if text := s.guidText(owner); string(text[:]) != guid {
		return 0
	}
	return owner
}

// Kinds of change keys, by what they begin with.
const (
	folderKey = 0x01
	itemKey   = 0x09
	keyBytes  = 30
)

// changeKey names a version of something in the mailbox, in the form of real ones: a kind, a length, a GUID and a counter.
func (b *box) changeKey(kind byte, version uint64) string {
	raw := b.rawKey(kind, version)
	var text [keyBytes * 4 / 3]byte
	base64.StdEncoding.Encode(text[:], raw[:])
	return string(text[:])
}

func (b *box) rawKey(kind byte, version uint64) (raw [keyBytes]byte) {
	raw[0], raw[4] = kind, keyBytes-8
	copy(raw[8:], b.guid[20:])
	binary.BigEndian.PutUint64(raw[keyBytes-8:], version+1)
	return raw
}

// versionOf reads a change key of the mailbox back, false for any other text.
func (b *box) versionOf(kind byte, key string) (version uint64, ok bool) {
	if len(key) != keyBytes*4/3 {
		return 0, false
	}
	var room [keyBytes]byte
	raw, err := base64.StdEncoding.AppendDecode(room[:0], []byte(key))
	if err != nil || len(raw) != keyBytes {
		return 0, false
	}
	version = binary.BigEndian.Uint64(raw[keyBytes-8:]) - 1
	return version, b.rawKey(kind, version) == [keyBytes]byte(raw)
}

// knows reports whether a change key is none, or one of the mailbox, of whatever version.
func (b *box) knows(kind byte, key string) bool {
	version, ok := b.versionOf(kind, key)
	return key == "" || ok && version <= b.stamps
}

func (b *box) folderID(f *folder) ews.FolderID { return b.nameOf(f).(ews.FolderID) }

// nameOf is the id of a folder as the value of a property. The last one is kept: mostly a mailbox is asked for one folder, again and
// again.
func (b *box) nameOf(f *folder) any {
	if b.last.id == nil || b.last.number != f.number || b.last.version != f.version {
		r := reference{mailbox: b.guid, storage: storageItem, folder: f.number}
		b.last = folderName{f.number, f.version, ews.FolderID{ID: r.encode(), ChangeKey: b.changeKey(folderKey, f.version)}}
	}
	return b.last.id
}

// folderName is what a version of a folder is called.
type folderName struct {
	number  uint32
	version uint64
	id      any // an ews.FolderID; nil: nothing is
}

// itemID names an item. Keep in mind that what an item is named by changes when it is moved.
func (b *box) itemID(it *item) ews.ItemID {
	r := reference{mailbox: b.guid, storage: storageItem, folder: it.folder, item: it.uid, instance: it.instance}
	return ews.ItemID{ID: r.encode(), ChangeKey: b.changeKey(itemKey, it.version)}
}

// lostID is that of an item that is no more, as it was.
func (b *box) lostID(folder, uid uint32) ews.ItemID {
	r := reference{mailbox: b.guid, storage: storageItem, folder: folder, item: uid}
	return ews.ItemID{ID: r.encode(), ChangeKey: b.changeKey(itemKey, 0)}
}

// lostFolderID is that of a folder that is no more.
func (b *box) lostFolderID(number uint32) ews.FolderID {
	r := reference{mailbox: b.guid, storage: storageItem, folder: number}
	return ews.FolderID{ID: r.encode(), ChangeKey: b.changeKey(folderKey, 0)}
}

// conversationID names a conversation of the mailbox.
func (b *box) conversationID(t thread) ews.ItemID {
	r := reference{mailbox: b.guid, storage: storageConversation, thread: t}
	return ews.ItemID{ID: r.encode()}
}
