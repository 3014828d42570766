package mockews_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/notify"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// text is what an element of an answer holds, "" if there is none.
func text(body []byte, element string) string {
	m := regexp.MustCompile(`<[mt]:` + element + `>([^<]*)<`).FindSubmatch(body)
	if m == nil {
		return ""
	}
	return string(m[1])
}

var allEvents = []ews.EventType{
	ews.CopiedEvent, ews.CreatedEvent, ews.DeletedEvent, ews.ModifiedEvent, ews.MovedEvent, ews.NewMailEvent, ews.FreeBusyChangedEvent,
}

func pull(minutes int) ews.Subscribe {
	return ews.Subscribe{Pull: &ews.Subscription{Folders: []ews.FolderID{inbox}, Events: allEvents, Timeout: minutes}}
}

func streaming() ews.Subscribe {
	return ews.Subscribe{Streaming: &ews.Subscription{Folders: []ews.FolderID{inbox}, Events: allEvents}}
}

// subscribe makes a subscription and returns its id and its watermark.
func subscribe(t testing.TB, s *mockews.Server, p probe) (id, mark string) {
	t.Helper()
	a := p.send(t, s.Transport())
	require.True(t, a.outcome().OK(), "%s", a.body)
	return text(a.body, "SubscriptionId"), text(a.body, "Watermark")
}

// write puts a message into somebody's inbox.
func write(t testing.TB, s *mockews.Server, user string) {
	t.Helper()
	m := ews.Object{Kind: ews.KindMessage}
	m.Set(ews.Path{URI: "item:Subject"}, "news")
	o, body := do(t, s, user, ews.CreateItem{Disposition: ews.SaveOnly, Folder: &ews.TargetFolder{ID: inbox}, Items: []ews.Object{m}})
	require.True(t, o.OK(), "%s", body)
}

// Pull subscriptions: facts on GetEvents, row by row.
func TestPullSubscription(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, profile(t, "ideal"))
		id, mark := subscribe(t, s, soap(target, pull(10)))
		get := func(id, mark string) (ews.Outcome, []byte) {
			return do(t, s, target, ews.GetEvents{ID: id, Watermark: mark})
		}

		o, body := get(id, mark)
		require.True(t, o.OK())
		assert.Contains(t, string(body), "<t:StatusEvent><t:Watermark>", "nothing has happened")
		assert.Equal(t, "false", text(body, "MoreEvents"))

		write(t, s, target)
		_, body = get(id, mark)
		assert.Contains(t, string(body), "<t:CreatedEvent><t:Watermark>")
		assert.Equal(t, mark, text(body, "PreviousWatermark"))
		later := text(body, "Watermark")
		_, body = get(id, later)
		assert.Contains(t, string(body), "StatusEvent", "from the last watermark on there is nothing")
		_, body = get(id, mark)
		assert.Contains(t, string(body), "CreatedEvent", "an earlier watermark plays the events again")

		for range 60 {
			write(t, s, target)
		}
		_, body = get(id, later)
		assert.Equal(t, 50, strings.Count(string(body), "<t:CreatedEvent>"), "at most fifty events at once")
		assert.Equal(t, "true", text(body, "MoreEvents"))

		time.Sleep(9 * time.Minute)
		o, _ = get(id, later)
		assert.True(t, o.OK(), "each call lets it live on")
		time.Sleep(11 * time.Minute)
		o, _ = get(id, later)
		assert.Equal(t, ews.ErrorSubscriptionNotFound, o.Code(), "unknown, expired, unsubscribed: expired")
	})
}

// noticeTexts are what servers say beside the codes (MS docs: ResponseCode; texts as ews-managed-api has them). No answer: nothing.
var noticeTexts = map[ews.Code]string{
	ews.ErrorSubscriptionNotFound:       "The specified subscription was not found.",
	ews.ErrorSubscriptionAccessDenied:   "Access is denied. Only the subscription owner may access the subscription.",
	ews.ErrorInvalidPullSubscriptionID:  "SubscriptionId is invalid. Subscription is not a pull subscription.",
	ews.ErrorInvalidWatermark:           "The watermark is invalid.",
	ews.ErrorReadEventsFailed:           "Unable to retrieve events for this subscription.  The subscription must be recreated.",
	"ErrorExpiredSubscription":          "Subscription information is not available. Subscription is expired.",
	ews.ErrorMissedNotificationEvents:   "The subscription has missed events, but will continue service on this connection.",
	ews.ErrorInvalidSubscriptionRequest: "A subscription can only be established on a single public folder or on folders from a single mailbox.",
	ews.ErrorInvalidPushSubscriptionURL: "URL specified for push subscription is invalid.",

	ews.ErrorNewEventStreamConnectionOpened: "Another connection was opened against this subscription.",
	ews.ErrorSubscriptionUnsubscribed:       "The StreamingSubscription was unsubscribed while the current connection was servicing it.",
}

