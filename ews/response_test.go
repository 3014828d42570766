package ews

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// busyMessage is a throttled part, as seen from Exchange Online.
func busyMessage() Message {
	m := NewMessage(ErrorServerBusy)
	m.Text += ", This operation exceeds the throttling budget for policy part 'ConcurrentSyncCalls'," +
		" policy value '5',  Budget type: 'Ews'.  Suggested backoff time 5000 ms."
	m.BackOff = 5 * time.Second
	return m
}

func nobodyMessage() Message {
	m := NewMessage(ErrorNonExistentMailbox)
	m.Values = []Value{{Name: "SmtpAddress", Text: "nobody@contoso.com"}}
	return m
}

// responses are answers of each operation with the messages that they carry.
func responses() map[string]struct {
	Response
	messages []Message
} {
	type answer = struct {
		Response
		messages []Message
	}
	success := Message{Class: Success, Code: NoError}
	notFound, stopped, busy, nobody := NewMessage(ErrorItemNotFound), NewMessage(ErrorBatchProcessingStopped), busyMessage(), nobodyMessage()
	inbox, calendar := sampleFolder(KindFolder), sampleFolder(KindCalendarFolder)
	contacts, tasks := sampleFolder(KindContactsFolder), sampleFolder(KindTasksFolder)
	gone := FolderID{ID: "AAMkG", ChangeKey: "AQ=="}
	post, other := sampleItem(), Object{Kind: KindItem}
	post.Set(Path{URI: "item:Subject"}, "\x00<&>\"日")
	other.Set(Path{URI: "item:ItemId"}, ItemID{ID: "AAMkO"})
	page := Found(post, other)
	page.Root.Last, page.Root.Next = false, new(int)
	answers := map[string]answer{
		"GetFolder": {GetFolderResponse{Messages: []FoldersMessage{
			{Folders: []Object{inbox}}, {Folders: []Object{calendar}}, {Folders: []Object{contacts}}, {Folders: []Object{tasks}}, {Message: nobody},
		}}, []Message{success, success, success, success, nobody}},
		"GetItem": {GetItemResponse{Messages: []ItemsMessage{
			{Items: []Object{post}}, {Items: []Object{other}}, {Message: notFound}, {Message: stopped},
		}}, []Message{success, success, notFound, stopped}},
		"FindItem": {FindItemResponse{Messages: []FindItemMessage{page, Found(), {Message: busy}}}, []Message{success, success, busy}},
		"FindItem in groups": {FindItemResponse{Messages: []FindItemMessage{{Root: &ItemPage{Groups: []GroupedItems{
			{Index: "1", Items: []Object{post}}, {Index: "2"},
		}}}}}, []Message{success}},
		"SyncFolderHierarchy": {SyncFolderHierarchyResponse{Messages: []FolderSyncMessage{{State: "H4sI", Last: true, Changes: []FolderChange{
			{Kind: Create, Folder: inbox}, {Kind: Update, Folder: calendar}, {Kind: Delete, ID: gone},
		}}, {Message: busy, Last: true}}}, []Message{success, busy}},
		"SyncFolderItems": {SyncFolderItemsResponse{Messages: []ItemSyncMessage{{State: "H4sI", Changes: []ItemChange{
			{Kind: Create, Item: post}, {Kind: Update, Item: other}, {Kind: Delete, ID: sampleID}, {Kind: ReadFlagChange, ID: sampleID, Read: true},
		}}, {Message: busy, Last: true}}}, []Message{success, busy}},
	}
	settings := OofSettings{
		State: OofScheduled, ExternalAudience: OofAll, InternalReply: "<html>Away</html>",
		Start: time.Date(2026, 12, 24, 8, 0, 0, 0, time.UTC), End: time.Date(2027, 1, 7, 8, 0, 0, 0, time.UTC),
	}
	answers["GetUserOofSettings"] = answer{GetUserOofSettingsResponse{Settings: settings, AllowExternal: OofKnown}, []Message{success}}
	answers["GetUserOofSettings plain"] = answer{GetUserOofSettingsResponse{}, []Message{success}}
	answers["GetUserOofSettings failed"] = answer{GetUserOofSettingsResponse{Message: nobody}, []Message{nobody}}
	answers["SetUserOofSettings"] = answer{SetUserOofSettingsResponse{}, []Message{success}}
	answers["SetUserOofSettings failed"] = answer{SetUserOofSettingsResponse{Message: busy}, []Message{busy}}
	return answers
}

