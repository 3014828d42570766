package mockews

import (
	"strings"
	"sync"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// store is what mailboxes hold. Everything in it is a pure function of the seed, so that a mailbox costs nothing, except
// for what clients have changed, which is remembered.
type store struct {
	org  *route.Organisation
	dice route.Dice

	mu  sync.Mutex
	oof map[route.Principal]ews.OofSettings
}

func newStore(org *route.Organisation) *store {
	return &store{org: org, dice: org.Dice(), oof: map[route.Principal]ews.OofSettings{}}
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

// ownMailbox checks an address in the body of a request: it must be a mailbox, and the actor's own.
func (s *store) ownMailbox(actor route.Principal, address string) ews.Code {
	p, _ := s.org.Find(address)
	if _, ok := s.org.Home(p); !ok {
		return ews.ErrorNonExistentMailbox
	}
	if p != actor {
		return ews.ErrorAccessDenied
	}
	return ews.NoError
}

func (s *store) getOof(actor route.Principal, b ews.GetUserOofSettings) (ews.Response, ews.Code) {
	code := ews.NoError
	m := s.oofVerdict(&code, actor, b.Mailbox)
	if code != ews.NoError {
		return ews.GetUserOofSettingsResponse{Message: m}, code
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return ews.GetUserOofSettingsResponse{Message: m, Settings: s.oof[actor], AllowExternal: ews.OofAll}, code
}

func (s *store) setOof(actor route.Principal, b ews.SetUserOofSettings) (ews.Response, ews.Code) {
	code := ews.NoError
	m := s.oofVerdict(&code, actor, b.Mailbox)
	if code != ews.NoError {
		return ews.SetUserOofSettingsResponse{Message: m}, code
	}
	// The strings of a request are parts of one copy of it, which must not live as long as the mailbox.
	b.Settings.InternalReply = strings.Clone(b.Settings.InternalReply)
	b.Settings.ExternalReply = strings.Clone(b.Settings.ExternalReply)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oof[actor] = b.Settings
	return ews.SetUserOofSettingsResponse{Message: m}, code
}

func (s *store) oofVerdict(first *ews.Code, actor route.Principal, address string) ews.Message {
	m := verdict(first, s.ownMailbox(actor, address))
	if m.Code == ews.ErrorNonExistentMailbox {
		m.Values = []ews.Value{{Name: "SmtpAddress", Text: address}}
	}
	return m
}
