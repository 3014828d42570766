package auth_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Every row of what x-ms-diagnostics can say, with all that leads there.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps()})
	alone := tokenOf(t, g, form(fullApp))
	user := tokenOf(t, g, userForm(fullApp, "u1@contoso.com"))
	forged := func(like string, pairs ...any) string {
		changes := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			changes[pairs[i].(string)] = pairs[i+1]
		}
		return forge(t, g, like, changes)
	}
	const foreign = "99999999-0000-4000-8000-000000000009"
	type row struct {
		name, token string
		config      auth.Config
		want        string
	}
	rows := map[string][]row{
		"2000000 invalid_signature": {
			{"another server's key", otherKey(t, decode(t, alone)), auth.Config{}, "The signature of the token is invalid."},
			{"changed by hand", swapClaims(alone, user), auth.Config{}, "The signature of the token is invalid."},
		},
		"2000001 invalid_token": {
			{"nothing of a token", "x", auth.Config{}, "The token is malformed."},
			{"no signature", unsigned(alone), auth.Config{}, "The token is malformed."},
			{"a signature by password", symmetric(t, decode(t, alone)), auth.Config{}, "The token is malformed."},
			{"claims of another kind", forged(alone, "appid", 5), auth.Config{}, "The token is malformed."},
			{"not yet valid", forged(alone, "nbf", start.Add(time.Hour).Unix()), auth.Config{}, "The token is not valid yet."},
			{"not yet valid, with some skew", forged(alone, "nbf", start.Add(time.Hour).Unix()), auth.Config{Tokens: auth.Tokens{Skew: time.Minute}}, "The token is not valid yet."},
			{"an issuer that nobody trusts", forged(alone, "iss", "https://evil.example/"), auth.Config{}, "The issuer of the token is not trusted."},
		},
		"2000002 token_expired": {
			{"an old one", forged(alone, "exp", start.Add(time.Minute).Unix()), auth.Config{}, "The token has expired."},
			{"one without an end", forged(alone, "exp", nil), auth.Config{}, "The token has expired."},
		},
		"2000003 invalid_resource": {
			{"Graph", forged(alone, "aud", "https://graph.microsoft.com"), auth.Config{}, "The audience claim value is invalid 'aud'."},
			{"another server", forged(alone, "aud", "https://other.contoso.com"), auth.Config{}, "The audience claim value is invalid 'aud'."},
			{"nobody", forged(alone, "aud", nil), auth.Config{}, "The audience claim value is invalid 'aud'."},
		},
		"2000004 invalid_tenant": {
			{"another tenant's", forged(alone, "iss", "https://sts.windows.net/"+foreign+"/", "tid", foreign), auth.Config{}, "The tenant that issued the token is not known here."},
			{"two tenants", forged(alone, "tid", foreign), auth.Config{}, "The tenant that issued the token is not known here."},
			{"the tenant has moved on", alone, auth.Config{Tokens: auth.Tokens{Tenant: foreign}}, "The tenant that issued the token is not known here."},
		},
		"2000005 invalid_user": {
			{"nobody", forged(user, "upn", "u9@contoso.com"), auth.Config{}, "The user specified by the user-context in the token does not exist."},
			{"a proxy address", forged(user, "upn", "u1@mail.contoso.com"), auth.Config{}, "The user specified by the user-context in the token does not exist."},
		},
		"2000006 invalid_client": {
			{"an application that is gone", alone, auth.Config{Apps: apps()[1:]}, "The application of the token is not known in the tenant."},
			{"none", forged(alone, "appid", nil), auth.Config{}, "The application of the token is not known in the tenant."},
		},
		"2000007 internal_error": {
			{"no token can be verified", alone, auth.Config{Tokens: auth.Tokens{Unverifiable: true}}, "The token could not be verified because of an internal error."},
		},
		"2000008 invalid_grant": {
			{"no role", tokenOf(t, g, form(bareApp)), auth.Config{}, "The token contains no permissions, or permissions can not be understood."},
			{"another role", forged(alone, "roles", []string{"Mail.Read"}), auth.Config{}, "The token contains no permissions, or permissions can not be understood."},
			{"no scope", tokenOf(t, g, userForm(bareApp, "u1@contoso.com")), auth.Config{}, "The token contains no permissions, or permissions can not be understood."},
			{"a role is not a scope", forged(user, "scp", nil, "roles", []string{auth.FullAccessAsApp}), auth.Config{}, "The token contains no permissions, or permissions can not be understood."},
			{"a scope is not a role", forged(user, "upn", nil), auth.Config{}, "The token contains no permissions, or permissions can not be understood."},
		},
		"2000010 insufficient_auth_strength": {
			{
				"a secret where a certificate is asked for", alone,
				auth.Config{Tokens: auth.Tokens{Strength: 2}},
				"The access token is acquired using an authentication method that is too weak to allow access for this application. Presented auth strength was 1, required is 2.",
			},
			{
				"a claim is missing, and the client would not understand", alone,
				auth.Config{ConditionalAccess: []auth.Condition{{Name: "context", Require: auth.Claim{Claim: auth.ClaimContexts, Value: "c1"}}}},
				"The token does not carry the claim that the policy 'context' requires.",
			},
		},
	}
	for name, cases := range rows {
		id, category, _ := strings.Cut(name, " ")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, c := range cases {
				if c.config.Apps == nil {
					c.config.Apps = apps()
				}
				who, refusal := newGate(t, flavour.Online, c.config).Admit(bearer(c.token))
				require.NotNil(t, refusal, c.name)
				assert.Zero(t, who, c.name)
				assert.Equal(t, http.StatusUnauthorized, refusal.Status, c.name)
				assert.Equal(t, []string{id + `;reason="` + c.want + `";error_category="` + category + `"`}, refusal.Header["x-ms-diagnostics"], c.name)
				assert.Equal(t, []string{online + rejected}, refusal.Header["WWW-Authenticate"], c.name)
				assert.True(t, refusal.ByBackEnd, "%s: a back end has found it out", c.name)
			}
		})
	}
	t.Run("4000000 oauth_not_available", func(t *testing.T) {
		t.Parallel()
		for _, token := range []string{"", alone} {
			_, refusal := newGate(t, flavour.Exchange2019, auth.Config{}).Admit(bearer(token))
			require.NotNil(t, refusal)
			want := `4000000;reason="Flighting is not enabled for domain 'mock.contoso.com'.";error_category="oauth_not_available"`
			assert.Equal(t, []string{want}, refusal.Header["x-ms-diagnostics"])
			assert.False(t, refusal.ByBackEnd)
		}
	})
}

