package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestFindLimitIgnored(t *testing.T) {
	t.Parallel()
	all := with(asking(ews.OpFindItem, second), func(e *audit.Exchange) { e.Text, e.Page = 1, 1000 })
	full := []audit.Exchange{refused(all, ews.ErrorExceededFindCountLimit)}
	judge(t, []row{
		{name: "for the first time", last: full[0]},
		{name: "the same", before: full, last: later(all, second), want: "find-limit-ignored"},
		{name: "a smaller page", before: full, last: with(later(all, second), func(e *audit.Exchange) { e.Text, e.Page = 2, 100 })},
	})
}
