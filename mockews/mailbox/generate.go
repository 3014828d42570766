package mailbox

import (
	"math"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// Of all messages the first is received at newest; between two of a folder lie spacing and a drawn part of it.
const spacing = 4 * time.Hour

func newest() time.Time { return time.Date(2026, time.June, 30, 17, 0, 0, 0, time.UTC) }

// The distribution of message sizes in bytes, which is log-normal: 75 kB in the mean, as Microsoft's sizing of mailbox servers
// assumes.
const (
	sizeMedian = 36_500
	sizeSigma  = 1.2
	smallSize  = 20_000 // of a message without attachments
)

var subjects = []string{
	"Agenda for Monday", "Minutes of the weekly meeting", "Re: Budget for the next quarter", "Draft for your review",
	"Your order has been shipped", "Re: Re: Maintenance window", "Invitation: project kick-off", "Travel expenses",
	"New phone list", "Fw: Customer feedback", "Holiday calendar", "Question about the contract", "Lunch?",
	"Build failed: nightly", "Welcome to the team", "Reminder: time sheets are due", "Status & next steps",
}

// prose is what bodies are cut from.
const prose = `Thank you for the quick answer. As agreed, I have put the figures together and left out what we could not ` +
	`confirm. Please have a look at the second page, where the dates have changed, and tell me by the end of the week ` +
	`whether they suit you. If they do not, we move the review to the following Tuesday; the room is booked for both ` +
	`days. The offer of the supplier is good until the end of the month. They would rather deliver in two parts, which ` +
	`costs a little more but lets us begin before the holidays. I should like to accept, unless somebody objects. ` +
	`The tests of last night went well, apart from the one that everybody knows about. It is on the list for the next ` +
	`release. Until then we keep an eye on the queue and restart the service when it grows. The instructions are in ` +
	`the usual place. One more thing: the old address will be switched off at the turn of the year. Whoever still has ` +
	`it on a card or in a signature, please replace it now, so that nothing gets lost. Best regards and see you on Monday.`

// generate makes the nth item, from the newest, that the seed gives a folder.
func (b *box) generate(f *folder, nth int) *item {
	it := &item{uid: seedUID(f.number, nth), folder: f.number, by: b.owner}
	key := b.key(f.number, nth+1)
	switch f.kind {
	case ews.KindCalendarFolder:
		b.appointment(it, key, nth)
	case ews.KindContactsFolder:
		b.contact(it, key)
	case ews.KindTasksFolder:
		b.task(it, key, nth)
	default:
		b.message(f, it, key, nth)
	}
	return it
}

// keys of the properties that every generated message has.
type messageKeys struct {
	subject, body, received, size, inReplyTo, sent, created, from, sender, to, read, index, topic, references, internetID, draft, class ews.Key
}

func mustKey(uri string) ews.Key {
	k, ok := ews.Path{URI: uri}.Key()
	if !ok {
		panic("mailbox: the schema has no " + uri)
	}
	return k
}

var mail = messageKeys{
	subject: mustKey("item:Subject"), body: mustKey("item:Body"), received: mustKey("item:DateTimeReceived"), size: mustKey("item:Size"),
	sent: mustKey("item:DateTimeSent"), created: mustKey("item:DateTimeCreated"), from: mustKey("message:From"), sender: mustKey("message:Sender"),
	to: mustKey("message:ToRecipients"), read: mustKey("message:IsRead"), topic: mustKey("message:ConversationTopic"),
	index: mustKey("message:ConversationIndex"), inReplyTo: mustKey("item:InReplyTo"), references: mustKey("message:References"),
	internetID: mustKey("message:InternetMessageId"), draft: mustKey("item:IsDraft"), class: mustKey("item:ItemClass"),
}

// generatedProperties is how many properties a generated message has, at the most.
const generatedProperties = 17

func (b *box) message(f *folder, it *item, key uint64, nth int) {
	b.compose(f, it, key, nth, b.standOf(f, nth))
}

// compose makes the message that has a place in a conversation.
func (b *box) compose(f *folder, it *item, key uint64, nth int, at stand) {
	s := b.store
	_, unread := b.seeded(f)
	body := prose[:len(prose)/4+s.pick("body", key, len(prose)*3/4)]
	size := 2000 + len(body) + int(math.Exp(math.Log(sizeMedian)+sizeSigma*s.normal("size", key)))
	received := at.received(b, f, nth)
	from, to := s.mailboxOf(b.author(f, key)), s.mailboxOf(b.addressee(f, key, at))
	id := s.messageID(key, from.Address)
	it.kind = ews.KindMessage
	it.props.Grow(generatedProperties)
	subject := at.subject(b)
	it.props.Put(mail.subject, subject)
	it.props.Put(mail.body, ews.BodyContent{BodyType: ews.BodyText, Text: body})
	author, when := any(ews.Recipient{Mailbox: from}), any(received) // one value for several properties
	it.props.Put(mail.received, when)
	it.props.Put(mail.size, size)
	first, above := id, at.names(b)
	if len(above) > 0 {
		first = above[0]
		it.props.Put(mail.inReplyTo, above[len(above)-1])
	}
	it.props.Put(mail.draft, f.distinguished == "drafts")
	it.props.Put(mail.sent, when)
	it.props.Put(mail.created, when)
	it.props.Put(mail.sender, author)
	it.props.Put(mail.to, ews.Recipients{Mailboxes: []ews.Mailbox{to}})
	it.props.Put(mail.index, at.index(b, first, received))
	it.props.Put(mail.topic, topicOf(subject))
	if len(above) > 0 {
		it.props.Put(mail.references, strings.Join(above, " "))
	}
	it.props.Put(mail.from, author)
	it.props.Put(mail.internetID, id)
	it.props.Put(mail.read, nth >= unread)
	if f.class == sticky {
		it.props.Put(mail.class, "IPM.StickyNote")
		return
	}
	if size > smallSize {
		it.files = []*file{{number: 1, seed: size - len(body), key: key, Attachment: ews.Attachment{
			Name: "Attachment.bin", ContentType: "application/octet-stream", Size: size - len(body),
		}}}
	}
}

// outgoing reports whether what a folder holds comes from the mailbox itself.
func outgoing(f *folder) bool {
	return f.distinguished == "sentitems" || f.distinguished == "drafts" || f.distinguished == "outbox"
}

// author is who has written a message.
func (b *box) author(f *folder, key uint64) access.Principal {
	if outgoing(f) {
		return b.owner
	}
	return b.store.somebody("sender", key)
}

// addressee is to whom it goes: an answer to who has written what it answers to.
func (b *box) addressee(f *folder, key uint64, at stand) access.Principal {
	switch {
	case !outgoing(f):
		return b.owner
	case at.depth > 0:
		return b.author(at.folder, b.key(at.folder.number, at.above[at.depth-1]+1))
	}
	return b.store.somebody("sender", key)
}

func domainOf(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return domain
}

// normal is a normal deviate with mean 0 and standard deviation 1, by Box and Muller's method.
func (s *Store) normal(what string, key uint64) float64 {
	radius := math.Sqrt(-2 * math.Log(s.uniform(what, key)))
	return radius * math.Cos(2*math.Pi*s.uniform(what, key+1<<40))
}

// somebody is a user, drawn.
func (s *Store) somebody(what string, key uint64) access.Principal {
	return access.Principal(1 + s.pick(what, key, s.dir.Users()))
}

// mailboxOf is somebody's name and address.
func (s *Store) mailboxOf(p access.Principal) ews.Mailbox {
	return ews.Mailbox{Name: s.dir.DisplayName(p), Address: s.dir.Address(p), RoutingType: "SMTP", MailboxType: "Mailbox"}
}