// What is good for one reason or another.
func TestGoodTokens(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps(), Tokens: auth.Tokens{Skew: 5 * time.Minute, Strength: 1}})
	alone := tokenOf(t, g, form(fullApp))
	tid := auth.DefaultTenant
	for name, changes := range map[string]map[string]any{
		"as issued":                 {},
		"the resource by its id":    {"aud": "00000002-0000-0ff1-ce00-000000000000"},
		"the resource with a slash": {"aud": "https://outlook.office365.com/"},
		"the mock by its name":      {"aud": "https://" + host},
		"the mock in other letters": {"aud": "http://MOCK.contoso.com:8443/"},
		"one audience of two":       {"aud": []string{"https://graph.microsoft.com", "https://outlook.office365.com"}},
		"version 2":                 {"iss": "https://login.microsoftonline.com/" + tid + "/v2.0", "ver": "2.0"},
		"expired within the skew":   {"exp": start.Add(-3 * time.Minute).Unix()},
		"early within the skew":     {"nbf": start.Add(5 * time.Minute).Unix()},
		"without a beginning":       {"nbf": nil},
		"by a certificate":          {"appidacr": "2"},
		"further roles":             {"roles": []string{"Mail.Read", auth.FullAccessAsApp}},
	} {
		id, refusal := g.Admit(bearer(forge(t, g, alone, changes)))
		require.Nil(t, refusal, name)
		assert.True(t, id.AppOnly && id.FullAccess() && !id.Delegated(), name)
		assert.Equal(t, fullApp, id.AppID, name)
		assert.Zero(t, id.Principal, name)
	}
	id, refusal := g.Admit(bearer(tokenOf(t, g, userForm(publicApp, "u2@contoso.com"))))
	require.Nil(t, refusal)
	assert.Equal(t, auth.Identity{Principal: 2, Scheme: auth.SchemeBearer, AppID: publicApp, Scopes: []string{auth.AccessAsUserAll}}, id)
	assert.True(t, id.Delegated())
	id, refusal = g.Admit(bearer(tokenOf(t, g, form(rbacApp))))
	require.Nil(t, refusal, "a role in Exchange is enough")
	assert.True(t, id.AppOnly && !id.FullAccess())
}

// A token is good to the second.
func TestExpiry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		config auth.Tokens
		until  time.Duration
	}{
		{"an hour", auth.Tokens{}, time.Hour},
		{"a lifetime of its own", auth.Tokens{Lifetime: 5 * time.Minute}, 5 * time.Minute},
		{"with some skew", auth.Tokens{Lifetime: 5 * time.Minute, Skew: time.Minute}, 6 * time.Minute},
	} {
		g := newGate(t, flavour.Online, auth.Config{Tokens: c.config})
		r := bearer(tokenOf(t, g, form(auth.DefaultApp, "client_secret", auth.DefaultSecret)))
		for _, at := range []time.Duration{0, c.until - time.Nanosecond} {
			r.Now = start.Add(at)
			_, refusal := g.Admit(r)
			assert.Nil(t, refusal, "%s: after %v", c.name, at)
		}
		r.Now = start.Add(c.until)
		_, refusal := g.Admit(r)
		require.NotNil(t, refusal, c.name)
		assert.Contains(t, refusal.Header["x-ms-diagnostics"][0], "token_expired", c.name)
	}
}

// otherKey signs claims with a key that the server does not know.
func otherKey(t *testing.T, claims map[string]any) string {
	t.Helper()
	f, _ := flavour.Of(flavour.Online)
	stranger, err := auth.New(auth.Config{}, f, crowd{}, auth.Options{})
	require.NoError(t, err)
	token, err := stranger.Sign(claims)
	require.NoError(t, err)
	return token
}

// swapClaims puts the claims of one token between head and signature of another.
func swapClaims(a, b string) string {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	return x[0] + "." + y[1] + "." + x[2]
}

// unsigned is the same claims with the algorithm none.
func unsigned(token string) string {
	return "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + strings.Split(token, ".")[1] + "."
}

func symmetric(t *testing.T, claims map[string]any) string {
	t.Helper()
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: []byte("0123456789abcdef0123456789abcdef")}, nil)
	require.NoError(t, err)
	token, err := jwt.Signed(s).Claims(claims).Serialize()
	require.NoError(t, err)
	return token
}
