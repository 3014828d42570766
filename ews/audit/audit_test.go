package audit_test

import (
	"fmt"
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
		RequestID: fmt.Sprintf("0b1c2d3e-4f50-4162-8374-%012x", int64(came)), IDWanted: true,
		UserAgent: "archiver/2.1", ContentType: ews.ContentType, Connection: 1,
		Asked:  audit.Asked{Version: ews.DefaultVersion, Items: 10, Shape: ews.ShapeIDOnly},
		Status: 200, Code: ews.NoError,
	}
}

// asking is an exemplary request of another kind.
func asking(op ews.Op, came time.Duration) audit.Exchange {
	e := exemplary(came)
	e.Op, e.Asked = op, audit.Asked{Version: ews.DefaultVersion}
	return e
}

// member is an exemplary request of a group of subscriptions, anchored at
// alfred.
func member(op ews.Op, mailbox string, came time.Duration) audit.Exchange {
	e := asking(op, came)
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

// repeat is the same request n times, so often.
func repeat(e audit.Exchange, n int, step time.Duration) (es []audit.Exchange) {
	for i := range n {
		es = append(es, later(e, time.Duration(i)*step))
	}
	return es
}

// later is the same request at another time, under an id of its own.
func later(e audit.Exchange, by time.Duration) audit.Exchange {
	next := exemplary(e.Came + by)
	e.Came, e.Answered, e.RequestID = e.Came+by, e.Answered+by, next.RequestID
	return e
}

// refused is a request that was answered with a code.
func refused(e audit.Exchange, code ews.Code) audit.Exchange {
	e.Status, e.Code = 500, code
	return e
}

// undone is what an auditor counts at the end.
func undone(es ...audit.Exchange) map[audit.ID]uint64 {
	var a audit.Auditor
	for i := range es {
		a.Observe(&es[i])
	}
	a.Finish()
	return a.Counts()
}
