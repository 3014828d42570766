package mockews

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// opaque is what an id says to the server that made it; to clients it is a base64 text of the length of a real one.
type opaque struct {
	kind   idKind
	owner  route.Principal
	folder int
	nth    int
}

// idKind tells the kinds of ids apart.
type idKind byte

const (
	kindFolder idKind = 'F'
	kindItem   idKind = 'I'
	kindState  idKind = 'S'
)

// size is the length of an id in bytes, before base64: 120 characters for a folder, 152 for an item.
func (k idKind) size() int {
	switch k {
	case kindFolder:
		return 90
	case kindItem:
		return 114
	case kindState:
	}
	return 60
}

// maxIDChars is the length of the longest id, as text.
const maxIDChars = 152

// rawID has room for the bytes of any id and of the last number that fills it.
type rawID [114 + 8]byte

// idPrefix makes ids begin with AAMk, as those of a real server do.
var idPrefix = [...]byte{0x00, 0x03, 0x24}

// Offsets of the fields in an id. After them stands a check, drawn from all of them, and what it takes to fill the rest.
const (
	offsetKind   = len(idPrefix)
	offsetOwner  = offsetKind + 1
	offsetFolder = offsetOwner + 4
	offsetNth    = offsetFolder + 2
	offsetCheck  = offsetNth + 4
)

// encode makes the id.
func (s *store) encode(o opaque) string {
	raw, size := s.pack(o), o.kind.size()
	var text [maxIDChars]byte
	n := base64.StdEncoding.EncodedLen(size)
	base64.StdEncoding.Encode(text[:n], raw[:size])
	return string(text[:n])
}

// pack makes the id's bytes; what is beyond its size is of no account.
func (s *store) pack(o opaque) (raw rawID) {
	copy(raw[:], idPrefix[:])
	raw[offsetKind] = byte(o.kind)
	binary.BigEndian.PutUint32(raw[offsetOwner:], uint32(int32(o.owner)))
	binary.BigEndian.PutUint16(raw[offsetFolder:], uint16(o.folder))
	binary.BigEndian.PutUint32(raw[offsetNth:], uint32(o.nth))
	check := s.check(o)
	for at := offsetCheck; at < o.kind.size(); at += 8 {
		binary.BigEndian.PutUint64(raw[at:], check)
		check = check*6364136223846793005 + 1442695040888963407 // Knuth's linear congruence, to fill
	}
	return raw
}

// check is what only this organisation puts into an id.
func (s *store) check(o opaque) uint64 {
	return s.dice.Bits("id", place(o.owner, o.folder, o.nth)^uint64(o.kind)<<56)
}

// decode reads an id back. It is false for anything that encode did not make.
func (s *store) decode(kind idKind, id string) (o opaque, ok bool) {
	if len(id) != base64.StdEncoding.EncodedLen(kind.size()) {
		return o, false
	}
	var raw rawID
	if n, err := base64.StdEncoding.Decode(raw[:], []byte(id)); err != nil || n != kind.size() {
		return o, false
	}
	o = opaque{
		kind:   idKind(raw[offsetKind]),
		owner:  route.Principal(int32(binary.BigEndian.Uint32(raw[offsetOwner:]))),
		folder: int(binary.BigEndian.Uint16(raw[offsetFolder:])),
		nth:    int(binary.BigEndian.Uint32(raw[offsetNth:])),
	}
	if o.kind != kind {
		return o, false
	}
	made := s.pack(o)
	return o, bytes.Equal(made[:kind.size()], raw[:kind.size()])
}

// place is a key for what is in one place of a mailbox.
func place(owner route.Principal, folder, nth int) uint64 {
	return uint64(owner)<<32 ^ uint64(folder)<<24 ^ uint64(nth)
}

// A change key names a version of something. Nothing changes, so one is as good as another.
const (
	folderChangeKey = "AQAAABYAAADJ3c5CXvHsRYUPb0H0pZ5mAAAAAAEK"
	itemChangeKey   = "CQAAABYAAADJ3c5CXvHsRYUPb0H0pZ5mAAAAAAEM"
)

func (s *store) folderID(owner route.Principal, number int) ews.FolderID {
	return ews.FolderID{ID: s.encode(opaque{kind: kindFolder, owner: owner, folder: number}), ChangeKey: folderChangeKey}
}

func (s *store) itemID(owner route.Principal, folder, nth int) ews.ItemID {
	return ews.ItemID{ID: s.encode(opaque{kind: kindItem, owner: owner, folder: folder, nth: nth}), ChangeKey: itemChangeKey}
}
