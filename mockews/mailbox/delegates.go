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
				switch {
				case code == ews.NoError:
					m.User = j.showDelegate(owner, user)
					if b.Permissions {
						m.User.Permissions = j.levelsOf(d)
					}
				case code == "ErrorNotDelegate" && j.guard.Grants().OnBehalf(j.dir.Address(owner), j.dir.Address(user)):
					return "ErrorDelegateMissingConfiguration" // half of what a delegate has (MS docs: ResponseCode)
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

// delegateUser is whom an id names, by SID or by address; if by both, by both alike (MS docs: ResponseCode).
func (j *job) delegateUser(id ews.UserID) (user access.Principal, code ews.Code) {
	bySID, _ := j.dir.FindSID(id.SID)
	byAddress, _ := j.dir.Find(id.PrimarySmtpAddress)
	switch {
	case id.DistinguishedUser != "":
		return 0, "ErrorDistinguishedUserNotSupported"
	case id.SID == "" && id.PrimarySmtpAddress == "":
		return 0, "ErrorMissingUserIdInformation"
	case id.SID != "" && id.PrimarySmtpAddress != "" && bySID != byAddress:
		return 0, "ErrorInvalidDelegateUserId"
	case id.SID != "":
		user = bySID
	default:
		user = byAddress
	}
	if user == 0 {
		return 0, "ErrorDelegateNoUser"
	}
	return user, ews.NoError
}

// showDelegate is a delegate without levels.
func (j *job) showDelegate(owner, user access.Principal) *ews.DelegateUser {
	b := j.box(owner)
	b.lock()
	h := b.habits[user]
	b.mu.Unlock()
	return &ews.DelegateUser{UserID: j.userID(user), ReceiveCopies: &h.copies, ViewPrivate: &h.private}
}

func (j *job) levelsOf(d access.Delegate) *ews.DelegatePermissions {
	grants := j.guard.Grants()
	level := func(folder access.Folder) string { return string(grants.Delegated(d, folder)) }
	return &ews.DelegatePermissions{
		Calendar: level("calendar"), Tasks: level("tasks"), Inbox: level("inbox"), Contacts: level("contacts"), Notes: level("notes"),
		Journal: level("journal"),
	}
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
				case !j.dir.HasMailbox(user):
					return "ErrorDelegateValidationFailed" // delegates have mailboxes (MS docs: Add and remove delegates by using EWS in Exchange)
				}
				return j.grantDelegate(owner, user, u, m)
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
				user, _, code := j.delegate(owner, u.UserID)
				if code != ews.NoError {
					return code
				}
				return j.grantDelegate(owner, user, u, m)
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
func (j *job) grantDelegate(owner, user access.Principal, u ews.DelegateUser, m *ews.DelegateMessage) ews.Code {
	levels, code := levelsIn(u.Permissions)
	if code != ews.NoError {
		return code
	}
	err := j.guard.Change(func(g *access.Grants) error {
		g.SetDelegate(j.dir.Address(owner), j.dir.Address(user), levels)
		return nil
	})
	if err != nil {
		return "ErrorDelegateValidationFailed"
	}
	j.setHabit(owner, user, u)
	m.User = j.showDelegate(owner, user)
	return ews.NoError
}

// levelsIn are the levels that a request gives. Custom is for answers.
func levelsIn(p *ews.DelegatePermissions) (map[access.Folder]access.Level, ews.Code) {
	levels := map[access.Folder]access.Level{}
	if p == nil {
		return levels, ews.NoError
	}
	for folder, level := range map[access.Folder]string{
		"calendar": p.Calendar, "tasks": p.Tasks, "inbox": p.Inbox, "contacts": p.Contacts, "notes": p.Notes, "journal": p.Journal,
	} {
		switch access.Level(level) {
		case "":
		case access.LevelNone, access.LevelReviewer, access.LevelAuthor, access.LevelEditor:
			levels[folder] = access.Level(strings.Clone(level))
		default:
			return nil, "ErrorInvalidDelegatePermission"
		}
	}
	return levels, ews.NoError
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

func (j *job) removeDelegate(b ews.RemoveDelegate) ews.Response {
	r := ews.DelegateResponse{Of: b.Op()}
	j.delegating(&r, b.Mailbox.Address, func(owner access.Principal) ews.Code {
		for _, id := range b.Users {
			j.one(&r, func(*ews.DelegateMessage) ews.Code { return j.removeOne(owner, id) })
		}
		return ews.NoError
	})
	return r
}

// removeOne ends that somebody is a delegate. It is enough that something of it is left: the right to send on the owner's behalf, or the
// entry of a user who is no more (MS docs: RemoveDelegate operation, on orphaned entries).
func (j *job) removeOne(owner access.Principal, id ews.UserID) ews.Code {
	mailbox := j.dir.Address(owner)
	user, _, code := j.delegate(owner, id)
	address := j.dir.Address(user)
	switch code {
	case ews.NoError:
	case "ErrorDelegateNoUser":
		address = id.PrimarySmtpAddress
		fallthrough
	case "ErrorNotDelegate":
		if !j.guard.Grants().Left(mailbox, address) {
			return code
		}
	default:
		return code
	}
	err := j.guard.Change(func(g *access.Grants) error {
		g.DropDelegate(mailbox, address)
		return nil
	})
	if err != nil {
		return "ErrorDelegateValidationFailed"
	}
	b := j.box(owner)
	b.lock()
	defer b.mu.Unlock()
	delete(b.habits, user)
	return ews.NoError
}
