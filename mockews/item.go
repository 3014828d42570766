package mockews

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
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

var names = []string{
	"Alex Berger", "Bela Novak", "Chris Olsen", "Dana Petrov", "Eden Quist", "Flora Rossi", "Gerd Sato", "Hana Tran",
	"Imre Ueda", "Jana Vogel", "Kim Weber", "Lea Xu", "Mika Young", "Noa Zeller",
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

// item is the nth message of a folder, counted from the newest, as the shape shows it.
func (s *store) item(owner route.Principal, folder, nth int, shape ews.Shape) ews.Item {
	if shape == ews.ShapeIDOnly {
		return ews.Item{ID: s.itemID(owner, folder, nth)}
	}
	key := place(owner, folder, nth+1)
	_, unread := s.count(owner, folder)
	sender := s.sender(key)
	body := prose[:len(prose)/4+s.dice.Pick("body", key, len(prose)*3/4)]
	size := route.Lognormal{Median: sizeMedian, Sigma: sizeSigma} // a number of bytes, drawn like a time
	it := ews.Item{
		ID: s.itemID(owner, folder, nth), Class: "IPM.Note",
		Subject: subjects[s.dice.Pick("subject", key, len(subjects))], Body: body,
		Received: newest().Add(-spacing*time.Duration(nth) - time.Duration(s.dice.Uniform("received", key)*float64(spacing))),
		Size:     2000 + len(body) + int(s.dice.Duration(size, "size", key)),
		Sender:   sender, From: sender, Read: nth >= unread,
	}
	if shape == ews.ShapeAllProperties {
		it.Parent = s.folderID(owner, folder)
	}
	return it
}

func (s *store) sender(key uint64) ews.EmailAddress {
	p := 1 + s.dice.Pick("sender", key, s.org.Topology().Mailboxes)
	return ews.EmailAddress{Name: names[p%len(names)], Address: s.org.Address(route.Principal(p))}
}

// findMessage is the place of the message that an id names.
func (s *store) findMessage(actor route.Principal, id ews.ItemID) (o opaque, code ews.Code) {
	o, ok := s.decode(kindItem, id.ID)
	if !ok {
		return o, ews.ErrorInvalidIdMalformed
	}
	if o.owner != actor || o.folder >= len(folderTable) {
		return o, ews.ErrorItemNotFound
	}
	if total, _ := s.count(actor, o.folder); o.nth >= total {
		return o, ews.ErrorItemNotFound
	}
	return o, ews.NoError
}

func (s *store) getItem(actor route.Principal, b ews.GetItem) (ews.Response, ews.Code) {
	first := ews.NoError
	r := ews.GetItemResponse{Shape: b.Shape, Messages: make([]ews.ItemMessage, len(b.Items))}
	for i, id := range b.Items {
		o, code := s.findMessage(actor, id)
		r.Messages[i].Message = verdict(&first, code)
		if code == ews.NoError {
			r.Messages[i].Item = s.item(actor, o.folder, o.nth, b.Shape)
		}
	}
	return r, first
}

func (s *store) findItem(actor route.Principal, b ews.FindItem) (ews.Response, ews.Code) {
	first := ews.NoError
	r := ews.FindItemResponse{Shape: b.Shape, Messages: make([]ews.FindItemMessage, 1+len(b.Also))}
	for i := range r.Messages {
		folder := b.Folder
		if i > 0 {
			folder = b.Also[i-1]
		}
		number, code := s.findFolder(actor, folder)
		r.Messages[i].Message = verdict(&first, code)
		if code == ews.NoError {
			s.page(&r.Messages[i], actor, number, b)
		}
	}
	return r, first
}

// page fills a message with the part of the folder that was asked for.
func (s *store) page(m *ews.FindItemMessage, owner route.Principal, folder int, b ews.FindItem) {
	m.Total, _ = s.count(owner, folder)
	size := min(b.MaxEntries, maxPage)
	if size <= 0 {
		size = maxPage
	}
	begin := min(max(b.Offset, 0), m.Total)
	m.NextOffset = min(begin+size, m.Total)
	m.Last = m.NextOffset == m.Total
	m.Items = make([]ews.Item, 0, m.NextOffset-begin)
	for nth := begin; nth < m.NextOffset; nth++ {
		m.Items = append(m.Items, s.item(owner, folder, nth, b.Shape))
	}
}
