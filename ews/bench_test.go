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
	return sampleRequest(GetFolder{Shape: FolderShape{Base: ShapeDefault}, Folders: []FolderID{{Distinguished: "inbox"}}})
}

func sampleGetItem(n int) *Request {
	g := GetItem{Shape: ItemShape{Base: ShapeDefault}}
	for range n {
		g.Items = append(g.Items, sampleID.Ref())
	}
	return sampleRequest(g)
}

var sampleVersion = ServerVersion{Major: 15, Minor: 2, MajorBuild: 986, MinorBuild: 26, Version: "V2017_07_11"}

func sampleItem() Object {
	ada := Recipient{Mailbox{Name: "Ada Lovelace", Address: "ada@contoso.com", RoutingType: "SMTP"}}
	o := Object{Kind: KindMessage}
	for uri, v := range map[string]any{
		"item:ItemId": sampleID, "item:Subject": "Quarterly figures & what they mean", "item:Size": 4711,
		"item:Body":         BodyContent{BodyType: BodyText, Text: strings.Repeat("The figures of the third quarter are in. ", 50)},
		"item:Sensitivity":  Sensitivity("Normal"),
		"item:DateTimeSent": time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC), "message:Sender": ada, "message:From": ada, "message:IsRead": true,
	} {
		o.Set(Path{URI: uri}, v)
	}
	return o
}

func sampleItems(n int) GetItemResponse {
	var g GetItemResponse
	for range n {
		g.Messages = append(g.Messages, ItemsMessage{Items: []Object{sampleItem()}})
	}
	return g
}

func sampleFolder(kind Kind) Object {
	o := Object{Kind: kind}
	for uri, v := range map[string]any{
		"folder:FolderId": FolderID{ID: sampleID.ID, ChangeKey: "AQAAAA=="}, "folder:DisplayName": "Inbox", "folder:TotalCount": 120,
		"folder:ChildFolderCount": 2, "folder:UnreadCount": 17, "folder:ParentFolderId": FolderID{ID: "AAMkRoot"},
	} {
		o.Set(Path{URI: uri}, v)
	}
	return o
}

func sampleFolders() GetFolderResponse {
	return GetFolderResponse{Messages: []FoldersMessage{{Folders: []Object{sampleFolder(KindFolder)}}}}
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
		{"append GetFolder", 1, func() { getFolder.Append(dst) }},
		{"append GetItem of ten", 1, func() { batch.Append(dst) }},
		{"parse GetFolder", 5, parse(getFolder)},
		{"parse GetItem", 5, parse(getItem)},
		{"parse GetItem of ten", 6, parse(batch)},
		{"answer GetFolder", 1, func() { AppendResponse(dst, sampleVersion, folders) }},
		{"answer GetItem", 1, func() { AppendResponse(dst, sampleVersion, items) }},
		{"answer GetItem of ten", 1, func() { AppendResponse(dst, sampleVersion, ten) }},
		{"classify GetFolder", 1, classify(folders)},
		{"classify GetItem of ten", 2, classify(ten)},
	} {
		assert.LessOrEqual(t, testing.AllocsPerRun(100, c.run), c.budget, c.name)
	}
}
