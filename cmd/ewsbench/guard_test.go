package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/scenarios"
)

func TestCheckTarget(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, raw, allowed string
		refused            string // part of the error; "": allowed
	}{
		{"loopback by number", "http://127.0.0.1:8080/EWS/Exchange.asmx", "", ""},
		{"loopback, all of 127/8", "https://127.9.8.7/EWS/Exchange.asmx", "", ""},
		{"loopback, version 6", "https://[::1]/EWS/Exchange.asmx", "", ""},
		{"localhost", "https://LocalHost/EWS/Exchange.asmx", "", ""},
		{"remote", "https://mail.contoso.com/EWS/Exchange.asmx", "", "mail.contoso.com is not a loopback address"},
		{"remote, named", "https://mail.contoso.com/EWS/Exchange.asmx", "mail.contoso.com", ""},
		{"remote, named in capitals", "https://mail.contoso.com/EWS/Exchange.asmx", "MAIL.contoso.com", ""},
		{"remote, another one named", "https://mail.contoso.com/", "contoso.com", "not a loopback address"},
		{"a name that only looks like loopback", "https://127.0.0.1.contoso.com/", "", "not a loopback address"},
		{"a name that begins like localhost", "https://localhost.contoso.com/", "", "not a loopback address"},
		{"private network", "https://192.168.1.10/", "", "not a loopback address"},
		{"every address", "http://0.0.0.0/", "", "not a loopback address"},
		{"no scheme", "mail.contoso.com", "", "no http or https URL"},
		{"another scheme", "ftp://127.0.0.1/", "", "no http or https URL"},
		{"a password", "https://svc:secret@127.0.0.1/", "", "user or password"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := checkTarget(test.raw, "other.contoso.com", test.allowed)
			if test.refused == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, test.refused)
			assert.NotContains(t, err.Error(), "secret")
			assert.Equal(t, exitUsage, exitCode(err))
		})
	}
}

// TestDialRefusesWhatResolvesElsewhere: a name may be loopback when it is
// checked and another address when it is dialled.
func TestDialRefusesWhatResolvesElsewhere(t *testing.T) {
	t.Parallel()
	require.NoError(t, refuseRemote("tcp", "127.0.0.1:443", nil))
	require.NoError(t, refuseRemote("tcp6", "[::1]:443", nil))
	require.ErrorContains(t, refuseRemote("tcp", "192.0.2.1:443", nil), "not a loopback address")
	assert.NotNil(t, dialer(false).Control)
	assert.Nil(t, dialer(true).Control)
}

// TestRemoteTargetsAreTreatedGently: what --allow-remote lets through is held
// to a low rate unless --rate says otherwise, and its back-off is obeyed.
func TestRemoteTargetsAreTreatedGently(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, host string
		given      bool // --rate
		rate       float64
		gentle     bool
	}{
		{"loopback", "127.0.0.1", false, 120, false},
		{"remote", "mail.contoso.com", false, remoteRate, true},
		{"remote, with a rate", "mail.contoso.com", true, 120, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := scenarios.Load(defaultScenario)
			require.NoError(t, err)
			s.Arms = s.Arms[:2]
			f := runFlags{blocks: 30, timeout: 1, assign: "request", given: func(string) bool { return test.given }}
			f.user, f.allowRemote = "svc@contoso.com", []string{"mail.contoso.com"}
			set := &targets{directory: scenarios.AddressList([]string{"a@contoso.com", "b@contoso.com"})}
			env := func(string) string { return "secret" }
			for _, arm := range s.Arms {
				require.NoError(t, set.add(f, env, arm, "https://"+test.host+endpoint))
			}
			j := &job{scenario: s, targets: set}
			require.NoError(t, j.plan(f))
			assert.InDelta(t, test.rate, j.run.Rate, 1e-9)
			assert.Equal(t, test.gentle, set.remote)
			assert.Equal(t, test.gentle, set.arms[0].Target.ObeyBackOff)
		})
	}
}

// TestCredentialsKeepTheirSecret: whatever prints them, by whatever verb.
func TestCredentialsKeepTheirSecret(t *testing.T) {
	t.Parallel()
	c := basic("svc@contoso.com", "open-sesame")
	assert.Equal(t, "Basic c3ZjQGNvbnRvc28uY29tOm9wZW4tc2VzYW1l", c.secret.header())
	for _, printed := range []string{c.String(), c.GoString()} {
		assert.NotContains(t, printed, "sesame")
		assert.NotContains(t, printed, "c3Zj")
	}
}
