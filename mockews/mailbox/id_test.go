package mailbox

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const someGUID = "6f1e1d3c-0a57-4f3e-9a0e-2d1a5b7c8d9e"

func references() map[string]reference {
	return map[string]reference{
		"folder":     {mailbox: someGUID, storage: storageItem, folder: 13},
		"item":       {mailbox: someGUID, storage: storageItem, folder: 1, item: 77},
		"occurrence": {mailbox: someGUID, storage: storageItem, folder: 1, item: 77, instance: momentOf(time.Date(2026, 9, 7, 12, 0, 0, 0, time.UTC))},
		"attachment": {mailbox: someGUID, storage: storageItem, folder: 1, item: 77, attachment: 2},
		"nested":     reference{mailbox: someGUID, storage: storageItem, folder: 1, item: 77, attachment: 2}.in(3).in(1),
		"thread":     {mailbox: someGUID, storage: storageConversation, thread: thread{0: 1, 15: 9}},
		"directory":  {storage: storageDirectory, thread: thread{3: 7}},
		"large":      {mailbox: someGUID, storage: storageItem, folder: 1 << 31, item: 1<<32 - 1},
	}
}

func TestIDsReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	for name, r := range references() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id := r.encode()
			back, ok := decode(id)
			require.True(t, ok)
			assert.Equal(t, r, back)
			assert.True(t, strings.HasPrefix(id, "A"), "%s", id)
		})
	}
}

// An id is accepted whether or not it is compressed (MS-OXWSITEMID, section 2.2): clients store the long form of a short id.
func TestIDsAreReadInBothForms(t *testing.T) {
	t.Parallel()
	for name, r := range references() {
		raw, err := base64.StdEncoding.DecodeString(r.encode())
		require.NoError(t, err)
		require.Equal(t, byte(runLength), raw[0], "%s: runs of zeros make the compressed form the shorter one", name)
		long, ok := expand(nil, raw[1:])
		require.True(t, ok)
		back, ok := decode(base64.StdEncoding.EncodeToString(append([]byte{plain}, long...)))
		require.True(t, ok, name)
		assert.Equal(t, r, back)
	}
}

func TestRunsAreCompressed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ raw, short string }{
		{"abc", "abc"},
		{"aab", "aa\x00b"},
		{"aaab", "aa\x01b"},
		{"abbbb", "abb\x02"},
		{"aabb", "aa\x00bb\x00"},
		{strings.Repeat("z", 257), "zz\xff"},
		{strings.Repeat("z", 258), "zz\xffz"},
		{"aa\x00\x00", "aa\x00\x00\x00\x00"},
	} {
		assert.Equal(t, test.short, string(compress(nil, []byte(test.raw))))
		back, ok := expand(nil, []byte(test.short))
		require.True(t, ok)
		assert.Equal(t, test.raw, string(back))
	}
}

func TestForgedIDsAreRefused(t *testing.T) {
	t.Parallel()
	good := references()["item"].encode()
	raw, err := base64.StdEncoding.DecodeString(good)
	require.NoError(t, err)
	long, ok := expand(nil, raw[1:])
	require.True(t, ok)
	change := func(f func([]byte) []byte) string {
		return base64.StdEncoding.EncodeToString(f(append([]byte{plain}, long...)))
	}
	for name, id := range map[string]string{
		"empty": "", "no base64": "DUMMY", "one byte": "AA==", "cut off": good[:len(good)-8], "too long": strings.Repeat("A", 8192),
		"unknown compression": change(func(b []byte) []byte { b[0] = 2; return b }),
		"unknown storage":     change(func(b []byte) []byte { b[1] = 9; return b }),
		"other mailbox":       change(func(b []byte) []byte { b[4]++; return b }),
		"more behind it":      change(func(b []byte) []byte { return append(b, 1) }),
		"run without a count": base64.StdEncoding.EncodeToString([]byte{runLength, 3, 3}),
		"too large a run":     base64.StdEncoding.EncodeToString(append([]byte{runLength}, strings.Repeat("aa\xff", 10)...)),
	} {
		_, ok := decode(id)
		assert.False(t, ok, name)
	}
}

func FuzzDecode(f *testing.F) {
	for _, r := range references() {
		f.Add(r.encode())
	}
	f.Add("DUMMY")
	f.Fuzz(func(t *testing.T, id string) {
		r, ok := decode(id)
		if !ok {
			return
		}
		again, ok := decode(r.encode())
		require.True(t, ok)
		assert.Equal(t, r, again)
	})
}

// The bytes of an id, not compressed: an attachment's are its item's, how many attachments follow, a length and so many bytes; a
// conversation's have a storage type of their own (MS-OXWSITEMID, section 2.1).
func TestBytesOfIDs(t *testing.T) {
	t.Parallel()
	bytes := func(name string) []byte {
		raw, err := base64.StdEncoding.DecodeString(references()[name].encode())
		require.NoError(t, err)
		require.Equal(t, byte(runLength), raw[0])
		long, ok := expand(nil, raw[1:])
		require.True(t, ok)
		return long
	}
	item, attachment, conversation := bytes("item"), bytes("attachment"), bytes("thread")
	head := append([]byte{3, 36, 0}, someGUID...)
	assert.Equal(t, head, item[:39], "storage type 3, and the GUID of the mailbox as 36 letters")
	assert.Equal(t, byte(0), item[39], "no instruction")
	assert.Equal(t, len(item)-42, int(item[40])|int(item[41])<<8, "the id in the store")
	assert.Equal(t, append(item, 1, 4, 0, 2, 0, 0, 0), attachment)
	head[0] = 4
	assert.Equal(t, head, conversation[:39], "storage type 4")
}
