package notify

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// databases are an organisation in which everybody's mailbox is in a database of its own.
type databases struct{}

func (databases) Server(int) string { return "eu-mb1.contoso.com" }

func (databases) Database(p access.Principal) (db [16]byte)                  { db[3] = byte(p); return db }
func (databases) Arrival(_ access.Principal, _ int, now time.Time) time.Time { return now }
func (databases) Bits(what string, key uint64) uint64                        { return uint64(len(what)) * (key + 1) }

func FuzzServer(f *testing.F) {
	f.Add(encodeID("eu-mb1.contoso.com", 1, databases{}.Bits), "EU-MB1.contoso.com", uint64(7))
	f.Add("", "", uint64(0))
	f.Add("AAA=", "\u0130", uint64(1))
	f.Add(base64.StdEncoding.EncodeToString([]byte{0xff, 0xff, 1}), "a", uint64(1<<63))
	f.Fuzz(func(t *testing.T, id, server string, serial uint64) {
		if name := Server(id); name != "" {
			raw, err := base64.StdEncoding.DecodeString(id)
			require.NoError(t, err)
			assert.Contains(t, string(raw), name)
		}
		if server = strings.ToLower(server); len(server) > 1<<10 {
			return
		}
		good := encodeID(server, serial, databases{}.Bits)
		assert.Equal(t, server, Server(good))
		assert.Empty(t, Server(good[:len(good)-4]), "cut off")
		assert.Empty(t, Server("AAAA"+good), "something before it")
	})
}

func FuzzWatermark(f *testing.F) {
	h := New(nil, databases{}, nil, 0)
	f.Add(h.mark(1, 12))
	f.Add(" " + h.mark(2, 1<<63) + "\n")
	f.Add("AAAA")
	f.Add(base64.StdEncoding.EncodeToString(make([]byte, markBytes)))
	f.Fuzz(func(t *testing.T, mark string) {
		place, ok := h.place(1, mark)
		if !ok {
			return
		}
		again, ok := h.place(1, h.mark(1, place))
		require.True(t, ok)
		assert.Equal(t, place, again)
		_, ok = h.place(2, mark)
		assert.False(t, ok, "a watermark of another database")
	})
}
