package ews

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bodies are requests of each operation, from the least to the most that they
// hold.
func bodies() map[string]Body {
	inbox := FolderID{Distinguished: "inbox"}
	theirs := FolderID{Distinguished: "calendar", ChangeKey: "ck", Mailbox: "user000007@contoso.com"}
	byID := FolderID{ID: `a"<&>b=`, ChangeKey: "AQAAAA=="}
	start := time.Date(2026, 12, 24, 8, 0, 0, 0, time.UTC)
	return map[string]Body{
		"GetFolder":      GetFolder{Shape: FolderShape{Base: ShapeIDOnly}, Folders: []FolderID{inbox}},
		"GetFolder many": GetFolder{Shape: FolderShape{Base: ShapeAllProperties}, Folders: []FolderID{inbox, theirs, byID}},
		"FindItem":       FindItem{Traversal: Shallow, Shape: ItemShape{Base: ShapeDefault}, Folders: []FolderID{inbox}},
		"FindItem paged": FindItem{
			Traversal: SoftDeleted, Shape: IDOnly(), Folders: []FolderID{byID, theirs}, Page: &IndexedView{Max: new(100), Offset: 300, BasePoint: Beginning},
		},
		"FindItem later": FindItem{
			Traversal: Associated, Shape: IDOnly(), Folders: []FolderID{byID}, Page: &IndexedView{Offset: 1, BasePoint: FromEnd},
		},
		"GetItem":       GetItem{Shape: ItemShape{Base: ShapeDefault}, Items: []ItemRef{{ID: "AAMk"}}},
		"GetItem batch": sampleGetItem(10).Body,

		"SyncFolderHierarchy":       SyncFolderHierarchy{Shape: FolderShape{Base: ShapeDefault}},
		"SyncFolderHierarchy again": SyncFolderHierarchy{Shape: FolderShape{Base: ShapeIDOnly}, Folder: &TargetFolder{theirs}, State: "H4sI+/="},
		"SyncFolderItems":           SyncFolderItems{Shape: ItemShape{Base: ShapeIDOnly}, Folder: TargetFolder{inbox}, MaxChanges: 1},
		"SyncFolderItems again":     SyncFolderItems{Shape: ItemShape{Base: ShapeIDOnly}, Folder: TargetFolder{byID}, State: "H4sI", MaxChanges: MaxSyncChanges},

		"GetUserOofSettings": GetUserOofSettings{Mailbox: "user000001@contoso.com"},
		"SetUserOofSettings": SetUserOofSettings{Mailbox: "user000001@contoso.com", Settings: OofSettings{
			State: OofDisabled, ExternalAudience: OofNone,
		}},
		"SetUserOofSettings scheduled": SetUserOofSettings{Mailbox: "user000001@contoso.com", Settings: OofSettings{
			State: OofScheduled, ExternalAudience: OofKnown, Start: start, End: start.AddDate(0, 0, 14),
			InternalReply: "<html>\r\n\tI am away & happy.</html> ", ExternalReply: "Größe, 日本",
		}},
		"unknown": UnknownOp{Name: "GetAppManifests"},
	}
}

func TestRequestIsReadAgain(t *testing.T) {
	t.Parallel()
	for name, body := range bodies() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := sampleRequest(body)
			data := want.Append(nil)
			got, err := ParseRequest(data)
			require.NoError(t, err, "%s", data)
			assert.Equal(t, want, got)
			assert.Equal(t, body.Op(), got.Body.Op())
			assert.Equal(t, data, got.Append(nil), "rendering is a function of the request")
		})
	}
}

