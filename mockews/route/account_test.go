package route_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// The directory that guards ask.
var (
	_ access.Directory = (*route.Organisation)(nil)
	_ access.Holders   = (*route.Organisation)(nil)
)

func TestHolds(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{})
	const bench, scoped, noMailbox, none = -1, -2, -3, -4
	for _, c := range []struct {
		name           string
		caller, target route.Principal
		want           bool
	}{
		{"whole organisation", bench, 1000, true},
		{"an account", bench, scoped, true},
		{"in the scope", scoped, 100, true},
		{"beyond the scope", scoped, 101, false},
		{"an account is in no scope of users", scoped, bench, false},
		{"without a mailbox", noMailbox, 1, true},
		{"without the role", none, 1, false},
		{"a user", 5, 6, false},
		{"a user oneself", 5, 5, false},
		{"nobody", 0, 5, false},
		{"no such account", -9, 5, false},
	} {
		scope, ok := org.Holds(c.caller)
		assert.Equal(t, c.want, ok && scope.Holds(c.target, org), c.name)
	}
}

// A scope with a filter holds those whom the filter matches, as drawn from the seed.
func TestScopeByFilter(t *testing.T) {
	t.Parallel()
	account := func(filter string) route.Topology {
		scope := route.Scope{Filter: filter}
		return route.Topology{Seed: 3, Accounts: []route.Account{{Name: "svc", BackEnd: 1, Role: route.RoleApplicationImpersonation, Scope: scope}}}
	}
	count := func(filter string) (n int) {
		org := build(t, account(filter))
		scope, ok := org.Holds(-1)
		require.True(t, ok)
		for p := route.Principal(1); p <= 1000; p++ {
			if scope.Holds(p, org) {
				n++
			}
		}
		return n
	}
	assert.Equal(t, 99, count("Alias -like 'user0000*'"), "users 1 to 99")
	assert.Equal(t, 1000, count("RecipientTypeDetails -eq 'UserMailbox'"))
	assert.Zero(t, count("HiddenFromAddressListsEnabled -eq $true"))
	assert.InDelta(t, 1000/8, count("Department -eq 'Finance'"), 40)
	assert.InDelta(t, 1000/2, count("CustomAttribute7 -eq $null"), 60)
	assert.InDelta(t, 1000/10, count("City -eq 'Graz' -and CustomAttribute1 -ne $null"), 40)
}

// Attributes are pure functions of the seed, and everybody has all of them.
func TestRecipientIsDrawn(t *testing.T) {
	t.Parallel()
	org, again, other := build(t, route.Topology{Seed: 1}), build(t, route.Topology{Seed: 1}), build(t, route.Topology{Seed: 2})
	differs := 0
	for p := route.Principal(1); p <= 200; p++ {
		r := org.Recipient(p)
		require.Equal(t, r, again.Recipient(p))
		for _, value := range []string{r.Alias, r.PrimarySMTPAddress, r.DisplayName, r.Department, r.Office, r.City, r.Company, r.Title, r.Database} {
			assert.NotEmpty(t, value)
		}
		assert.True(t, strings.HasPrefix(r.Office, r.City))
		if r.Department != other.Recipient(p).Department {
			differs++
		}
	}
	assert.Greater(t, differs, 100)
	first, _ := org.DatabaseOf(1)
	assert.Equal(t, first.Name, org.Recipient(1).Database)
	svc := org.Recipient(-3)
	assert.Equal(t, access.Recipient{
		Alias: "svc-nomailbox", PrimarySMTPAddress: "svc-nomailbox@contoso.com", DisplayName: "svc-nomailbox",
		RecipientTypeDetails: "User", Hidden: true,
	}, svc)
	assert.Equal(t, access.Recipient{RecipientTypeDetails: "User"}, org.Recipient(0))
}

