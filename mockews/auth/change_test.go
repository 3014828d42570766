package auth_test

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// A configuration changes as a whole or not at all, and shares nothing with whoever wrote it.
func TestChange(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Exchange2019, auth.Config{})
	u1 := request(basicHeader("u1", password))
	admitted := func() bool { _, refusal := g.Admit(u1); return refusal == nil }
	require.True(t, admitted())

	sentinel := errors.New("no")
	require.ErrorIs(t, g.Change(func(c *auth.Config) error { c.Organization.Enabled = new(false); return sentinel }), sentinel)
	require.ErrorContains(t, g.Change(func(c *auth.Config) error { c.Organization.Enabled = new(false); c.Tokens.Strength = 9; return nil }), "strength is 9")
	assert.True(t, admitted())

	mine := auth.Config{Organization: auth.Organization{Enabled: new(false)}, Mailboxes: []auth.Mailbox{{User: "u1@contoso.com"}}}
	require.NoError(t, g.Set(mine))
	*mine.Organization.Enabled = true
	mine.Mailboxes[0].User = "nobody"
	*g.Config().Organization.Enabled = true
	assert.False(t, admitted())
	assert.Equal(t, "u1@contoso.com", g.Config().Mailboxes[0].User)

	g.Reset()
	assert.True(t, admitted())
	assert.Equal(t, auth.Config{}, g.Config())
	f, _ := flavour.Of("")
	_, err := auth.New(auth.Config{Basic: new(false)}, f, crowd{}, auth.Options{})
	require.EqualError(t, err, "auth: authentication: nobody could get in: neither basic nor oauth is on")
}

// A configuration that was handed out without its secrets can be put back in force.
func TestSetKeepsSecrets(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Apps: apps()})
	c := g.Config()
	for i := range c.Apps {
		c.Apps[i].Secret = ""
	}
	require.NoError(t, g.Set(c))
	assert.Equal(t, apps(), g.Config().Apps)
	assert.Empty(t, c.Apps[0].Secret)
	c.Apps[0].Secret = "another"
	require.NoError(t, g.Set(c))
	assert.Equal(t, "another", g.Config().Apps[0].Secret)
	require.NoError(t, g.Change(func(c *auth.Config) error { c.Apps[0].Secret = ""; return nil }))
	assert.Empty(t, g.Config().Apps[0].Secret)
}

// changing is a directory whose account -1 comes, goes and changes its password.
type changing struct {
	crowd
	mu       sync.Mutex
	password string
	gone     bool
}

func (c *changing) Password(access.Principal) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.password
}

func (c *changing) Find(address string) (access.Principal, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone {
		return 0, false
	}
	return c.crowd.Find(address)
}

// What is remembered of a password ends with the password, and with the account.
func TestPasswordsChange(t *testing.T) {
	t.Parallel()
	dir := &changing{password: "one"}
	f, _ := flavour.Of("")
	g, err := auth.New(auth.Config{}, f, dir, auth.Options{Domain: domain})
	require.NoError(t, err)
	admitted := func(password string) bool {
		id, refusal := g.Admit(request(basicHeader("svc", password)))
		return refusal == nil && id.Principal == -1
	}
	for range 2 {
		assert.True(t, admitted("one"))
	}
	dir.password = "two"
	assert.False(t, admitted("one"))
	assert.True(t, admitted("two"))
	dir.gone = true
	assert.False(t, admitted("two"))
	dir.gone = false
	assert.True(t, admitted("two"))
}

