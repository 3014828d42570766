package ews_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
)

// FuzzSkim holds what skims requests and answers to its word: it is total, and says nothing of what is no XML.
func FuzzSkim(f *testing.F) {
	sync := ews.Request{Impersonate: ews.ConnectingSID{Kind: ews.SID, Value: "S-1-5"}, Body: ews.SyncFolderItems{MaxChanges: 600}}
	f.Add(sync.Append(nil))
	f.Add(ews.AppendResponse(nil, ews.ServerVersion{}, ews.FindItemResponse{Messages: []ews.FindItemMessage{ews.Found()}}))
	f.Add(ews.AppendStreamed(nil, ews.ServerVersion{}, ews.GetStreamingEventsResponse{Messages: []ews.StreamingMessage{{
		ErrorIDs: []string{"a"}, Status: "Closed",
	}}}))
	f.Add([]byte("<html>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, a := ews.SkimRequest(data), ews.SkimAnswer(data)
		if len(r.Op)+len(r.Version)+len(r.Impersonate.Value) > len(data) || a.Shown > len(data) || len(a.ErrorIDs) > len(data) {
			t.Errorf("more than there is: %+v %+v", r, a)
		}
	})
}
