package mockews_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews"
)

// speaker sends requests as clients write them, in their own XML.
type speaker struct {
	*testing.T
	*mockews.Server
	version string
}

func speak(t *testing.T, options ...mockews.Option) speaker {
	s, err := mockews.New(profile(t, "ideal"), options...)
	require.NoError(t, err)
	return speaker{t, s, "Exchange2013_SP1"}
}

func (s speaker) as(version string) speaker {
	s.version = version
	return s
}

// say sends what a body holds, with both prefixes declared, and returns the answer.
func (s speaker) say(body string) answer {
	s.Helper()
	envelope := `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"` +
		` xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><soap:Header><t:RequestServerVersion Version="` + s.version +
		`"/><t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>` + target + `</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>` +
		`</soap:Header><soap:Body>` + body + `</soap:Body></soap:Envelope>`
	return probe{
		method: http.MethodPost, url: endpoint, user: bench, password: "ewsbench", header: http.Header{"Content-Type": {"text/xml; charset=utf-8"}},
		body: []byte(envelope),
	}.send(s.T, s.Transport())
}

// hear is what was answered to a request that succeeds.
func (s speaker) hear(body string) string {
	s.Helper()
	a := s.say(body)
	require.True(s, a.outcome().OK(), "%s", a.body)
	return string(a.body)
}

func (s speaker) hearf(format string, more ...any) string {
	s.Helper()
	return s.hear(fmt.Sprintf(format, more...))
}

// attr is an attribute of the first element of a name.
func attr(answer, element, name string) string {
	m := regexp.MustCompile(`<[mt]:` + element + `\b[^>]* ` + name + `="([^"]*)"`).FindStringSubmatch(answer)
	if m == nil {
		return ""
	}
	return m[1]
}

const draft = `<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId><t:DistinguishedFolderId Id="drafts"/></m:SavedItemFolderId>` +
	`<m:Items><t:Message>%s</t:Message></m:Items></m:CreateItem>`

// draft makes a message of what XML says, and returns its id.
func (s speaker) draft(properties string) string {
	s.Helper()
	return attr(s.hearf(draft, properties), "ItemId", "Id")
}

// get is an item with further properties.
func (s speaker) get(id, properties string) string {
	s.Helper()
	return s.hearf(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>%s</t:AdditionalProperties></m:ItemShape>`+
		`<m:ItemIds><t:ItemId Id="%s"/></m:ItemIds></m:GetItem>`, properties, id)
}

// TestTraps is one test for each trap that breaks a real client, by its number in docs/behaviour.md.
func TestTraps(t *testing.T) {
	t.Parallel()
	for name, trap := range map[string]func(speaker){
		"1 one envelope, one chunk":          oneChunkEach,
		"2 answers without a prefix":         noPrefix,
		"3 ids of attachments":               attachmentIDs,
		"4 the version shapes the answer":    olderVersion,
		"5 the order of the schema":          schemaOrder,
		"6 booleans as digits":               digitsForBooleans,
		"7 property tags":                    propertyTags,
		"8 errors of synchronisation":        syncErrors,
		"9 versions that do not exist":       unknownVersions,
		"10 requests that fail the schema":   notByTheSchema,
		"11 a challenge first":               challengeFirst,
		"12 paths in lower case":             lowerCase,
		"13 ConvertId as a probe":            convertIDProbe,
		"14 DavMail reads MAPI":              davMail,
		"15 ids compressed and not":          idsBothWays,
		"16 Thunderbird starts":              thunderbird,
		"17 a subscription that is gone":     subscriptionGone,
		"18 availability and its time zones": zonesOfAvailability,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			trap(speak(t))
		})
	}
}

// ews-java-api opens a reader for each envelope, and ews-javascript-api takes a chunk for one.
func oneChunkEach(s speaker) {
	id := attr2(s.hear(`<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id="drafts"/></t:FolderIds>` +
		`<t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>`))
	request := strings.NewReader(string(soapOf(s, `<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>`+id+`</t:SubscriptionId>`+
		`</m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>`)))
	conn := dial(s)
	_, err := fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: mock\r\nAuthorization: Basic %s\r\nContent-Length: %d\r\n\r\n", mockews.Path,
		base64.StdEncoding.EncodeToString([]byte(bench+":ewsbench")), request.Len())
	require.NoError(s, err)
	_, err = io.Copy(conn, request)
	require.NoError(s, err)
	in := bufio.NewReader(conn)
	for line := "?"; line != "\r\n"; {
		line, err = in.ReadString('\n')
		require.NoError(s, err)
	}
	for range 3 {
		length, err := in.ReadString('\n')
		require.NoError(s, err)
		n, err := strconv.ParseInt(strings.TrimSpace(length), 16, 32)
		require.NoError(s, err)
		chunk := make([]byte, n+2)
		_, err = io.ReadFull(in, chunk)
		require.NoError(s, err)
		assert.True(s, bytes.HasPrefix(chunk, []byte(`<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/">`)), "%s", chunk)
		assert.True(s, bytes.HasSuffix(chunk, []byte("</Envelope>\r\n")), "%s", chunk)
		assert.Equal(s, 1, bytes.Count(chunk, []byte("<Envelope")))
		s.draft("<t:Subject>news</t:Subject>")
	}
}

