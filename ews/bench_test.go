package ews

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// sampleID is as long as the ids of a real server.
var sampleID = ItemID{
	ID:        "AAMkAGRkNDk3ZWE0LTBiZTktNDNkYi1hYmY3LTc5NDE0ZTQ0MjQ2MgBGAAAAAADk" + strings.Repeat("AbCd0123", 10) + "AAA=",
	ChangeKey: "CQAAABYAAADfkf7MLFyFT4qJXGpuG6rLAAAAAAEL",
}

func sampleRequest(body Body) *Request {
	return &Request{
		Version:     Exchange2013_SP1,
		Impersonate: ConnectingSID{Kind: PrimarySmtpAddress, Value: "user000042@contoso.com"},
		Body:        body,
	}
}

func sampleGetFolder() *Request {
	return sampleRequest(GetFolder{Shape: ShapeDefault, Folders: []FolderID{{Distinguished: "inbox"}}})
}

func sampleGetItem(n int) *Request {
	g := GetItem{Shape: ShapeDefault}
	for range n {
		g.Items = append(g.Items, sampleID)
	}
	return sampleRequest(g)
}

var sampleVersion = ServerVersion{Major: 15, Minor: 2, MajorBuild: 986, MinorBuild: 26, Version: "V2017_07_11"}

func sampleItem() Item {
	return Item{
		ID:       sampleID,
		Parent:   FolderID{ID: sampleID.ID, ChangeKey: "AQAAAA=="},
		Subject:  "Quarterly figures & what they mean",
		Body:     strings.Repeat("The figures of the third quarter are in. ", 50),
		Received: time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC),
		Size:     4711,
		Sender:   EmailAddress{Name: "Ada Lovelace", Address: "ada@contoso.com"},
		From:     EmailAddress{Name: "Ada Lovelace", Address: "ada@contoso.com"},
		Read:     true,
	}
}

func sampleItems(n int) GetItemResponse {
	g := GetItemResponse{Shape: ShapeDefault}
	for range n {
		g.Messages = append(g.Messages, ItemMessage{Item: sampleItem()})
	}
	return g
}

func sampleFolders() GetFolderResponse {
	return GetFolderResponse{Shape: ShapeDefault, Messages: []FolderMessage{{Folder: Folder{
		ID: FolderID{ID: sampleID.ID, ChangeKey: "AQAAAA=="}, Class: "IPF.Note", DisplayName: "Inbox",
		TotalCount: 120, UnreadCount: 17, ChildFolderCount: 2,
	}}}}
}

func BenchmarkRequestAppend(b *testing.B) {
	for name, r := range map[string]*Request{"GetFolder": sampleGetFolder(), "GetItem": sampleGetItem(1), "GetItem10": sampleGetItem(10)} {
		b.Run(name, func(b *testing.B) {
			dst := r.Append(nil)
			b.SetBytes(int64(len(dst)))
			b.ReportAllocs()
			for b.Loop() {
				dst = r.Append(dst[:0])
			}
		})
	}
}

func BenchmarkParseRequest(b *testing.B) {
	for name, r := range map[string]*Request{"GetFolder": sampleGetFolder(), "GetItem": sampleGetItem(1), "GetItem10": sampleGetItem(10)} {
		b.Run(name, func(b *testing.B) {
			data := r.Append(nil)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseRequest(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAppendResponse(b *testing.B) {
	for name, r := range map[string]Response{"GetFolder": sampleFolders(), "GetItem": sampleItems(1), "GetItem10": sampleItems(10)} {
		b.Run(name, func(b *testing.B) {
			dst := AppendResponse(nil, sampleVersion, r)
			b.SetBytes(int64(len(dst)))
			b.ReportAllocs()
			for b.Loop() {
				dst = AppendResponse(dst[:0], sampleVersion, r)
			}
		})
	}
}

func BenchmarkClassify(b *testing.B) {
	h := http.Header{"Content-Type": {ContentType}}
	for name, r := range map[string]Response{"GetFolder": sampleFolders(), "GetItem": sampleItems(1), "GetItem10": sampleItems(10)} {
		b.Run(name, func(b *testing.B) {
			body := AppendResponse(nil, sampleVersion, r)
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if !Classify(http.StatusOK, h, body).OK() {
					b.Fatal("not ok")
				}
			}
		})
	}
	b.Run("fault", func(b *testing.B) {
		body := NewFault(ErrorServerBusy).Append(nil)
		b.ReportAllocs()
		for b.Loop() {
			Classify(http.StatusInternalServerError, h, body)
		}
	})
}

func BenchmarkItemIDs(b *testing.B) {
	body := AppendResponse(nil, sampleVersion, sampleItems(10))
	b.ReportAllocs()
	for b.Loop() {
		ItemIDs(body, 10)
	}
}

// The budgets hold on the hot paths of the mock server and of the runner, which
// pay them for every request.
func TestAllocations(t *testing.T) {
	h := http.Header{"Content-Type": {ContentType}}
	dst := make([]byte, 0, 64<<10)
	getFolder, getItem, batch := sampleGetFolder(), sampleGetItem(1), sampleGetItem(10)
	folders, items, ten := Response(sampleFolders()), Response(sampleItems(1)), Response(sampleItems(10))
	parse := func(r *Request) func() {
		data := r.Append(nil)
		return func() { _, _ = ParseRequest(data) }
	}
	classify := func(r Response) func() {
		body := AppendResponse(nil, sampleVersion, r)
		return func() { Classify(http.StatusOK, h, body) }
	}
	for _, c := range []struct {
		name   string
		budget float64
		run    func()
	}{
		{"append GetFolder", 0, func() { getFolder.Append(dst) }},
		{"append GetItem of ten", 0, func() { batch.Append(dst) }},
		{"parse GetFolder", 4, parse(getFolder)}, // copy, request, body, list
		{"parse GetItem", 4, parse(getItem)},
		{"parse GetItem of ten", 5, parse(batch)},
		{"answer GetFolder", 0, func() { AppendResponse(dst, sampleVersion, folders) }},
		{"answer GetItem", 0, func() { AppendResponse(dst, sampleVersion, items) }},
		{"answer GetItem of ten", 0, func() { AppendResponse(dst, sampleVersion, ten) }},
		{"classify GetFolder", 1, classify(folders)},
		{"classify GetItem of ten", 2, classify(ten)},
	} {
		assert.LessOrEqual(t, testing.AllocsPerRun(100, c.run), c.budget, c.name)
	}
}
