package audit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

const (
	service = "svc@contoso.com"
	alfred  = "alfred@contoso.com"
	sadie   = "sadie@contoso.com"
	second  = time.Second
)

// exemplary is a request to which there is nothing to say, answered at once.
func exemplary(came time.Duration) audit.Exchange {
	return audit.Exchange{
		Op: ews.OpGetItem, Came: came, Answered: came + 5*time.Millisecond,
		Caller: service, Mailbox: alfred, Anchor: alfred, Anchored: alfred,
		RequestID: "0b1c2d3e-4f50-4162-8374-8596a7b8c9d0", UserAgent: "archiver/2.1",
		Items: 10, Shape: ews.ShapeIDOnly, Status: 200, Code: ews.NoError,
	}
}

// member is an exemplary request of a group of subscriptions, anchored at
// alfred.
func member(op ews.Op, mailbox string, came time.Duration) audit.Exchange {
	e := exemplary(came)
	e.Op, e.Items, e.Shape = op, 0, ""
	e.Mailbox, e.Affinity, e.CookieSent = mailbox, true, true
	return e
}

// busy is a request that was turned away and told to wait for so long.
func busy(came, backOff time.Duration) audit.Exchange {
	e := exemplary(came)
	e.Status, e.Code, e.BackOff = 500, ews.ErrorServerBusy, backOff
	return e
}

// with changes an exchange.
func with(e audit.Exchange, change func(*audit.Exchange)) audit.Exchange {
	change(&e)
	return e
}

// row is one case of a rule: earlier exchanges, and what is said of the last
// one. Nothing is "", and more than one verdict is joined by commas.
type row struct {
	name   string
	before []audit.Exchange
	last   audit.Exchange
	want   string
}

func judge(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		var a audit.Auditor
		for _, e := range r.before {
			a.Observe(&e)
		}
		assert.Equal(t, r.want, a.Observe(&r.last).String(), r.name)
	}
}

// change is a case of a rule that looks at one request alone.
type change struct {
	name   string
	change func(*audit.Exchange)
	want   string
}

func judgeChanges(t *testing.T, changes []change) {
	t.Helper()
	var rows []row
	for _, c := range changes {
		rows = append(rows, row{name: c.name, last: with(exemplary(second), c.change), want: c.want})
	}
	judge(t, rows)
}