func TestEveryOperationIsReadAgain(t *testing.T) {
	t.Parallel()
	seen := map[Op]bool{}
	for _, body := range bodies() {
		seen[body.Op()] = true
	}
	for _, op := range Ops() {
		assert.True(t, seen[op], op)
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	t.Parallel()
	r := sampleGetFolder()
	assert.Equal(t, "before"+string(r.Append(nil)), string(r.Append([]byte("before"))))
}

func TestZeroValuesAreRendered(t *testing.T) {
	t.Parallel()
	r := Request{Body: GetFolder{Folders: []FolderID{{ID: "x"}}}}
	got, err := ParseRequest(r.Append(nil))
	require.NoError(t, err)
	want := &Request{Version: DefaultVersion, Body: GetFolder{Shape: FolderShape{Base: ShapeDefault}, Folders: []FolderID{{ID: "x"}}}}
	assert.Equal(t, want, got)
}

func TestImpersonationIsReadAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []ConnectingSID{
		{},
		{PrincipalName, "user@contoso.com"},
		{SID, "S-1-5-21-1004336348-1177238915-682003330-512"},
		{PrimarySmtpAddress, "o'neill&co@contoso.com"},
		{SmtpAddress, "alias@contoso.com"},
	} {
		t.Run(string(c.Kind), func(t *testing.T) {
			t.Parallel()
			r := sampleGetFolder()
			r.Impersonate = c
			got, err := ParseRequest(r.Append(nil))
			require.NoError(t, err)
			assert.Equal(t, c, got.Impersonate)
		})
	}
}

