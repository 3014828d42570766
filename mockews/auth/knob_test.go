package auth_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// busy is a configuration in which every key says something.
func busy() auth.Config {
	yes := func() *bool { return new(true) }
	all := apps()
	return auth.Config{
		Basic: yes(), Negotiate: yes(), OAuth: yes(),
		Tokens:  auth.Tokens{Tenant: auth.DefaultTenant, Lifetime: time.Hour, Skew: time.Minute, Strength: 1, Forwarded: true},
		Answers: auth.Answers{AuthorizationURI: "http://a", Bearer: auth.BearerAlways, ModernAuth: yes(), Confirm: yes(), Reason: yes()},
		Apps:    all,
		ConditionalAccess: []auth.Condition{
			{Name: "a", Apps: []string{fullApp}, Users: []string{"u1@contoso.com"}, Addresses: []string{"192.0.2.0/24"}, ExceptAddresses: []string{"192.0.2.99"}, Block: true},
			{Name: "b", Apps: []string{publicApp}, Users: []string{"u2@contoso.com"}, Require: auth.Claim{Claim: auth.ClaimContexts, Value: "c1"}},
		},
		Organization: auth.Organization{
			Enabled: yes(), Policy: auth.EnforceAllowList, Allow: []string{"sync*"}, Block: []string{"other*"}, AllowedApps: []string{fullApp, publicApp, capableApp, rbacApp, bareApp},
		},
		Mailboxes: []auth.Mailbox{{User: "u3@contoso.com", Enabled: yes(), Policy: auth.EnforceBlockList, Allow: []string{"other*"}, Block: []string{"x*"}}},
	}
}

var random = regexp.MustCompile(`"(uti|trace_id|correlation_id)":"[^"]*"|(Trace|Correlation) ID: [-0-9a-f]{36}`)

// fingerprint is all that can be seen of a gatekeeper: what callers of all kinds are told, by it and by its token endpoint.
func fingerprint(t *testing.T, c auth.Config) string {
	g := newGate(t, flavour.Online, c)
	var seen strings.Builder
	admit := func(header, agent string, at time.Duration) {
		r := request(header)
		r.UserAgent, r.Now = agent, start.Add(at)
		id, refusal := g.Admit(r)
		fmt.Fprintln(&seen, id)
		if refusal != nil {
			fmt.Fprintln(&seen, refusal.Status, refusal.Header)
		}
	}
	for _, agent := range []string{agent, "other/1", "x/1"} {
		for _, header := range []string{"", "Bearer", "Bearer x", basicHeader("u1", password), basicHeader("u3", password)} {
			admit(header, agent, 0)
		}
	}
	for _, app := range []string{fullApp, bareApp, publicApp, "22222222-0000-4000-8000-000000000002"} {
		for _, from := range []string{"", "192.0.2.99", "203.0.113.1"} {
			if from != "" && app != fullApp {
				continue
			}
			for _, f := range []func() reply{
				func() reply { return post(t, g, tokenPath, form(app), forwarded(from)) },
				func() reply { return post(t, g, tokenPath, form(app, "client_secret", "other"), forwarded(from)) },
				func() reply { return post(t, g, tokenPath, userForm(app, "u1"), forwarded(from)) },
				func() reply { return post(t, g, tokenPath, userForm(app, "u2"), forwarded(from)) },
				func() reply {
					return post(t, g, tokenPath, userForm(app, "u2", "claims", `{"access_token":{"acrs":{"value":"c1"},"xms_cc":{"values":["cp1"]}}}`), forwarded(from))
				},
			} {
				r := f()
				if r.token() == "" {
					fmt.Fprintln(&seen, r.status, random.ReplaceAllString(r.text, ""))
					continue
				}
				said := decode(t, r.token())
				delete(said, "uti")
				fmt.Fprintln(&seen, r.status, said)
				for _, at := range []time.Duration{0, time.Hour, 2 * time.Hour} {
					admit("Bearer "+r.token(), agent, at)
				}
			}
		}
	}
	r := httptest.NewRequest(http.MethodGet, "http://"+host+"/"+domain+"/v2.0/.well-known/openid-configuration", nil)
	fmt.Fprintln(&seen, serve(t, g, r).text)
	fmt.Fprintln(&seen, g.Config().Apps)
	return seen.String()
}

func forwarded(from string) func(*http.Request) {
	return func(r *http.Request) {
		if from != "" {
			r.Header.Set("X-Forwarded-For", from)
		}
	}
}

