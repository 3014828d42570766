package mockews

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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

func TestRepeats(t *testing.T) {
	t.Parallel()
	var r repeats
	first := r.key(-1, 7, "GetItem", "a")
	assert.Equal(t, first, r.key(-1, 7, "GetItem", ""), "the first call draws alike with an anchor and without")
	assert.NotEqual(t, first, r.key(-1, 7, "GetItem", "a"), "the second call draws anew")
	assert.NotEqual(t, first, r.key(-1, 8, "GetItem", "a"))
}