// The requests of real clients differ in prefixes, headers and order.
func TestRequestsOfClients(t *testing.T) {
	t.Parallel()
	item := ItemID{ID: "AAMkAD", ChangeKey: "CQAAAB"}
	inbox := FolderID{Distinguished: "inbox"}
	for _, c := range []struct {
		name string
		zone bool // in UTC, as its header says
		want Request
	}{
		{"exchangelib", true, Request{
			Version: Exchange2016, Impersonate: ConnectingSID{PrimarySmtpAddress, "user000001@contoso.com"},
			Body: FindItem{
				Traversal: Shallow, Folders: []FolderID{inbox, {ID: "AAMkAF", ChangeKey: "AQAAAB"}},
				Shape: ItemShape{Base: ShapeIDOnly, Additional: []Path{
					{URI: "item:Subject"}, {Extended: Extended{Tag: 0x670e, Type: "String"}},
				}},
				Page: &IndexedView{Max: new(100), BasePoint: Beginning},
				Restriction: &Restriction{Expression{Is: And, Parts: []Expression{
					{Is: IsEqualTo, Path: Path{URI: "message:IsRead"}, Value: "1"},
				}}},
				Sort:  []FieldOrder{{Order: Descending, Path: Path{URI: "item:DateTimeReceived"}}},
				Query: &QueryString{Text: "a & b"},
			},
		}},
		{"managed-api", true, Request{
			Version: Exchange2013_SP1, Impersonate: ConnectingSID{SmtpAddress, "user000001@contoso.com"},
			Body: GetItem{Shape: ItemShape{Base: ShapeDefault, BodyType: "Text", FilterHTML: true}, Items: []ItemRef{item.Ref()}},
		}},
		{"thunderbird", false, Request{
			Version: Exchange2007_SP1,
			Body: SyncFolderItems{
				Shape: IDOnly(), Folder: TargetFolder{FolderID{ID: "AAMkAF"}}, State: "H4sIAAA=", Ignore: []ItemRef{{ID: "AAMkAD"}},
				MaxChanges: 256, Scope: "NormalItems",
			},
		}},
		{"node-ews", false, Request{
			Version: Exchange2010, Impersonate: ConnectingSID{PrincipalName, "user000001@contoso.com"},
			Body: GetItem{Shape: ItemShape{Base: ShapeIDOnly}, Items: []ItemRef{item.Ref()}},
		}},
		{"oof", false, Request{
			Version: Exchange2010_SP2,
			Body: SetUserOofSettings{Mailbox: "user000001@contoso.com", Settings: OofSettings{
				State: OofScheduled, ExternalAudience: OofAll, InternalReply: "Away", ExternalReply: "",
				Start: time.Date(2026, 12, 24, 7, 0, 0, 0, time.UTC), End: time.Date(2027, 1, 7, 17, 30, 0, 0, time.UTC),
			}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile("testdata/request-" + c.name + ".xml")
			require.NoError(t, err)
			got, err := ParseRequest(data)
			require.NoError(t, err)
			assert.Equal(t, c.zone, got.Zone != nil && got.Zone.ID == "UTC")
			got.Zone = nil
			assert.Equal(t, &c.want, got)
		})
	}
}

// envelope builds a request out of the content of its header and its body.
func envelope(header, body string) string {
	return `<s:Envelope xmlns:s="` + soapURI + `" xmlns:m="` + messagesURI + `" xmlns:t="` + typesURI + `">` +
		`<s:Header>` + header + `</s:Header><s:Body>` + body + `</s:Body></s:Envelope>`
}

const (
	anyShape   = `<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>`
	anyFolders = `<m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds>`
	anyFolder  = `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>` + anyFolders + `</m:GetFolder>`
)

func impersonate(content string) string {
	return "<t:ExchangeImpersonation>" + content + "</t:ExchangeImpersonation>"
}

func connect(content string) string {
	return impersonate("<t:ConnectingSID>" + content + "</t:ConnectingSID>")
}

func TestRefusedHeaders(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, header string
		want         Code
	}{
		{"version of no server", `<t:RequestServerVersion Version="Exchange2019"/>`, ErrorInvalidServerVersion},
		{"version of an answer", `<t:RequestServerVersion Version="V2018_01_08"/>`, ErrorInvalidServerVersion},
		{"header without version", `<t:RequestServerVersion/>`, ErrorSchemaValidation},
		{"nobody", impersonate(""), ErrorInvalidExchangeImpersonationHeaderData},
		{"empty choice", connect(""), ErrorInvalidExchangeImpersonationHeaderData},
		{"empty address", connect("<t:SmtpAddress> </t:SmtpAddress>"), ErrorInvalidExchangeImpersonationHeaderData},
		{"principal without domain", connect("<t:PrincipalName>user</t:PrincipalName>"), ErrorInvalidUserPrincipalName},
		{"SID of letters", connect("<t:SID>S-1-5-x</t:SID>"), ErrorInvalidSid},
		{"SID without end", connect("<t:SID>S-1-5-</t:SID>"), ErrorInvalidSid},
		{"SID of nothing", connect("<t:SID>S-1-</t:SID>"), ErrorInvalidSid},
		{"two choices", connect("<t:SID>S-1-5</t:SID><t:SmtpAddress>a@b</t:SmtpAddress>"), ErrorSchemaValidation},
		{"unknown choice", connect("<t:Name>a</t:Name>"), ErrorSchemaValidation},
		{"no choice", impersonate("<t:SmtpAddress>a@b</t:SmtpAddress>"), ErrorSchemaValidation},
		{
			"twice", connect("<t:SmtpAddress>a@b</t:SmtpAddress>") + connect("<t:SmtpAddress>a@b</t:SmtpAddress>"),
			ErrorMoreThanOneAccessModeSpecified,
		},
		{
			"two modes", "<t:SerializedSecurityContext/>" + connect("<t:SmtpAddress>a@b</t:SmtpAddress>"),
			ErrorMoreThanOneAccessModeSpecified,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseRequest([]byte(envelope(c.header, anyFolder)))
			assertFault(t, c.want, err)
		})
	}
}

// assertFault checks that err is the fault for code, with the server's text.
func assertFault(t *testing.T, code Code, err error) {
	t.Helper()
	f := faultOf(t, err)
	assert.Equal(t, code, f.Code, "%v", f)
	assert.Equal(t, 500, f.HTTP)
	assert.Equal(t, textOf(code), f.Text)
	assert.Equal(t, code == ErrorSchemaValidation, f.Violation != nil)
}

// faultOf returns the fault that err is.
func faultOf(t *testing.T, err error) *Fault {
	t.Helper()
	var f *Fault
	require.True(t, errors.As(err, &f), "%v", err)
	return f
}

