package mockews_test

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// The header of a stream, on the wire (captures in jamesiarmes/php-ews #453 and CumberlandGroup/node-ews #48).
func TestStreamHeader(t *testing.T) {
	t.Parallel()
	s := speak(t)
	id, _ := subscribe(t, s.Server, soap(target, streaming()))
	request := string(soapOf(s, `<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>`+id+`</t:SubscriptionId></m:SubscriptionIds>`+
		`<m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>`))
	conn := dial(s)
	_, err := fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: mock\r\nAuthorization: Basic %s\r\nContent-Length: %d\r\n\r\n%s", mockews.Path,
		base64.StdEncoding.EncodeToString([]byte(bench+":ewsbench")), len(request), request)
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	defer func() { // the connection first: the stream would last for a minute
		_ = conn.Close()
		_ = answer.Body.Close()
	}()
	assert.Equal(t, "200 OK", answer.Status)
	assert.Equal(t, []string{"chunked"}, answer.TransferEncoding)
	for name, want := range map[string]string{"Content-Type": "text/xml; charset=utf-8", "Cache-Control": "private", "X-Nobuffering": "1"} {
		assert.Equal(t, []string{want}, answer.Header[name])
	}
}

// heard are the envelopes of a stream, by when they come: its status, or its events.
func heard(t *testing.T, s *mockews.Server, ids []string, minutes int) (all map[time.Duration]string, order []string) {
	t.Helper()
	begin := time.Now()
	envelopes, closed := openStream(t, s, soap(target, ews.GetStreamingEvents{IDs: ids, Timeout: minutes}))
	defer closed()
	all = map[time.Duration]string{}
	for e := range envelopes {
		what := text([]byte(e), "ConnectionStatus") + strings.Repeat("StatusEvent", strings.Count(e, "<t:StatusEvent/>"))
		all[time.Since(begin)] = what
		order = append(order, e)
	}
	return all, order
}

// A stream without news says that it is there: how often and how, the profile decides, since no source says it.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	const s = time.Second
	for _, c := range []struct {
		name string
		set  route.Notifications
		want map[time.Duration]string
	}{
		{"within 45 s, with a status", route.Notifications{}, map[time.Duration]string{0: "OK", 40 * s: "OK", 80 * s: "OK", 120 * s: "Closed"}},
		{"every 50 s", route.Notifications{Heartbeat: 50 * s}, map[time.Duration]string{0: "OK", 50 * s: "OK", 100 * s: "OK", 120 * s: "Closed"}},
		{
			"a status event for each subscription",
			route.Notifications{Heartbeat: 50 * s, Heartbeats: route.HeartbeatEvent},
			map[time.Duration]string{0: "OK", 50 * s: "StatusEventStatusEvent", 100 * s: "StatusEventStatusEvent", 120 * s: "Closed"},
		},
		{"none", route.Notifications{Heartbeats: route.HeartbeatNone}, map[time.Duration]string{0: "OK", 120 * s: "Closed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				topology := profile(t, "ideal")
				topology.Notifications = c.set
				server := newServer(t, topology)
				one, _ := subscribe(t, server, soap(target, streaming()))
				two, _ := subscribe(t, server, soap(target, streaming()))
				all, envelopes := heard(t, server, []string{one, two}, 2)
				assert.Equal(t, c.want, all)
				for _, e := range envelopes {
					assert.NotContains(t, e, "Watermark")
				}
			})
		})
	}
}

// A connection lasts from 1 to 30 minutes, as was asked for, and the subscription outlives it: what happens between two of them is
// told on the second (MS docs: ConnectionTimeout; Stream notifications).
func TestConnectionTimeout(t *testing.T) {
	t.Parallel()
	for _, minutes := range []int{1, 30} {
		synctest.Test(t, func(t *testing.T) {
			s := newServer(t, profile(t, "ideal"))
			id, _ := subscribe(t, s, soap(target, streaming()))
			all, _ := heard(t, s, []string{id}, minutes)
			assert.Equal(t, "Closed", all[time.Duration(minutes)*time.Minute])
			write(t, s, target)
			_, again := heard(t, s, []string{id}, 1)
			require.Len(t, again, 4)
			assert.Contains(t, again[1], "<t:CreatedEvent>")
		})
	}
	s := newServer(t, profile(t, "ideal"))
	id, _ := subscribe(t, s, soap(target, streaming()))
	for _, minutes := range []int{0, 31} {
		o, _ := do(t, s, target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: minutes})
		assert.Equal(t, ews.ErrorSchemaValidation, o.Code(), "%d minutes", minutes)
	}
}

// A connection serves 200 subscriptions and no more (MS docs: How to maintain affinity between a group of subscriptions and the Mailbox
// server, table 1). No source says which code the next one gets.
func TestMostIDsOfAConnection(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, profile(t, "ideal"))
		var ids []string
		for range 201 {
			id, _ := subscribe(t, s, soap(target, streaming()))
			ids = append(ids, id)
		}
		all, _ := heard(t, s, ids[:200], 1)
		assert.Equal(t, "OK", all[0])
		_, refused := heard(t, s, ids, 1)
		require.Len(t, refused, 1)
		assert.Contains(t, refused[0], "ErrorInvalidSubscriptionRequest")
		assert.Contains(t, refused[0], ">Closed<")
	})
}

// Bad switches are told by name.
func TestNotificationsAreChecked(t *testing.T) {
	t.Parallel()
	for key, n := range map[string]route.Notifications{
		"notifications.heartbeat":  {Heartbeat: time.Millisecond},
		"notifications.heartbeats": {Heartbeats: "often"},
		"notifications.idle":       {Idle: -1},
		"notifications.keep":       {Keep: -1},
	} {
		assert.ErrorContains(t, route.Topology{Notifications: n}.Validate(), key)
	}
}
