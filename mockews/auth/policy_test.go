package auth_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

const (
	disabled = "EWS is disabled for this user or tenant"
	blocked  = "EWS is blocked by policy for this user or tenant"
)

// Who is kept out by policy (MS docs: Control access to EWS in Exchange).
func TestPolicies(t *testing.T) {
	t.Parallel()
	yes, no := new(true), new(false)
	u1 := func(m auth.Mailbox) []auth.Mailbox { m.User = "u1@contoso.com"; return []auth.Mailbox{m} }
	for _, c := range []struct {
		name             string
		org              auth.Organization
		mailboxes        []auth.Mailbox
		u1, u2, app, bas string // why they are kept out: by the tokens of two users and of an application, and by u1's password
	}{
		{"EwsEnabled $null", auth.Organization{}, nil, "", "", "", ""},
		{"EwsEnabled true", auth.Organization{Enabled: yes}, nil, "", "", "", ""},
		{"EwsEnabled false for the organisation", auth.Organization{Enabled: no}, nil, disabled, disabled, disabled, disabled},
		{"EwsEnabled false for a user", auth.Organization{}, u1(auth.Mailbox{Enabled: no}), disabled, "", "", disabled},
		{"EwsEnabled true for a user", auth.Organization{}, u1(auth.Mailbox{Enabled: yes}), "", "", "", ""},
		{"both must allow", auth.Organization{Enabled: no}, u1(auth.Mailbox{Enabled: yes}), disabled, disabled, disabled, disabled},
		{"the mailbox overrides", auth.Organization{Enabled: no, Overrides: true}, u1(auth.Mailbox{Enabled: yes}), "", disabled, disabled, ""},
		{"the mailbox leaves it open", auth.Organization{Enabled: no, Overrides: true}, u1(auth.Mailbox{}), disabled, disabled, disabled, disabled},
		{"EnforceAllowList with the agent", auth.Organization{Policy: auth.EnforceAllowList, Allow: []string{"x", "Sync-Service/*"}}, nil, "", "", "", ""},
		{"EnforceAllowList without it", auth.Organization{Policy: auth.EnforceAllowList, Allow: []string{"OWA/*"}}, nil, blocked, blocked, blocked, blocked},
		{"EnforceAllowList with nothing", auth.Organization{Policy: auth.EnforceAllowList}, nil, blocked, blocked, blocked, blocked},
		{"EnforceBlockList with the agent", auth.Organization{Policy: auth.EnforceBlockList, Block: []string{"*service*"}}, nil, blocked, blocked, blocked, blocked},
		{"EnforceBlockList without it", auth.Organization{Policy: auth.EnforceBlockList, Block: []string{"OWA/*"}}, nil, "", "", "", ""},
		{"EnforceBlockList with nothing", auth.Organization{Policy: auth.EnforceBlockList}, nil, "", "", "", ""},
		{"a user's list", auth.Organization{}, u1(auth.Mailbox{Policy: auth.EnforceBlockList, Block: []string{"*"}}), blocked, "", "", blocked},
		{"a user's list overrides", auth.Organization{Policy: auth.EnforceAllowList, Overrides: true}, u1(auth.Mailbox{Policy: auth.EnforceAllowList, Allow: []string{"*"}}), "", blocked, blocked, ""},
		{"a user's list does not", auth.Organization{Policy: auth.EnforceAllowList}, u1(auth.Mailbox{Policy: auth.EnforceAllowList, Allow: []string{"*"}}), blocked, blocked, blocked, blocked},
		{"EwsAllowedAppIDs with the application", auth.Organization{Enabled: yes, AllowedApps: []string{"11111111-0000-4000-8000-00000000000F", strings.ToUpper(fullApp)}}, nil, "", "", "", blocked},
		{"EwsAllowedAppIDs without it", auth.Organization{Enabled: yes, AllowedApps: []string{bareApp}}, nil, blocked, blocked, blocked, blocked},
		{"EwsAllowedAppIDs needs EwsEnabled true", auth.Organization{AllowedApps: []string{bareApp}}, nil, "", "", "", ""},
		{"EwsAllowedAppIDs and a list: both must pass", auth.Organization{Enabled: yes, AllowedApps: []string{fullApp}, Policy: auth.EnforceAllowList}, nil, blocked, blocked, blocked, blocked},
		{"disabled is said first", auth.Organization{Enabled: no, Policy: auth.EnforceAllowList}, nil, disabled, disabled, disabled, disabled},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := newGate(t, flavour.Online, auth.Config{Basic: yes, Apps: apps(), Organization: c.org, Mailboxes: c.mailboxes})
			for _, who := range []struct {
				name, header, want string
				principal          int
			}{
				{"u1", "Bearer " + tokenOf(t, g, userForm(fullApp, "u1")), c.u1, 1},
				{"u2", "Bearer " + tokenOf(t, g, userForm(fullApp, "u2")), c.u2, 2},
				{"an application", "Bearer " + tokenOf(t, g, form(fullApp)), c.app, 0},
				{"a password", basicHeader("u1", password), c.bas, 1},
			} {
				id, refusal := g.Admit(request(who.header))
				assert.EqualValues(t, who.principal, id.Principal, "%s: who it is, is known", who.name)
				if who.want == "" {
					assert.Nil(t, refusal, who.name)
					continue
				}
				if assert.NotNil(t, refusal, who.name) {
					assert.Equal(t, http.StatusForbidden, refusal.Status)
					assert.Equal(t, map[string][]string{
						"Content-Length": {"0"}, "Restrict-Access-Confirm": {"1"}, "X-EWS-Policy-Reason": {who.want},
					}, refusal.Header, who.name)
					assert.True(t, refusal.ByBackEnd)
				}
			}
		})
	}
}

