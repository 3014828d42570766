package mailbox

import (
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// habit is what a delegate has beside levels.
type habit struct{ copies, private bool }

// delegating carries out a part of an operation on the delegates of a mailbox, which are among its settings.
func (j *job) delegating(r *ews.DelegateResponse, address string, do func(owner access.Principal) ews.Code) {
	r.Message = j.try(func() ews.Code {
		opened, code := j.settings(address)
		if code != ews.NoError {
			return code
		}
		return do(opened.Owner())
	})
}

// one adds the answer for one delegate. That one has failed does not make the answer as a whole a failure.
func (j *job) one(r *ews.DelegateResponse, do func(m *ews.DelegateMessage) ews.Code) {
	var m ews.DelegateMessage
	if code := do(&m); code != ews.NoError {
		m = ews.DelegateMessage{Message: ews.NewMessage(code)}
	}
	r.Users = append(r.Users, m)
}

func (j *job) getDelegate(b ews.GetDelegate) ews.Response {
	r := ews.DelegateResponse{Of: b.Op()}
	j.delegating(&r, b.Mailbox.Address, func(owner access.Principal) ews.Code {
		wanted := b.Users
		if wanted == nil {
			for _, d := range j.delegatesOf(owner) {
				wanted = append(wanted, ews.UserID{PrimarySmtpAddress: d.User})
			}
		}
		for _, id := range wanted {
			j.one(&r, func(m *ews.DelegateMessage) ews.Code {
				user, d, code := j.delegate(owner, id)
				if code == ews.NoError {
					m.User = j.showDelegate(owner, user, d, b.Permissions)
				}
				return code
			})
		}
		r.Deliver = j.deliverOf(owner)
		return ews.NoError
	})
	return r
}

// delegatesOf are the grants that make somebody a delegate of the owner.
func (j *job) delegatesOf(owner access.Principal) (all []access.Delegate) {
	address := j.dir.Address(owner)
	for _, d := range j.guard.Grants().Delegates {
		if strings.EqualFold(d.Mailbox, address) {
			all = append(all, d)
		}
	}
	return all
}

// delegate is the one that an id names.
func (j *job) delegate(owner access.Principal, id ews.UserID) (access.Principal, access.Delegate, ews.Code) {
	user, code := j.delegateUser(id)
	if code != ews.NoError {
		return 0, access.Delegate{}, code
	}
	for _, d := range j.delegatesOf(owner) {
		if p, _ := j.dir.Find(d.User); p == user {
			return user, d, ews.NoError
		}
	}
	return user, access.Delegate{}, "ErrorNotDelegate"
}

func (j *job) delegateUser(id ews.UserID) (user access.Principal, code ews.Code) {
	if id.SID != "" {
		user, _ = j.dir.FindSID(id.SID)
	} else {
		user, _ = j.dir.Find(id.PrimarySmtpAddress)
	}
	if user == 0 {
		return 0, "ErrorDelegateNoUser"
	}
	return user, ews.NoError
}

func (j *job) showDelegate(owner, user access.Principal, d access.Delegate, permissions bool) *ews.DelegateUser {
	b := j.box(owner)
	b.lock()
	h := b.habits[user]
	b.mu.Unlock()
	out := &ews.DelegateUser{UserID: j.userID(user), ReceiveCopies: &h.copies, ViewPrivate: &h.private}
	if permissions {
		level := func(l access.Level) string {
			if l == "" {
				return string(access.LevelNone)
			}
			return string(l)
		}
		out.Permissions = &ews.DelegatePermissions{
			Calendar: level(d.Calendar), Tasks: level(d.Tasks), Inbox: level(d.Inbox), Contacts: level(d.Contacts), Notes: level(d.Notes),
			Journal: level(d.Journal),
		}
	}
	return out
}

// deliverOf says who gets the owner's meeting requests.
func (j *job) deliverOf(owner access.Principal) string {
	b := j.box(owner)
	b.lock()
	defer b.mu.Unlock()
	if b.deliver == "" {
		return "DelegatesAndSendInformationToMe"
	}
	return b.deliver
}

// aboutMeeting reports whether mail of a kind is what delegates may get copies of.
func aboutMeeting(kind ews.Kind) bool {
	return kind == ews.KindMeetingRequest || kind == ews.KindMeetingResponse || kind == ews.KindMeetingCancellation
}

// whoGets says which delegates get a copy of what arrives, and whether the owner gets it as well (MS docs: Delegate access and EWS in
// Exchange; DeliverMeetingRequests). Its caller has the mailbox.
func (b *box) whoGets(it *item) (delegates []access.Principal, own bool) {
	if !aboutMeeting(it.kind) || b.deliver == "NoForward" {
		return nil, true
	}
	for delegate, h := range b.habits {
		if h.copies {
			delegates = append(delegates, delegate)
		}
	}
	slices.Sort(delegates)
	return delegates, len(delegates) == 0 || b.deliver != "DelegatesOnly"
}

func (j *job) addDelegate(b ews.AddDelegate) ews.Response {
	r := ews.DelegateResponse{Of: b.Op()}
	j.delegating(&r, b.Mailbox.Address, func(owner access.Principal) ews.Code {
		for _, u := range b.Users {
			j.one(&r, func(m *ews.DelegateMessage) ews.Code {
				user, _, code := j.delegate(owner, u.UserID)
				switch {
				case code == ews.NoError:
					return "ErrorDelegateAlreadyExists"
				case code != "ErrorNotDelegate":
					return code
				case user == owner:
					return "ErrorDelegateCannotAddOwner"
				}
				return j.grantDelegate(owner, user, access.Delegate{}, u, m)
			})
		}
		j.setDeliver(owner, b.Deliver)
		return ews.NoError
	})
	return r
}

func (j *job) updateDelegate(b ews.UpdateDelegate) ews.Response {
	r := ews.DelegateResponse{Of: b.Op()}
	j.delegating(&r, b.Mailbox.Address, func(owner access.Principal) ews.Code {
		for _, u := range b.Users {
			j.one(&r, func(m *ews.DelegateMessage) ews.Code {
				user, d, code := j.delegate(owner, u.UserID)
				if code != ews.NoError {
					return code
				}
				return j.grantDelegate(owner, user, d, u, m)
			})
		}
		j.setDeliver(owner, b.Deliver)
		return ews.NoError
	})
	return r
}

func (j *job) setDeliver(owner access.Principal, deliver string) {
	if deliver == "" {
		return
	}
	b := j.box(owner)
	b.lock()
	defer b.mu.Unlock()
	b.deliver = strings.Clone(deliver)
}

// grantDelegate gives a delegate what the request says; what it does not say stays.
func (j *job) grantDelegate(owner, user access.Principal, d access.Delegate, u ews.DelegateUser, m *ews.DelegateMessage) ews.Code {
	d.Mailbox, d.User = j.dir.Address(owner), j.dir.Address(user)
	if p := u.Permissions; p != nil {
		for _, l := range []struct {
			level string
			to    *access.Level
		}{{p.Calendar, &d.Calendar}, {p.Tasks, &d.Tasks}, {p.Inbox, &d.Inbox}, {p.Contacts, &d.Contacts}, {p.Notes, &d.Notes}, {p.Journal, &d.Journal}} {
			if l.level == "" {
				continue
			}
			if !slices.Contains([]string{"None", "Reviewer", "Author", "Editor"}, l.level) {
				return "ErrorDelegateValidationFailed"
			}
			*l.to = access.Level(strings.Clone(l.level))
		}
	}
	err := j.guard.Change(func(g *access.Grants) error {
		g.Delegates = append(slices.DeleteFunc(g.Delegates, j.sameDelegate(d)), d)
		return nil
	})
	if err != nil {
		return "ErrorDelegateValidationFailed"
	}
	j.setHabit(owner, user, u)
	m.User = j.showDelegate(owner, user, d, true)
	return ews.NoError
}

func (j *job) sameDelegate(d access.Delegate) func(access.Delegate) bool {
	return func(o access.Delegate) bool {
		return strings.EqualFold(o.Mailbox, d.Mailbox) && strings.EqualFold(o.User, d.User)
	}
}

func (j *job) setHabit(owner, user access.Principal, u ews.DelegateUser) {
	b := j.box(owner)
	b.lock()
	defer b.mu.Unlock()
	if b.habits == nil {
		b.habits = map[access.Principal]habit{}
	}
	h := b.habits[user]
	if u.ReceiveCopies != nil {
		h.copies = *u.ReceiveCopies
	}
	if u.ViewPrivate != nil {
		h.private = *u.ViewPrivate
	}
	b.habits[user] = h
}

// forgetDelegate takes away all that somebody has as a delegate, of which parts may have been left behind (MS docs: Handling
// delegation-related errors in EWS in Exchange): the right to send on the owner's behalf is one of them.
func (j *job) forgetDelegate(owner, user access.Principal, d access.Delegate) {
	_ = j.guard.Change(func(g *access.Grants) error {
		g.Delegates = slices.DeleteFunc(g.Delegates, j.sameDelegate(d))
		g.SendOnBehalf = slices.DeleteFunc(g.SendOnBehalf, func(s access.SendGrant) bool {
			return strings.EqualFold(s.Mailbox, d.Mailbox) && strings.EqualFold(s.User, d.User)
		})
		return nil
	})
	b := j.box(owner)
	b.lock()
	defer b.mu.Unlock()
	delete(b.habits, user)
}

func (j *job) removeDelegate(b ews.RemoveDelegate) ews.Response {
	r := ews.DelegateResponse{Of: b.Op()}
	j.delegating(&r, b.Mailbox.Address, func(owner access.Principal) ews.Code {
		for _, id := range b.Users {
			j.one(&r, func(*ews.DelegateMessage) ews.Code {
				user, d, code := j.delegate(owner, id)
				if code != ews.NoError {
					return code
				}
				j.forgetDelegate(owner, user, d)
				return ews.NoError
			})
		}
		return ews.NoError
	})
	return r
}
