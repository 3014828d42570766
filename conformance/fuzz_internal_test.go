package conformance

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

func FuzzParseKnown(f *testing.F) {
	f.Add("# nothing\n\n", "ErrorAccessDenied")
	f.Add("anchor-free # ErrorAccessDenied\nbatch-stops\n", "ErrorAccessDenied, and more")
	f.Add("anchor-free\nanchor-free\n", "")
	f.Add("anchor", "a  b\r\n# c")
	f.Add("batch-stops\x00#\xff", "\xff")
	clauses := []string{"anchor-free", "batch-stops"}
	f.Fuzz(func(t *testing.T, text, actual string) {
		known, err := ParseKnown("known.txt", []byte(text), clauses)
		if err != nil {
			assert.True(t, strings.HasPrefix(err.Error(), "known.txt:"), err)
			assert.Empty(t, known.entries)
		}
		seen := map[string]bool{}
		for _, e := range known.entries {
			assert.Contains(t, clauses, e.clause)
			assert.False(t, seen[e.clause], "%s stands there twice", e.clause)
			seen[e.clause] = true
		}
		failed := results.Finding{Clause: clauses[0], Status: results.Fail, Actual: actual}
		again, err := ParseKnown("known.txt", []byte(KnownText([]results.Finding{failed})), clauses)
		require.NoError(t, err)
		assert.Equal(t, results.XFail, again.apply(failed).Status, "what has failed is known once it is written down")
	})
}

func FuzzParseCast(f *testing.F) {
	f.Add("schema: 1\naccounts:\n  service: {name: svc@contoso.com, password_env: SECRET}\nmailboxes: [a@contoso.com]\ngroup: [b@contoso.com, a@contoso.com]\n")
	f.Add("schema: 1\naccounts: {srevice: {name: x, token_file: t}}\n")
	f.Add("schema: 2\nmailboxes: [nobody]\n")
	f.Add("schema: [")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCast("world.yaml", []byte(text))
		if err != nil {
			assert.True(t, strings.HasPrefix(err.Error(), "world.yaml:"), err)
			return
		}
		assert.Equal(t, 1, c.Schema)
		for role, actor := range c.Accounts {
			assert.Contains(t, Roles(), role)
			assert.NotEmpty(t, actor.Name)
			assert.NotEmpty(t, actor.PasswordFile+actor.PasswordEnv+actor.TokenFile)
		}
		var w World
		c.Fill(&w)
		assert.ElementsMatch(t, c.Group, w.Group)
		for _, mailbox := range append(w.Mailboxes, w.Group...) {
			assert.Contains(t, mailbox, "@")
		}
	})
}
