package auth_test

import (
	"encoding/base64"
	"net/http"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// A policy that blocks is met where tokens are issued, by application, user and address.
func TestConditionalAccessBlocks(t *testing.T) {
	t.Parallel()
	const me, elsewhere = "192.0.2.7:50000", "203.0.113.9:50000"
	for _, c := range []struct {
		name   string
		policy auth.Condition
		remote string
		full   bool // an application on its own is blocked
		user   bool // u1 is
		other  bool // another application is
	}{
		{"everybody", auth.Condition{}, me, true, true, true},
		{"by application", auth.Condition{Apps: []string{fullApp}}, me, true, true, false},
		{"by user", auth.Condition{Users: []string{"u1@contoso.com", "u2@contoso.com"}}, me, false, true, false},
		{"by another user", auth.Condition{Users: []string{"u2@contoso.com"}}, me, false, false, false},
		{"by network", auth.Condition{Addresses: []string{"192.0.2.0/24"}}, me, true, true, true},
		{"by address", auth.Condition{Addresses: []string{"10.0.0.1", "192.0.2.7"}}, me, true, true, true},
		{"from elsewhere", auth.Condition{Addresses: []string{"192.0.2.0/24"}}, elsewhere, false, false, false},
		{"but from here", auth.Condition{ExceptAddresses: []string{"192.0.2.0/24", "10.0.0.0/8"}}, me, false, false, false},
		{"and not from here", auth.Condition{ExceptAddresses: []string{"192.0.2.0/24"}}, elsewhere, true, true, true},
		{"an address of version 4 in 6", auth.Condition{Addresses: []string{"192.0.2.7"}}, "[::ffff:192.0.2.7]:1", true, true, true},
		{"version 6", auth.Condition{Addresses: []string{"2001:db8::/32"}}, "[2001:db8::5]:443", true, true, true},
		{"an address without a port", auth.Condition{Addresses: []string{"192.0.2.7"}}, "192.0.2.7", true, true, true},
		{"in the same process", auth.Condition{Addresses: []string{"127.0.0.0/8"}}, "in-process", true, true, true},
		{"all of it", auth.Condition{Apps: []string{fullApp}, Users: []string{"u1@contoso.com"}, Addresses: []string{"192.0.2.7"}}, me, false, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.policy.Name, c.policy.Block = "the rule", true
			g := newGate(t, flavour.Online, auth.Config{Apps: apps(), ConditionalAccess: []auth.Condition{c.policy}})
			from := func(r *http.Request) { r.RemoteAddr = c.remote }
			for form, blocked := range map[*reply]bool{
				new(post(t, g, tokenPath, form(fullApp), from)):           c.full,
				new(post(t, g, tokenPath, userForm(fullApp, "u1"), from)): c.user,
				new(post(t, g, tokenPath, form(bareApp), from)):           c.other,
			} {
				assert.Equal(t, blocked, form.status != http.StatusOK, form.text)
				if blocked {
					assert.Equal(t, "invalid_grant", form.fault())
					assert.Contains(t, form.body["error_description"], "AADSTS53003")
					assert.Contains(t, form.body["error_description"], "the rule")
				}
			}
		})
	}
}

var claimsOf = regexp.MustCompile(`claims="([^"]*)"`)

// challenged is the claims that a 401 asks for, "" for another 401.
func challenged(t *testing.T, refusal *auth.Refusal) string {
	t.Helper()
	require.NotNil(t, refusal)
	assert.Equal(t, http.StatusUnauthorized, refusal.Status)
	found := claimsOf.FindStringSubmatch(refusal.Header["WWW-Authenticate"][0])
	if found == nil {
		return ""
	}
	text, err := base64.StdEncoding.DecodeString(found[1])
	require.NoError(t, err)
	return string(text)
}

