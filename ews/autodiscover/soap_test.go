package autodiscover_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/autodiscover"
)

// exchangelib is a request as exchangelib sends it: prefixes declared at the root, the namespaces of EWS among them.
const exchangelib = `<?xml version='1.0' encoding='utf-8'?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
 xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:wsa="http://www.w3.org/2005/08/addressing">
 <s:Header><a:RequestedServerVersion>Exchange2016</a:RequestedServerVersion>
  <wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</wsa:Action>
  <wsa:To>https://autodiscover.contoso.com/autodiscover/autodiscover.svc</wsa:To></s:Header>
 <s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>u@contoso.com</a:Mailbox></a:User></a:Users>
  <a:RequestedSettings><a:Setting>ExternalEwsUrl</a:Setting><a:Setting>NoSuchThing</a:Setting></a:RequestedSettings>
 </a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>`

func sample() *autodiscover.Request {
	return &autodiscover.Request{
		Version: "Exchange2013", To: "https://mail.contoso.com/autodiscover/autodiscover.svc?a&b", Users: []string{"a@contoso.com", "b@contoso.com"},
		Settings: []autodiscover.Name{autodiscover.ExternalEWSURL, autodiscover.GroupingInformation},
	}
}

func TestRequestIsReadAgain(t *testing.T) {
	t.Parallel()
	got, err := autodiscover.ParseRequest(sample().Append(nil))
	require.NoError(t, err)
	assert.Equal(t, sample(), got)
}

func TestParseRequest(t *testing.T) {
	t.Parallel()
	q, err := autodiscover.ParseRequest([]byte(exchangelib))
	require.NoError(t, err)
	assert.Equal(t, []string{"u@contoso.com"}, q.Users)
	assert.Equal(t, []autodiscover.Name{"ExternalEwsUrl", "NoSuchThing"}, q.Settings)
	assert.Equal(t, "Exchange2016", q.Version)
	for name, test := range map[string]struct{ old, new, code string }{
		"no action":           {"<wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</wsa:Action>", "", "MessageAddressingHeaderRequired"},
		"another action":      {"Autodiscover/GetUserSettings<", "Autodiscover/GetFederationInformation<", "ActionNotSupported"},
		"another body":        {"GetUserSettingsRequestMessage>", "GetDomainSettingsRequestMessage>", "DeserializationFailed"},
		"https namespace":     {`xmlns:s="http:`, `xmlns:s="https:`, "VersionMismatch"},
		"an empty body":       {exchangelib[strings.Index(exchangelib, "<s:Body>"):], "<s:Body/></s:Envelope>", "DeserializationFailed"},
		"users of EWS' space": {`xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover"`, `xmlns:a="urn:a"`, "DeserializationFailed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.ReplaceAll(exchangelib, test.old, test.new)
			require.NotEqual(t, exchangelib, text)
			_, err := autodiscover.ParseRequest([]byte(text))
			fault, ok := errors.AsType[*autodiscover.Fault](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, test.code, fault.Code)
			_, back := autodiscover.ParseResponse(fault.Append(nil))
			again, ok := errors.AsType[*autodiscover.Fault](back)
			require.True(t, ok, "%v", back)
			assert.Equal(t, fault.Error(), again.Error())
		})
	}
	for _, bad := range []string{"", "<a", exchangelib[:300], exchangelib + "x"} {
		_, err := autodiscover.ParseRequest([]byte(bad))
		assert.ErrorIs(t, err, autodiscover.ErrMalformed)
	}
}

func response() *autodiscover.Response {
	return &autodiscover.Response{Code: autodiscover.NoError, Users: []autodiscover.UserResponse{
		{
			Code: autodiscover.NoError, Text: autodiscover.NoError.Text(),
			Errors:   []autodiscover.SettingError{{Code: autodiscover.InvalidSetting, Text: "a < b", Name: "NoSuchThing"}},
			Settings: []autodiscover.Setting{autodiscover.StringSetting(autodiscover.ExternalEWSURL, "https://mail.contoso.com/EWS/Exchange.asmx")},
		},
		{Code: autodiscover.RedirectAddress, Text: autodiscover.RedirectAddress.Text(), Target: "c@contoso.com"},
	}}
}

var version = ews.ServerVersion{Major: 15, Minor: 2, MajorBuild: 986, MinorBuild: 26, Version: "Exchange2015"}

