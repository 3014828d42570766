package ews_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
)

// What a request meant is told of one that a server refuses too.
func TestSkimRequest(t *testing.T) {
	t.Parallel()
	sid := ews.ConnectingSID{Kind: ews.SmtpAddress, Value: "alfred@contoso.com"}
	good := ews.Request{Impersonate: sid, Body: ews.GetFolder{Folders: []ews.FolderID{{Distinguished: "inbox"}}}}
	assert.Equal(t, ews.RequestSketch{Op: ews.OpGetFolder, Version: ews.DefaultVersion, Impersonate: sid}, ews.SkimRequest(good.Append(nil)))
	many := ews.Request{Version: "Exchange2019", Body: ews.SyncFolderItems{MaxChanges: 600}}
	raw := many.Append(nil)
	assert.Equal(t, ews.RequestSketch{Op: ews.OpSyncFolderItems, Version: "Exchange2019", MaxChanges: 600}, ews.SkimRequest(raw))
	assert.Equal(t, ews.Op("GetUserAvailability"), ews.SkimRequest((&ews.Request{Body: ews.GetUserAvailability{}}).Append(nil)).Op)
	for n := range raw {
		ews.SkimRequest(raw[:n]) // total
	}
	assert.Zero(t, ews.SkimRequest([]byte("hello")))
	assert.Zero(t, ews.SkimRequest(nil))
}

func TestSkimAnswer(t *testing.T) {
	t.Parallel()
	version := ews.ServerVersion{Major: 15}
	next, more := 7, true
	items := []ews.Object{{Kind: "Message"}, {Kind: "Message"}}
	for _, c := range []struct {
		name   string
		answer ews.Response
		want   ews.AnswerSketch
	}{
		{"synchronised items", ews.SyncFolderItemsResponse{Messages: []ews.ItemSyncMessage{{State: "s2", Last: true, Changes: []ews.ItemChange{
			{Kind: ews.Delete, ID: ews.ItemID{ID: "a"}}, {Kind: ews.Create, Item: items[0]},
		}}}}, ews.AnswerSketch{State: "s2", Last: true, Shown: 2}},
		{"synchronised folders", ews.SyncFolderHierarchyResponse{Messages: []ews.FolderSyncMessage{{State: "s3"}}}, ews.AnswerSketch{State: "s3"}},
		{"a page", ews.FindItemResponse{Messages: []ews.FindItemMessage{{Root: &ews.ItemPage{PageInfo: ews.PageInfo{Next: &next, Total: 9}, Items: &items}}}}, ews.AnswerSketch{Shown: 2, Offset: 7}},
		{"the last page", ews.FindItemResponse{Messages: []ews.FindItemMessage{ews.Found()}}, ews.AnswerSketch{Last: true}},
		{"a subscription", ews.SubscribeResponse{Messages: []ews.SubscribeMessage{{ID: "id", Watermark: "w"}}}, ews.AnswerSketch{ID: "id", Watermark: "w"}},
		{"events", ews.GetEventsResponse{Messages: []ews.GetEventsMessage{{Notification: &ews.Notification{ID: "id", More: &more, Events: []ews.Event{
			{Type: ews.StatusEvent, Watermark: "w1"}, {Type: ews.StatusEvent, Watermark: "w2"},
		}}}}}, ews.AnswerSketch{ID: "id", Watermark: "w2", More: true}},
		{"a stream's end", ews.GetStreamingEventsResponse{Messages: []ews.StreamingMessage{{
			Message: ews.NewMessage(ews.ErrorSubscriptionNotFound), ErrorIDs: []string{"x", "y"}, Status: "Closed",
		}}}, ews.AnswerSketch{Status: "Closed", ErrorIDs: []string{"x", "y"}}},
	} {
		raw := ews.AppendResponse(nil, version, c.answer)
		got := ews.SkimAnswer(raw)
		assert.Equal(t, c.want, got, c.name)
		for n := range raw {
			ews.SkimAnswer(raw[:n]) // total
		}
	}
	assert.Zero(t, ews.SkimAnswer([]byte("<html>")))
}
