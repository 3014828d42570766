package mailbox

import (
	"fmt"
	"math"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// arrivals are how far the mail that comes from elsewhere by itself has come in a mailbox. When a message arrives and what it says is
// a function of the seed, the mailbox and its number, so that nothing has to be done before somebody looks.
type arrivals struct {
	next int       // the number of the message that arrives next
	due  time.Time // when it does; zero: not drawn yet
}

// firstArrival is the draw of the first message that arrives, behind those of what the seed gives a folder.
const firstArrival = 1 << 20

// lock lets its caller into the mailbox, in which all has arrived that is due.
func (b *box) lock() {
	b.mu.Lock()
	if b.store.MailEvery > 0 {
		for now := time.Now(); !b.nextMail().After(now); b.mail = (arrivals{b.mail.next + 1, b.mail.due}).drawn(b) {
			b.receive()
		}
	}
}

// nextMail is when the next message arrives.
func (b *box) nextMail() time.Time {
	if b.mail.due.IsZero() {
		b.mail = arrivals{due: b.store.born}.drawn(b)
	}
	return b.mail.due
}

// drawn is the arrival behind one: the times between two are exponentially distributed, as those of independent events are.
func (a arrivals) drawn(b *box) arrivals {
	gap := -math.Log(b.store.uniform("arrival", b.key(0, a.next))) * float64(b.store.MailEvery)
	a.due = a.due.Add(time.Duration(gap))
	return a
}

// receive puts the next message into the inbox, or where rules want it. It is from outside, where no automatic reply goes.
func (b *box) receive() {
	inbox := b.distinguished("inbox")
	at := b.mail.due.UTC().Truncate(time.Second)
	nth := firstArrival + b.mail.next - 1 // as if it were one of those that the seed gives, far behind them
	it, key := &item{by: b.owner}, b.key(inbox.number, nth+1)
	b.compose(inbox, it, key, nth, alone(inbox, nth))
	name := fmt.Sprintf("sender%04d", b.store.pick("outsider", key, 1000))
	from := ews.Recipient{Mailbox: ews.Mailbox{Name: name, Address: name + "@fabrikam.com", RoutingType: "SMTP", MailboxType: "OneOff"}}
	it.props.Put(mail.from, from)
	it.props.Put(mail.sender, from)
	id := b.store.messageID(key, from.Mailbox.Address)
	it.props.Put(mail.internetID, id)
	it.props.Put(mail.index, newIndex(threadOf(id, it.topic()), at))
	it.props.Put(mail.received, at)
	it.props.Put(mail.sent, at)
	it.props.Put(mail.created, at)
	it.props.Put(mail.read, false)
	if sends := b.deliverBy(it, at); len(sends) > 0 {
		go b.store.sendOn(b.owner, it.clone(), sends) // who let it arrive has the mailbox, in which others are not to look
	}
}

// NextMail is when mail arrives next in a mailbox by itself, false if none ever does.
func (s *Store) NextMail(owner access.Principal) (at time.Time, ok bool) {
	if s.MailEvery == 0 {
		return at, false
	}
	b := s.box(owner)
	b.lock()
	defer b.mu.Unlock()
	return b.nextMail(), true
}