// The EWS Managed API and ews-java-api look for these elements without a namespace prefix.
func noPrefix(s speaker) {
	for _, op := range []string{"GetInboxRules", "GetPasswordExpirationDate", "GetAppMarketplaceUrl", "InstallApp"} {
		body := map[string]string{
			"GetInboxRules": `<m:GetInboxRules/>`, "GetAppMarketplaceUrl": `<m:GetAppMarketplaceUrl/>`, "InstallApp": `<m:InstallApp><m:Manifest>AA==</m:Manifest></m:InstallApp>`,
			"GetPasswordExpirationDate": `<m:GetPasswordExpirationDate><m:MailboxSmtpAddress>` + target + `</m:MailboxSmtpAddress></m:GetPasswordExpirationDate>`,
		}[op]
		a := s.say(body)
		assert.Equal(s, 200, a.StatusCode, op)
		assert.Contains(s, string(a.body), "<"+op+"Response ", op)
		assert.NotContains(s, string(a.body), "<m:", op)
	}
}

// Clients upload every attachment once more whose id they are not told.
func attachmentIDs(s speaker) {
	got := s.hearf(draft, `<t:Subject>two</t:Subject><t:Attachments><t:FileAttachment><t:Name>a.txt</t:Name><t:Content>YQ==</t:Content></t:FileAttachment>`+
		`<t:ItemAttachment><t:Name>b</t:Name><t:Message><t:Subject>inner</t:Subject></t:Message></t:ItemAttachment></t:Attachments>`)
	assert.Regexp(s, `<t:ItemId [^>]*/><t:Attachments><t:FileAttachment><t:AttachmentId Id="[^"]+"[^>]*/></t:FileAttachment><t:ItemAttachment><t:AttachmentId Id="[^"]+"`, got)
}

// What a version lacks is not shown to those who ask in it.
func olderVersion(s speaker) {
	ask := `<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>`
	for version, want := range map[string]bool{"Exchange2007_SP1": false, "Exchange2010_SP2": false, "Exchange2013": true, "Exchange2016": true} {
		got := s.as(version).hear(ask)
		assert.Equal(s, want, strings.Contains(got, "<t:DistinguishedFolderId>"), version)
	}
}

