package mockews

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mailbox"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/mockews/throttle"
)

// directory is the organisation as the mailboxes see it.
type directory struct {
	*route.Organisation
	dice route.Dice
}

// Users is how many users there are.
func (d directory) Users() int { return d.Topology().Mailboxes }

// RoomLists are the lists of meeting rooms.
func (d directory) RoomLists() []mailbox.RoomList {
	var all []mailbox.RoomList
	for _, l := range d.Organisation.RoomLists() {
		all = append(all, mailbox.RoomList{Name: l.Name, Address: l.Address, Rooms: l.Rooms})
	}
	return all
}

// Traits are what is particular about somebody as a recipient of mail.
func (d directory) Traits(p access.Principal) mailbox.Traits {
	t := d.Organisation.Traits(p)
	return mailbox.Traits{Tip: t.Tip, Full: t.Full, Restricted: t.Restricted, Moderated: t.Moderated, MaxSize: t.MaxSize}
}

// Bits are drawn from the organisation's seed.
func (d directory) Bits(what string, key uint64) uint64 { return d.dice.Bits(what, key) }

// registry is the organisation as Autodiscover sees it.
type registry struct {
	*route.Organisation
	store *mailbox.Store
}

// Find looks an address up, which may be the GUID of a mailbox at the domain: that is how the content mailbox of a public folder is
// asked about (MS docs: Route public folder content requests).
func (r registry) Find(address string) (p route.Principal, primary bool) {
	if p, primary = r.Organisation.Find(address); p != 0 {
		return p, primary
	}
	return r.Organisation.ByGUID(address, r.store.FindGUID(address)), false
}

// MailboxGUID is what ids call a mailbox.
func (r registry) MailboxGUID(p route.Principal) string { return r.store.MailboxGUID(p) }

func newStore(org *route.Organisation, guard *access.Guard) *mailbox.Store {
	s := mailbox.New(directory{org, org.Dice()}, guard, mailbox.Limits{Keep: org.Topology().Notifications.Keep})
	s.MailEvery = org.Topology().Mail.Every
	s.WholeRules = org.Topology().InboxRules == route.InboxRulesAll
	return s
}

// call is the request as the mailboxes see it: with the parts that an injected message fails, or that there was no time for.
func (x *exchange) call(actor route.Principal, request *ews.Request) mailbox.Call {
	call := mailbox.Call{Caller: x.hints.Caller, Actor: actor, Version: request.Version, Zone: request.Zone}
	if a := x.injected(); a != nil && a.Message != nil {
		x.sight.BackOff = a.Message.BackOff
		call.Fail = func(part int) (ews.Message, bool) { return *a.Message, a.Part == 0 || a.Part == part }
	} else if x.cutOff {
		call.Fail = x.late
	}
	return call
}

// perform carries the operation out. The response is nil for one that nobody knows.
func (x *exchange) perform(actor route.Principal, request *ews.Request) (ews.Response, ews.Code) {
	call := x.call(actor, request)
	if response, code := x.notified(call, request.Body); response != nil {
		return response, code
	}
	response, code := x.server.store.Do(call, request.Body)
	if x.unpaged && found(response) > x.ticket.Find {
		m := tooMuchFound(request.Version)
		x.budget.Refused, call.Fail = throttle.PartFound, func(int) (ews.Message, bool) { return m, true }
		return x.server.store.Do(call, request.Body)
	}
	return response, code
}
