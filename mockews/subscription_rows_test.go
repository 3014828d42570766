package mockews_test

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

const pullOf = `<m:Subscribe><m:PullSubscriptionRequest%s<t:EventTypes><t:EventType>%s</t:EventType></t:EventTypes><t:Timeout>%s</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>`

const ofInbox = `><t:FolderIds><t:DistinguishedFolderId Id="inbox"/></t:FolderIds>`

// What Subscribe takes, row by row (MS docs: Subscribe operation, Timeout, EventType, SubscribeToAllFolders).
func TestSubscribeRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, folders, event, minutes string
		want                          ews.Code
	}{
		{"Timeout, the least", ofInbox, "CreatedEvent", "1", ""},
		{"Timeout, the most", ofInbox, "CreatedEvent", "1440", ""},
		{"Timeout, more than a day", ofInbox, "CreatedEvent", "1441", ews.ErrorInvalidSubscriptionRequest},
		{"SubscribeToAllFolders replaces FolderIds", ` SubscribeToAllFolders="true">`, "CreatedEvent", "10", ""},
		{"SubscribeToAllFolders and FolderIds", ` SubscribeToAllFolders="true"` + ofInbox, "CreatedEvent", "10", ews.ErrorInvalidSubscriptionRequest},
		{"StatusEvent is not subscribable", ofInbox, "StatusEvent", "10", ews.ErrorSchemaValidation},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := speak(t)
			body := strings.Replace(strings.Replace(strings.Replace(pullOf, "%s", c.folders, 1), "%s", c.event, 1), "%s", c.minutes, 1)
			a := s.say(body)
			assert.Equal(t, c.want, a.outcome().Code(), "%s", a.body)
		})
	}
}

// An id names its server, and a watermark its database and a place: both in the form of real ones.
func TestOpaqueValues(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "onprem-1site"))
	id, mark := subscribe(t, s, soap(target, pull(10)))
	raw, err := base64.StdEncoding.DecodeString(id)
	require.NoError(t, err)
	length := int(binary.LittleEndian.Uint16(raw))
	require.Len(t, raw, 2+length+4+16+8)
	assert.Equal(t, strings.ToLower(string(raw[2:2+length])), string(raw[2:2+length]))
	assert.Contains(t, string(raw[2:2+length]), ".contoso.com")
	assert.Equal(t, uint32(16), binary.LittleEndian.Uint32(raw[2+length:]))

	place, err := base64.StdEncoding.DecodeString(mark)
	require.NoError(t, err)
	require.Len(t, place, 29)
	assert.Equal(t, uint32(1), binary.LittleEndian.Uint32(place))
	assert.Equal(t, byte(1), place[28])
	write(t, s, target)
	_, body := do(t, s, target, ews.GetEvents{ID: id, Watermark: mark})
	later, err := base64.StdEncoding.DecodeString(text(body, "Watermark"))
	require.NoError(t, err)
	assert.Equal(t, place[4:20], later[4:20], "the same database")
	assert.Greater(t, binary.LittleEndian.Uint64(later[20:]), binary.LittleEndian.Uint64(place[20:]), "events are counted")
}

// The children of an event are in the order of the schema; what has moved says from where.
func TestEventRows(t *testing.T) {
	t.Parallel()
	s := speak(t)
	got := s.hear(strings.Replace(strings.Replace(strings.Replace(pullOf, "%s", ` SubscribeToAllFolders="true">`, 1), "%s",
		"MovedEvent</t:EventType><t:EventType>CreatedEvent</t:EventType><t:EventType>CopiedEvent", 1), "%s", "10", 1))
	id, mark := attr2(got), text([]byte(got), "Watermark")
	item := s.draft("<t:Subject>on its way</t:Subject>")
	s.hearf(`<m:CopyItem><m:ToFolderId><t:DistinguishedFolderId Id="outbox"/></m:ToFolderId><m:ItemIds><t:ItemId Id="%s"/></m:ItemIds></m:CopyItem>`, item)
	s.hearf(`<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="outbox"/></m:ToFolderId><m:ItemIds><t:ItemId Id="%s"/></m:ItemIds></m:MoveItem>`, item)
	events := s.hearf(`<m:GetEvents><m:SubscriptionId>%s</m:SubscriptionId><m:Watermark>%s</m:Watermark></m:GetEvents>`, id, mark)
	assert.Regexp(t, `<t:CreatedEvent><t:Watermark>[^<]+</t:Watermark><t:TimeStamp>[^<]+</t:TimeStamp><t:ItemId [^>]+/><t:ParentFolderId [^>]+/></t:CreatedEvent>`, events)
	for _, event := range []string{"CopiedEvent", "MovedEvent"} {
		assert.Regexp(t, `<t:`+event+`><t:Watermark>[^<]+</t:Watermark><t:TimeStamp>[^<]+</t:TimeStamp><t:ItemId [^>]+/><t:ParentFolderId [^>]+/>`+
			`<t:OldItemId [^>]+/><t:OldParentFolderId [^>]+/></t:`+event+`>`, events)
	}
}

// The id of a push subscription, and what only a store that is in trouble answers, which is injected.
func TestGetEventsRows(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	t.Cleanup(s.Reset) // ends the attempts to push
	pushed, mark := subscribe(t, s, soap(target, push("http://127.0.0.1:9/")))
	o, _ := do(t, s, target, ews.GetEvents{ID: pushed, Watermark: mark})
	assert.Equal(t, ews.ErrorInvalidPullSubscriptionID, o.Code(), "push id used with GetEvents")
	id, mark := subscribe(t, s, soap(target, pull(10)))
	for _, code := range []ews.Code{ews.ErrorReadEventsFailed, "ErrorExpiredSubscription"} {
		off := s.Inject(fault.Rule{Match: fault.Match{Op: ews.OpGetEvents}, Fault: fault.Fault{Message: &fault.Message{Code: code}}})
		o, _ := do(t, s, target, ews.GetEvents{ID: id, Watermark: mark})
		assert.Equal(t, 200, o.HTTP)
		assert.Equal(t, code, o.Code())
		off()
	}
	o, _ = do(t, s, target, ews.GetEvents{ID: id, Watermark: mark})
	assert.True(t, o.OK())
}

// A streaming subscription that nobody listens to is gone after half an hour, and not while somebody does.
func TestIdleStreamExpires(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, profile(t, "ideal"))
		id, _ := subscribe(t, s, soap(target, streaming()))
		listen := func() string {
			return string(soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 30}).send(t, s.Transport()).body)
		}
		time.Sleep(29 * time.Minute)
		assert.Contains(t, listen(), ">OK<", "in time")
		time.Sleep(29 * time.Minute)
		assert.Contains(t, listen(), ">OK<", "it counts from the end of the connection")
		time.Sleep(31 * time.Minute)
		assert.Contains(t, listen(), "ErrorSubscriptionNotFound")
	})
}

// A Subscribe holds exactly one kind of subscription (MS docs: Subscribe).
func TestOneKindOfSubscription(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	both := pull(10)
	both.Streaming = streaming().Streaming
	for _, b := range []ews.Subscribe{{}, both} {
		o, body := do(t, s, target, b)
		assert.Equal(t, ews.ErrorInvalidSubscriptionRequest, o.Code(), "%s", body)
	}
}