// The list of applications is for SOAP requests; everything else for all.
func TestPolicyOfPages(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps(), Organization: auth.Organization{Enabled: new(true), AllowedApps: []string{bareApp}}})
	r := bearer(tokenOf(t, g, form(fullApp)))
	_, refusal := g.Admit(r)
	assert.NotNil(t, refusal)
	r.SOAP = false
	_, refusal = g.Admit(r)
	assert.Nil(t, refusal)
}

// A 403 on premises says nothing more, unless the profile wants it to.
func TestForbiddenHeaders(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		flavour flavour.Name
		answers auth.Answers
		want    []string
	}{
		{"on premises", flavour.Exchange2019, auth.Answers{}, nil},
		{"on premises, with all", flavour.Exchange2019, auth.Answers{Confirm: new(true), Reason: new(true)}, []string{"Restrict-Access-Confirm", "X-EWS-Policy-Reason"}},
		{"Online, with nothing", flavour.Online, auth.Answers{Confirm: new(false), Reason: new(false)}, nil},
	} {
		g := newGate(t, c.flavour, auth.Config{Basic: new(true), Answers: c.answers, Organization: auth.Organization{Enabled: new(false)}})
		_, refusal := g.Admit(request(basicHeader("u1", password)))
		require.NotNil(t, refusal, c.name)
		delete(refusal.Header, "Content-Length")
		assert.Len(t, refusal.Header, len(c.want), c.name)
		for _, key := range c.want {
			assert.Contains(t, refusal.Header, key, c.name)
		}
	}
}

func TestPatterns(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"", "*", "**", "a", "a*", "*a", "a*a", "*a*", "ab*ba", "a*b*a", "*ab*ab*"} {
		model := regexp.MustCompile("^" + strings.ReplaceAll(pattern, "*", ".*") + "$")
		for _, s := range []string{"", "a", "b", "aa", "ab", "aba", "abba", "abab", "aab", "bab", "ababab", "aaaa", "abxba"} {
			assert.Equal(t, model.MatchString(s), auth.Matches(pattern, s), "%q %q", pattern, s)
		}
	}
}
