package audit

import "github.com/ewsbench/ewsbench/ews"

// traits are what can be told of an exchange at a glance. Most rules are about a few exchanges: they name the traits that
// those have, and are not asked about any other.
type traits uint32

const (
	anchored      traits = 1 << iota // it names an anchor,
	unanchored                       // or none
	nowhere                          // the anchor leads to no mailbox,
	astray                           // or to one with another name than the one that is acted for
	forSomebody                      // it impersonates
	sticky                           // it wants to stay with a server, in whatever way
	identified                       // it has an id,
	unidentified                     // or none
	connected                        // it is known on which connection it came
	inClear                          // its credentials could be read
	sized                            // it wants a number of things, or as many as there are
	making                           // done twice it does something twice
	synchronises                     // it synchronises
	finding                          // it searches,
	leafing                          // page by page
	noticing                         // it is about notifications
	failed                           // it ended with a code
	refusedBefore                    // something was refused lately, to whomever
	heldBack                         // somebody was turned away or told to wait lately
)

// traits are those of an exchange after what came before it.
func (e *Exchange) traits(m *memory) traits {
	t := e.operation() | pick(e.Anchor != "", anchored, unanchored) | pick(e.RequestID != "", identified, unidentified)
	switch e.Anchored {
	case "":
		t |= nowhere
	case e.Mailbox:
	default:
		t |= astray
	}
	t |= pick(e.Mailbox != "", forSomebody, 0) | pick(e.Connection != 0, connected, 0) | pick(e.InClear, inClear, 0)
	t |= pick(e.Affinity || e.CookieSent || e.CookieAsHeader, sticky, 0) | pick(e.Query != 0, leafing, 0)
	t |= pick(e.Unpaged || e.Items|e.Page|e.MaxChanges|e.Identities|int(e.Window) != 0, sized, 0)
	t |= pick(e.Code != ews.NoError, failed, 0)
	return t | pick(!m.refused.empty(), refusedBefore, 0) | pick(!m.pace.empty(), heldBack, 0)
}

// operation are the traits that go with the operation.
func (e *Exchange) operation() traits {
	switch {
	case e.notification():
		return noticing
	case e.syncs():
		return synchronises
	case e.Op == ews.OpFindItem:
		return finding
	case e.makes():
		return making
	}
	return 0
}

func pick(there bool, then, otherwise traits) traits {
	if there {
		return then
	}
	return otherwise
}

// concern says that an exchange has the traits without which a rule is not broken.
func (t traits) concern(i int) bool { return demands[i]&^t == 0 }

// demands are the traits that each rule asks for, side by side, so that going through them is quick.
var demands = demandsOf(&rules)

func demandsOf(rules *[len(rules)]Rule) (all [len(rules)]traits) {
	for i := range rules {
		all[i] = rules[i].only
		if rules[i].broken == nil {
			all[i] = ^traits(0) // no exchange has them all
		}
	}
	return all
}
