package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestDeniedRetryStorm(t *testing.T) {
	t.Parallel()
	const quick = 50 * time.Millisecond
	denied := refused(exemplary(second), ews.ErrorImpersonateUserDenied)
	judge(t, []row{
		{name: "one retry", before: repeat(denied, 1, quick), last: later(denied, quick)},
		{name: "two retries", before: repeat(denied, 2, quick), last: later(denied, 2*quick)},
		{name: "three retries", before: repeat(denied, 3, quick), last: later(denied, 3*quick), want: "denied-retry-storm"},
		{name: "with time between", before: repeat(denied, 5, 2*second), last: later(denied, 10*second)},
		{name: "granted meanwhile", before: append(repeat(denied, 3, quick), exemplary(second+3*quick)), last: later(denied, 4*quick)},
		{name: "another mailbox", before: repeat(denied, 3, quick), last: with(later(denied, 3*quick), func(e *audit.Exchange) { e.Mailbox, e.Anchor, e.Anchored = sadie, sadie, sadie })},
	})
}