// What is wrong with a request about subscriptions, each with its code and its text.
func TestSubscriptionErrors(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	id, mark := subscribe(t, s, soap(target, pull(10)))
	stream, _ := subscribe(t, s, soap(target, streaming()))
	other, otherMark := subscribe(t, s, soap(frank, pull(10)))
	foreign := base64.StdEncoding.EncodeToString(append(append([]byte{1, 0, 0, 0}, make([]byte, 24)...), 1))
	theirs := ews.FolderID{Distinguished: "inbox", Mailbox: frank}
	future, err := base64.StdEncoding.DecodeString(mark)
	require.NoError(t, err)
	future[24] = 1 // of the counter
	for _, c := range []struct {
		name string
		by   string
		body ews.Body
		want ews.Code
	}{
		{"unknown", bench, ews.GetEvents{ID: "x", Watermark: mark}, ews.ErrorSubscriptionNotFound},
		{"other caller", "svc-scoped@contoso.com", ews.GetEvents{ID: id, Watermark: mark}, ews.ErrorSubscriptionAccessDenied},
		{"streaming id used with GetEvents", bench, ews.GetEvents{ID: stream, Watermark: mark}, ews.ErrorInvalidPullSubscriptionID},
		{"bad watermark", bench, ews.GetEvents{ID: id, Watermark: "AAAA"}, ews.ErrorInvalidWatermark},
		{"watermark of another database", bench, ews.GetEvents{ID: id, Watermark: foreign}, ews.ErrorInvalidWatermark},
		{"watermark of Exchange 2007, which is shorter", bench, ews.GetEvents{ID: id, Watermark: base64.StdEncoding.EncodeToString(append(make([]byte, 12), 1))}, ews.ErrorInvalidWatermark},
		{"watermark of what is still to come", bench, ews.GetEvents{ID: id, Watermark: base64.StdEncoding.EncodeToString(future)}, ews.ErrorInvalidWatermark},
		{"begin with such a watermark", bench, ews.Subscribe{Pull: &ews.Subscription{Folders: []ews.FolderID{inbox}, Events: allEvents, Timeout: 1, Watermark: foreign}}, ews.ErrorInvalidWatermark},
		{"more than one mailbox", bench, ews.Subscribe{Streaming: &ews.Subscription{Folders: []ews.FolderID{inbox, theirs}, Events: allEvents}}, ews.ErrorInvalidSubscriptionRequest},
		{"no folder", bench, ews.Subscribe{Streaming: &ews.Subscription{Events: allEvents}}, ews.ErrorInvalidSubscriptionRequest},
		{"URL without http", bench, push("ftp://127.0.0.1/"), ews.ErrorInvalidPushSubscriptionURL},
		{"URL too long", bench, push("http://127.0.0.1/" + strings.Repeat("x", 2083)), ews.ErrorInvalidPushSubscriptionURL},
		{"URL beyond this machine", bench, push("http://192.0.2.1/"), ews.ErrorInvalidPushSubscriptionURL},
		{"unsubscribe", bench, ews.Unsubscribe{ID: other}, ""},
		{"unsubscribe again", bench, ews.Unsubscribe{ID: other}, ews.ErrorSubscriptionNotFound},
	} {
		p := soap(target, c.body)
		p.user = c.by
		a := p.send(t, s.Transport())
		assert.Equal(t, 200, a.outcome().HTTP, c.name)
		assert.Equal(t, c.want, a.outcome().Code(), c.name)
		assert.Equal(t, noticeTexts[c.want], text(a.body, "MessageText"), c.name)
	}
	assert.NotEmpty(t, otherMark)
	server := s.Journal()[0].Final
	assert.True(t, strings.HasPrefix(notify.Server(id), strings.ToLower(server)), "an id names its server: %s", notify.Server(id))
}

func push(url string) ews.Subscribe {
	return ews.Subscribe{Push: &ews.Subscription{Folders: []ews.FolderID{inbox}, Events: allEvents, Frequency: new(1), URL: url}}
}

// stream opens a connection and yields its envelopes as they come.
func openStream(t *testing.T, s *mockews.Server, p probe) (envelopes <-chan string, closed func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, p.method, p.url, strings.NewReader(string(p.body)))
	require.NoError(t, err)
	r.Header = p.header.Clone()
	r.SetBasicAuth(p.user, p.password)
	answer, err := s.Transport().RoundTrip(r)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	assert.Equal(t, "1", answer.Header.Get("X-NoBuffering"))
	all := make(chan string, 100)
	go func() {
		defer close(all)
		defer func() { _ = answer.Body.Close() }()
		in := bufio.NewReader(answer.Body)
		for buffer := ""; ; {
			b, err := in.ReadByte()
			if err != nil {
				return
			}
			if buffer += string(b); strings.HasSuffix(buffer, "</Envelope>") {
				all <- buffer
				buffer = ""
			}
		}
	}()
	return all, cancel
}