func TestAcceptedHeaders(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, header string
	}{
		{"none", ""},
		{"foreign", `<x:Trace xmlns:x="urn:x" s:mustUnderstand="1"><x:On/></x:Trace>`},
		{"of EWS", `<t:TimeZoneContext><t:TimeZoneDefinition Id="UTC"/></t:TimeZoneContext><t:MailboxCulture>de-DE</t:MailboxCulture>`},
		{"alike in another namespace", `<m:ExchangeImpersonation/>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, err := ParseRequest([]byte(envelope(c.header, anyFolder)))
			require.NoError(t, err)
			assert.Equal(t, strings.Contains(c.header, "TimeZoneContext"), r.Zone != nil)
			r.Zone = nil
			assert.Equal(t, &Request{Body: GetFolder{Shape: FolderShape{Base: ShapeIDOnly}, Folders: []FolderID{{Distinguished: "inbox"}}}}, r)
		})
	}
}

func TestRefusedBodies(t *testing.T) {
	t.Parallel()
	find := func(content string) string {
		return `<m:FindItem Traversal="Shallow">` + content + `</m:FindItem>`
	}
	parents := `<m:ParentFolderIds><t:FolderId Id="a"/></m:ParentFolderIds>`
	sync := func(most string) string {
		return `<m:SyncFolderItems>` + anyShape + `<m:SyncFolderId><t:FolderId Id="a"/></m:SyncFolderId>` + most + `</m:SyncFolderItems>`
	}
	oof := func(settings string) string {
		return `<m:SetUserOofSettingsRequest><t:Mailbox><t:Address>a@b</t:Address></t:Mailbox><t:UserOofSettings>` +
			settings + `</t:UserOofSettings></m:SetUserOofSettingsRequest>`
	}
	for _, c := range []struct{ name, body, violation string }{
		{"foreign operation", `<x:GetItem xmlns:x="urn:x"/>`, "invalid child element 'GetItem' in namespace 'urn:x'"},
		{"operation of no schema", `<m:GetMoney/>`, "invalid child element 'GetMoney'"},
		{"empty operation", `<m:GetFolder/>`, "'GetFolder' in namespace '" + messagesURI + "' has incomplete content"},
		{"no shape", `<m:GetFolder>` + anyFolders + `</m:GetFolder>`, "expected: 'FolderShape'"},
		{"no ids", `<m:GetItem>` + anyShape + `</m:GetItem>`, "expected: 'ItemIds'"},
		{"empty ids", `<m:GetItem>` + anyShape + `<m:ItemIds/></m:GetItem>`, "'ItemIds' in namespace"},
		{"empty folders", `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds/></m:GetFolder>`, "'FolderIds'"},
		{"unknown part of GetFolder", `<m:GetFolder><m:Colour/></m:GetFolder>`, "'GetFolder' in namespace '" + messagesURI + "' has invalid child element 'Colour'"},
		{"unknown part of GetItem", `<m:GetItem><m:Colour/></m:GetItem>`, "'GetItem' in namespace '" + messagesURI + "' has invalid child element 'Colour'"},
		{"unknown part of FindItem", find(`<m:Colour/>`), "'FindItem' in namespace '" + messagesURI + "' has invalid child element 'Colour'"},
		{"foreign part", find(`<x:ItemShape xmlns:x="urn:x"/>`), "invalid child element 'ItemShape' in namespace 'urn:x'"},
		{"shape of nothing", `<m:GetItem><m:ItemShape/></m:GetItem>`, "'ItemShape'"},
		{"unknown shape", `<m:GetItem><m:ItemShape><t:BaseShape>All</t:BaseShape></m:ItemShape></m:GetItem>`, "The value 'All' is invalid"},
		{"id without Id", `<m:GetItem>` + anyShape + `<m:ItemIds><t:ItemId/></m:ItemIds></m:GetItem>`, "The required attribute 'Id' is missing."},
		{"folder among items", `<m:GetItem>` + anyShape + `<m:ItemIds><t:FolderId Id="a"/></m:ItemIds></m:GetItem>`, "'ItemIds' in namespace '" + messagesURI + "' has invalid child element 'FolderId'"},
		{"item among folders", `<m:GetFolder><m:FolderIds><t:ItemId Id="a"/></m:FolderIds></m:GetFolder>`, "'FolderIds' in namespace '" + messagesURI + "' has invalid child element 'ItemId'"},
		{"no traversal", `<m:FindItem>` + anyShape + parents + `</m:FindItem>`, "The required attribute 'Traversal' is missing."},
		{"unknown traversal", `<m:FindItem Traversal="Deep">` + anyShape + parents + `</m:FindItem>`, "The value 'Deep' is invalid"},
		{"no parents", find(anyShape), "expected: 'ParentFolderIds'"},
		{"no shape of found items", find(parents), "expected: 'ItemShape'"},
		{"offset of letters", find(anyShape + `<m:IndexedPageItemView Offset="x" BasePoint="Beginning"/>`), "The 'Offset' attribute is invalid"},
		{"no shape of a hierarchy", `<m:SyncFolderHierarchy/>`, "expected: 'FolderShape'"},
		{"unknown part of a hierarchy", `<m:SyncFolderHierarchy><m:Colour/></m:SyncFolderHierarchy>`, "'Colour'"},
		{"no most", sync(""), "expected: 'MaxChangesReturned'"},
		{"most of nothing", sync(`<m:MaxChangesReturned>0</m:MaxChangesReturned>`), "The value '0' is invalid"},
		{"too many changes", sync(`<m:MaxChangesReturned>513</m:MaxChangesReturned>`), "The value '513' is invalid"},
		{"unknown part of a sync", sync(`<m:Colour/>`), "'Colour'"},
		{"empty folder to sync", `<m:SyncFolderItems>` + anyShape + `<m:SyncFolderId/></m:SyncFolderItems>`, "'SyncFolderId' in namespace"},
		{"no folder to sync", `<m:SyncFolderItems>` + anyShape + `</m:SyncFolderItems>`, "expected: 'SyncFolderId'"},
		{"nobody's OOF", `<m:GetUserOofSettingsRequest/>`, "expected: 'Mailbox'"},
		{"unknown part of OOF", `<m:GetUserOofSettingsRequest><m:Colour/></m:GetUserOofSettingsRequest>`, "'Colour'"},
		{"no settings", oof(""), "expected: 'OofState'"},
		{"no audience", oof(`<t:OofState>Enabled</t:OofState>`), "expected: 'ExternalAudience'"},
		{"unknown state", oof(`<t:OofState>Perhaps</t:OofState>`), "The value 'Perhaps' is invalid"},
		{"unknown audience", oof(`<t:ExternalAudience>Friends</t:ExternalAudience>`), "The value 'Friends' is invalid"},
		{"no time", oof(`<t:Duration><t:StartTime>noon</t:StartTime></t:Duration>`), "The value 'noon' is invalid"},
		{"half a duration", oof(`<t:Duration><t:StartTime>2026-12-24T08:00:00Z</t:StartTime></t:Duration>`), "expected: 'StartTime, EndTime'"},
		{"unknown part of setting OOF", `<m:SetUserOofSettingsRequest><m:Colour/></m:SetUserOofSettingsRequest>`, "'Colour'"},
		{"skipped but malformed", find(`<m:Restriction><t:Or></t:And></m:Restriction>`), "end tag does not match <t:Or>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseRequest([]byte(envelope("", c.body)))
			assertFault(t, ErrorSchemaValidation, err)
			assert.Contains(t, faultOf(t, err).Violation.Text, c.violation)
		})
	}
}

func TestViolationHasAPlace(t *testing.T) {
	t.Parallel()
	data := strings.Replace(envelope("", "\n<m:GetItem>\n "+anyShape+"<m:ItemIds>\n  <t:ItemId/></m:ItemIds></m:GetItem>"), "\n", "\r\n", 1)
	_, err := ParseRequest([]byte(data))
	f := faultOf(t, err)
	assert.Equal(t, 4, f.Violation.Line)
	assert.Equal(t, 3, f.Violation.Column)
}

func TestNoRequest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, data string
		want       Code
	}{
		{"nothing", "", ErrorSchemaValidation},
		{"HTML", "<html><body></body></html>", ErrorInvalidRequest},
		{"doctype", "<!DOCTYPE html><html></html>", ErrorSchemaValidation},
		{"JSON", `{"op":"GetItem"}`, ErrorSchemaValidation},
		{"SOAP 1.2", `<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"/>`, ErrorInvalidRequest},
		{"no body", `<Envelope xmlns="` + soapURI + `"/>`, ErrorInvalidRequest},
		{"empty body", envelope("", ""), ErrorInvalidRequest},
		{"text as body", envelope("", "GetItem"), ErrorInvalidRequest},
		{"cut off", envelope("", anyFolder)[:300], ErrorSchemaValidation},
		{"more behind", envelope("", anyFolder) + "<a/>", ErrorSchemaValidation},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseRequest([]byte(c.data))
			assertFault(t, c.want, err)
		})
	}
}

