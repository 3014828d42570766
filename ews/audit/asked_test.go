package audit_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func asked(t *testing.T, body ews.Body) audit.Exchange {
	t.Helper()
	raw := (&ews.Request{Body: body}).Append(nil)
	request, err := ews.ParseRequest(raw)
	require.NoError(t, err)
	var e audit.Exchange
	e.Ask(request, raw)
	assert.Equal(t, body.Op(), e.Op)
	assert.Equal(t, ews.DefaultVersion, e.Version)
	return e
}

func TestAsk(t *testing.T) {
	t.Parallel()
	inbox, drafts := ews.FolderID{Distinguished: "inbox"}, ews.FolderID{Distinguished: "drafts"}
	id := ews.ItemID{ID: "x"}
	assert.Equal(t, 2, asked(t, ews.GetItem{Shape: ews.IDOnly(), Items: ews.Refs([]ews.ItemID{id, id})}).Items)
	assert.Equal(t, 1, asked(t, ews.ExportItems{Items: []ews.ItemID{id}}).Items)
	assert.Equal(t, 1, asked(t, ews.UploadItems{Items: []ews.UploadItem{{Action: "CreateNew", Folder: inbox, Data: []byte("x")}}}).Items)
	assert.Equal(t, 1, asked(t, ews.SendItem{Items: ews.Refs([]ews.ItemID{id})}).Items)
	create := asked(t, ews.CreateItem{Items: []ews.Object{{Kind: ews.KindMessage}}})
	assert.Equal(t, 1, create.Items)
	assert.NotZero(t, create.Text)
	hour := ews.WindowTime{Time: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	e := asked(t, ews.GetUserAvailability{
		Mailboxes: []ews.MailboxData{{Email: ews.AvailabilityAddress{Address: alfred}, AttendeeType: "Required"}},
		FreeBusy:  &ews.FreeBusyOptions{Window: ews.TimeWindow{Start: hour, End: ews.WindowTime{Time: hour.Add(time.Hour)}}},
	})
	assert.Equal(t, 1, e.Identities)
	assert.Equal(t, time.Hour, e.Window)

	sync := func(f ews.FolderID, state string) audit.Exchange {
		return asked(t, ews.SyncFolderItems{Shape: ews.IDOnly(), Folder: ews.TargetFolder{ID: f}, State: state, MaxChanges: 5})
	}
	assert.Equal(t, 5, sync(inbox, "").MaxChanges)
	assert.Zero(t, sync(inbox, "").State)
	assert.NotEqual(t, sync(inbox, "a").State, sync(inbox, "b").State)
	assert.NotEqual(t, sync(inbox, "a").Folder, sync(drafts, "a").Folder)

	find := func(f ews.FindItem) audit.Exchange {
		f.Shape, f.Folders = ews.IDOnly(), append(f.Folders, inbox)
		return asked(t, f)
	}
	page := func(offset int) audit.Exchange {
		return find(ews.FindItem{Page: &ews.IndexedView{Max: new(10), Offset: offset}})
	}
	assert.Equal(t, 120, page(120).Offset)
	assert.NotZero(t, page(7).Query)
	assert.Equal(t, page(7).Query, page(120).Query, "the same search")
	assert.NotEqual(t, page(7).Text, page(120).Text)
	assert.NotEqual(t, page(7).Query, find(ews.FindItem{Page: &ews.IndexedView{Max: new(9), Offset: 7}}).Query)
	assert.Zero(t, find(ews.FindItem{Page: &ews.IndexedView{Max: new(10)}, Folders: []ews.FolderID{drafts}}).Query, "two folders have no common offset")
	assert.Zero(t, find(ews.FindItem{Page: &ews.IndexedView{Max: new(10), BasePoint: ews.FromEnd}}).Query)
	assert.True(t, find(ews.FindItem{}).Unpaged)
	view := find(ews.FindItem{Calendar: &ews.CalendarView{Max: new(3), Start: hour.Time, End: hour.Add(time.Hour)}})
	assert.True(t, view.Calendar)
	assert.False(t, view.Unpaged)
	assert.Equal(t, 3, view.Page)

	subscription := ews.Subscription{All: true, Events: []ews.EventType{ews.NewMailEvent}, Watermark: "w", Timeout: 10}
	assert.NotZero(t, asked(t, ews.Subscribe{Pull: &subscription}).Mark)
	assert.Equal(t, []string{"a"}, asked(t, ews.GetEvents{ID: "a", Watermark: "w"}).Subscriptions)
	assert.Equal(t, []string{"a", "b"}, asked(t, ews.GetStreamingEvents{IDs: []string{"a", "b"}, Timeout: 1}).Subscriptions)
}

// What a server refuses is judged too, as far as it can be read.
func TestAskOfARefusedRequest(t *testing.T) {
	t.Parallel()
	raw := (&ews.Request{Version: "Exchange2019", Body: ews.SyncFolderItems{MaxChanges: 600}}).Append(nil)
	var e audit.Exchange
	e.Ask(nil, raw)
	assert.Equal(t, ews.OpSyncFolderItems, e.Op)
	assert.Equal(t, ews.Version("Exchange2019"), e.Version)
	assert.Equal(t, 600, e.MaxChanges)
	e = audit.Exchange{}
	e.Ask(nil, []byte("hello"))
	assert.Empty(t, e.Op)
}

func TestCarry(t *testing.T) {
	t.Parallel()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://mail.contoso.com/EWS/Exchange.asmx", http.NoBody)
	require.NoError(t, err)
	r.RemoteAddr = "192.0.2.7:50000"
	r.Header = http.Header{
		"User-Agent": {"archiver/2.1"}, "Content-Type": {"text/xml"}, "Return-Client-Request-Id": {"True"}, "Authorization": {"Basic eA=="},
		"X-Anchormailbox": {" alfred@contoso.com"}, "X-Publicfoldermailbox": {"x"}, "X-Preferserveraffinity": {"TRUE"},
		"X-Backendoverridecookie": {"x"}, "Client-Request-Id": {"17"}, "Cookie": {"a=b; X-BackEndOverrideCookie=x"},
	}
	var e audit.Exchange
	e.Carry(r)
	e.CarryRouting(r.Header)
	assert.NotZero(t, e.Connection)
	e.Connection = 0
	assert.Equal(t, audit.Exchange{
		UserAgent: "archiver/2.1", ContentType: "text/xml", IDWanted: true, Afar: true, InClear: true, Anchor: alfred, PublicFolder: true,
		Affinity: true, CookieAsHeader: true, CookieSent: true, RequestID: "17",
	}, e)
}
