package mockews

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func TestJournalIsBounded(t *testing.T) {
	org, err := route.Build(route.Topology{})
	require.NoError(t, err)
	j := newJournal(org)
	begin := time.Unix(0, 0)
	for i := range journalSize + 5 {
		j.add(&record{note: note{id: fmt.Sprint(i)}, arrived: begin.Add(time.Duration(i))})
	}
	entries := j.entries()
	require.Len(t, entries, journalSize)
	assert.Equal(t, "5", entries[0].ID)
	assert.Equal(t, time.Duration(5), entries[0].Arrived, "since the first request, which has made room")
	assert.Zero(t, testing.AllocsPerRun(100, func() { j.add(&record{}) }), "a full journal makes no garbage")
}

// An entry is small, whatever a client writes into its headers.
func TestJournalKeepsNoLongTexts(t *testing.T) {
	t.Parallel()
	s, err := New(route.Topology{})
	require.NoError(t, err)
	request := ews.Request{Body: ews.GetFolder{Folders: []ews.FolderID{{Distinguished: "inbox"}}}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://mock"+Path, bytes.NewReader(request.Append(nil)))
	require.NoError(t, err)
	r.SetBasicAuth(s.org.Address(1), s.org.Password(1))
	r.Header["X-Anchormailbox"], r.Header["Client-Request-Id"] = []string{strings.Repeat("a", 100_000)}, []string{strings.Repeat("b", 100_000)}
	s.ServeHTTP(httptest.NewRecorder(), r)
	s.ServeHTTP(httptest.NewRecorder(), r) // its body is gone: refused, and noted all the same
	entries := s.Journal()
	require.Len(t, entries, 2)
	for _, e := range entries {
		assert.Len(t, e.Anchor, keptText)
		assert.Len(t, e.ID, keptText)
	}
}

func TestRepeats(t *testing.T) {
	t.Parallel()
	var r repeats
	first := r.key(-1, 7, "GetItem", "a")
	assert.Equal(t, first, r.key(-1, 7, "GetItem", ""), "the first call draws alike with an anchor and without")
	assert.NotEqual(t, first, r.key(-1, 7, "GetItem", "a"), "the second call draws anew")
	assert.NotEqual(t, first, r.key(-1, 8, "GetItem", "a"))
}