func TestResponseIsClassified(t *testing.T) {
	t.Parallel()
	for name, r := range responses() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := AppendResponse([]byte("before"), sampleVersion, r.Response)[len("before"):]
			o := Classify(http.StatusOK, nil, body)
			want := Outcome{HTTP: http.StatusOK, SOAP: true, Op: r.Op(), Messages: r.messages}
			assert.Equal(t, want, o)
			clear(body)
			assert.Equal(t, want, o, "the outcome keeps no part of the body")
		})
	}
}

func TestResponseBytes(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(filepath.Join("testdata", "getfolder-response.xml"))
	require.NoError(t, err)
	folder := Object{Kind: KindFolder}
	for uri, v := range map[string]any{
		"folder:FolderId":       FolderID{ID: "AAMk=", ChangeKey: "AQAA"},
		"folder:ParentFolderId": FolderID{ID: "AAMkRoot", ChangeKey: "AQAB"},
		"folder:FolderClass":    "IPF.Note", "folder:DisplayName": "Inbox", "folder:TotalCount": 120, "folder:ChildFolderCount": 2, "folder:UnreadCount": 17,
	} {
		folder.Set(Path{URI: uri}, v)
	}
	r := GetFolderResponse{Messages: []FoldersMessage{{Folders: []Object{folder}}, {Message: nobodyMessage()}}}
	assert.Equal(t, strings.ReplaceAll(string(want), "\n", ""), string(AppendResponse(nil, sampleVersion, r)))
}

// soapBody finds what a SOAP body holds.
var soapBody = regexp.MustCompile(`(?s)<(?:s|soap):Body[^>]*>(.*)</(?:s|soap):Body>`)

// What both sides write is valid against the schema of a real server, which is
// not part of this repository.
func TestSchema(t *testing.T) {
	t.Parallel()
	schemas := os.Getenv("EWSBENCH_XSD_DIR")
	if schemas == "" {
		t.Skip("EWSBENCH_XSD_DIR does not name a folder with the messages.xsd of an Exchange server")
	}
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	dir := t.TempDir()
	keep := func(name string, document []byte) {
		payload := soapBody.FindSubmatch(document)
		require.NotNil(t, payload, name)
		xml := payload[1]
		if !strings.Contains(string(xml), " xmlns:t=") || strings.Contains(string(xml), "xsi:type") {
			declared := ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`
			if !strings.Contains(string(xml), " xmlns:t=") {
				declared += ` xmlns:m="` + messagesURI + `" xmlns:t="` + typesURI + `"`
			}
			end := strings.IndexAny(string(xml), " >/")
			xml = []byte(string(xml[:end]) + declared + string(xml[end:]))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".xml"), xml, 0o600))
	}
	for name, r := range responses() {
		keep("answer "+name, AppendResponse(nil, sampleVersion, r.Response))
	}
	for name, r := range moreResponses() {
		keep("answer of "+name, AppendResponse(nil, sampleVersion, r))
	}
	for name, r := range settingResponses() {
		keep("answer about "+name, AppendResponse(nil, sampleVersion, r))
	}
	for name, body := range settingBodies() {
		keep("request about "+name, sampleRequest(body).Append(nil))
	}
	for name, body := range moreBodies() {
		keep("request of "+name, sampleRequest(body).Append(nil))
	}
	for name, body := range bodies() {
		if _, unknown := body.(UnknownOp); !unknown {
			keep("request "+name, sampleRequest(body).Append(nil))
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.xml"))
	require.NoError(t, err)
	args := append([]string{"--noout", "--nonet", "--schema", filepath.Join(schemas, "messages.xsd")}, files...)
	output, err := exec.CommandContext(t.Context(), xmllint, args...).CombinedOutput()
	assert.NoError(t, err, "%s", output)
}
