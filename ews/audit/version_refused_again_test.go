package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestVersionRefusedAgain(t *testing.T) {
	t.Parallel()
	first := refused(with(exemplary(second), func(e *audit.Exchange) { e.Version = "Exchange2019" }), ews.ErrorInvalidServerVersion)
	judge(t, []row{
		{name: "for the first time", last: first},
		{name: "the same", before: []audit.Exchange{first}, last: later(first, second), want: "version-refused-again"},
		{name: "an older one", before: []audit.Exchange{first}, last: exemplary(2 * second)},
	})
}
