package mailbox

import (
	"encoding/base64"
	"encoding/binary"
)

// state is what a synchronisation state says: how far the client has come in the journal of a mailbox, and, as long as it has
// not seen all that was there when it began, how far in that.
type state struct {
	folder uint32 // 0: the folders themselves
	place  uint64 // in the journal
	below  uint32 // the rank below which items are still to be shown; 0: none are
	half   bool   // of the change behind the place, one item was shown: it came from the folder that it went to
}

const (
	stateKind  = 0x53
	stateBytes = 1 + guidText + 4 + 8 + 4 + 4
)

// encode makes the state a text that no client can read.
func (b *box) encodeState(s state) string {
	raw := make([]byte, 0, stateBytes)
	raw = append(append(raw, stateKind), b.guid...)
	raw = binary.LittleEndian.AppendUint32(raw, s.folder)
	raw = binary.LittleEndian.AppendUint64(raw, s.place<<1|uint64(order(s.half)))
	raw = binary.LittleEndian.AppendUint32(raw, s.below)
	raw = binary.LittleEndian.AppendUint32(raw, b.seal(raw))
	return base64.StdEncoding.EncodeToString(raw)
}

// seal is what only this organisation puts behind a text of its own.
func (b *box) seal(raw []byte) uint32 { return uint32(b.store.dir.Bits("seal", hash(string(raw)))) }

// decodeState reads a state back, false for what is none of the mailbox's for the folder, or says more than has happened.
func (b *box) decodeState(text string, folder uint32) (s state, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) != stateBytes || raw[0] != stateKind || string(raw[1:1+guidText]) != b.guid {
		return s, false
	}
	body := raw[1+guidText:]
	s = state{
		folder: binary.LittleEndian.Uint32(body), place: binary.LittleEndian.Uint64(body[4:]) >> 1, below: binary.LittleEndian.Uint32(body[12:]),
		half: body[4]&1 == 1,
	}
	if binary.LittleEndian.Uint32(body[16:]) != b.seal(raw[:stateBytes-4]) || s.folder != folder {
		return s, false
	}
	return s, s.place >= b.journal.dropped && s.place <= b.journal.last()
}