func TestAccountsChangeWhileInUse(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{})
	first := org.Accounts()
	require.NoError(t, org.AddAccount(route.Account{Name: "svc-new", BackEnd: 1, Role: route.RoleApplicationImpersonation}))
	p, primary := org.Find("svc-new@contoso.com")
	assert.Equal(t, route.Principal(-5), p)
	assert.True(t, primary)
	assert.Equal(t, "ewsbench", org.Password(p))
	assert.True(t, org.HasMailbox(p))
	bySID, _ := org.FindSID(org.SID(p))
	assert.Equal(t, p, bySID)
	_, holds := org.Holds(p)
	assert.True(t, holds)

	require.NoError(t, org.SetAccount(route.Account{Name: "SVC-new", Password: "x"}))
	assert.Equal(t, "x", org.Password(p))
	assert.False(t, org.HasMailbox(p))
	_, holds = org.Holds(p)
	assert.False(t, holds)

	assert.ErrorContains(t, org.AddAccount(route.Account{Name: "svc-NEW"}), "already")
	assert.ErrorContains(t, org.SetAccount(route.Account{Name: "svc-other"}), "no account")
	assert.ErrorContains(t, org.AddAccount(route.Account{Name: "a b"}), "name")
	assert.ErrorContains(t, org.AddAccount(route.Account{Name: "user000001"}), "belong to users")
	assert.ErrorContains(t, org.SetAccount(route.Account{Name: "svc-new", BackEnd: 2}), "back_end")
	assert.ErrorContains(t, org.SetAccount(route.Account{Name: "svc-new", Scope: route.Scope{Filter: "Dept -eq 'x'"}}), "unknown property")

	require.NoError(t, org.SetAccount(route.Account{Name: "svc-none", Role: route.RoleApplicationImpersonation}))
	org.ResetAccounts()
	assert.Equal(t, first, org.Accounts())
	gone, _ := org.Find("svc-new@contoso.com")
	assert.Zero(t, gone)
	assert.Equal(t, "svc-new@contoso.com", org.Address(p), "the journal still knows whom it means")
	assert.False(t, org.HasMailbox(p))
	_, holds = org.Holds(p)
	assert.False(t, holds)
	bySID, _ = org.FindSID(org.SID(p))
	assert.Zero(t, bySID)

	require.NoError(t, org.AddAccount(route.Account{Name: "svc-newer"}))
	newer, _ := org.Find("svc-newer@contoso.com")
	assert.Equal(t, route.Principal(-6), newer, "nobody inherits a place")
	require.NoError(t, org.AddAccount(route.Account{Name: "svc-new"}))
	back, _ := org.Find("svc-new@contoso.com")
	assert.Equal(t, p, back)
	assert.Len(t, org.Accounts(), 6)
}

// As many accounts as wanted: each has an address and a SID of its own.
func TestManyAccounts(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{Mailboxes: 5000})
	for i := range 1200 {
		require.NoError(t, org.AddAccount(route.Account{Name: fmt.Sprint("svc", i)}))
	}
	for p := route.Principal(-1204); p <= 5000; p++ {
		if p == 0 {
			continue
		}
		found, wellFormed := org.FindSID(org.SID(p))
		require.True(t, wellFormed)
		require.Equal(t, p, found, org.SID(p))
	}
}

func TestAccountsChangeUnderReaders(t *testing.T) {
	t.Parallel()
	org := build(t, route.Topology{})
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for j := range 50 {
				_ = org.AddAccount(route.Account{Name: fmt.Sprint("svc", i, "x", j)})
				_, ok := org.Holds(-1)
				assert.True(t, ok)
				assert.GreaterOrEqual(t, len(org.Accounts()), 4)
			}
		})
	}
	all.Go(func() {
		for range 50 {
			org.ResetAccounts()
		}
	})
	all.Wait()
}

func TestBadAccounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, yaml, want string }{
		{"two of a name", "accounts: [{name: svc}, {name: SVC}]", "1:32: there are two accounts \"SVC\""},
		{"a user's name", "accounts: [{name: user000001}]", "1:19: account name \"user000001\": names of that form belong to users"},
		{"range and filter", "accounts: [{name: svc, scope: {first: 1, last: 2, filter: \"Title -eq 'x'\"}}]", "1:31: scope has a range and a filter: write one of the two"},
		{"property", "accounts: [{name: svc, scope: {filter: \"Departmnt -eq 'x'\"}}]", "1:40: filter, character 1: unknown property \"Departmnt\", did you mean \"Department\"?"},
	} {
		_, err := route.Parse("t.yaml", []byte(c.yaml))
		require.Error(t, err, c.name)
		assert.Equal(t, "t.yaml:"+c.want, err.Error(), c.name)
	}
}
