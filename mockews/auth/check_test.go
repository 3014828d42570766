package auth_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// parse reads a file that has a configuration at authentication.
func parse(of flavour.Name, text string) (auth.Config, error) {
	var file struct {
		Authentication auth.Config `yaml:"authentication"`
	}
	doc, err := strictyaml.Parse("t.yaml", []byte("authentication:\n"+text))
	if err == nil {
		err = doc.Decode(&file)
	}
	if err != nil {
		return auth.Config{}, err
	}
	report := doc.Report()
	f, _ := flavour.Of(of)
	file.Authentication.Check(report, "authentication", f, crowd{})
	return file.Authentication, report.Err()
}

func TestBadConfigurations(t *testing.T) {
	t.Parallel()
	const app = "{id: 11111111-0000-4000-8000-000000000001, "
	for _, c := range []struct{ name, yaml, want string }{
		{"unknown key", "  baisc: true", `2:3: unknown key "baisc", did you mean "basic"?`},
		{"nobody", "  basic: false", "2:3: nobody could get in: neither basic nor oauth is on"},
		{"tenant", "  tokens: {tenant: contoso.com}", `2:20: "contoso.com" is not a GUID such as 0e5b6e9c-0000-4000-8000-00000000a001`},
		{"tenant's dashes", "  tokens: {tenant: 0e5b6e9c00000-4000-8000-00000000a001}", `2:20: "0e5b6e9c00000-4000-8000-00000000a001" is not a GUID such as 0e5b6e9c-0000-4000-8000-00000000a001`},
		{"lifetime", "  tokens: {lifetime: 25h}", "2:22: lifetime is 25h0m0s: write whole seconds, at most 24h0m0s"},
		{"lifetime in parts", "  tokens: {lifetime: 1500ms}", "2:22: lifetime is 1.5s: write whole seconds, at most 24h0m0s"},
		{"skew", "  tokens: {skew: 2h}", "2:18: skew is 2h0m0s: write at most 1h0m0s"},
		{"strength", "  tokens: {strength: 3}", "2:22: strength is 3: write 1 for a secret or 2 for a certificate"},
		{"bearer", "  answers: {bearer: never}", `2:21: bearer is "never": write always or asked`},
		{"authorization_uri", "  answers: {authorization_uri: 'a\"b'}", "2:32: authorization_uri must be of printable ASCII, without quotation marks and backslashes"},
		{"application without an id", "  apps: [{name: x}]", "2:10: application has no id"},
		{"application's id", "  apps: [{id: x}]", `2:15: "x" is not a GUID such as 0e5b6e9c-0000-4000-8000-00000000a001`},
		{"two applications", "  apps: [" + app + "name: a}, " + app + "name: b}]", "2:68: there are two applications 11111111-0000-4000-8000-000000000001"},
		{"role", "  apps: [" + app + "roles: [Full_Access_As_App]}]", `2:61: permission is "Full_Access_As_App": it is spelled full_access_as_app`},
		{"scope", "  apps: [" + app + "scopes: [https://outlook.office365.com/.default]}]", `2:62: permission is "https://outlook.office365.com/.default": write a name such as EWS.AccessAsUser.All`},
		{"capability", "  apps: [" + app + "capabilities: [cp2]}]", `2:68: capability is "cp2": there is only cp1`},
		{"policy without a name", "  conditional_access: [{block: true}]", "2:24: policy has no name"},
		{"policy's name", "  conditional_access: [{name: 'a\"', block: true}]", "2:31: name must be of printable ASCII, without quotation marks and backslashes"},
		{"policy about no application", "  conditional_access: [{name: a, block: true, apps: [x]}]", `2:54: there is no application "x"`},
		{"policy about nobody", "  conditional_access: [{name: a, block: true, users: [u9@contoso.com]}]", `2:55: "u9@contoso.com" is nobody's primary address`},
		{"policy about no network", "  conditional_access: [{name: a, block: true, addresses: [10.0.0.0/33]}]", `2:59: "10.0.0.0/33" is not an address or a network such as 10.0.0.0/8`},
		{"policy about no other network", "  conditional_access: [{name: a, block: true, except_addresses: [home]}]", `2:66: "home" is not an address or a network such as 10.0.0.0/8`},
		{"policy that does nothing", "  conditional_access: [{name: a}]", "2:24: write one of block and require"},
		{"policy that does both", "  conditional_access: [{name: a, block: true, require: {claim: acrs, value: c1}}]", "2:24: write one of block and require"},
		{"claim", "  conditional_access: [{name: a, require: {claim: amr, value: mfa}}]", `2:51: claim is "amr": write acrs or xms_cc`},
		{"claim without a value", "  conditional_access: [{name: a, require: {claim: acrs}}]", "2:43: claim has no value"},
		{"application access policy", "  organization: {application_access_policy: EnforceList}", `2:45: application_access_policy is "EnforceList": write EnforceAllowList or EnforceBlockList`},
		{"list without a policy", "  organization: {allow_list: [x]}", "2:17: a list of user agents without application_access_policy: write EnforceAllowList or EnforceBlockList"},
		{"list of a mailbox without a policy", "  mailboxes: [{user: u1@contoso.com, block_list: [x]}]", "2:15: a list of user agents without application_access_policy: write EnforceAllowList or EnforceBlockList"},
		{"allowed applications on premises", "  organization: {ews_enabled: true, allowed_app_ids: [11111111-0000-4000-8000-000000000001]}", "2:54: Exchange2019 has no EwsAllowedAppIDs: it is a setting of ExchangeOnline"},
		{"mailbox of nobody", "  mailboxes: [{user: u9@contoso.com}]", `2:22: "u9@contoso.com" is nobody's primary address`},
		{"mailbox without a user", "  mailboxes: [{ews_enabled: true}]", "2:15: mailbox has no user"},
		{"mailbox twice", "  mailboxes: [{user: u1@contoso.com}, {user: U1@contoso.com}]", "2:46: U1@contoso.com has two settings"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := parse(flavour.Exchange2019, c.yaml)
			require.Error(t, err)
			assert.Equal(t, "t.yaml:"+c.want, err.Error())
		})
	}
	_, err := parse(flavour.Online, "  organization: {ews_enabled: true, allowed_app_ids: [x]}")
	require.EqualError(t, err, `t.yaml:2:55: "x" is not a GUID such as 0e5b6e9c-0000-4000-8000-00000000a001`)
}
