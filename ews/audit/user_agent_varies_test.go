package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestUserAgentVaries(t *testing.T) {
	t.Parallel()
	other := func(e *audit.Exchange) { e.UserAgent = "archiver/2.2" }
	judge(t, []row{
		{name: "the same", before: []audit.Exchange{exemplary(second)}, last: exemplary(2 * second)},
		{name: "another one", before: []audit.Exchange{exemplary(second)}, last: with(exemplary(2*second), other), want: "user-agent-varies"},
		{name: "on another connection", before: []audit.Exchange{exemplary(second)}, last: with(exemplary(2*second), func(e *audit.Exchange) { other(e); e.Connection = 2 })},
		{name: "nobody knows on which", before: []audit.Exchange{with(exemplary(second), func(e *audit.Exchange) { e.Connection = 0 })}, last: with(exemplary(2*second), func(e *audit.Exchange) { other(e); e.Connection = 0 })},
	})
}