// The Managed API reads elements one behind the other.
func schemaOrder(s speaker) {
	bad := s.say(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="x"/></m:ItemIds></m:GetItem>`)
	assert.Regexp(s, `<m:MessageText>[^<]+</m:MessageText><m:ResponseCode>ErrorInvalidIdMalformed</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:Items/>`, string(bad.body))
	add := s.say(fmt.Sprintf(`<m:AddDelegate><m:Mailbox><t:EmailAddress>%s</t:EmailAddress></m:Mailbox><m:DelegateUsers><t:DelegateUser><t:UserId>`+
		`<t:PrimarySmtpAddress>user000007@contoso.com</t:PrimarySmtpAddress></t:UserId></t:DelegateUser></m:DelegateUsers>`+
		`<m:DeliverMeetingRequests>DelegatesAndMe</m:DeliverMeetingRequests></m:AddDelegate>`, target))
	assert.Contains(s, string(add.body), "</m:ResponseMessages></m:AddDelegateResponse>", "nothing behind the messages")
	get := s.hearf(`<m:GetDelegate IncludePermissions="true"><m:Mailbox><t:EmailAddress>%s</t:EmailAddress></m:Mailbox></m:GetDelegate>`, target)
	assert.Contains(s, get, "</m:ResponseMessages><m:DeliverMeetingRequests>DelegatesAndMe</m:DeliverMeetingRequests></m:GetDelegateResponse>")
	for _, op := range []string{"Update", "Remove"} {
		user := `<t:UserId><t:PrimarySmtpAddress>user000007@contoso.com</t:PrimarySmtpAddress></t:UserId>`
		users := map[string]string{"Update": `<m:DelegateUsers><t:DelegateUser>` + user + `</t:DelegateUser></m:DelegateUsers>`, "Remove": `<m:UserIds>` + user + `</m:UserIds>`}[op]
		got := s.hearf(`<m:%sDelegate><m:Mailbox><t:EmailAddress>%s</t:EmailAddress></m:Mailbox>%s</m:%sDelegate>`, op, target, users, op)
		assert.Contains(s, got, "</m:ResponseMessages></m:"+op+"DelegateResponse>", op)
	}
	busy := s.hearf(askAvailability, target)
	assert.NotContains(s, busy, "SuggestionDayResultArray", "none was asked for")
}

// exchangelib writes 1 and 0.
func digitsForBooleans(s speaker) {
	for digit, word := range map[string]string{"1": "true", "0": "false"} {
		id := s.draft("<t:Subject>digits</t:Subject><t:IsReadReceiptRequested>" + digit + "</t:IsReadReceiptRequested>")
		assert.Contains(s, s.get(id, `<t:FieldURI FieldURI="message:IsReadReceiptRequested"/>`), "<t:IsReadReceiptRequested>"+word+"<")
	}
}

// Tags come in decimal, in hexadecimal, and without leading zeros; answers have them in hexadecimal.
func propertyTags(s speaker) {
	id := s.draft(`<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="30583" PropertyType="String"/><t:Value>v</t:Value></t:ExtendedProperty>`)
	for _, tag := range []string{"30583", "0x7777", "0X7777"} {
		got := s.get(id, `<t:ExtendedFieldURI PropertyTag="`+tag+`" PropertyType="String"/>`)
		assert.Contains(s, got, `<t:ExtendedFieldURI PropertyTag="0x7777" PropertyType="String"/><t:Value>v</t:Value>`, tag)
	}
	assert.Contains(s, s.get(id, `<t:ExtendedFieldURI PropertyTag="0xe23" PropertyType="Integer"/>`), `PropertyTag="0xe23"`, "no leading zero")
}

// exchangelib reads the state before it looks for an error.
func syncErrors(s speaker) {
	items := s.say(`<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="inbox"/></m:SyncFolderId>` +
		`<m:SyncState>AAAA</m:SyncState><m:MaxChangesReturned>10</m:MaxChangesReturned></m:SyncFolderItems>`)
	assert.Regexp(s, `ErrorInvalidSyncStateData</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:SyncState/><m:IncludesLastItemInRange>true<`, string(items.body))
	folders := s.say(`<m:SyncFolderHierarchy><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:SyncState>AAAA</m:SyncState></m:SyncFolderHierarchy>`)
	assert.Regexp(s, `ErrorInvalidSyncStateData</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:SyncState/><m:IncludesLastFolderInRange>true<`, string(folders.body))
}

// exchangelib tries versions that no schema has, and takes the next one when it is told so.
func unknownVersions(s speaker) {
	for _, version := range []string{"Exchange2019", "Exchange2015_SP1", "V2017_07_11"} {
		a := s.as(version).say(convertDummy)
		assert.Equal(s, 500, a.StatusCode, version)
		assert.Contains(s, string(a.body), "<faultstring xml:lang=\"en-US\">The specified server version is invalid.</faultstring>", version)
		assert.NotContains(s, string(a.body), "ServerVersionInfo", "none in a fault")
	}
	assert.Regexp(s, `ServerVersionInfo MajorVersion="15" MinorVersion="\d+" MajorBuildNumber="\d+" MinorBuildNumber="\d+" Version="`, string(s.as("Exchange2016").say(convertDummy).body))
}

// What real clients send that the schema does not allow is understood.
func notByTheSchema(s speaker) {
	find := s.say(`<m:FindPeople Traversal="Shallow"><m:PersonaShape><t:BaseShape>IdOnly</t:BaseShape></m:PersonaShape><m:IndexedPageItemView MaxEntriesReturned="1" Offset="0" BasePoint="Beginning"/>` +
		`<m:ParentFolderId><t:DistinguishedFolderId Id="directory"/></m:ParentFolderId><m:QueryString>user</m:QueryString></m:FindPeople>`)
	assert.Equal(s, 200, find.StatusCode, "exchangelib's FindPeople has a Traversal: %s", find.body)
	tips := s.say(fmt.Sprintf(`<m:GetMailTips><m:SendingAs><t:EmailAddress>%s</t:EmailAddress></m:SendingAs><m:Recipients>text<t:Mailbox><t:EmailAddress>%s</t:EmailAddress></t:Mailbox></m:Recipients>`+
		`<m:MailTipsRequested>All</m:MailTipsRequested></m:GetMailTips>`, target, target))
	assert.Equal(s, 200, tips.StatusCode, "exchangelib's GetMailTips has text: %s", tips.body)
	pull := `<m:Subscribe><m:PullSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id="inbox"/></t:FolderIds><t:EventTypes><t:EventType>NewMailEvent</t:EventType></t:EventTypes>%s<t:Timeout>10</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>`
	mark := regexp.MustCompile(`Watermark>([^<]+)<`).FindStringSubmatch(s.hearf(pull, ""))[1]
	for _, prefix := range []string{"m", "t"} {
		assert.Contains(s, s.hearf(pull, "<"+prefix+":Watermark>"+mark+"</"+prefix+":Watermark>"), "<m:SubscriptionId>")
	}
	id := s.draft("<t:Subject>node</t:Subject>")
	folder := attr(s.hear(`<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><m:DistinguishedFolderId Id="outbox"/></m:FolderIds></m:GetFolder>`), "FolderId", "Id")
	s.hearf(`<m:CopyItem><m:ToFolderId><m:FolderId Id="%s"/></m:ToFolderId><m:ItemIds><m:ItemId Id="%s"/></m:ItemIds></m:CopyItem>`, folder, id)
	raw := s.hear(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>raw</t:Subject><t:Body BodyType="HTML"><p>Hello <b>you</b></p></t:Body></t:Message></m:Items></m:CreateItem>`)
	assert.Contains(s, s.get(attr(raw, "ItemId", "Id"), `<t:FieldURI FieldURI="item:Body"/>`), "Hello ", "ews-javascript-api escapes nothing")
}

// node-ews and exchangelib begin without credentials, and look at the challenge.
func challengeFirst(s speaker) {
	p := probe{method: http.MethodPost, url: endpoint, header: http.Header{"Content-Type": {"text/xml"}}, body: soapOf(s, convertDummy)}
	a := p.send(s.T, s.Transport())
	assert.Equal(s, 401, a.StatusCode)
	assert.Empty(s, a.body)
	assert.Contains(s, strings.Join(a.Header.Values("WWW-Authenticate"), ", "), "Basic realm=")
}

// node-ews asks for /ews/services.wsdl, and DavMail for the endpoint itself.
func lowerCase(s speaker) {
	files := fstest.MapFS{"Services.wsdl": {Data: []byte("<definitions/>")}, "types.xsd": {Data: []byte("<types/>")}, "messages.xsd": {Data: []byte("<messages/>")}}
	s = speak(s.T, mockews.WithSchemas(files))
	for _, path := range []string{"/ews/services.wsdl", "/ews/messages.xsd", "/ews/types.xsd", "/EWS/Services.wsdl", "/ews/exchange.asmx"} {
		a := probe{method: http.MethodGet, url: "http://mock" + path, user: bench, password: "ewsbench"}.send(s.T, s.Transport())
		assert.Equal(s, 200, a.StatusCode, path)
		assert.NotEmpty(s, a.body, path)
	}
}

const convertDummy = `<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternateId Format="EwsId" Id="DUMMY" Mailbox="` + target + `"/></m:SourceIds></m:ConvertId>`

// exchangelib finds the version out by an id that is none.
func convertIDProbe(s speaker) {
	a := s.say(convertDummy)
	assert.Equal(s, 200, a.StatusCode)
	assert.Contains(s, string(a.body), "ServerVersionInfo")
	assert.Contains(s, string(a.body), `<m:ConvertIdResponseMessage ResponseClass="Error">`)
	assert.Contains(s, string(a.body), "ErrorInvalidIdMalformed")
}

func subscriptionGone(s speaker) {
	a := s.say(`<m:GetEvents><m:SubscriptionId>FABtYWluLWJlMS5jb250b3NvLmNvbRAAAAA=</m:SubscriptionId><m:Watermark>AAAA</m:Watermark></m:GetEvents>`)
	assert.Equal(s, 200, a.StatusCode)
	assert.Contains(s, string(a.body), "ErrorSubscriptionNotFound")
}
