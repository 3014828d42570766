package mockews_test

import (
	"encoding/base64"
	"fmt"
	"net"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// attr2 is the id of the subscription in an answer.
func attr2(answer string) string {
	return regexp.MustCompile(`<m:SubscriptionId>([^<]+)<`).FindStringSubmatch(answer)[1]
}

// soapOf is an envelope around a body.
func soapOf(s speaker, body string) []byte {
	return []byte(`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"` +
		` xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><soap:Header><t:RequestServerVersion Version="` + s.version +
		`"/></soap:Header><soap:Body>` + body + `</soap:Body></soap:Envelope>`)
}

// dial connects to the server over a socket.
func dial(s speaker) net.Conn {
	web := httptest.NewServer(s.Server)
	s.Cleanup(web.Close)
	conn, err := net.Dial("tcp", web.Listener.Addr().String())
	require.NoError(s, err)
	s.Cleanup(func() { _ = conn.Close() })
	return conn
}

func tagged(tag, kind string) string {
	return `<t:ExtendedFieldURI PropertyTag="` + tag + `" PropertyType="` + kind + `"/>`
}

// DavMail comes from MAPI: it numbers, finds and marks messages by properties of it, and makes them from MIME.
func davMail(s speaker) {
	mime := base64.StdEncoding.EncodeToString([]byte("From: a@contoso.com\r\nTo: b@contoso.com\r\nSubject: from DavMail\r\nDate: Tue, 07 Jul 2026 10:00:00 +0000\r\n" +
		"Message-ID: <1@contoso.com>\r\nContent-Type: text/plain\r\n\r\nhello\r\n"))
	first := s.draft(`<t:MimeContent>` + mime + `</t:MimeContent>` + `<t:ExtendedProperty>` + tagged("0xe07", "Integer") + `<t:Value>1</t:Value></t:ExtendedProperty>`)
	second := s.draft(`<t:MimeContent>` + mime + `</t:MimeContent>`)
	number := regexp.MustCompile(`<t:ExtendedFieldURI PropertyTag="0xe23" PropertyType="Integer"/><t:Value>(\d+)<`)
	uids := make([]int, 0, 2)
	for _, id := range []string{first, second} {
		m := number.FindStringSubmatch(s.get(id, tagged("0xe23", "Integer")))
		require.NotNil(s, m)
		uid := 0
		_, err := fmt.Sscan(m[1], &uid)
		require.NoError(s, err)
		uids = append(uids, uid)
	}
	assert.Less(s, uids[0], uids[1], "an article number, unique and ascending")
	got := s.get(first, tagged("0x37", "String")+tagged("0xe06", "SystemTime")+tagged("0xe07", "Integer")+tagged("0xe08", "Integer")+tagged("0x3008", "SystemTime")+tagged("0x670e", "String")+
		tagged("0x10f3", "String")+tagged("0xff9", "Binary")+`<t:ExtendedFieldURI DistinguishedPropertySetId="InternetHeaders" PropertyName="content-class" PropertyType="String"/>`)
	for _, tag := range []string{"0x37", "0xe06", "0xe07", "0xe08", "0x3008", "0x670e", "0x10f3", "0xff9"} {
		assert.Contains(s, got, `PropertyTag="`+tag+`"`, tag)
	}
	assert.Regexp(s, `PropertyTag="0xe07" PropertyType="Integer"/><t:Value>\d*[13579]<`, got, "it was uploaded as read")
	assert.Contains(s, got, `PropertyName="content-class"`)
	for _, tag := range []string{"0x1081", "0x1083", "0x1090"} {
		s.get(first, tagged(tag, "Integer")) // not set on a message that nobody has answered or flagged
	}

	find := func(restriction string) string {
		return s.hearf(`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>%s</t:AdditionalProperties></m:ItemShape>`+
			`<m:Restriction>%s</m:Restriction><m:SortOrder><t:FieldOrder Order="Descending">%s</t:FieldOrder></m:SortOrder>`+
			`<m:ParentFolderIds><t:DistinguishedFolderId Id="drafts"/></m:ParentFolderIds></m:FindItem>`, tagged("0xe23", "Integer"), restriction, tagged("0xe23", "Integer"))
	}
	equal := func(tag, kind, value string) string {
		return `<t:IsEqualTo>` + tagged(tag, kind) + `<t:FieldURIOrConstant><t:Constant Value="` + value + `"/></t:FieldURIOrConstant></t:IsEqualTo>`
	}
	bySubject := find(equal("0x37", "String", "from DavMail"))
	assert.Equal(s, 2, strings.Count(bySubject, "<t:ItemId "))
	assert.Less(s, strings.Index(bySubject, second), strings.Index(bySubject, first), "sorted by the article number")
	url := regexp.MustCompile(`PropertyTag="0x670e" PropertyType="String"/><t:Value>([^<]+)<`).FindStringSubmatch(got)
	require.NotNil(s, url)
	assert.Contains(s, find(equal("0x670e", "String", url[1])), first)

	update := `<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AlwaysOverwrite"><m:ItemChanges><t:ItemChange><t:ItemId Id="%s"/><t:Updates><t:SetItemField>` +
		`<t:FieldURI FieldURI="item:MimeContent"/><t:Message><t:MimeContent>%s</t:MimeContent></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`
	s.hearf(update, second, base64.StdEncoding.EncodeToString([]byte("Subject: rewritten\r\n\r\nhello again\r\n")))
	assert.Contains(s, s.get(second, `<t:FieldURI FieldURI="item:Subject"/>`), "<t:Subject>rewritten<")

	event := s.hear(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>zone</t:Subject><t:Start>2026-07-07T10:00:00Z</t:Start><t:End>2026-07-07T11:00:00Z</t:End>` +
		`<t:StartTimeZone Id="W. Europe Standard Time"/></t:CalendarItem></m:Items></m:CreateItem>`)
	calendar := s.get(attr(event, "ItemId", "Id"), `<t:FieldURI FieldURI="item:MimeContent"/>`)
	content := regexp.MustCompile(`<t:MimeContent[^>]*>([^<]+)<`).FindStringSubmatch(calendar)
	require.NotNil(s, content)
	text, err := base64.StdEncoding.DecodeString(content[1])
	require.NoError(s, err)
	assert.Contains(s, string(text), "BEGIN:VTIMEZONE", "or every PUT over CalDAV fails")
	options := s.say(`<m:GetUserConfiguration><m:UserConfigurationName Name="OWA.UserOptions"><t:DistinguishedFolderId Id="root"/></m:UserConfigurationName>` +
		`<m:UserConfigurationProperties>All</m:UserConfigurationProperties></m:GetUserConfiguration>`)
	assert.Equal(s, 200, options.StatusCode, "it may be an error, of a part")
}

// An id says the same compressed and not (MS-OXWSITEMID, section 2.1.1.1.1).
func idsBothWays(s speaker) {
	id := s.draft("<t:Subject>both</t:Subject>")
	raw, err := base64.StdEncoding.DecodeString(id)
	require.NoError(s, err)
	require.Contains(s, []byte{0, 1}, raw[0])
	packed, plain := raw[1:], raw[1:]
	if raw[0] == 1 {
		plain = nil
		for i := 0; i < len(packed); i++ {
			plain = append(plain, packed[i])
			if i+2 < len(packed) && packed[i+1] == packed[i] {
				plain = append(plain, slices.Repeat([]byte{packed[i]}, int(packed[i+2])+1)...)
				i += 2
			}
		}
		assert.Less(s, len(packed), len(plain), "compressed where that is shorter")
	}
	assert.Equal(s, byte(3), plain[0], "an item in a mailbox")
	assert.Equal(s, []byte{36, 0}, plain[1:3], "whose GUID has 36 letters")
	assert.Regexp(s, `^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$`, string(plain[3:39]))
	assert.Equal(s, byte(0), plain[39], "no instruction")
	assert.Equal(s, len(plain)-42, int(plain[40])|int(plain[41])<<8, "and as many bytes follow as are said to")
	other := base64.StdEncoding.EncodeToString(append([]byte{0}, plain...))
	for _, written := range []string{id, other} {
		assert.Contains(s, s.get(written, `<t:FieldURI FieldURI="item:Subject"/>`), "<t:Subject>both<")
	}
}

// Thunderbird's first minute: its version, one batch of folders, the hierarchy by ids, and items in two steps.
func thunderbird(s speaker) {
	folders := ""
	for _, name := range []string{"msgfolderroot", "inbox", "deleteditems", "drafts", "outbox", "sentitems", "junkemail", "archive"} {
		folders += `<t:DistinguishedFolderId Id="` + name + `"/>`
	}
	const messages = ` xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"`
	start := s.as("Exchange2007_SP1").say(`<GetFolder` + messages + `><FolderShape><t:BaseShape>IdOnly</t:BaseShape></FolderShape><FolderIds>` + folders + `</FolderIds></GetFolder>`)
	assert.Equal(s, 200, start.StatusCode)
	assert.Equal(s, 8, strings.Count(string(start.body), "<m:GetFolderResponseMessage "), "one answer for each")
	assert.GreaterOrEqual(s, strings.Count(string(start.body), `ResponseClass="Success"`), 7)
	plan := s.hear(`<SyncFolderHierarchy` + messages + `><FolderShape><t:BaseShape>IdOnly</t:BaseShape></FolderShape><SyncFolderId><t:DistinguishedFolderId Id="msgfolderroot"/></SyncFolderId></SyncFolderHierarchy>`)
	assert.NotContains(s, plan, "DisplayName", "ids alone")
	ids := ""
	for _, m := range regexp.MustCompile(`<t:FolderId Id="[^"]+" ChangeKey="[^"]+"/>`).FindAllString(plan, 10) {
		ids += m
	}
	require.NotEmpty(s, ids)
	assert.Contains(s, s.hear(`<GetFolder`+messages+`><FolderShape><t:BaseShape>AllProperties</t:BaseShape></FolderShape><FolderIds>`+ids+`</FolderIds></GetFolder>`), "<t:DisplayName>")
	page := s.hear(`<SyncFolderItems` + messages + `><ItemShape><t:BaseShape>IdOnly</t:BaseShape></ItemShape><SyncFolderId><t:DistinguishedFolderId Id="inbox"/></SyncFolderId>` +
		`<MaxChangesReturned>256</MaxChangesReturned></SyncFolderItems>`)
	item := regexp.MustCompile(`<t:ItemId Id="[^"]+" ChangeKey="[^"]+"/>`).FindString(page)
	require.NotEmpty(s, item)
	got := s.hear(`<GetItem` + messages + `><ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent><t:AdditionalProperties><t:FieldURI FieldURI="message:IsRead"/>` +
		`<t:FieldURI FieldURI="item:Subject"/><t:FieldURI FieldURI="message:InternetMessageId"/></t:AdditionalProperties></ItemShape><ItemIds>` + item + `</ItemIds></GetItem>`)
	for _, element := range []string{"<t:MimeContent", "<t:Subject>", "<t:IsRead>", "<t:InternetMessageId>"} {
		assert.Contains(s, got, element)
	}
}

const askAvailability = `<m:GetUserAvailabilityRequest><t:TimeZone><t:Bias>0</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime>` +
	`<t:DaylightTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone>` +
	`<m:MailboxDataArray><t:MailboxData><t:Email><t:Address>%s</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData></m:MailboxDataArray>` +
	`<t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>2026-07-06T00:00:00</t:StartTime><t:EndTime>2026-07-08T00:00:00</t:EndTime></t:TimeWindow>` +
	`<t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>DetailedMerged</t:RequestedView></t:FreeBusyViewOptions></m:GetUserAvailabilityRequest>`

// exchangelib asks for the zone first, and needs its periods and transitions; a merged view is as long as the window.
func zonesOfAvailability(s speaker) {
	zone := s.hear(`<m:GetServerTimeZones ReturnFullTimeZoneData="true"><m:Ids><t:Id>W. Europe Standard Time</t:Id></m:Ids></m:GetServerTimeZones>`)
	for _, element := range []string{"<t:Periods><t:Period ", "<t:TransitionsGroups><t:TransitionsGroup ", `Id="W. Europe Standard Time"`} {
		assert.Contains(s, zone, element)
	}
	assert.Regexp(s, `<t:Period [^>]*Name="Standard"`, zone)
	assert.Regexp(s, `<t:Period [^>]*Name="Daylight"`, zone)
	assert.GreaterOrEqual(s, strings.Count(zone, "Transition>"), 4, "there and back")
	all := s.hear(`<m:GetServerTimeZones ReturnFullTimeZoneData="false"/>`)
	assert.GreaterOrEqual(s, strings.Count(all, "<t:TimeZoneDefinition "), 130)
	view := s.hearf(askAvailability, target)
	merged := regexp.MustCompile(`<t:MergedFreeBusy>(\d+)<`).FindStringSubmatch(view)
	require.NotNil(s, merged)
	assert.Len(s, merged[1], 2*24*2, "one digit for each half hour of two days")
	assert.Contains(s, view, "<t:WorkingHours>")
}
