package mockews

import (
	"fmt"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// textOutdated is what a back end says of a mailbox that has left it (a capture in OfficeDev/ews-managed-api #212).
const textOutdated = "Can't connect to the mailbox of user Mailbox database guid: %s because the ExchangePrincipal object contains " +
	"outdated information. The mailbox may have been moved recently."

// misrouted is the fault of a call that went without the header and fails for it, by the switches of the topology; nil for
// any other.
func (x *exchange) misrouted(actor route.Principal) *ews.Fault {
	s := x.server
	rules := &s.habits.noAnchor
	if x.hints.Anchor != "" || x.choice.Source == route.SourceAffinity {
		return nil
	}
	switch b := x.bearer(); {
	case rules.AppOnly && b.token == tokenApp:
		return ews.NewFault(ews.ErrorNoRespondingCASInDestinationSite)
	case rules.OtherForest && actor != b.caller && !s.org.SameForest(actor, x.choice.BackEnd):
		return headerFault(textHeaderForbidden)
	case rules.Denials > 0 && actor != b.caller && s.org.Dice().Uniform("denial", x.retryKey()) < rules.Denials:
		return ews.NewFault(ews.ErrorImpersonateUserDenied)
	}
	return nil
}

// retryKey is the key of draws that a call sent again is to make anew, though it may carry the same id.
func (x *exchange) retryKey() uint64 {
	return x.hints.Key ^ x.server.repeats.key(x.hints.Caller, x.note.actor, x.note.op, x.note.id)
}

// unsettled is the answer, part by part, of a mailbox that is not where the call came, or nowhere; nil for any other.
func (x *exchange) unsettled(opened route.Principal) *fault.Answer {
	s := x.server
	code, text := ews.NoError, ""
	switch _, active := s.org.Home(opened); {
	case !s.org.HasMailbox(opened):
	case s.org.Moving(opened, x.hints.Now):
		code = ews.ErrorMailboxMoveInProgress
	case !active:
		code = ews.ErrorMailboxStoreUnavailable
	case s.org.Outdated(opened, x.choice.BackEnd, x.hints.Now):
		code, text = ews.ErrorMailboxStoreUnavailable, fmt.Sprintf(textOutdated, s.org.Database(opened))
	}
	if code == ews.NoError {
		return nil
	}
	m := ews.NewMessage(code)
	if text != "" {
		m.Text += ", " + text // as servers append the reason behind an error
	}
	return &fault.Answer{Message: &m}
}
