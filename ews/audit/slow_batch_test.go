package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSlowBatch(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"at once", func(*audit.Exchange) {}, ""},
		{"a minute", func(e *audit.Exchange) { e.Answered = e.Came + 60*second }, "slow-batch"},
		{"one item", func(e *audit.Exchange) { e.Answered, e.Items = e.Came+60*second, 1 }, ""},
	})
}