func TestRequestKeepsNothingOfItsData(t *testing.T) {
	t.Parallel()
	want := sampleGetItem(2)
	data := want.Append(nil)
	got, err := ParseRequest(data)
	require.NoError(t, err)
	clear(data)
	assert.Equal(t, want, got)
}

func TestUnknownOp(t *testing.T) {
	t.Parallel()
	r, err := ParseRequest([]byte(envelope("", `<m:InstallAppRequest><m:Manifest>YQ==</m:Manifest></m:InstallAppRequest>`)))
	require.NoError(t, err)
	assert.Equal(t, UnknownOp{Name: "InstallApp"}, r.Body)
	assert.Equal(t, Op("InstallApp"), r.Body.Op())
}

func TestDurationWithoutAStart(t *testing.T) {
	t.Parallel()
	r, err := ParseRequest([]byte(envelope("", `<m:SetUserOofSettingsRequest><t:Mailbox><t:Address>a@b</t:Address></t:Mailbox>`+
		`<t:UserOofSettings><t:OofState>Enabled</t:OofState><t:ExternalAudience>None</t:ExternalAudience><t:Duration>`+
		`<t:StartTime>0001-01-01T00:00:00</t:StartTime><t:EndTime>0001-01-02T00:00:00.5Z</t:EndTime></t:Duration>`+
		`</t:UserOofSettings></m:SetUserOofSettingsRequest>`)))
	require.NoError(t, err)
	assert.Equal(t, SetUserOofSettings{Mailbox: "a@b", Settings: OofSettings{State: OofEnabled, ExternalAudience: OofNone, Bare: true}}, r.Body)
}

