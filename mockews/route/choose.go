package route

import (
	"strings"
	"time"
)

// Source is what decided the back end to which a front end sent a call.
type Source string

const (
	// SourceAffinity is X-PreferServerAffinity with a valid X-BackEndOverrideCookie; the anchor is ignored then (MS docs:
	// How to maintain affinity between a group of subscriptions and the Mailbox server).
	SourceAffinity Source = "affinity"
	// SourceAnchor is X-AnchorMailbox.
	SourceAnchor Source = "anchor"
	// SourceCookie is the routing decision that X-BackEndCookie carries for this caller.
	SourceCookie Source = "cookie"
	// SourceIdentity is the authenticated caller's own mailbox.
	SourceIdentity Source = "identity"
	// SourceRandom is the fallback for a caller without a mailbox (front-end settings NoMailboxFallbackRouting and
	// NoMailboxFallbackRoutingRandomBackEnd, shipped web.config in microsoft/CSS-Exchange).
	SourceRandom Source = "random"
)

// Hints are what a front end looks at: headers, cookies and the authenticated identity, never the SOAP body.
type Hints struct {
	Caller Principal
	// Anchor is X-AnchorMailbox, Affinity says that X-PreferServerAffinity is true.
	Anchor   string
	Affinity bool
	// OverrideCookie and RoutingCookie are the values of X-BackEndOverrideCookie and X-BackEndCookie.
	OverrideCookie, RoutingCookie string
	// Mailbox is whom the anchor names by the GUID of a mailbox, 0 for nobody.
	Mailbox Principal
	// Key is the key of the request's draws.
	Key uint64
	// Now is when the request came; a routing cookie may have expired.
	Now time.Time
}

// Choice is a front end's decision.
type Choice struct {
	FrontEnd, BackEnd int
	Source            Source
	// Anchor is whom the anchor names, 0 for nobody.
	Anchor Principal
}

// Choose routes a call as the front end that happens to get it does.
func (o *Organisation) Choose(h Hints) Choice {
	c := Choice{FrontEnd: o.dice.Pick("front-end", h.Key, len(o.frontEnds))}
	if h.Anchor != "" {
		if c.Anchor = h.Mailbox; c.Anchor == 0 {
			c.Anchor = o.FindAnchor(h.Anchor)
		}
	}
	c.BackEnd, c.Source = o.chooseBackEnd(h, c.Anchor)
	if !o.Up(c.BackEnd) {
		c.BackEnd, c.Source = o.randomBackEnd(h.Key), SourceRandom
	}
	return c
}

func (o *Organisation) chooseBackEnd(h Hints, anchor Principal) (int, Source) {
	if h.Affinity && h.OverrideCookie != "" {
		if b, ok := o.parseOverrideCookie(h.OverrideCookie); ok && o.Up(b) {
			return b, SourceAffinity
		}
	}
	if b, ok := o.believedHome(anchor, h.Now); ok {
		return b, SourceAnchor
	}
	if h.Anchor != "" && o.topology.UnknownAnchor == UnknownAnchorRandom {
		return o.randomBackEnd(h.Key), SourceRandom
	}
	if h.RoutingCookie != "" {
		if b, ok := o.parseRoutingCookie(h.RoutingCookie, o.SID(h.Caller), h.Now); ok {
			return b, SourceCookie
		}
	}
	if b, ok := o.believedHome(h.Caller, h.Now); ok {
		return b, SourceIdentity
	}
	return o.randomBackEnd(h.Key), SourceRandom
}

// randomBackEnd is any back end that is up; the first one if none is.
func (o *Organisation) randomBackEnd(key uint64) int {
	first := o.dice.Pick("random-back-end", key, len(o.backEnds))
	for i := range o.backEnds {
		if b := (first + i) % len(o.backEnds); o.Up(b) {
			return b
		}
	}
	return 0
}

// believedHome is where front ends think that a mailbox is active: for a while after a move, where it was before.
func (o *Organisation) believedHome(p Principal, now time.Time) (backEnd int, ok bool) {
	stale := o.topology.Moves.Stale
	if stale == 0 || p == 0 {
		return o.Home(p)
	}
	in, d := o.placement.Load(), o.database(p)
	if m, moved := in.moves[p]; moved && now.Before(m.end.Add(stale)) {
		return max(in.active[m.from], 0), in.active[m.from] != none
	}
	if d >= 0 && now.Before(in.failovers[d].Add(stale)) {
		return o.databases[d].backEnd, true
	}
	return o.Home(p)
}

// FindAnchor resolves an anchor: an SMTP address, any of a mailbox's addresses, alone or after "AAD-SMTP:" (a capture of
// Outlook in OfficeDev/office-js #6340).
func (o *Organisation) FindAnchor(anchor string) Principal {
	const prefix = "AAD-SMTP:"
	if len(anchor) > len(prefix) && strings.EqualFold(anchor[:len(prefix)], prefix) {
		anchor = anchor[len(prefix):]
	}
	p, _ := o.Find(anchor)
	return p
}
