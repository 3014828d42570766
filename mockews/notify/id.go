package notify

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// A subscription's id names the server that has it: base64 of a length, the server's name, the length of a GUID, the GUID and
// a time as .NET counts it (decoded from the samples of MS docs: How to maintain affinity between a group of subscriptions).

// ticks between the first year and 1970, of 100 ns each.
const ticksTo1970 = 621_355_968_000_000_000

func encodeID(server string, serial uint64, bits func(string, uint64) uint64) string {
	server = strings.ToLower(server) // which may have another length
	raw := binary.LittleEndian.AppendUint16(nil, uint16(len(server)))
	raw = append(raw, server...)
	raw = binary.LittleEndian.AppendUint32(raw, 16)
	raw = binary.LittleEndian.AppendUint64(raw, bits("subscription", serial))
	raw = binary.LittleEndian.AppendUint64(raw, serial)
	raw = binary.LittleEndian.AppendUint64(raw, uint64(time.Now().UnixNano()/100+ticksTo1970))
	return base64.StdEncoding.EncodeToString(raw)
}

// Server is the one that an id names, "" for a text that is no id.
func Server(id string) string {
	raw, err := base64.StdEncoding.DecodeString(id)
	if err != nil || len(raw) < 2 {
		return ""
	}
	n := int(binary.LittleEndian.Uint16(raw))
	if len(raw) != 2+n+4+16+8 {
		return ""
	}
	return string(raw[2 : 2+n])
}

// A watermark is a place in what has happened in a mailbox, and the database that it was true of: 29 bytes (decoded from the
// samples of the same page).
const markBytes = 29

func (h *Hub) mark(owner access.Principal, place uint64) string {
	db := h.org.Database(owner)
	raw := binary.LittleEndian.AppendUint32(nil, 1)
	raw = append(raw, db[:]...)
	raw = binary.LittleEndian.AppendUint64(raw, place)
	return base64.StdEncoding.EncodeToString(append(raw, 1))
}

// place reads a watermark; false for a text that is none, and for one of another database.
func (h *Hub) place(owner access.Principal, mark string) (place uint64, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(mark))
	if err != nil || len(raw) != markBytes || binary.LittleEndian.Uint32(raw) != 1 || raw[markBytes-1] != 1 {
		return 0, false
	}
	db := h.org.Database(owner)
	return binary.LittleEndian.Uint64(raw[20:]), string(raw[4:20]) == string(db[:])
}