// Nobody can make a gatekeeper remember without end, and users are not remembered at all.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Basic: new(true)})
	for i := range auth.MaxBasic + 10 {
		_, refusal := g.Admit(request(basicHeader(fmt.Sprintf(`domain%d\svc`, i), password)))
		require.Nil(t, refusal)
		_, _ = g.Admit(request(basicHeader(fmt.Sprintf(`domain%d\u1`, i), password)))
		_, _ = g.Admit(request(basicHeader("svc", fmt.Sprint(i))))
	}
	headers, _ := auth.Sizes(g)
	assert.LessOrEqual(t, headers, auth.MaxBasic+1)
	assert.GreaterOrEqual(t, headers, 10)
	for i := range 50 {
		_, _ = g.Admit(bearer(fmt.Sprintf("x.y%d.z", i)))
	}
	_, tokens := auth.Sizes(g)
	assert.Zero(t, tokens, "a bad token is not remembered")
	known := bearer(tokenOf(t, g, form(auth.DefaultApp, "client_secret", auth.DefaultSecret)))
	for range 5 {
		_, refusal := g.Admit(known)
		require.Nil(t, refusal)
	}
	_, tokens = auth.Sizes(g)
	assert.Equal(t, 1, tokens)
}

// Of many tokens the last ones are remembered, and whichever is in use.
func TestTokensMakeRoom(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{})
	var names []string
	for i := range 3*auth.MaxTokens + 10 {
		names = append(names, fmt.Sprint(i))
	}
	assert.True(t, auth.Remember(g, names, "0"), "the one in use")
	assert.True(t, auth.Remembers(g, names[len(names)-auth.MaxTokens/2]), "a generation ago")
	assert.False(t, auth.Remembers(g, "1"))
	_, tokens := auth.Sizes(g)
	assert.LessOrEqual(t, tokens, 2*auth.MaxTokens)
}

// Callers come while policies change: each is let in or kept out as a whole.
func TestChangeWhileInUse(t *testing.T) {
	t.Parallel()
	g := newGate(t, flavour.Online, auth.Config{Basic: new(true), Apps: apps()})
	token := tokenOf(t, g, form(fullApp))
	var done sync.WaitGroup
	for i := range 8 {
		done.Go(func() {
			for range 200 {
				switch i {
				case 0:
					assert.NoError(t, g.Change(func(c *auth.Config) error { c.Organization.Enabled = new(false); return nil }))
				case 1:
					g.Reset()
				case 2:
					_ = g.Config()
				default:
					_, refusal := g.Admit(bearer(token))
					assert.True(t, refusal == nil || refusal.Status == 403)
					_, refusal = g.Admit(request(basicHeader("svc", password)))
					assert.True(t, refusal == nil || refusal.Status == 403)
				}
			}
		})
	}
	done.Wait()
}

// Whom the gatekeeper knows it lets in without any garbage.
func TestAdmitAllocatesNothing(t *testing.T) {
	g := newGate(t, flavour.Online, auth.Config{Basic: new(true), Apps: apps()})
	for name, header := range map[string]string{"password": basicHeader("svc@contoso.com", password), "token": "Bearer " + tokenOf(t, g, form(fullApp))} {
		r := request(header)
		assert.Zero(t, testing.AllocsPerRun(200, func() {
			if _, refusal := g.Admit(r); refusal != nil {
				t.Fatal("refused")
			}
		}), name)
	}
}

func BenchmarkAdmit(b *testing.B) {
	g := newGate(b, flavour.Online, auth.Config{Basic: new(true), Apps: apps()})
	for name, header := range map[string]string{"password": basicHeader("svc@contoso.com", password), "token": "Bearer " + tokenOf(b, g, form(fullApp))} {
		r := request(header)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = g.Admit(r)
			}
		})
	}
}

// A copy is equal and has no pointer and no list in common with what it was made from.
func TestCloneSharesNothing(t *testing.T) {
	t.Parallel()
	c := busy()
	clone := c.Clone()
	assert.Equal(t, c, clone)
	assertApart(t, "", reflect.ValueOf(c), reflect.ValueOf(clone))
}

func assertApart(t *testing.T, path string, a, b reflect.Value) {
	t.Helper()
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			assertApart(t, path+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	case reflect.Slice:
		if a.Len() == 0 {
			return
		}
		assert.NotEqual(t, a.Pointer(), b.Pointer(), path)
		for i := range a.Len() {
			assertApart(t, path, a.Index(i), b.Index(i))
		}
	case reflect.Pointer:
		assert.NotEqual(t, a.Pointer(), b.Pointer(), path)
	}
}
