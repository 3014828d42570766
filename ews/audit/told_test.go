package audit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

// A server that has its answer as a value and a proxy that has it as text see the same.
func TestTellAndTellTextAgree(t *testing.T) {
	t.Parallel()
	more := true
	items := []ews.Object{{Kind: ews.KindMessage}, {Kind: ews.KindMessage}}
	page := ews.FindItemMessage{Root: &ews.ItemPage{PageInfo: ews.PageInfo{Total: 9}, Items: &items}}
	grouped := ews.FindItemMessage{Root: &ews.ItemPage{PageInfo: ews.PageInfo{Last: true, Total: 2}, Groups: []ews.GroupedItems{{Index: "0", Items: items}}}}
	for _, answer := range []ews.Response{
		ews.SyncFolderItemsResponse{Messages: []ews.ItemSyncMessage{{State: "s2", Last: true, Changes: []ews.ItemChange{{Kind: ews.Delete, ID: ews.ItemID{ID: "a"}}}}}},
		ews.SyncFolderHierarchyResponse{Messages: []ews.FolderSyncMessage{{State: "s3"}}},
		ews.FindItemResponse{Messages: []ews.FindItemMessage{page}},
		ews.FindItemResponse{Messages: []ews.FindItemMessage{grouped}},
		ews.SubscribeResponse{Messages: []ews.SubscribeMessage{{ID: "id", Watermark: "w"}}},
		ews.GetEventsResponse{Messages: []ews.GetEventsMessage{{Notification: &ews.Notification{ID: "id", More: &more, Events: []ews.Event{{Type: ews.StatusEvent, Watermark: "w2"}}}}}},
		ews.GetFolderResponse{},
	} {
		server, proxy := audit.Exchange{Op: answer.Op()}, audit.Exchange{Op: answer.Op()}
		server.Tell(answer)
		proxy.TellText(ews.AppendResponse(nil, ews.ServerVersion{}, answer))
		assert.Equal(t, server, proxy, answer.Op())
		if answer.Op() != ews.OpGetFolder {
			assert.NotZero(t, server.Told, answer.Op())
		}
	}
	stream := audit.Exchange{Op: ews.OpGetStreamingEvents}
	stream.TellText(ews.AppendStreamed(nil, ews.ServerVersion{}, ews.GetStreamingEventsResponse{Messages: []ews.StreamingMessage{{
		Message: ews.NewMessage(ews.ErrorSubscriptionNotFound), ErrorIDs: []string{"a"}, Status: "Closed",
	}}}))
	assert.Equal(t, []string{"a"}, stream.Gone)
}
