package mailbox

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// oofState is somebody's automatic replies, and to whom they have gone since they were switched on.
type oofState struct {
	settings ews.OofSettings
	replied  map[access.Principal]bool
}

// settings opens the settings of the mailbox that a request names.
func (j *job) settings(address string) (access.Opened, ews.Code) {
	owner, _ := j.dir.Find(address)
	opened, code := j.decide(owner, access.Right{Verb: access.Settings})
	if code == ews.ErrorNonExistentMailbox && address != "" {
		j.values = []ews.Value{{Name: "SmtpAddress", Text: address}}
	}
	return opened, code
}

func (j *job) getOof(b ews.GetUserOofSettings) ews.Response {
	r := ews.GetUserOofSettingsResponse{}
	r.Message = j.try(func() ews.Code {
		opened, code := j.settings(b.Mailbox)
		if code == ews.NoError {
			r.Settings, r.AllowExternal = j.oofOf(opened.Owner()), ews.OofAll
		}
		return code
	})
	return r
}

func (j *job) setOof(b ews.SetUserOofSettings) ews.Response {
	r := ews.SetUserOofSettingsResponse{}
	r.Message = j.try(func() ews.Code {
		opened, code := j.settings(b.Mailbox)
		switch {
		case code != ews.NoError:
			return code
		case b.Settings.Bare: // clients write both, empty or not (exchangelib, OofSettings; ews-managed-api, OofReply)
			return "ErrorInvalidUserOofSettings"
		case b.Settings.State == ews.OofScheduled && (!b.Settings.End.After(b.Settings.Start) || !b.Settings.End.After(now())):
			return "ErrorInvalidScheduledOofDuration"
		}
		j.keepOof(opened.Owner(), b.Settings)
		return ews.NoError
	})
	return r
}

func (s *Store) oofOf(owner access.Principal) ews.OofSettings {
	s.mu.Lock()
	defer s.mu.Unlock()
	if state := s.oof[owner]; state != nil {
		return state.settings
	}
	return ews.OofSettings{}
}

// keepOof changes somebody's automatic replies. Everybody may get one again.
func (s *Store) keepOof(owner access.Principal, settings ews.OofSettings) {
	// The strings of a request are parts of one copy of it, which must not live as long as the mailbox.
	settings.InternalReply = strings.Clone(settings.InternalReply)
	settings.ExternalReply = strings.Clone(settings.ExternalReply)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oof[owner] = &oofState{settings: settings, replied: map[access.Principal]bool{}}
}

// away is somebody's reply to a sender, if one is to be sent: the first one gets it, and later messages none.
func (s *Store) away(owner, sender access.Principal, at time.Time) (reply string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.oof[owner]
	if state == nil || state.replied[sender] || !on(state.settings, at) {
		return "", false
	}
	state.replied[sender] = true
	return state.settings.InternalReply, true
}

func on(o ews.OofSettings, at time.Time) bool {
	switch o.State {
	case ews.OofEnabled:
		return true
	case ews.OofScheduled:
		return !at.Before(o.Start) && at.Before(o.End)
	case ews.OofDisabled:
	}
	return false
}

// oofClass is the class of an automatic reply, to which nobody replies in turn.
const oofClass = "IPM.Note.Rules.OofTemplate.Microsoft"

// replyOof answers to a message that has arrived with the owner, if the owner is away.
func (s *Store) replyOof(owner access.Principal, mail *item) {
	sender, _ := mail.get("message:From").(ews.Recipient)
	from, _ := s.dir.Find(sender.Mailbox.Address)
	if mail.kind != ews.KindMessage || mail.class() == oofClass || from == owner || !s.dir.HasMailbox(from) {
		return
	}
	reply, ok := s.away(owner, from, now())
	if !ok {
		return
	}
	j := &job{Store: s, Call: Call{Caller: owner, Actor: owner}}
	it := &item{kind: ews.KindMessage, by: owner}
	me := ews.Recipient{Mailbox: s.mailboxOf(owner)}
	it.set("item:ItemClass", oofClass)
	it.set("item:Subject", "Automatic reply: "+mail.text("item:Subject"))
	body := ews.BodyContent{BodyType: ews.BodyHTML, Text: reply}
	if !strings.Contains(reply, "<") {
		body.BodyType = ews.BodyText
	}
	it.set("item:Body", body)
	it.set("message:From", me)
	it.set("message:Sender", me)
	it.set("message:ToRecipients", ews.Recipients{Mailboxes: []ews.Mailbox{s.mailboxOf(from)}})
	it.set("message:ConversationTopic", mail.topic())
	it.joins(mail)
	_ = j.complete(it)
	j.seal(it)
	s.arrive(from, it)
}
