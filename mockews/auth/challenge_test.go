package auth_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// The challenges of captures.
const (
	online = `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*", ` +
		`token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"`
	hybrid = `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@` + auth.DefaultTenant +
		`,00000004-0000-0ff1-ce00-000000000000@contoso.com", ` +
		`token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"`
	noHybrid = `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@` + auth.DefaultTenant +
		`", token_types="app_asserted_user_v1 service_asserted_app_v1", error="invalid_token"`
	rejected = `, error="invalid_token"`
	realm    = `Basic realm="contoso.com"`
)

// What a 401 says, by flavour and by what the client tried.
func TestChallenges(t *testing.T) {
	t.Parallel()
	yes, no := new(true), new(false)
	for _, c := range []struct {
		name          string
		flavour       flavour.Name
		config        auth.Config
		authorization []string
		want          []string
		diagnostic    string
	}{
		{"on premises: Negotiate and NTLM", flavour.Exchange2019, auth.Config{Basic: no, OAuth: yes}, nil, []string{"Negotiate", "NTLM"}, ""},
		{"on premises: Basic is one more", flavour.Exchange2016, auth.Config{}, nil, []string{"Negotiate", "NTLM", realm}, ""},
		{"on premises: without Negotiate", flavour.Exchange2016, auth.Config{Negotiate: no}, nil, []string{realm}, ""},
		{"on premises: wrong password", flavour.Exchange2013, auth.Config{}, []string{basicHeader("u1", "x")}, []string{"Negotiate", "NTLM", realm}, ""},
		{"on premises: NTLM is offered and no more", flavour.Exchange2013, auth.Config{}, []string{"NTLM TlRMTVNTUAABAAAA"}, []string{"Negotiate", "NTLM", realm}, ""},
		{"on premises: the bearer challenge is for who asks", flavour.ExchangeSE, auth.Config{OAuth: yes}, nil, []string{"Negotiate", "NTLM", realm}, ""},
		{
			"on premises: always, if the profile says so", flavour.ExchangeSE,
			auth.Config{OAuth: yes, Answers: auth.Answers{Bearer: auth.BearerAlways}},
			nil,
			[]string{hybrid, "Negotiate", "NTLM", realm},
			"",
		},
		{"hybrid: bearer without a token", flavour.Exchange2019, auth.Config{OAuth: yes}, []string{"Bearer"}, []string{hybrid, "Negotiate", "NTLM", realm}, ""},
		{
			"hybrid: rejected token", flavour.Exchange2019,
			auth.Config{OAuth: yes},
			[]string{"Bearer x"},
			[]string{hybrid + rejected, "Negotiate", "NTLM", realm},
			`2000001;reason="The token is malformed.";error_category="invalid_token"`,
		},
		{
			"no hybrid: bearer without a token", flavour.Exchange2019,
			auth.Config{},
			[]string{"Bearer"},
			[]string{noHybrid, "Negotiate", "NTLM", realm},
			`4000000;reason="Flighting is not enabled for domain 'mock.contoso.com'.";error_category="oauth_not_available"`,
		},
		{"Online: nothing", flavour.Online, auth.Config{}, nil, []string{online}, ""},
		{"Online: bearer without a token", flavour.Online, auth.Config{}, []string{"Bearer"}, []string{online}, ""},
		{"Online: bearer and a space", flavour.Online, auth.Config{}, []string{"bearer "}, []string{online}, ""},
		{"Online: Basic is off", flavour.Online, auth.Config{}, []string{basicHeader("u1", password)}, []string{online}, ""},
		{"Online: Basic era", flavour.Online, auth.Config{Basic: yes}, nil, []string{online + `,Basic Realm=""`}, ""},
		{
			"Online: rejected token", flavour.Online,
			auth.Config{},
			[]string{"Bearer x"},
			[]string{online + rejected},
			`2000001;reason="The token is malformed.";error_category="invalid_token"`,
		},
		{
			"Online: rejected token, Basic era", flavour.Online,
			auth.Config{Basic: yes},
			[]string{"Bearer x"},
			[]string{online + rejected + `,Basic Realm=""`},
			`2000001;reason="The token is malformed.";error_category="invalid_token"`,
		},
		{
			"Online: for who asks", flavour.Online, auth.Config{Basic: yes, Answers: auth.Answers{Bearer: auth.BearerAsked}}, nil, []string{realm}, "",
		},
		{
			"another place for tokens", flavour.Online,
			auth.Config{Answers: auth.Answers{AuthorizationURI: "http://mock/authorize"}},
			nil,
			[]string{`Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*", ` +
				`token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="http://mock/authorize"`},
			"",
		},
		{"two headers", flavour.Exchange2019, auth.Config{}, []string{basicHeader("u1", password), "Basic x"}, []string{"Negotiate", "NTLM", realm}, ""},
		{"no base64", flavour.Exchange2019, auth.Config{}, []string{"Basic !"}, []string{"Negotiate", "NTLM", realm}, ""},
		{"no colon", flavour.Exchange2019, auth.Config{}, []string{"Basic " + encode("u1")}, []string{"Negotiate", "NTLM", realm}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			id, refusal := newGate(t, c.flavour, c.config).Admit(request(c.authorization...))
			require.NotNil(t, refusal)
			assert.Zero(t, id)
			assert.Equal(t, http.StatusUnauthorized, refusal.Status)
			assert.Equal(t, []string{"0"}, refusal.Header["Content-Length"], "401 has no body")
			assert.Equal(t, c.want, refusal.Header["WWW-Authenticate"])
			if c.diagnostic == "" {
				assert.NotContains(t, refusal.Header, "x-ms-diagnostics")
				assert.False(t, refusal.ByBackEnd)
			} else {
				assert.Equal(t, []string{c.diagnostic}, refusal.Header["x-ms-diagnostics"])
			}
		})
	}
}