// A claim that is required is asked for, of clients that have declared that they understand (MS docs: Claims challenges, claims
// requests and client capabilities).
func TestClaimsChallenge(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps(), ConditionalAccess: []auth.Condition{
		{Name: "context", Require: auth.Claim{Claim: auth.ClaimContexts, Value: "c1"}},
	}})
	_, refusal := g.Admit(bearer(tokenOf(t, g, form(fullApp))))
	assert.Empty(t, challenged(t, refusal), "a client that has declared nothing")
	assert.Contains(t, refusal.Header["x-ms-diagnostics"][0], "2000010;")

	_, refusal = g.Admit(bearer(tokenOf(t, g, form(capableApp))))
	asked := challenged(t, refusal)
	assert.JSONEq(t, `{"access_token":{"acrs":{"essential":true,"value":"c1"}}}`, asked)
	assert.Equal(t, []string{
		`Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", ` +
			`claims="` + base64.StdEncoding.EncodeToString([]byte(asked)) + `"`,
	}, refusal.Header["WWW-Authenticate"])
	assert.Equal(t, []string{"0"}, refusal.Header["Content-Length"])
	assert.NotContains(t, refusal.Header, "x-ms-diagnostics")
	assert.True(t, refusal.ByBackEnd)

	token := tokenOf(t, g, form(capableApp, "claims", asked))
	_, refusal = g.Admit(bearer(token))
	assert.Nil(t, refusal, "the claims as they were asked for")
	_, refusal = g.Admit(bearer(tokenOf(t, g, form(capableApp, "claims", `{"access_token":{"acrs":{"value":"c2"}}}`))))
	assert.Equal(t, asked, challenged(t, refusal), "other claims than those asked for")
}

// A capability can be required as well.
func TestCapabilityRequired(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps(), ConditionalAccess: []auth.Condition{
		{Name: "capable clients", Require: auth.Claim{Claim: auth.ClaimCapabilities, Value: "cp1"}},
	}})
	_, refusal := g.Admit(bearer(tokenOf(t, g, form(fullApp))))
	assert.Empty(t, challenged(t, refusal))
	_, refusal = g.Admit(bearer(tokenOf(t, g, form(fullApp, "claims", `{"access_token":{"xms_cc":{"values":["cp1"]}}}`))))
	assert.Nil(t, refusal)
}

// A block that comes while a token is out: a client that can ask anew has to, others use up what they have (MS docs: Continuous
// access evaluation).
func TestBlockedMeanwhile(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps()})
	plain, capable := tokenOf(t, g, userForm(fullApp, "u1")), tokenOf(t, g, userForm(capableApp, "u1"))
	require.NoError(t, g.Change(func(c *auth.Config) error {
		c.ConditionalAccess = []auth.Condition{{Name: "from home alone", ExceptAddresses: []string{"10.0.0.0/8"}, Block: true}}
		return nil
	}))
	_, refusal := g.Admit(bearer(plain))
	assert.Nil(t, refusal)
	_, refusal = g.Admit(bearer(capable))
	asked := challenged(t, refusal)
	assert.JSONEq(t, `{"access_token":{"nbf":{"essential":true,"value":"1772366460"}}}`, asked)
	assert.Equal(t, "invalid_grant", post(t, g, tokenPath, userForm(capableApp, "u1", "claims", asked)).fault())
	home := bearer(capable)
	home.Remote = "10.1.2.3:5"
	_, refusal = g.Admit(home)
	assert.Nil(t, refusal)
	g.Reset()
	_, refusal = g.Admit(bearer(capable))
	assert.Nil(t, refusal)
}

// One machine can play clients of many places.
func TestForwarded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		header  string
		trusted bool
		blocked bool
	}{
		{"203.0.113.9", true, true}, {"203.0.113.9, 10.0.0.1", true, true}, {"203.0.113.9", false, false}, {"10.0.0.1", true, false}, {"nonsense", true, false}, {"", true, false},
	} {
		g := newGate(t, flavour.Online, auth.Config{Apps: apps(), Tokens: auth.Tokens{Forwarded: c.trusted}, ConditionalAccess: []auth.Condition{
			{Name: "there", Addresses: []string{"203.0.113.0/24"}, Block: true},
		}})
		r := post(t, g, tokenPath, form(fullApp), func(r *http.Request) { r.Header.Set("X-Forwarded-For", c.header) })
		assert.Equal(t, c.blocked, r.status != http.StatusOK, c)
	}
}
