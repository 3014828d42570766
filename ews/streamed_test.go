package ews_test

import (
	"bufio"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// streamed writes envelopes as a server does.
func streamed(messages ...ews.StreamingMessage) string {
	var stream []byte
	for _, m := range messages {
		stream = ews.AppendStreamed(stream, ews.ServerVersion{Major: 15}, ews.GetStreamingEventsResponse{Messages: []ews.StreamingMessage{m}})
	}
	return string(stream)
}

func readStream(t *testing.T, r io.Reader) (read []ews.Streamed, err error) {
	t.Helper()
	s := bufio.NewScanner(r)
	s.Split(ews.SplitStreamed)
	for s.Scan() {
		m, ok := ews.ReadStreamed(s.Bytes())
		require.True(t, ok, "%s", s.Text())
		read = append(read, m)
	}
	return read, s.Err()
}

// A client reads what a server streams, however the bytes are cut.
func TestStreamIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
	text := streamed(
		ews.StreamingMessage{Status: "OK"},
		ews.StreamingMessage{Notifications: []ews.Notification{
			{ID: "one", Events: []ews.Event{
				{Type: ews.CreatedEvent, Time: &at, Item: &ews.ItemID{ID: "item/1", ChangeKey: "CK"}, Parent: &ews.FolderID{ID: "inbox"}},
				{Type: ews.NewMailEvent, Time: &at, Item: &ews.ItemID{ID: "item/2"}, Parent: &ews.FolderID{ID: "inbox"}},
			}},
			{ID: "two", Events: []ews.Event{{Type: ews.ModifiedEvent, Time: &at, Folder: &ews.FolderID{ID: "inbox"}, Parent: &ews.FolderID{ID: "root"}}}},
		}},
		ews.StreamingMessage{Message: ews.NewMessage(ews.ErrorSubscriptionNotFound), ErrorIDs: []string{"one", "two"}, Status: "Closed"},
	)
	for name, r := range map[string]io.Reader{"at once": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text))} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read, err := readStream(t, r)
			require.NoError(t, err)
			require.Len(t, read, 3)
			assert.Equal(t, "OK", read[0].Status)
			assert.Empty(t, read[0].Events)
			assert.Equal(t, []ews.StreamedEvent{
				{Subscription: "one", Type: ews.CreatedEvent, Item: "item/1"},
				{Subscription: "one", Type: ews.NewMailEvent, Item: "item/2"},
				{Subscription: "two", Type: ews.ModifiedEvent},
			}, read[1].Events)
			assert.Equal(t, ews.Success, read[1].Class)
			assert.Equal(t, ews.ErrorSubscriptionNotFound, read[2].Code)
			assert.Equal(t, ews.Error, read[2].Class)
			assert.Equal(t, []string{"one", "two"}, read[2].ErrorIDs)
			assert.Equal(t, "Closed", read[2].Status)
		})
	}
}

// What other servers put around the same content.
func TestStreamOfOtherPrefixes(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer("<Envelope xmlns=", "<s:Envelope xmlns:s=", "</Envelope>", "</s:Envelope>\r\n").Replace(
		streamed(ews.StreamingMessage{Status: "OK"}, ews.StreamingMessage{Status: "Closed"}))
	read, err := readStream(t, strings.NewReader(text))
	require.NoError(t, err)
	require.Len(t, read, 2)
	assert.Equal(t, "Closed", read[1].Status)
}

func TestStreamThatBreaks(t *testing.T) {
	t.Parallel()
	text := streamed(ews.StreamingMessage{Status: "OK"}, ews.StreamingMessage{Status: "OK"})
	read, err := readStream(t, strings.NewReader(text[:len(text)-5]))
	assert.Len(t, read, 1)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

func TestStreamedFaultAndNonsense(t *testing.T) {
	t.Parallel()
	m, ok := ews.ReadStreamed(ews.NewFault(ews.ErrorProxyCallFailed).Append(nil))
	require.True(t, ok)
	require.NotNil(t, m.Fault)
	assert.Equal(t, ews.ErrorProxyCallFailed, m.Fault.Code)
	for _, text := range []string{"", "<html></html>", "Envelope>", `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>`} {
		_, ok := ews.ReadStreamed([]byte(text))
		assert.False(t, ok, text)
	}
}

func TestSubscriptionID(t *testing.T) {
	t.Parallel()
	answer := ews.AppendResponse(nil, ews.ServerVersion{}, ews.SubscribeResponse{Messages: []ews.SubscribeMessage{{ID: "JgBl+"}}})
	assert.Equal(t, "JgBl+", ews.SubscriptionID(answer))
	refused := ews.AppendResponse(nil, ews.ServerVersion{}, ews.SubscribeResponse{Messages: []ews.SubscribeMessage{{Message: ews.NewMessage(ews.ErrorExceededSubscriptionCount)}}})
	assert.Empty(t, ews.SubscriptionID(refused))
}

func FuzzReadStreamed(f *testing.F) {
	f.Add([]byte(streamed(ews.StreamingMessage{Status: "OK"})))
	f.Add([]byte("<a></x:Envelope>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, envelope, err := ews.SplitStreamed(data, true)
		if n < 0 || n > len(data) || len(envelope) > n {
			t.Fatal(n, len(envelope), err)
		}
		ews.ReadStreamed(data)
	})
}
