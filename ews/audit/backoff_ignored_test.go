package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestBackoffIgnored(t *testing.T) {
	t.Parallel()
	told := []audit.Exchange{busy(second, 3*second)}
	until := busy(second, 0).Answered + 3*second
	early := busy(2*second, 10*second)
	judge(t, []row{
		{name: "waited", before: told, last: exemplary(until)},
		{name: "a moment too early", before: told, last: exemplary(until - time.Nanosecond), want: "backoff-ignored"},
		{name: "at once", before: told, last: exemplary(told[0].Answered), want: "backoff-ignored"},
		{name: "under way already", before: told, last: exemplary(second + time.Millisecond)},
		{name: "another mailbox", before: told, last: with(exemplary(2*second), func(e *audit.Exchange) { e.Mailbox, e.Anchor, e.Anchored = sadie, sadie, sadie })},
		{name: "another caller", before: told, last: with(exemplary(2*second), func(e *audit.Exchange) { e.Caller = alfred })},
		{name: "in other letters", before: told, last: with(exemplary(2*second), func(e *audit.Exchange) { e.Caller = "SVC@contoso.com" }), want: "backoff-ignored"},
		{name: "told again, longer", before: append(told, early), last: exemplary(11 * second), want: "backoff-ignored"},
		{name: "told again, and waited", before: append(told, early), last: exemplary(13 * second)},
		{name: "told again while the first holds", before: append(told, busy(2*second, time.Millisecond)), last: exemplary(3 * second), want: "backoff-ignored"},
		{name: "early, before another early one was answered", before: append(told, early), last: exemplary(2*second + 1), want: "backoff-ignored"},
		{name: "an early answer is no pardon", before: append(told, exemplary(2*second)), last: exemplary(3 * second), want: "backoff-ignored"},
		{name: "a good answer after the wait", before: append(told, exemplary(5*second)), last: exemplary(5*second + 1)},
		{name: "busy without a time", before: []audit.Exchange{busy(second, 0)}, last: exemplary(2 * second)},
		{name: "a time without being busy", before: []audit.Exchange{with(exemplary(second), func(e *audit.Exchange) { e.BackOff = second })}, last: exemplary(second + second/2), want: "backoff-ignored"},
	})
}