// exchangelib knows a server with OAuth by a header of its own.
func TestModernAuthHint(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		flavour flavour.Name
		config  auth.Config
		want    bool
	}{
		{"Online", flavour.Online, auth.Config{}, true},
		{"Online without it", flavour.Online, auth.Config{Answers: auth.Answers{ModernAuth: new(false)}}, false},
		{"hybrid", flavour.Exchange2019, auth.Config{OAuth: new(true)}, false},
		{"hybrid with it", flavour.Exchange2019, auth.Config{OAuth: new(true), Answers: auth.Answers{ModernAuth: new(true)}}, true},
		{"not without OAuth", flavour.Exchange2019, auth.Config{Answers: auth.Answers{ModernAuth: new(true)}}, false},
	} {
		_, refusal := newGate(t, c.flavour, c.config).Admit(request())
		require.NotNil(t, refusal, c.name)
		assert.Equal(t, c.want, len(refusal.Header["ms-diagnostics-public"]) == 1, c.name)
	}
}

// Who gets in by which scheme.
func TestSchemes(t *testing.T) {
	t.Parallel()
	yes, no := new(true), new(false)
	token := tokenOf(t, newGate(t, flavour.Online, auth.Config{}), form(auth.DefaultApp, "client_secret", auth.DefaultSecret))
	for _, of := range flavour.Names() {
		cloud := of == flavour.Online
		for _, c := range []struct {
			name          string
			config        auth.Config
			basic, bearer bool
		}{
			{"as it is", auth.Config{}, !cloud, cloud},
			{"all on", auth.Config{Basic: yes, OAuth: yes}, true, true},
			{"Basic alone", auth.Config{Basic: yes, OAuth: no}, true, false},
			{"tokens alone", auth.Config{Basic: no, OAuth: yes}, false, true},
		} {
			g := newGate(t, of, c.config)
			id, refusal := g.Admit(request(basicHeader("u2@contoso.com", password)))
			assert.Equal(t, c.basic, refusal == nil, "%s: %s: Basic", of, c.name)
			if c.basic {
				assert.Equal(t, auth.Identity{Principal: 2, Scheme: auth.SchemeBasic}, id)
			}
			id, refusal = g.Admit(bearer(token))
			assert.Equal(t, c.bearer, refusal == nil, "%s: %s: Bearer", of, c.name)
			if c.bearer {
				assert.Equal(t, auth.Identity{Scheme: auth.SchemeBearer, AppID: auth.DefaultApp, AppOnly: true, Roles: []string{auth.FullAccessAsApp}}, id)
			}
		}
	}
	assert.Equal(t, "none Basic Bearer", auth.SchemeNone.String()+" "+auth.SchemeBasic.String()+" "+auth.SchemeBearer.String())
}

// The spellings of a name.
func TestNames(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Exchange2019, auth.Config{})
	for name, want := range map[string]bool{
		"u1@contoso.com": true, "u1": true, `CONTOSO\u1`: true, `contoso.com\u1@contoso.com`: true, "u1@mail.contoso.com": true,
		"svc": true, "": false, "u9": false, "u1@fabrikam.com": false, "@contoso.com": false,
	} {
		for range 2 {
			_, refusal := g.Admit(request(basicHeader(name, password)))
			assert.Equal(t, want, refusal == nil, name)
			_, refusal = g.Admit(request(basicHeader(name, password+"x")))
			assert.NotNil(t, refusal, name)
		}
	}
	_, refusal := g.Admit(request("basic " + encode("u1:"+password)))
	assert.Nil(t, refusal, "the scheme in lower case")
}
