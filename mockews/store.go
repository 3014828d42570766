package mockews

import (
	"strings"
	"sync"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// store is what mailboxes hold. Everything in it is a pure function of the seed, so that a mailbox costs nothing, except
// for what clients have changed, which is remembered.
//
// What is in a mailbox is reached through a room, and its settings through an access.Opened: both come from the guard alone.
type store struct {
	org   *route.Organisation
	guard *access.Guard
	dice  route.Dice
	// touched hears of every look into a mailbox, for tests. It is nil otherwise.
	touched func(access.Opened)

	mu  sync.Mutex
	oof map[route.Principal]ews.OofSettings
}

func newStore(org *route.Organisation, guard *access.Guard) *store {
	return &store{org: org, guard: guard, dice: org.Dice(), oof: map[route.Principal]ews.OofSettings{}}
}

// do carries an operation out for the actor. The code is that of the first part that failed. The response is nil for an
// operation that the store does not know.
func (s *store) do(actor route.Principal, body ews.Body) (ews.Response, ews.Code) {
	switch b := body.(type) {
	case ews.GetFolder:
		return s.getFolder(actor, b)
	case ews.FindItem:
		return s.findItem(actor, b)
	case ews.GetItem:
		return s.getItem(actor, b)
	case ews.SyncFolderHierarchy:
		return s.syncFolderHierarchy(actor, b)
	case ews.SyncFolderItems:
		return s.syncFolderItems(actor, b)
	case ews.GetUserOofSettings:
		return s.getOof(actor, b)
	case ews.SetUserOofSettings:
		return s.setOof(actor, b)
	}
	return nil, ""
}

// verdict is the message for the part of a request that ended with code, which is noted if it is the first failure.
func verdict(first *ews.Code, code ews.Code) ews.Message {
	if code == ews.NoError {
		return ews.Message{}
	}
	if *first == ews.NoError {
		*first = code
	}
	return ews.NewMessage(code)
}

// blame is verdict for a part that names a mailbox: if there is none, the message says which.
func blame(first *ews.Code, code ews.Code, address string) ews.Message {
	m := verdict(first, code)
	if code == ews.ErrorNonExistentMailbox && address != "" {
		m.Values = []ews.Value{{Name: "SmtpAddress", Text: address}}
	}
	return m
}

// settings opens the settings of the mailbox that a request names.
func (s *store) settings(actor route.Principal, address string) (access.Opened, ews.Code) {
	owner, _ := s.org.Find(address)
	d := s.guard.Decide(actor, owner, access.Right{Verb: access.Settings})
	return d.Opened, d.Code
}

func (s *store) getOof(actor route.Principal, b ews.GetUserOofSettings) (ews.Response, ews.Code) {
	first := ews.NoError
	opened, code := s.settings(actor, b.Mailbox)
	r := ews.GetUserOofSettingsResponse{Message: blame(&first, code, b.Mailbox)}
	if code == ews.NoError {
		r.Settings, r.AllowExternal = s.oofOf(opened), ews.OofAll
	}
	return r, first
}

func (s *store) setOof(actor route.Principal, b ews.SetUserOofSettings) (ews.Response, ews.Code) {
	first := ews.NoError
	opened, code := s.settings(actor, b.Mailbox)
	if code == ews.NoError {
		s.keepOof(opened, b.Settings)
	}
	return ews.SetUserOofSettingsResponse{Message: blame(&first, code, b.Mailbox)}, first
}

// owner is whose mailbox was opened. Whoever looks into a mailbox asks for it.
func (s *store) owner(at access.Opened) route.Principal {
	if s.touched != nil {
		s.touched(at)
	}
	return at.Owner()
}

func (s *store) oofOf(at access.Opened) ews.OofSettings {
	owner := s.owner(at)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.oof[owner]
}

func (s *store) keepOof(at access.Opened, settings ews.OofSettings) {
	owner := s.owner(at)
	// The strings of a request are parts of one copy of it, which must not live as long as the mailbox.
	settings.InternalReply = strings.Clone(settings.InternalReply)
	settings.ExternalReply = strings.Clone(settings.ExternalReply)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oof[owner] = settings
}
