package access_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// finance is somebody in Finance, and hidden.
func finance() access.Recipient {
	return access.Recipient{
		Alias: "user000042", PrimarySMTPAddress: "user000042@contoso.com", DisplayName: "Sean O'Hara", Department: "Finance",
		City: "Graz", Title: "Director", CustomAttributes: [15]string{2: "B"}, RecipientTypeDetails: "UserMailbox", Database: "db1",
		Hidden: true,
	}
}

func TestFilterMatches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		filter string
		want   bool
	}{
		{"Department -eq 'Finance'", true},
		{"department -EQ 'FINANCE'", true},
		{"Department -eq 'Fin'", false},
		{"Department -ne 'Finance'", false},
		{"Department -ne 'Sales'", true},
		{"Office -ne 'Graz 1'", true},
		{"Office -eq $null", true},
		{"Office -ne $null", false},
		{"Department -ne $null", true},
		{"HiddenFromAddressListsEnabled -eq $true", true},
		{"HiddenFromAddressListsEnabled -eq $false", false},
		{"HiddenFromAddressListsEnabled -ne $FALSE", true},
		{"Alias -like 'user*'", true},
		{"Alias -like '*42'", true},
		{"Alias -like '*0*0*42*'", true},
		{"Alias -like 'USER*42'", true},
		{"Alias -like 'user000042*42'", false},
		{"Alias -like '*'", true},
		{"Office -like '*'", true},
		{"Alias -like '*x*'", false},
		{"Alias -notlike 'svc*'", true},
		{"Alias -notlike 'user*'", false},
		{"Alias -lt 'user000100'", true},
		{"Alias -le 'user000042'", true},
		{"Alias -lt 'user000042'", false},
		{"Alias -gt 'user000041'", true},
		{"Alias -ge 'USER000042'", true},
		{"Alias -gt 'user000042'", false},
		{"Office -lt 'z'", false},
		{"Office -ge ''", false},
		{"CustomAttribute3 -eq 'b'", true},
		{"CustomAttribute13 -eq 'b'", false},
		{"DisplayName -eq 'Sean O''Hara'", true},
		{"RecipientTypeDetails -eq 'UserMailbox' -and Title -eq 'Director' -and City -eq 'Graz'", true},
		{"RecipientTypeDetails -eq 'UserMailbox' -and Title -eq 'x' -and City -eq 'Graz'", false},
		{"City -eq 'x' -or City -eq 'y' -or City -eq 'graz'", true},
		{"(City -eq 'x' -or City -eq 'Graz') -and Company -eq $null", true},
		{"City -eq 'Graz' -or (City -eq 'x' -and Company -eq 'y')", true},
		{"-not (City -eq 'Graz')", false},
		{"-not City -eq 'x' -and Department -eq 'Finance'", true},
		{"-not -not City -eq 'Graz'", true},
		{"((Database -eq 'DB1')\n)\t", true},
		{"UserPrincipalName -eq 'user000042@contoso.com'", true},
		{"PrimarySmtpAddress -like '*@contoso.com'", true},
	} {
		f, err := access.ParseFilter(c.filter)
		require.NoError(t, err, c.filter)
		assert.Equal(t, c.want, f.Matches(finance()), c.filter)
		assert.Equal(t, c.filter, f.String())
	}
}

// Each property is one of its own.
func TestEveryPropertyIsRead(t *testing.T) {
	t.Parallel()
	for _, name := range access.PropertyNames() {
		value := "'zz'"
		if name == "HiddenFromAddressListsEnabled" {
			value = "$true"
		}
		f, err := access.ParseFilter(name + " -eq " + value)
		require.NoError(t, err)
		assert.False(t, f.Matches(access.Recipient{}), name)
		seen := 0
		for i := range 26 {
			if f.Matches(with(i)) {
				seen++
			}
		}
		assert.Equal(t, 1, seen, name)
	}
	assert.Len(t, access.PropertyNames(), 27)
}

// with is a recipient of whom one attribute is set.
func with(i int) (r access.Recipient) {
	if i < len(r.CustomAttributes) {
		r.CustomAttributes[i] = "zz"
		return r
	}
	for _, set := range []func(){
		func() { r.Alias = "zz" }, func() { r.PrimarySMTPAddress = "zz" }, func() { r.DisplayName = "zz" }, func() { r.Department = "zz" },
		func() { r.Office = "zz" }, func() { r.City = "zz" }, func() { r.Company = "zz" }, func() { r.Title = "zz" },
		func() { r.RecipientTypeDetails = "zz" }, func() { r.Database = "zz" }, func() { r.Hidden = true },
	}[i-len(r.CustomAttributes):][:1] {
		set()
	}
	return r
}

