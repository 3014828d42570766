package audit_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestNonPrimaryRepeated(t *testing.T) {
	t.Parallel()
	by := func(e audit.Exchange, kind ews.SIDKind, value string) audit.Exchange {
		e.Named = ews.ConnectingSID{Kind: kind, Value: value}
		return e
	}
	alias := by(exemplary(second), ews.PrimarySmtpAddress, "al@contoso.com")
	told := []audit.Exchange{refused(alias, ews.ErrorNonPrimarySmtpAddress)}
	judge(t, []row{
		{name: "for the first time", last: told[0]},
		{name: "the same again", before: told, last: later(alias, second), want: "non-primary-repeated"},
		{name: "the primary one", before: told, last: by(exemplary(2*second), ews.PrimarySmtpAddress, alfred)},
		{name: "as any address", before: told, last: by(exemplary(2*second), ews.SmtpAddress, "al@contoso.com")},
		{name: "sent before it was told", before: told, last: later(alias, time.Millisecond)},
	})
}