// The answer is that of the samples, to the byte.
func TestAppendResponse(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://www.w3.org/2005/08/addressing"><s:Header>`+
		`<a:Action s:mustUnderstand="1">http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettingsResponse</a:Action>`+
		`<h:ServerVersionInfo xmlns:h="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">`+
		`<h:MajorVersion>15</h:MajorVersion><h:MinorVersion>2</h:MinorVersion><h:MajorBuildNumber>986</h:MajorBuildNumber>`+
		`<h:MinorBuildNumber>26</h:MinorBuildNumber><h:Version>Exchange2015</h:Version></h:ServerVersionInfo></s:Header><s:Body>`+
		`<GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover">`+
		`<Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><ErrorCode>NoError</ErrorCode><ErrorMessage/><UserResponses>`+
		`<UserResponse><ErrorCode>NoError</ErrorCode><ErrorMessage>No error.</ErrorMessage><RedirectTarget i:nil="true"/><UserSettingErrors>`+
		`<UserSettingError><ErrorCode>InvalidSetting</ErrorCode><ErrorMessage>a &lt; b</ErrorMessage><SettingName>NoSuchThing</SettingName></UserSettingError>`+
		`</UserSettingErrors><UserSettings><UserSetting i:type="StringSetting"><Name>ExternalEwsUrl</Name>`+
		`<Value>https://mail.contoso.com/EWS/Exchange.asmx</Value></UserSetting></UserSettings></UserResponse>`+
		`<UserResponse><ErrorCode>RedirectAddress</ErrorCode><ErrorMessage>Redirection address.</ErrorMessage><RedirectTarget>c@contoso.com</RedirectTarget>`+
		`<UserSettingErrors/><UserSettings/></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`,
		string(response().Append(nil, version)))
}

func TestResponseIsReadAgain(t *testing.T) {
	t.Parallel()
	got, err := autodiscover.ParseResponse(response().Append(nil, version))
	require.NoError(t, err)
	assert.Equal(t, autodiscover.InvalidSetting, got.Outcome())
	url, ok := got.Users[0].Get(autodiscover.ExternalEWSURL)
	assert.True(t, ok)
	assert.Equal(t, "https://mail.contoso.com/EWS/Exchange.asmx", url)
	assert.Equal(t, autodiscover.Target("c@contoso.com"), got.Users[1].Target)
	assert.Equal(t, response().Append(nil, version), got.Append(nil, version))
	for _, bad := range []string{"", "<a/>", "<a", "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>"} {
		_, err := autodiscover.ParseResponse([]byte(bad))
		assert.Error(t, err)
	}
}

// Each code has a text, and is one of the schema.
func TestCodes(t *testing.T) {
	t.Parallel()
	assert.Len(t, autodiscover.Codes(), 11)
	for _, c := range autodiscover.Codes() {
		assert.NotEmpty(t, c.Text(), c)
		assert.True(t, c.Known())
	}
	assert.False(t, autodiscover.Code("ErrorServerBusy").Known())
	assert.Empty(t, autodiscover.Code("x").Text())
	seen := map[autodiscover.Name]bool{}
	for _, n := range autodiscover.Names() {
		assert.False(t, seen[n], n)
		seen[n] = true
	}
}

func FuzzParseRequest(f *testing.F) {
	f.Add([]byte(exchangelib))
	f.Add(sample().Append(nil))
	f.Add([]byte("<a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		q, err := autodiscover.ParseRequest(data)
		if err != nil {
			return
		}
		again, err := autodiscover.ParseRequest(q.Append(nil))
		require.NoError(t, err)
		again.Users, again.Settings = append([]string(nil), again.Users...), append([]autodiscover.Name(nil), again.Settings...)
		q.Users, q.Settings = append([]string(nil), q.Users...), append([]autodiscover.Name(nil), q.Settings...)
		assert.Equal(t, q, again)
	})
}

func FuzzParseResponse(f *testing.F) {
	f.Add(response().Append(nil, version))
	f.Add((&autodiscover.Fault{Code: "a", Space: "b", Text: "c"}).Append(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := autodiscover.ParseResponse(data)
		if err != nil {
			return
		}
		once := r.Append(nil, version)
		again, err := autodiscover.ParseResponse(once)
		require.NoError(t, err)
		assert.Equal(t, once, again.Append(nil, version))
	})
}

// What is written is well-formed for another parser, too.
func TestOtherParsersAgree(t *testing.T) {
	t.Parallel()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	for _, doc := range [][]byte{
		sample().Append(nil), response().Append(nil, version), (&autodiscover.Fault{Code: "a", Space: "urn:b", Text: "<c>"}).Append(nil),
		settings().Append(nil), poxError().Append(nil), (&autodiscover.POXRequest{Address: "a@b", Schema: autodiscover.SchemaOutlook}).Append(nil),
	} {
		cmd := exec.CommandContext(t.Context(), xmllint, "--noout", "--nonet", "-")
		cmd.Stdin = strings.NewReader(string(doc))
		out, err := cmd.CombinedOutput()
		assert.NoError(t, err, "%s\n%s", out, doc)
	}
}
