package route

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// Lifetimes of a routing cookie: a database stays where it is longer than a random choice is good for.
const (
	databaseCookieLife = 10 * time.Minute
	serverCookieLife   = 5 * time.Minute
)

const cookieTime = "2006-01-02T15:04:05"

// OverrideCookie is the value of X-BackEndOverrideCookie that pins a client to a back end.
func (o *Organisation) OverrideCookie(backEnd int) string {
	return o.backEnds[backEnd].FQDN + "~" + strconv.Itoa(o.flavour.VersionNumber())
}

func (o *Organisation) parseOverrideCookie(value string) (backEnd int, ok bool) {
	fqdn, version, ok := strings.Cut(value, "~")
	if !ok || version != strconv.Itoa(o.flavour.VersionNumber()) {
		return 0, false
	}
	return o.findHost(fqdn)
}

func (o *Organisation) findHost(fqdn string) (backEnd int, ok bool) {
	for i := range o.backEnds {
		if strings.EqualFold(o.backEnds[i].FQDN, fqdn) {
			return i, true
		}
	}
	return 0, false
}

// RoutingCookie is the decision for a call as X-BackEndCookie carries it: a key, whose decision it is, and an obfuscated
// text that names a database, or a server where no mailbox decided. It is empty if the call has a valid one, and for a
// decision by affinity, which has a cookie of its own.
func (o *Organisation) RoutingCookie(h Hints, c Choice) (value string, expires time.Time) {
	key, whose := o.SID(h.Caller), h.Caller
	switch c.Source {
	case SourceAffinity:
		return "", time.Time{}
	case SourceAnchor:
		key, whose = h.Anchor, c.Anchor
	case SourceCookie, SourceIdentity, SourceRandom:
	}
	if _, ok := o.parseRoutingCookie(h.RoutingCookie, key, h.Now); ok {
		return "", time.Time{}
	}
	if i := o.database(whose); i >= 0 {
		expires = h.Now.Add(databaseCookieLife).UTC()
		return key + "=" + obfuscate("Database~"+o.databases[i].guid+"~"+o.topology.Domain+"~"+expires.Format(cookieTime)), expires
	}
	expires = h.Now.Add(serverCookieLife).UTC()
	text := "Server~" + o.backEnds[c.BackEnd].FQDN + "~" + strconv.Itoa(o.flavour.VersionNumber()) + "~" + expires.Format(cookieTime)
	return key + "=" + obfuscate(text), expires
}

// parseRoutingCookie reads a routing cookie as a cache: it decides for its own key alone, and until it expires.
func (o *Organisation) parseRoutingCookie(value, key string, now time.Time) (backEnd int, ok bool) {
	owner, blob, ok := strings.Cut(value, "=")
	if !ok || !strings.EqualFold(owner, key) {
		return 0, false
	}
	text, ok := reveal(blob)
	parts := strings.Split(text, "~")
	if !ok || len(parts) != 4 {
		return 0, false
	}
	expires, err := time.Parse(cookieTime, parts[3])
	if err != nil || !now.Before(expires) {
		return 0, false
	}
	if parts[0] == "Server" {
		return o.parseOverrideCookie(parts[1] + "~" + parts[2])
	}
	for i, d := range o.databases {
		if d.guid == parts[1] {
			return o.activeOn(i), parts[0] == "Database"
		}
	}
	return 0, false
}

// obfuscate inverts every bit and encodes the result, as the captured cookies are.
func obfuscate(text string) string {
	b := []byte(text)
	for i := range b {
		b[i] ^= 0xff
	}
	return base64.StdEncoding.EncodeToString(b)
}

func reveal(blob string) (text string, ok bool) {
	b, err := base64.StdEncoding.DecodeString(blob)
	for i := range b {
		b[i] ^= 0xff
	}
	return string(b), err == nil
}