func TestBadFilters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, filter, want string }{
		{"nothing", "", "filter, character 1: expected a property, -not or (, not the end"},
		{"unknown property", "Departmnt -eq 'x'", `filter, character 1: unknown property "Departmnt", did you mean "Department"?`},
		{"unknown operator", "City -lik 'x*'", `filter, character 6: expected an operator such as -eq, not -lik, did you mean "-like"?`},
		{"no operator", "City", "filter, character 5: expected an operator such as -eq, not the end"},
		{"a text as operator", "City '-eq' 'x'", `filter, character 6: expected an operator such as -eq, not the text "-eq"`},
		{"no value", "City -eq", "filter, character 9: expected a text in single quotes, $true, $false or $null, not the end"},
		{"no quotes", "City -eq Graz", "filter, character 10: expected a text in single quotes, $true, $false or $null, not Graz"},
		{"double quotes", `City -eq "Graz"`, `filter, character 10: "\"" has no meaning here: texts are in single quotes`},
		{"open quote", "City -eq 'Graz", "filter, character 10: the text has no closing quote"},
		{"open quote at a doubled one", "City -eq 'Graz''", "filter, character 10: the text has no closing quote"},
		{"flag as text", "City -eq $true", "filter, character 10: City is a text, not $true"},
		{"text as flag", "HiddenFromAddressListsEnabled -eq 'x'", `filter, character 35: HiddenFromAddressListsEnabled is $true or $false, not the text "x"`},
		{"null flag", "HiddenFromAddressListsEnabled -eq $null", "filter, character 35: HiddenFromAddressListsEnabled is $true or $false, not $null"},
		{"order of null", "City -lt $null", "filter, character 10: City cannot be compared with $null by -lt: write -eq or -ne"},
		{"flag like", "HiddenFromAddressListsEnabled -like 'x*'", `filter, character 37: HiddenFromAddressListsEnabled cannot be compared with the text "x*" by -like: write -eq or -ne`},
		{"no wildcard", "City -like 'Graz'", `filter, character 12: -like needs a wildcard in "Graz": write -eq for the text itself`},
		{"and beside or", "City -eq 'a' -and City -eq 'b' -or City -eq 'c'", "filter, character 32: -and beside -or: put parentheses around what belongs together"},
		{"open parenthesis", "(City -eq 'a'", "filter, character 14: expected ), not the end"},
		{"closing parenthesis", "City -eq 'a')", "filter, character 13: expected -and, -or or the end, not )"},
		{"nothing in parentheses", "()", "filter, character 2: expected a property, -not or (, not )"},
		{"nothing after and", "City -eq 'a' -and", "filter, character 18: expected a property, -not or (, not the end"},
		{"two filters", "City -eq 'a' City -eq 'b'", "filter, character 14: expected -and, -or or the end, not City"},
		{"braces", "{City -eq 'a'}", `filter, character 1: "{" has no meaning here: texts are in single quotes`},
		{"nested deep", strings.Repeat("(", 100), "filter, character 66: nested deeper than 64"},
		{"too long", strings.Repeat(" ", 40_000), "filter has 40000 characters, more than 32768"},
	} {
		_, err := access.ParseFilter(c.filter)
		assert.EqualError(t, err, c.want, c.name)
	}
}

// Whatever the text: there is a filter or an error, a filter decides, and its contrary decides the other way.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{
		"Department -eq 'Finance' -and (City -like 'G*' -or Title -ne $null)", "-not HiddenFromAddressListsEnabled -eq $true",
		"Alias -ge 'user000001' -and Alias -le 'user''9'", "((", "'", "CustomAttribute15 -notlike '**'", "Alias -like 'ü*\x00'",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		filter, err := access.ParseFilter(text)
		if err != nil {
			assert.Contains(t, err.Error(), "filter")
			return
		}
		contrary, err := access.ParseFilter("-not (" + text + ")")
		if err != nil {
			assert.ErrorContains(t, err, "deeper")
			return
		}
		for _, r := range []access.Recipient{finance(), {}} {
			assert.NotEqual(t, filter.Matches(r), contrary.Matches(r))
		}
	})
}