func TestMembersOfASeries(t *testing.T) {
	t.Parallel()
	r, err := ParseRequest([]byte(envelope("", `<m:GetItem>`+anyShape+`<m:ItemIds>`+
		`<t:OccurrenceItemId RecurringMasterId="a" InstanceIndex="1"/><t:OccurrenceItemId RecurringMasterId="a" InstanceIndex="0"/><t:RecurringMasterItemId OccurrenceId="b" ChangeKey="c"/>`+
		`</m:ItemIds></m:GetItem>`)))
	require.NoError(t, err)
	assert.Equal(t, GetItem{Shape: ItemShape{Base: ShapeIDOnly}, Items: []ItemRef{{ID: "a", Instance: 1}, {ID: "a", Instance: -1}, {ID: "b", ChangeKey: "c", Master: true}}}, r.Body)
}

func FuzzParseRequest(f *testing.F) {
	for _, body := range bodies() {
		f.Add(sampleRequest(body).Append(nil))
	}
	f.Add([]byte(envelope(connect("<t:SID>S-1-5</t:SID>"), anyFolder)))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseRequest(data)
		if err != nil {
			var fault *Fault
			require.True(t, errors.As(err, &fault))
			require.Nil(t, r)
			require.Equal(t, fault.Code, Classify(fault.HTTP, nil, fault.Append(nil)).Code())
			return
		}
		again, err := ParseRequest(r.Append(nil))
		require.NoError(t, err)
		if r.Version == "" {
			r.Version = DefaultVersion
		}
		require.Equal(t, r, again)
	})
}