// GetStreamingEvents: the first envelope at once, then what happens, heartbeats, and the end.
func TestStream(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, profile(t, "ideal"))
		id, mark := subscribe(t, s, soap(target, streaming()))
		assert.Empty(t, mark, "a streaming subscription has no watermark")
		envelopes, closed := openStream(t, s, soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1}))
		defer closed()
		first := <-envelopes
		assert.True(t, strings.HasPrefix(first, `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><soap11:Header `), first)
		assert.Contains(t, first, "<m:ConnectionStatus>OK</m:ConnectionStatus>")
		assert.NotContains(t, first, "<?xml")
		assert.NotContains(t, first, "Notification>")

		write(t, s, target)
		news := <-envelopes
		assert.Contains(t, news, "<m:Notifications><m:Notification><t:SubscriptionId>"+id+"</t:SubscriptionId><t:CreatedEvent><t:TimeStamp>")
		assert.NotContains(t, news, "Watermark")
		assert.NotContains(t, news, "ConnectionStatus", "notifications and a status do not come together")

		begin := time.Now()
		assert.Contains(t, <-envelopes, "<m:ConnectionStatus>OK<")
		assert.LessOrEqual(t, time.Since(begin), 45*time.Second, "a heartbeat")
		assert.Contains(t, <-envelopes, "<m:ConnectionStatus>Closed</m:ConnectionStatus>")
		_, open := <-envelopes
		assert.False(t, open)
		assert.Equal(t, time.Minute, time.Since(begin).Round(time.Second))

		again, end := openStream(t, s, soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1}))
		assert.Contains(t, <-again, ">OK<", "the subscription outlives the connection")
		second, last := openStream(t, s, soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1}))
		defer last()
		assert.Contains(t, <-second, ">OK<")
		taken := <-again
		assert.Contains(t, taken, "ErrorNewEventStreamConnectionOpened")
		assert.Contains(t, taken, ">Closed<", "whoever reads OK beside an error goes on for ever")
		assert.Equal(t, noticeTexts[ews.ErrorNewEventStreamConnectionOpened], text([]byte(taken), "MessageText"))
		end()
		o, _ := do(t, s, target, ews.Unsubscribe{ID: id})
		require.True(t, o.OK())
		gone := <-second
		assert.Contains(t, gone, "ErrorSubscriptionUnsubscribed")
		assert.Equal(t, noticeTexts[ews.ErrorSubscriptionUnsubscribed], text([]byte(gone), "MessageText"))
		assert.Contains(t, gone, "<m:ErrorSubscriptionIds><m:SubscriptionId>"+id)
		assert.Contains(t, gone, ">Closed<")
	})
}

// With a bad id nothing flows for the good ones either, and the connection says so and ends.
func TestStreamOfBadIDs(t *testing.T) {
	t.Parallel()
	s := newServer(t, profile(t, "ideal"))
	id, _ := subscribe(t, s, soap(target, streaming()))
	a := soap(target, ews.GetStreamingEvents{IDs: []string{id, "bad"}, Timeout: 1}).send(t, s.Transport())
	body := string(a.body)
	assert.Contains(t, body, `ResponseClass="Error"`)
	assert.Contains(t, body, "<m:ErrorSubscriptionIds><m:SubscriptionId>bad</m:SubscriptionId></m:ErrorSubscriptionIds><m:ConnectionStatus>Closed<")
	assert.NotContains(t, body, id)
	o := soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 31}).send(t, s.Transport()).outcome()
	assert.Equal(t, ews.ErrorSchemaValidation, o.Code())
}

// A group is kept together by its anchor and the cookie; whoever asks elsewhere finds no subscription there.
func TestGroupOfSubscriptions(t *testing.T) {
	t.Parallel()
	topology := profile(t, "onprem-1site")
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, topology)
		anchor, member := apart(t, s)
		first := soap(anchor, streaming()).with("X-Preferserveraffinity", "true").send(t, s.Transport())
		require.True(t, first.outcome().OK())
		cookie := ""
		for _, c := range first.Cookies() {
			if c.Name == ews.CookieBackEndOverride {
				cookie = c.Name + "=" + c.Value
			}
		}
		require.NotEmpty(t, cookie)
		grouped := func(user string, body ews.Body) probe {
			return soap(user, body).with("X-Anchormailbox", anchor).with("X-Preferserveraffinity", "true").with("Cookie", cookie)
		}
		id, _ := subscribe(t, s, grouped(member, streaming()))
		assert.Equal(t, notify.Server(text(first.body, "SubscriptionId")), notify.Server(id), "the group is on one server")

		alone := soap(member, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1}).send(t, s.Transport())
		assert.Contains(t, string(alone.body), "ErrorSubscriptionNotFound", "without the group's headers the call goes to the mailbox's own server")
		envelopes, closed := openStream(t, s, grouped(anchor, ews.GetStreamingEvents{IDs: []string{id, text(first.body, "SubscriptionId")}, Timeout: 30}))
		defer closed()
		assert.Contains(t, <-envelopes, ">OK<")
		write(t, s, member)
		assert.Contains(t, <-envelopes, "CreatedEvent")

		require.NoError(t, s.SetBackEnd(hostOf(id), false))
		assert.Contains(t, <-envelopes, "ErrorSubscriptionNotFound", "what a server has in memory goes with it")
	})
}

