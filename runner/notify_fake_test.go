package runner

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// station is a target in the process that tells of mail on streams. Times are exact
// in a bubble.
type station struct {
	takes  time.Duration                            // of a CreateItem
	delay  func(anchor, box string) time.Duration   // from the mail to an event; nil: none
	early  bool                                     // events come before the answer to the mail
	site   func(box string) string                  // what Autodiscover has as its grouping; nil: all are in one site
	guide  func(users []string) *http.Response      // another answer of Autodiscover; nil, or nil of it: that of site
	place  func(box string) string                  // server that a mailbox's answers come from; nil: they name none
	refuse func(anchor, box string, n int) ews.Code // the nth Subscribe for a mailbox in an arm; nil: none
	gone   func(anchor string, n int) []string      // ids that the nth stream of an anchor does not know; nil: none
	say    func(s *stream, n int)                   // what else the nth stream does once it is open; nil: nothing
	mail   func(n int) ews.Code                     // what the nth mail fails with; nil: nothing

	mu      sync.Mutex
	seen    []seen
	subs    map[string]sub // by id
	asked   map[[2]string]int
	opened  map[string]int
	streams []*stream
	mails   int
	deleted []string
}

// sub is a subscription, and what anchor it was made with.
type sub struct{ box, anchor string }

// stream is an open connection.
type stream struct {
	*station
	anchor string
	ids    []string
	out    *io.PipeWriter
}

func newStation() *station {
	return &station{takes: time.Millisecond, subs: map[string]sub{}, asked: map[[2]string]int{}, opened: map[string]int{}}
}

// RoundTrip implements http.RoundTripper.
func (f *station) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if r.URL.Path == autodiscover.PathSOAP {
		return f.discover(r, body)
	}
	request, err := ews.ParseRequest(body)
	if err != nil {
		return nil, err
	}
	anchor, box := r.Header.Get(ews.HeaderAnchorMailbox), request.Impersonate.Value
	f.mu.Lock()
	f.seen = append(f.seen, seen{r.Header.Clone(), string(body), time.Now()})
	f.mu.Unlock()
	switch b := request.Body.(type) {
	case ews.GetFolder:
		answer := soap(http.StatusOK, folderAnswer())
		if f.place != nil {
			answer.Header.Set(ews.HeaderCalculatedBETarget, f.place(box))
		}
		return answer, nil
	case ews.Subscribe:
		return f.subscribe(anchor, box), nil
	case ews.GetStreamingEvents:
		return f.stream(r, anchor, b.IDs), nil
	case ews.CreateItem:
		return f.post(box), nil
	case ews.DeleteItem:
		return f.remove(b), nil
	case ews.Unsubscribe:
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.subs, b.ID)
		return answered(ews.UnsubscribeResponse{Messages: []ews.PlainMessage{{}}}), nil
	}
	return nil, fmt.Errorf("station: %T", request.Body)
}

// discover answers a request for settings.
func (f *station) discover(r *http.Request, body []byte) (*http.Response, error) {
	f.mu.Lock()
	f.seen = append(f.seen, seen{r.Header.Clone(), string(body), time.Now()})
	f.mu.Unlock()
	q, err := autodiscover.ParseRequest(body)
	if err != nil {
		return nil, err
	}
	if f.guide != nil {
		if answer := f.guide(q.Users); answer != nil {
			return answer, nil
		}
	}
	users := make([]autodiscover.UserResponse, len(q.Users))
	for i, box := range q.Users {
		site := "EAST"
		if f.site != nil {
			site = f.site(box)
		}
		users[i] = placed(site, "https://"+r.URL.Host+"/EWS/Exchange.asmx")
	}
	return settings(autodiscover.NoError, users...), nil
}

// placed is what Autodiscover says of a mailbox; a value of "" is not available.
func placed(grouping, url string) autodiscover.UserResponse {
	u := autodiscover.UserResponse{Code: autodiscover.NoError}
	for _, s := range []autodiscover.Setting{
		autodiscover.StringSetting(autodiscover.ExternalEWSURL, url), autodiscover.StringSetting(autodiscover.GroupingInformation, grouping),
	} {
		if s.Value == "" {
			u.Errors = append(u.Errors, autodiscover.SettingError{Code: autodiscover.SettingIsNotAvailable, Name: s.Name})
			continue
		}
		u.Settings = append(u.Settings, s)
	}
	return u
}

// settings is an answer of Autodiscover.
func settings(code autodiscover.Code, users ...autodiscover.UserResponse) *http.Response {
	answer := autodiscover.Response{Code: code, Users: users}
	return soap(http.StatusOK, answer.Append(nil, serverVersion))
}

func answered(r ews.Response) *http.Response {
	return soap(http.StatusOK, ews.AppendResponse(nil, serverVersion, r))
}

func (f *station) subscribe(anchor, box string) *http.Response {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := [2]string{anchor, box}
	n := f.asked[key]
	f.asked[key]++
	if f.refuse != nil {
		if code := f.refuse(anchor, box, n); code != "" {
			return soap(http.StatusInternalServerError, ews.NewFault(code).Append(nil))
		}
	}
	id := fmt.Sprintf("%s|%s|%d", anchor, box, n)
	f.subs[id] = sub{box, anchor}
	answer := answered(ews.SubscribeResponse{Messages: []ews.SubscribeMessage{{ID: id}}})
	answer.Header.Add("Set-Cookie", ews.CookieBackEndOverride+"=of-"+strings.ReplaceAll(anchor, "@", "."))
	return answer
}

