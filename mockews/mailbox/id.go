package mailbox

import (
	"encoding/base64"
	"encoding/binary"
)

// An id names an item or a folder in the binary form of real ones (MS-OXWSITEMID, section 2.1): base64 of a byte that says
// how the rest is compressed, a storage type, the mailbox as a GUID in text, an instruction and the id in the store. So
// clients that look into ids find what they expect, and an id names its mailbox.

// Storage types (MS-OXWSITEMID, section 2.1.1.1.2).
const (
	storageItem         = 3 // in the mailbox that a GUID names
	storageConversation = 4 // of that mailbox, or a persona
	storageDirectory    = 5 // an object of the directory
)

// Compression (MS-OXWSITEMID, section 2.1.1.1.1).
const (
	plain     = 0
	runLength = 1
)

// Lengths in bytes.
const (
	guidText   = 36
	folderSize = 46 // of a folder's id in the store, as of a MAPI entry id
	itemSize   = 70 // of an item's
)

// reference is what an id says.
type reference struct {
	mailbox    string // a GUID in text, lower case
	storage    byte
	folder     uint32 // number of the folder, 0 for none
	item       uint32 // uid of the item, 0 for a folder
	attachment uint32 // number of the attachment, from 1; 0 for none
	nested     string // of the attachments in it, one in another, as they are written
	instance   moment // the occurrence of a series; 0 for none
	thread     thread // of a conversation; of a persona or an object of the directory, its GUID
}

// Offsets of the numbers in an id in the store; before them stand the flags and the GUID of the provider.
const (
	offFolder   = 22
	offItem     = 44
	offInstance = 60
)

// encode writes a reference as an id. The store's id carries the mailbox's GUID too, in binary, which makes it look and
// weigh like a real one.
func (r reference) encode() string {
	var room [maxPlain]byte
	raw := append(room[:0], r.storage)
	if r.storage == storageDirectory {
		raw = binary.LittleEndian.AppendUint16(raw, uint16(len(r.thread)))
		return pack(append(raw, r.thread[:]...))
	}
	raw = binary.LittleEndian.AppendUint16(raw, guidText)
	raw = append(raw, r.mailbox...)
	raw = append(raw, 0)
	raw = binary.LittleEndian.AppendUint16(raw, uint16(r.storeSize()))
	raw = r.appendStore(raw)
	if r.attachment != 0 {
		raw = append(raw, byte(1+len(r.nested)/attachmentField))
		raw = appendAttachment(raw, r.attachment)
		raw = append(raw, r.nested...)
	}
	return pack(raw)
}

// attachmentField is how many bytes name an attachment: a length, and a number.
const attachmentField = 6

func appendAttachment(raw []byte, number uint32) []byte {
	return binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint16(raw, 4), number)
}

// in is the attachment of that number of the item that an attachment is.
func (r reference) in(number uint32) reference {
	r.nested = string(appendAttachment([]byte(r.nested), number))
	return r
}

// inner are the numbers of the attachments in an attachment, the outermost first.
func (r reference) inner() (numbers []uint32) {
	for at := 2; at < len(r.nested); at += attachmentField {
		numbers = append(numbers, binary.LittleEndian.Uint32([]byte(r.nested[at:])))
	}
	return numbers
}

// maxPlain has room for every id that encode makes, before it is packed.
const maxPlain = 6 + guidText + itemSize + 8

func (r reference) storeSize() int {
	if r.storage == storageConversation {
		return len(r.thread)
	}
	if r.item == 0 {
		return folderSize
	}
	return itemSize
}

// appendStore appends the id in the store alone.
func (r reference) appendStore(dst []byte) []byte {
	if r.storage == storageConversation {
		return append(dst, r.thread[:]...)
	}
	var room [itemSize]byte
	store := room[:r.storeSize()]
	copy(store[4:20], r.mailbox)
	store[20] = 1
	binary.LittleEndian.PutUint32(store[offFolder:], r.folder)
	if r.item != 0 {
		store[20] = 7
		binary.LittleEndian.PutUint32(store[offItem:], r.item)
		binary.LittleEndian.PutUint64(store[offInstance:], uint64(r.instance))
	}
	return append(dst, store...)
}

// fromStore reads an id in the store back, of a mailbox that is known; false for anything that no server makes.
func fromStore(store []byte, mailbox string) (r reference, ok bool) {
	if len(store) != folderSize && len(store) != itemSize {
		return r, false
	}
	r = reference{mailbox: mailbox, storage: storageItem, folder: binary.LittleEndian.Uint32(store[offFolder:])}
	if len(store) == itemSize {
		r.item = binary.LittleEndian.Uint32(store[offItem:])
		r.instance = moment(binary.LittleEndian.Uint64(store[offInstance:]))
	}
	return r, r.encodesTo(store)
}

