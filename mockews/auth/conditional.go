package auth

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// condition is a policy, ready to be asked.
type condition struct {
	*Condition
	apps       []string // in lower case
	users      []access.Principal
	in, except []netip.Prefix
}

func newCondition(c *Condition, dir access.Directory) condition {
	out := condition{Condition: c, apps: lower(c.Apps), in: prefixes(c.Addresses), except: prefixes(c.ExceptAddresses)}
	for _, u := range c.Users {
		p, _ := dir.Find(u)
		out.users = append(out.users, p)
	}
	return out
}

// parseNetwork reads a network, or a single address.
func parseNetwork(s string) (netip.Prefix, error) {
	if !strings.Contains(s, "/") {
		a, err := netip.ParseAddr(s)
		if err != nil {
			return netip.Prefix{}, err
		}
		return a.Prefix(a.BitLen())
	}
	return netip.ParsePrefix(s)
}

func prefixes(all []string) (out []netip.Prefix) {
	for _, s := range all {
		if p, err := parseNetwork(s); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// sender is who a policy may be about.
type sender struct {
	app     string // id in lower case
	user    access.Principal
	address netip.Addr
}

// fits reports whether the policy is about the sender.
func (c *condition) fits(s sender) bool {
	in := func(p netip.Prefix) bool { return p.Contains(s.address) }
	return (len(c.apps) == 0 || slices.Contains(c.apps, s.app)) &&
		(len(c.users) == 0 || slices.Contains(c.users, s.user)) &&
		(len(c.in) == 0 || slices.ContainsFunc(c.in, in)) && !slices.ContainsFunc(c.except, in)
}

// blocks is the policy that keeps the sender from getting a token, or nil.
func (r *rules) blocks(s sender) *condition {
	for i := range r.conditions {
		if c := &r.conditions[i]; c.Block && c.fits(s) {
			return c
		}
	}
	return nil
}

// unmet is the first policy that a token does not satisfy, or nil. A block is for whoever asks for a token, and for a client
// that can be told to ask anew: others use up what they have.
func (r *rules) unmet(s sender, c *claims) *condition {
	for i := range r.conditions {
		p := &r.conditions[i]
		if p.Block && !c.capable() || !p.fits(s) {
			continue
		}
		if p.Block || !slices.Contains(c.values(p.Require.Claim), p.Require.Value) {
			return p
		}
	}
	return nil
}

// clientAddress is where a request comes from. Whoever is in the same process is on the same machine.
func (r *rules) clientAddress(remote, forwarded string) netip.Addr {
	if first, _, _ := strings.Cut(forwarded, ","); r.config.Tokens.Forwarded && first != "" {
		if a, err := netip.ParseAddr(strings.TrimSpace(first)); err == nil {
			return a.Unmap()
		}
	}
	if a, err := netip.ParseAddrPort(remote); err == nil {
		return a.Addr().Unmap().WithZone("")
	}
	if a, err := netip.ParseAddr(remote); err == nil {
		return a.Unmap().WithZone("")
	}
	return netip.AddrFrom4([4]byte{127, 0, 0, 1})
}