// stream answers GetStreamingEvents.
func (f *station) stream(r *http.Request, anchor string, ids []string) *http.Response {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.opened[anchor]
	f.opened[anchor]++
	reader, writer := io.Pipe()
	s := &stream{f, anchor, ids, writer}
	first := ews.StreamingMessage{Status: "OK"}
	if f.gone != nil {
		if bad := f.gone(anchor, n); len(bad) > 0 {
			first = ews.StreamingMessage{Message: ews.NewMessage(ews.ErrorSubscriptionNotFound), ErrorIDs: bad, Status: "Closed"}
		}
	}
	stop := make(chan struct{})
	go func() {
		<-r.Context().Done()
		_ = writer.CloseWithError(r.Context().Err())
		close(stop)
	}()
	go func() {
		s.send(first)
		if first.Status == "Closed" {
			_ = writer.Close()
			return
		}
		f.mu.Lock()
		f.streams = append(f.streams, s)
		f.mu.Unlock()
		if f.say != nil {
			f.say(s, n)
		}
	}()
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {ews.ContentType}}, Body: reader, ContentLength: -1}
}

// send writes one envelope.
func (s *stream) send(m ews.StreamingMessage) {
	_, _ = s.out.Write(ews.AppendStreamed(nil, serverVersion, ews.GetStreamingEventsResponse{Messages: []ews.StreamingMessage{m}}))
}

// end closes the connection.
func (s *stream) end() { _ = s.out.Close() }

func (f *station) post(box string) *http.Response {
	f.mu.Lock()
	n := f.mails
	f.mails++
	fails := f.mail
	f.mu.Unlock()
	time.Sleep(f.takes)
	if fails != nil {
		if code := fails(n); code != "" {
			return soap(http.StatusInternalServerError, ews.NewFault(code).Append(nil))
		}
	}
	id := fmt.Sprintf("item-%d", n)
	f.tell(box, id)
	if f.early {
		time.Sleep(10 * time.Millisecond)
	}
	made := ews.Object{Kind: ews.KindMessage}
	made.Set(ews.Path{URI: "item:ItemId"}, ews.ItemID{ID: id, ChangeKey: "CQ=="})
	return answered(ews.CreateItemResponse{Messages: []ews.ItemsMessage{{Items: []ews.Object{made}}}})
}

// tell has every stream that serves a subscription to the mailbox say that an item has come.
func (f *station) tell(box, id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.streams {
		for _, subscription := range s.ids {
			if f.subs[subscription].box != box {
				continue
			}
			event := ews.StreamingMessage{Notifications: []ews.Notification{{ID: subscription, Events: []ews.Event{
				{Type: ews.CreatedEvent, Item: &ews.ItemID{ID: id}}, {Type: ews.NewMailEvent, Item: &ews.ItemID{ID: id}},
			}}}}
			wait := time.Duration(0)
			if f.delay != nil {
				wait = f.delay(s.anchor, box)
			}
			time.AfterFunc(wait, func() { s.send(event) })
		}
	}
}

func (f *station) remove(b ews.DeleteItem) *http.Response {
	f.mu.Lock()
	defer f.mu.Unlock()
	answer := ews.DeleteItemResponse{}
	for _, item := range b.Items {
		f.deleted = append(f.deleted, item.ID)
		answer.Messages = append(answer.Messages, ews.PlainMessage{})
	}
	return answered(answer)
}

// headersOf are the headers of the requests for an operation, in order.
func (f *station) headersOf(op ews.Op) (all []seen) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.seen), func(s seen) bool {
		return !strings.Contains(s.body, "<m:"+string(op)+">") && !strings.Contains(s.body, "<m:"+string(op)+" ") && !strings.Contains(s.body, "/"+string(op)+"</wsa:Action>")
	})
}

// watching is an experiment with notifications, of three arms on one station.
func watching(t *testing.T, f *station, boxes int, n Notify) Experiment {
	t.Helper()
	s := scenarios.Scenario{Schema: 1, Name: "test", Mailboxes: boxes, Notify: &scenarios.Notify{}}
	plan, err := s.Plan(1, scenarios.Users(boxes, "contoso.com"))
	require.NoError(t, err)
	arms := []Arm{arm("anchored", scenarios.AnchorCorrect, f), arm("unanchored", scenarios.AnchorMissing, f), arm("wrong", scenarios.AnchorWrong, f)}
	for i := range arms {
		arms[i].Affinity = true
	}
	return Experiment{Plan: plan, Arms: arms, Schedule: Constant(30), Duration: 6 * time.Second, Timeout: 10 * time.Second, Seed: 1, Notify: &n}
}

// told are the samples of an operation in an arm.
func told(samples []results.Sample, arm string, op ews.Op) (all []results.Sample) {
	for _, s := range samples {
		if s.Arm == arm && s.Op == string(op) {
			all = append(all, s)
		}
	}
	return all
}

// codes counts samples by code.
func codes(samples []results.Sample) map[string]int {
	counts := map[string]int{}
	for _, s := range samples {
		counts[s.Code]++
	}
	return counts
}