// pack adds the byte that says how the rest is compressed, in whichever way is shorter.
func pack(raw []byte) string {
	var room [2 * maxPlain]byte
	out := compress(append(room[:0], runLength), raw)
	if len(out) > len(raw) {
		out = append(append(room[:0], plain), raw...)
	}
	var text [4 * maxPlain]byte
	return string(base64.StdEncoding.AppendEncode(text[:0], out))
}

// maxID is the longest id, in bytes, that is looked at.
const maxID = 1024

// decode reads an id back, compressed or not. It is false for anything that no server makes.
func decode(id string) (r reference, ok bool) {
	if len(id) > base64.StdEncoding.EncodedLen(maxID) {
		return r, false
	}
	var room, wide [4 * maxPlain]byte
	raw, err := base64.StdEncoding.AppendDecode(room[:0], []byte(id))
	if err != nil || len(raw) < 2 {
		return r, false
	}
	switch raw[0] {
	case plain:
		raw = raw[1:]
	case runLength:
		if raw, ok = expand(wide[:0], raw[1:]); !ok {
			return r, false
		}
	default:
		return r, false
	}
	return parse(raw)
}

// parse reads what is left of an id when it is no more compressed.
func parse(raw []byte) (r reference, ok bool) {
	r.storage = raw[0]
	if r.storage == storageDirectory {
		object, rest, ok := field(raw[1:])
		if !ok || len(object) != len(r.thread) || len(rest) != 0 {
			return r, false
		}
		r.thread = thread(object)
		return r, true
	}
	mailbox, raw, ok := field(raw[1:])
	if !ok || len(mailbox) != guidText || len(raw) == 0 || r.storage != storageItem && r.storage != storageConversation {
		return r, false
	}
	store, raw, ok := field(raw[1:])
	r.mailbox = string(mailbox)
	if r.storage == storageConversation {
		if !ok || len(store) != len(r.thread) || len(raw) != 0 {
			return r, false
		}
		r.thread = thread(store)
		return r, true
	}
	if !ok || len(store) != folderSize && len(store) != itemSize {
		return r, false
	}
	r.folder = binary.LittleEndian.Uint32(store[offFolder:])
	if len(store) == itemSize {
		r.item = binary.LittleEndian.Uint32(store[offItem:])
		r.instance = moment(binary.LittleEndian.Uint64(store[offInstance:]))
	}
	if len(raw) == 0 {
		return r, r.encodesTo(store)
	}
	return r, r.attachments(raw) && r.encodesTo(store)
}

// attachments reads how many attachments an id names, one in another, and their numbers.
func (r *reference) attachments(raw []byte) bool {
	n, raw := int(raw[0]), raw[1:]
	if n == 0 || len(raw) != n*attachmentField {
		return false
	}
	for rest := raw; len(rest) > 0; rest = rest[attachmentField:] {
		if number, _, ok := field(rest); !ok || len(number) != 4 {
			return false
		}
	}
	r.attachment, r.nested = binary.LittleEndian.Uint32(raw[2:]), string(raw[attachmentField:])
	return true
}

// encodesTo reports whether the rest of the store's id is as encode makes it.
func (r reference) encodesTo(store []byte) bool {
	return string(store[4:20]) == r.mailbox[:16] && (len(store) == folderSize) == (r.item == 0)
}

// field reads a length and as many bytes.
func field(raw []byte) (content, rest []byte, ok bool) {
	if len(raw) < 2 {
		return nil, nil, false
	}
	n := int(binary.LittleEndian.Uint16(raw))
	if len(raw) < 2+n {
		return nil, nil, false
	}
	return raw[2 : 2+n], raw[2+n:], true
}

// maxRun is the longest run that is written as one: the two bytes and a count of further ones.
const maxRun = 2 + 255

// compress appends raw, with each run of at least two equal bytes written as two of them and the number of further ones (MS-OXWSITEMID,
// section 2.2.1).
func compress(out, raw []byte) []byte {
	for i := 0; i < len(raw); {
		run := 1
		for i+run < len(raw) && run < maxRun && raw[i+run] == raw[i] {
			run++
		}
		out = append(out, raw[i])
		if run > 1 {
			out = append(out, raw[i], byte(run-2))
		}
		i += run
	}
	return out
}

// expand undoes compress, and appends what comes out to raw.
func expand(raw, short []byte) (out []byte, ok bool) {
	for i := 0; i < len(short); i++ {
		b := short[i]
		raw = append(raw, b)
		if i+1 == len(short) || short[i+1] != b {
			continue
		}
		if i+2 == len(short) || len(raw) > maxID {
			return nil, false
		}
		for range int(short[i+2]) + 1 {
			raw = append(raw, b)
		}
		i += 2
	}
	return raw, len(raw) > 0 && len(raw) <= maxID
}
