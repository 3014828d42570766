package mailbox

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
)

// written is a message of which queries see the subject and the importance.
func written(about string) *subject {
	o := &ews.Object{Kind: ews.KindMessage}
	o.Set(ews.Path{URI: "item:Subject"}, about)
	o.Set(ews.Path{URI: "item:Importance"}, "High")
	return &subject{whole: o}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		query string
		finds bool
	}{
		{"", true},
		{"budget", true},
		{"bud", true},
		{"udget", false},
		{"budget lunch", false},
		{"budget AND plan", true},
		{"lunch OR plan", true},
		{"lunch OR dinner", false},
		{"NOT lunch", true},
		{"NOT budget", false},
		{"budget OR NOT plan", true},
		{"lunch OR NOT dinner", true},
		{"lunch OR NOT plan", false},
		{`"the budget plan"`, true},
		{`"the plan"`, false},
		{"(lunch) OR (subject:plan)", true},
		{"importance:high", true},
		{"importance:low", false},
		{"nosuchproperty:budget", false},
		{"OR budget", true},
		{"budget NOT", false},
	} {
		assert.Equal(t, test.finds, query(test.query)(written("About the budget plan")), test.query)
	}
}

// What a query means does not depend on how it is written, and NOT is the opposite of what is behind it.
func FuzzQuery(f *testing.F) {
	for _, text := range []string{
		"", "budget", "subject:budget", `"the budget" OR plan`, "NOT (importance:high)", "OR OR NOT", `subject:"`, "a:b:c", "*", "budg* AND NOT from:x",
	} {
		f.Add(text, "About the budget plan")
	}
	f.Fuzz(func(t *testing.T, text, about string) {
		s := written(about)
		found := query(text)(s)
		if strings.Count(text, `"`)%2 == 0 {
			assert.Equal(t, found, query("( "+text+"\t)")(s))
		}
		words := queryWords(text)
		for _, word := range words {
			assert.False(t, strings.ContainsAny(strings.Join(strings.Split(word, `"`)[:1], ""), " \t\r\n()"), "%q", word)
		}
		if len(words) == 1 && !slices.Contains([]string{"AND", "OR", "NOT"}, words[0]) {
			assert.NotEqual(t, found, query("NOT "+text)(s), "%q", text)
			assert.True(t, query(text+" OR NOT "+text)(s) || strings.Count(text, `"`)%2 == 1, "%q", text)
		}
	})
}
