package audit

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Kinds of refusals that are remembered, as parts of their keys.
const (
	byDenial uint64 = iota + 1
	byMove
	byAddress
	byVersion
	byCount
	byFind
	byLoss
)

// refusal is something that a client was told, and keeps asking for.
type refusal struct {
	at    time.Duration // when it was told last
	times int           // how often in a row
	again int           // how many of these came at once after the one before
}

// again is what an exchange was told before, by whom it was asked and what is
// particular to the kind.
func (m *memory) toldBefore(e *Exchange, kind, what uint64) (refusal, bool) {
	if m.refused.empty() {
		return refusal{}, false
	}
	r, ok := m.refused.get(refusalKey(e, kind, what))
	return r, ok && e.Came >= r.at
}

func refusalKey(e *Exchange, kind, what uint64) uint64 {
	return join(kind, e.who, what)
}

// quick says that a request came at once after a refusal.
func (r refusal) quick(e *Exchange) bool { return e.Came >= r.at && e.Came-r.at < pause }

// hammers says that an exchange is one too many of those that come at once
// after a refusal of the kind.
func (m *memory) hammers(e *Exchange, kind uint64) bool {
	r, ok := m.toldBefore(e, kind, 0)
	return ok && r.quick(e) && r.again+1 >= storm
}

// noteRefusals remembers what the answer refuses, and forgets what it grants.
func (m *memory) noteRefusals(e *Exchange) {
	if e.Code == ews.NoError && m.refused.empty() {
		return
	}
	kind, what := e.refusal()
	if kind != 0 {
		m.refused.update(refusalKey(e, kind, what), func(r refusal) refusal { return r.after(e) })
		return
	}
	if e.Code != ews.NoError || m.refused.empty() {
		return
	}
	m.refused.forget(refusalKey(e, byDenial, 0))
	m.refused.forget(refusalKey(e, byMove, 0))
	switch e.Op {
	case ews.OpSubscribe, ews.OpUnsubscribe:
		m.refused.forget(refusalKey(e, byCount, 0))
		m.refused.forget(refusalKey(e, byLoss, 0))
	case ews.OpFindItem:
		m.refused.forget(refusalKey(e, byFind, e.Text))
	}
}

func (r refusal) after(e *Exchange) refusal {
	next := refusal{at: e.Answered, times: r.times + 1}
	if r.times > 0 && r.quick(e) {
		next.again = r.again + 1
	}
	return next
}

// refusal is what an answer refuses, and what is particular to it.
func (e *Exchange) refusal() (kind, what uint64) {
	switch e.Code {
	case ews.ErrorImpersonateUserDenied:
		return byDenial, 0
	case ews.ErrorMailboxMoveInProgress, ews.ErrorConnectionFailed:
		return byMove, 0
	case ews.ErrorNonPrimarySmtpAddress:
		return byAddress, digestText(e.Named.Value)
	case ews.ErrorInvalidServerVersion:
		return byVersion, digestText(string(e.Version))
	case ews.ErrorExceededSubscriptionCount:
		return byCount, 0
	case ews.ErrorExceededFindCountLimit:
		return byFind, e.Text
	case ews.ErrorInvalidWatermark:
		return byLoss, 0
	}
	if e.lost() {
		return byLoss, 0
	}
	return 0, 0
}
