package autodiscover_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
)

func TestPOXRequest(t *testing.T) {
	t.Parallel()
	q := &autodiscover.POXRequest{Address: "a<b@contoso.com", Schema: autodiscover.SchemaOutlook}
	text := string(q.Append(nil))
	assert.Equal(t, `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006">`+
		`<Request><EMailAddress>a&lt;b@contoso.com</EMailAddress>`+
		`<AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>`, text)
	got, err := autodiscover.ParsePOXRequest([]byte(text))
	require.NoError(t, err)
	assert.Equal(t, q, got)
	assert.Equal(t, "a<b@contoso.com", got.Who())
	assert.Equal(t, "/o=x", (&autodiscover.POXRequest{LegacyDN: "/o=x"}).Who())
	for name, test := range map[string]struct {
		text string
		want error
	}{
		"no XML":            {text[:40], autodiscover.ErrMalformed},
		"nothing":           {"", autodiscover.ErrMalformed},
		"another root":      {strings.ReplaceAll(text, "Autodiscover", "Discover"), autodiscover.ErrInvalidRequest},
		"another namespace": {strings.Replace(text, "requestschema/2006", "requestschema/2007", 1), autodiscover.ErrInvalidRequest},
		"no request":        {`<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"/>`, autodiscover.ErrInvalidRequest},
		"nobody named":      {strings.ReplaceAll(text, "EMailAddress", "Other"), autodiscover.ErrInvalidRequest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := autodiscover.ParsePOXRequest([]byte(test.text))
			assert.ErrorIs(t, err, test.want)
		})
	}
}

func settings() *autodiscover.POXResponse {
	return &autodiscover.POXResponse{
		User: &autodiscover.POXUser{DisplayName: "A & B", LegacyDN: "/o=x", Address: "a@contoso.com", DeploymentID: "id"},
		Account: autodiscover.POXAccount{
			AccountType: "email", Action: autodiscover.ActionSettings, MicrosoftOnline: "False",
			Protocols: []autodiscover.Protocol{
				{Type: autodiscover.ProtocolEXCH, ASURL: "https://a/EWS/Exchange.asmx", EWSURL: "https://a/EWS/Exchange.asmx"},
				{Type: autodiscover.ProtocolEXPR, EWSURL: "https://a/EWS/Exchange.asmx", GroupingInformation: "CONTOSO-1"},
				{Type: autodiscover.ProtocolWEB, Internal: &autodiscover.Web{Protocol: &autodiscover.Protocol{Type: autodiscover.ProtocolEXCH, ASURL: "https://a"}}},
			},
			PublicFolders: &autodiscover.PublicFolder{Address: "pf@contoso.com"},
		},
	}
}

func poxError() *autodiscover.POXError {
	return &autodiscover.POXError{Time: "21:25:04.8897083", ID: "4130155072", Code: autodiscover.POXInvalidRequest, Text: autodiscover.POXInvalidRequest.Message()}
}

func TestPOXResponse(t *testing.T) {
	t.Parallel()
	text := string(settings().Append(nil))
	assert.True(t, strings.HasPrefix(text, `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">`+
		`<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><User><DisplayName>A &amp; B</DisplayName>`), text)
	got, err := autodiscover.ParsePOXResponse([]byte(text))
	require.NoError(t, err)
	assert.Equal(t, settings(), got)

	redirect := &autodiscover.POXResponse{Account: autodiscover.POXAccount{Action: autodiscover.ActionRedirectAddress, RedirectAddress: "b@contoso.com"}}
	assert.Contains(t, string(redirect.Append(nil)), "<Account><Action>redirectAddr</Action><RedirectAddr>b@contoso.com</RedirectAddr></Account>")
	redirect.Account = autodiscover.POXAccount{Action: autodiscover.ActionRedirectURL, RedirectURL: "https://b"}
	assert.Contains(t, string(redirect.Append(nil)), "<Account><Action>redirectUrl</Action><RedirectUrl>https://b</RedirectUrl></Account>")

	assert.Equal(t, `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response>`+
		`<Error Time="21:25:04.8897083" Id="4130155072"><ErrorCode>600</ErrorCode><Message>Invalid Request</Message><DebugData/></Error></Response></Autodiscover>`,
		string(poxError().Append(nil)))
	_, err = autodiscover.ParsePOXResponse(poxError().Append(nil))
	failure, ok := errors.AsType[*autodiscover.POXError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, poxError(), failure)
	for _, bad := range []string{"", "<a/>", text[:200], strings.Replace(text, "<Response ", "<Answer ", 1)} {
		_, err := autodiscover.ParsePOXResponse([]byte(bad))
		assert.Error(t, err)
	}
}

func FuzzParsePOXRequest(f *testing.F) {
	f.Add((&autodiscover.POXRequest{Address: "a@b", Schema: autodiscover.SchemaOutlook}).Append(nil))
	f.Add([]byte("<a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		q, err := autodiscover.ParsePOXRequest(data)
		if err != nil {
			return
		}
		again, err := autodiscover.ParsePOXRequest(q.Append(nil))
		require.NoError(t, err)
		assert.Equal(t, q, again)
	})
}

func FuzzParsePOXResponse(f *testing.F) {
	f.Add(settings().Append(nil))
	f.Add(poxError().Append(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := autodiscover.ParsePOXResponse(data)
		if err != nil {
			return
		}
		once := r.Append(nil)
		again, err := autodiscover.ParsePOXResponse(once)
		require.NoError(t, err)
		assert.Equal(t, once, again.Append(nil))
	})
}
