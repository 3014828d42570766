package mockews

import (
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// maxPage is the longest page of FindItem; longer ones are cut without a word (MS docs: EWS throttling in Exchange).
const maxPage = 1000

// Of all messages the first is received at newest; between two of a folder lie spacing and a drawn part of it.
const spacing = 4 * time.Hour

func newest() time.Time { return time.Date(2026, time.June, 30, 17, 0, 0, 0, time.UTC) }

// messageSize is the distribution of message sizes in bytes: 75 kB in the mean, as Microsoft's sizing of mailbox servers
// assumes.
const (
	sizeMedian = 36_500
	sizeSigma  = 1.2
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

// item is the nth message of the folder, counted from the newest, as the shape shows it.
func (r room) item(nth int, shape ews.Shape) ews.Item {
	owner := r.owner()
	if shape == ews.ShapeIDOnly {
		return ews.Item{ID: r.itemID(owner, r.number, nth)}
	}
	key := place(owner, r.number, nth+1)
	_, unread := r.count()
	sender := r.sender(key)
	body := prose[:len(prose)/4+r.dice.Pick("body", key, len(prose)*3/4)]
	size := route.Lognormal{Median: sizeMedian, Sigma: sizeSigma} // a number of bytes, drawn like a time
	it := ews.Item{
		ID: r.itemID(owner, r.number, nth), Class: "IPM.Note",
		Subject: subjects[r.dice.Pick("subject", key, len(subjects))], Body: body,
		Received: newest().Add(-spacing*time.Duration(nth) - time.Duration(r.dice.Uniform("received", key)*float64(spacing))),
		Size:     2000 + len(body) + int(r.dice.Duration(size, "size", key)),
		Sender:   sender, From: sender, Read: nth >= unread,
	}
	if shape == ews.ShapeAllProperties {
		it.Parent = r.folderID(owner, r.number)
	}
	return it
}

func (s *store) sender(key uint64) ews.EmailAddress {
	p := route.Principal(1 + s.dice.Pick("sender", key, s.org.Topology().Mailboxes))
	return ews.EmailAddress{Name: s.org.DisplayName(p), Address: s.org.Address(p)}
}

// findMessage is the message that an id names: the room that it is in, and which it is there.
func (s *store) findMessage(actor route.Principal, id ews.ItemID) (r room, nth int, code ews.Code) {
	o, ok := s.decode(kindItem, id.ID)
	if !ok {
		return r, 0, ews.ErrorInvalidIdMalformed
	}
	if o.folder >= len(folderTable) {
		return r, 0, ews.ErrorItemNotFound
	}
	r, code = s.enter(actor, o.owner, o.folder, access.Read, true)
	if code != ews.NoError {
		return r, 0, code
	}
	if total, _ := r.count(); o.nth >= total {
		return r, 0, ews.ErrorItemNotFound
	}
	return r, o.nth, ews.NoError
}

func (s *store) getItem(actor route.Principal, b ews.GetItem) (ews.Response, ews.Code) {
	first := ews.NoError
	r := ews.GetItemResponse{Shape: b.Shape, Messages: make([]ews.ItemMessage, len(b.Items))}
	for i, id := range b.Items {
		room, nth, code := s.findMessage(actor, id)
		r.Messages[i].Message = verdict(&first, code)
		if code == ews.NoError {
			r.Messages[i].Item = room.item(nth, b.Shape)
		}
	}
	return r, first
}

func (s *store) findItem(actor route.Principal, b ews.FindItem) (ews.Response, ews.Code) {
	first := ews.NoError
	var opened mailboxes
	r := ews.FindItemResponse{Shape: b.Shape, Messages: make([]ews.FindItemMessage, 1+len(b.Also))}
	for i := range r.Messages {
		folder := b.Folder
		if i > 0 {
			folder = b.Also[i-1]
		}
		room, code := s.visit(actor, folder, access.Read)
		if code == ews.NoError && !opened.open(room.at.Owner()) {
			code = ews.ErrorTooManyObjectsOpened
		}
		r.Messages[i].Message = blame(&first, code, folder.Mailbox)
		if code == ews.ErrorTooManyObjectsOpened {
			r.Messages[i].Text += ", Cannot open mailbox."
		}
		if code == ews.NoError {
			room.page(&r.Messages[i], b)
		}
	}
	return r, first
}

// maxOpened is in how many mailboxes one request may look (a report in gautamsi/ews-javascript-api #357: of calendars of many
// mailboxes the first sixteen were found).
const maxOpened = 16

// mailboxes are those that a request has opened.
type mailboxes struct{ all []route.Principal }

// open opens one more; it is false for one too many.
func (m *mailboxes) open(p route.Principal) bool {
	if slices.Contains(m.all, p) {
		return true
	}
	if len(m.all) == maxOpened {
		return false
	}
	m.all = append(m.all, p)
	return true
}

// page fills a message with the part of the folder that was asked for.
func (r room) page(m *ews.FindItemMessage, b ews.FindItem) {
	m.Total, _ = r.count()
	size := min(b.MaxEntries, maxPage)
	if size <= 0 {
		size = maxPage
	}
	begin := min(max(b.Offset, 0), m.Total)
	m.NextOffset = min(begin+size, m.Total)
	m.Last = m.NextOffset == m.Total
	m.Items = make([]ews.Item, 0, m.NextOffset-begin)
	for nth := begin; nth < m.NextOffset; nth++ {
		m.Items = append(m.Items, r.item(nth, b.Shape))
	}
}
