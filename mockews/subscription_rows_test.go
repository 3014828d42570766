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
		{"Timeout, none", ofInbox, "CreatedEvent", "0", ews.ErrorSchemaValidation},
		{"Timeout, more than a day", ofInbox, "CreatedEvent", "1441", ews.ErrorSchemaValidation},
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
		o, body := do(t, s, target, ews.GetEvents{ID: id, Watermark: mark})
		assert.Equal(t, 200, o.HTTP)
		assert.Equal(t, code, o.Code())
		assert.Equal(t, noticeTexts[code], text(body, "MessageText"))
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

		topology := profile(t, "ideal")
		topology.Notifications.Idle = 5 * time.Minute
		s = newServer(t, topology)
		id, _ = subscribe(t, s, soap(target, streaming()))
		time.Sleep(6 * time.Minute)
		assert.Contains(t, listen(), "ErrorSubscriptionNotFound", "by the switch")
	})
}

// A Subscribe holds exactly one kind of subscription, with an event type at least: the schema says so.
func TestOneKindOfSubscription(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	both, silent := pull(10), pull(10)
	both.Streaming, silent.Pull.Events = streaming().Streaming, nil
	for _, b := range []ews.Subscribe{{}, both, silent} {
		o, body := do(t, s, target, b)
		assert.Equal(t, ews.ErrorSchemaValidation, o.Code(), "%s", body)
	}
}

// Each kind of event can be subscribed to (MS docs: EventType).
func TestEveryEventType(t *testing.T) {
	t.Parallel()
	s := speak(t)
	for _, event := range []string{
		"CopiedEvent", "CreatedEvent", "DeletedEvent", "ModifiedEvent", "MovedEvent", "NewMailEvent", "FreeBusyChangedEvent",
	} {
		s.hear(strings.Replace(strings.Replace(strings.Replace(pullOf, "%s", ofInbox, 1), "%s", event, 1), "%s", "10", 1))
	}
}

const pushTo = `<m:Subscribe><m:PushSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id="inbox"/></t:FolderIds>` +
	`<t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes>%s<t:URL>http://127.0.0.1:9/</t:URL>%s</m:PushSubscriptionRequest></m:Subscribe>`

// What Subscribe takes for push notifications, row by row (MS docs: PushSubscriptionRequest, StatusFrequency, CallerData).
func TestPushRows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		frequency, behind string
		want              ews.Code
	}{
		"StatusFrequency, the least":           {`<t:StatusFrequency>1</t:StatusFrequency>`, ``, ""},
		"StatusFrequency, the most":            {`<t:StatusFrequency>1440</t:StatusFrequency>`, ``, ""},
		"StatusFrequency, none":                {`<t:StatusFrequency>0</t:StatusFrequency>`, ``, ews.ErrorSchemaValidation},
		"StatusFrequency, more than a day":     {`<t:StatusFrequency>1441</t:StatusFrequency>`, ``, ews.ErrorSchemaValidation},
		"StatusFrequency, not said":            {``, ``, ""},
		"CallerData":                           {`<t:StatusFrequency>1</t:StatusFrequency>`, `<t:CallerData>mine</t:CallerData>`, ""},
		"Watermark, one that is none":          {`<t:Watermark>AAAA</t:Watermark><t:StatusFrequency>1</t:StatusFrequency>`, ``, ews.ErrorInvalidWatermark},
		"ConnectionTimeout, which is streams'": {`<t:ConnectionTimeout>1</t:ConnectionTimeout>`, ``, ews.ErrorSchemaValidation},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := speak(t)
			t.Cleanup(s.Reset) // ends the attempts to push
			a := s.say(strings.Replace(strings.Replace(pushTo, "%s", c.frequency, 1), "%s", c.behind, 1))
			assert.Equal(t, c.want, a.outcome().Code(), "%s", a.body)
		})
	}
}

// A subscription begins at the watermark that it is given: pull and push hear of what has happened since.
func TestSubscribeFromAWatermark(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	_, mark := subscribe(t, s, soap(target, pull(10)))
	write(t, s, target)
	from := pull(10)
	from.Pull.Watermark = mark
	id, begin := subscribe(t, s, soap(target, from))
	assert.Equal(t, mark, begin)
	_, body := do(t, s, target, ews.GetEvents{ID: id, Watermark: begin})
	assert.Contains(t, string(body), "<t:CreatedEvent>")
}

// Events are kept for 30 days, or as long as the profile says: a watermark from before is refused. Then a client subscribes without one,
// and finds what it has missed by a synchronisation (MS docs: Watermark; Handling notification-related errors in EWS in Exchange).
func TestOldWatermark(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, c := range []struct {
		name    string
		keep    time.Duration
		pass    time.Duration
		happens bool
		want    ews.Code
	}{
		{"29 days", 0, 29 * day, true, ""},
		{"31 days", 0, 31 * day, true, ews.ErrorInvalidWatermark},
		{"31 days in which nothing has happened", 0, 31 * day, false, ""},
		{"an hour, by the switch", time.Hour, 61 * time.Minute, true, ews.ErrorInvalidWatermark},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				topology := profile(t, "ideal")
				topology.Notifications.Keep = c.keep
				s := newServer(t, topology)
				_, body := do(t, s, target, ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: ews.TargetFolder{ID: inbox}, MaxChanges: 512})
				state, done := ews.SyncState(body)
				require.True(t, done)
				_, mark := subscribe(t, s, soap(target, pull(10)))
				if c.happens {
					write(t, s, target)
				}
				time.Sleep(c.pass)
				from := pull(10)
				from.Pull.Watermark = mark
				o, _ := do(t, s, target, from)
				assert.Equal(t, c.want, o.Code())

				subscribe(t, s, soap(target, pull(10)))
				_, body = do(t, s, target, ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: ews.TargetFolder{ID: inbox}, State: state, MaxChanges: 512})
				assert.Equal(t, c.happens, strings.Contains(string(body), "<t:Create>"), "a synchronisation state lives on")
			})
		})
	}
}
