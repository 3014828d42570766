package mockews_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// What of a request is saved that is not all in order is said by the profile.
func TestSwitchOfRules(t *testing.T) {
	t.Parallel()
	for how, saved := range map[route.InboxRules]int{"": 1, route.InboxRulesValid: 1, route.InboxRulesAll: 0} {
		t.Run(string(how), func(t *testing.T) {
			t.Parallel()
			topology := profile(t, "ideal")
			topology.InboxRules = how
			s := newServer(t, topology)
			good := ews.Rule{Name: "good", Priority: 1, Actions: &ews.RuleActions{MarkAsRead: true}}
			bad := ews.Rule{Name: "bad", Priority: 2}
			o, _ := do(t, s, target, ews.UpdateInboxRules{Operations: []ews.RuleOperation{{Create: &good}, {Create: &bad}}})
			require.Len(t, o.Messages, 1)
			assert.Equal(t, ews.Code("ErrorInboxRulesValidationError"), o.Messages[0].Code)
			_, body := do(t, s, target, ews.GetInboxRules{})
			got := strings.Count(string(body), "<DisplayName>good<")
			assert.Equal(t, saved, got, "%s", body)
		})
	}
}