// apart are two users of one site whose mailboxes are on different servers.
func apart(t *testing.T, s *mockews.Server) (a, b string) {
	t.Helper()
	org := s.Organisation()
	home, ok := org.Home(1)
	require.True(t, ok)
	for p := route.Principal(2); p < 100; p++ {
		if other, _ := org.Home(p); other != home {
			return org.Address(1), org.Address(p)
		}
	}
	require.FailNow(t, "all mailboxes are on one server")
	return "", ""
}

// hostOf is the short name of the server that an id names.
func hostOf(id string) string {
	host, _, _ := strings.Cut(notify.Server(id), ".")
	return strings.ToUpper(host)
}

// After a fail-over the subscription goes on, and says that it has missed events.
func TestMissedEvents(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, profile(t, "onprem-1site"))
		id, _ := subscribe(t, s, soap(target, streaming()))
		p := soap(target, ews.GetStreamingEvents{IDs: []string{id}, Timeout: 1})
		envelopes, closed := openStream(t, s, p)
		defer closed()
		<-envelopes
		user, _ := s.Organisation().Find(target)
		database, _ := s.Organisation().DatabaseOf(user)
		require.NoError(t, s.MoveDatabase(database.Name, otherThan(s, database.BackEnd)))
		missed := <-envelopes
		assert.Contains(t, missed, "ErrorMissedNotificationEvents")
		assert.Equal(t, noticeTexts[ews.ErrorMissedNotificationEvents], text([]byte(missed), "MessageText"))
		assert.Contains(t, missed, ">OK<", "it goes on")
		write(t, s, target)
		assert.Contains(t, <-envelopes, "CreatedEvent")
	})
}

func otherThan(s *mockews.Server, backEnd string) string {
	for i := range s.Organisation().BackEnds() {
		if h := s.Organisation().BackEnd(i); h.Name != backEnd {
			return h.Name
		}
	}
	return ""
}

// Push: the server posts to a listener, which can end it.
func TestPush(t *testing.T) {
	t.Parallel()
	got := make(chan string, 10)
	status := make(chan string, 10)
	listener := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- string(body)
		_, _ = io.WriteString(w, `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><SendNotificationResult `+
			`xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"><SubscriptionStatus>`+<-status+
			`</SubscriptionStatus></SendNotificationResult></s:Body></s:Envelope>`)
	}))
	defer listener.Close()
	s := newServer(t, profile(t, "ideal"))
	status <- "OK"
	id, mark := subscribe(t, s, soap(target, push(listener.URL)))
	assert.NotEmpty(t, mark)
	hello := <-got
	assert.Contains(t, hello, `<soap11:Envelope xmlns:soap11="http://schemas.xmlsoap.org/soap/envelope/" `)
	assert.Contains(t, hello, "<m:SendNotificationResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError</m:ResponseCode><m:Notification>")
	assert.Contains(t, hello, "<t:PreviousWatermark>"+mark+"</t:PreviousWatermark><t:MoreEvents>false</t:MoreEvents><t:StatusEvent><t:Watermark>"+mark+"<")
	assert.Contains(t, hello, "<t:StatusEvent>")
	assert.Contains(t, hello, `<t:RequestServerVersion Version="Exchange2013"`, "a listener is told the version")
	assert.Contains(t, hello, "<t:SubscriptionId>"+id)
	o, _ := do(t, s, target, ews.Unsubscribe{ID: id})
	assert.Equal(t, ews.ErrorInvalidPullSubscriptionID, o.Code(), "for pull and streaming only")
	status <- "Unsubscribe"
	write(t, s, target)
	assert.Contains(t, <-got, "<t:CreatedEvent>")
	assert.Eventually(t, func() bool {
		o, _ := do(t, s, target, ews.GetEvents{ID: id, Watermark: mark})
		return o.Code() == ews.ErrorSubscriptionNotFound
	}, 10*time.Second, time.Millisecond, "the listener has ended it")
}
