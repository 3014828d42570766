package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestMovedMailboxHammered(t *testing.T) {
	t.Parallel()
	const quick = 50 * time.Millisecond
	moving := with(exemplary(second), func(e *audit.Exchange) { e.Code = ews.ErrorMailboxMoveInProgress })
	judge(t, []row{
		{name: "two retries", before: repeat(moving, 2, quick), last: later(moving, 2*quick)},
		{name: "three retries", before: repeat(moving, 3, quick), last: later(moving, 3*quick), want: "moved-mailbox-hammered"},
		{name: "a server that is not there", before: repeat(with(moving, func(e *audit.Exchange) { e.Code = ews.ErrorConnectionFailed }), 3, quick), last: later(moving, 3*quick), want: "moved-mailbox-hammered"},
		{name: "with time between", before: repeat(moving, 5, 2*second), last: later(moving, 10*second)},
	})
}