// Every key changes something that callers can see.
func TestEveryKeyMatters(t *testing.T) {
	t.Parallel()
	const another = "22222222-0000-4000-8000-000000000002"
	changes := map[string]func(*auth.Config){
		"basic":                                  func(c *auth.Config) { c.Basic = new(false) },
		"negotiate":                              func(c *auth.Config) { c.Negotiate = new(false) },
		"oauth":                                  func(c *auth.Config) { c.OAuth = new(false) },
		"tokens.tenant":                          func(c *auth.Config) { c.Tokens.Tenant = another },
		"tokens.lifetime":                        func(c *auth.Config) { c.Tokens.Lifetime = 2 * time.Hour },
		"tokens.skew":                            func(c *auth.Config) { c.Tokens.Skew = 0 },
		"tokens.strength":                        func(c *auth.Config) { c.Tokens.Strength = 2 },
		"tokens.unverifiable":                    func(c *auth.Config) { c.Tokens.Unverifiable = true },
		"tokens.forwarded":                       func(c *auth.Config) { c.Tokens.Forwarded = false },
		"answers.authorization_uri":              func(c *auth.Config) { c.Answers.AuthorizationURI = "http://b" },
		"answers.bearer":                         func(c *auth.Config) { c.Answers.Bearer = auth.BearerAsked },
		"answers.modern_auth":                    func(c *auth.Config) { c.Answers.ModernAuth = new(false) },
		"answers.restrict_access_confirm":        func(c *auth.Config) { c.Answers.Confirm = new(false) },
		"answers.policy_reason":                  func(c *auth.Config) { c.Answers.Reason = new(false) },
		"apps.id":                                func(c *auth.Config) { c.Apps[1].ID = another },
		"apps.name":                              func(c *auth.Config) { c.Apps[1].Name = "other" },
		"apps.secret":                            func(c *auth.Config) { c.Apps[1].Secret = "other" },
		"apps.roles":                             func(c *auth.Config) { c.Apps[1].Roles = []string{auth.FullAccessAsApp} },
		"apps.scopes":                            func(c *auth.Config) { c.Apps[1].Scopes = []string{auth.AccessAsUserAll} },
		"apps.capabilities":                      func(c *auth.Config) { c.Apps[1].Capabilities = []string{"cp1"} },
		"conditional_access.name":                func(c *auth.Config) { c.ConditionalAccess[0].Name = "c" },
		"conditional_access.apps":                func(c *auth.Config) { c.ConditionalAccess[0].Apps[0] = bareApp },
		"conditional_access.users":               func(c *auth.Config) { c.ConditionalAccess[0].Users[0] = "u2@contoso.com" },
		"conditional_access.addresses":           func(c *auth.Config) { c.ConditionalAccess[0].Addresses[0] = "203.0.113.0/24" },
		"conditional_access.except_addresses":    func(c *auth.Config) { c.ConditionalAccess[0].ExceptAddresses = nil },
		"conditional_access.block":               func(c *auth.Config) { p := &c.ConditionalAccess[1]; p.Block, p.Require = true, auth.Claim{} },
		"conditional_access.require.claim":       func(c *auth.Config) { c.ConditionalAccess[1].Require.Claim = auth.ClaimCapabilities },
		"conditional_access.require.value":       func(c *auth.Config) { c.ConditionalAccess[1].Require.Value = "c2" },
		"organization.ews_enabled":               func(c *auth.Config) { c.Organization.Enabled = new(false) },
		"organization.application_access_policy": func(c *auth.Config) { c.Organization.Policy = auth.EnforceBlockList },
		"organization.allow_list":                func(c *auth.Config) { c.Organization.Allow = []string{"*"} },
		"organization.block_list":                func(c *auth.Config) { c.Organization.Block = []string{"x*"} },
		"organization.allowed_app_ids":           func(c *auth.Config) { c.Organization.AllowedApps = []string{bareApp} },
		"organization.mailbox_overrides":         func(c *auth.Config) { c.Organization.Overrides = true },
		"mailboxes.user":                         func(c *auth.Config) { c.Mailboxes[0].User = "u1@contoso.com"; c.Mailboxes[0].Enabled = new(false) },
		"mailboxes.ews_enabled":                  func(c *auth.Config) { c.Mailboxes[0].Enabled = new(false) },
		"mailboxes.application_access_policy":    func(c *auth.Config) { c.Mailboxes[0].Policy = auth.EnforceAllowList },
		"mailboxes.allow_list":                   func(c *auth.Config) { c.Mailboxes[0].Allow = []string{"*"} },
		"mailboxes.block_list":                   func(c *auth.Config) { c.Mailboxes[0].Block = []string{"*"} },
	}
	// Some keys show only beside another one: what they are compared with has that one already.
	beside := map[string]func(*auth.Config){
		"organization.block_list":                func(c *auth.Config) { noApps(c); c.Organization.Policy = auth.EnforceBlockList },
		"organization.mailbox_overrides":         func(c *auth.Config) { c.Organization.AllowedApps = nil },
		"mailboxes.user":                         func(c *auth.Config) { noApps(c); c.Mailboxes[0].Enabled = new(false) },
		"mailboxes.ews_enabled":                  noApps,
		"mailboxes.application_access_policy":    noApps,
		"mailboxes.allow_list":                   func(c *auth.Config) { noApps(c); c.Mailboxes[0].Policy = auth.EnforceAllowList },
		"mailboxes.block_list":                   noApps,
		"organization.allow_list":                noApps,
		"organization.application_access_policy": noApps,
	}
	plain := fingerprint(t, busy())
	require.Equal(t, plain, fingerprint(t, busy()))
	all := keys(reflect.TypeFor[auth.Config](), "")
	for _, key := range all {
		change, ok := changes[key]
		if !assert.True(t, ok, "no test for %s", key) {
			continue
		}
		c, want := busy(), plain
		if also := beside[key]; also != nil {
			also(&c)
			want = fingerprint(t, c)
		}
		change(&c)
		assert.False(t, want == fingerprint(t, c), "%s changes nothing", key)
	}
	assert.Len(t, changes, len(all))
}

// noApps lets callers with a password in.
func noApps(c *auth.Config) { c.Organization.AllowedApps = nil }

// keys are the paths of all values that a configuration may hold.
func keys(t reflect.Type, prefix string) (all []string) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return []string{strings.TrimPrefix(prefix, ".")}
	}
	for f := range t.Fields() {
		all = append(all, keys(f.Type, prefix+"."+f.Tag.Get("yaml"))...)
	}
	return all
}
