package mockews

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// soapType is the content type, ready to be put into a header map. Nobody writes to it.
var soapType = []string{ews.ContentType}

// signs are the header values with which servers sign what they send, ready to be put into a header map as well.
type signs struct {
	frontEnds [][]string
	backEnds  []hostSigns
	handlers  map[ews.Op][]string
	static    []header         // the same in every answer
	direct    map[int][]string // X-BackEndHttpStatus of a call that was not proxied, by status
	proxied   map[int][]string // and of one that was: one value for each hop

	cloud       []cloudSigns // by front end; nil for a flavour on premises
	correctness correctness

	overrideAlways bool // X-BackEndOverrideCookie comes with every answer
}

type hostSigns struct{ name, fqdn []string }

type header struct {
	key   string // in its canonical form, or as real servers write it
	value []string
}

func newSigns(org *route.Organisation) signs {
	f := org.Flavour()
	s := signs{
		handlers: map[ews.Op][]string{}, direct: map[int][]string{}, proxied: map[int][]string{},
		correctness: newCorrectness(), overrideAlways: f.OverrideAlways,
	}
	for i := range org.FrontEnds() {
		s.frontEnds = append(s.frontEnds, []string{org.FrontEnd(i)})
	}
	s.cloud = newCloudSigns(org)
	for i := range s.cloud {
		s.frontEnds[i] = s.cloud[i].servers
	}
	for _, h := range f.Headers {
		s.static = append(s.static, header{h[0], h[1:]})
	}
	for i := range org.BackEnds() {
		host := org.BackEnd(i)
		s.backEnds = append(s.backEnds, hostSigns{name: []string{host.Name}, fqdn: []string{host.FQDN}})
	}
	for _, op := range ews.Ops() {
		s.handlers[op] = []string{string(op)}
	}
	for _, status := range []int{
		http.StatusOK, http.StatusFound, http.StatusNotModified, http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden,
		http.StatusNotFound, http.StatusInternalServerError, http.StatusServiceUnavailable,
	} {
		text := strconv.Itoa(status)
		s.direct[status], s.proxied[status] = []string{text}, []string{text, text}
	}
	return s
}

// signFrontEnd writes the headers of an answer that a front end gives by itself.
func (x *exchange) signFrontEnd(h http.Header) {
	for i := range x.server.signs.static {
		h[x.server.signs.static[i].key] = x.server.signs.static[i].value
	}
	h[ews.HeaderFEServer] = x.server.signs.frontEnds[x.choice.FrontEnd]
	h[ews.HeaderRequestID] = []string{x.requestID("request-id")}
	if x.echo != nil {
		h[ews.HeaderClientRequestID] = x.echo
	}
}

// sign writes the headers that tell the route of a call, in the spelling of real servers (captures in
// ecederstrand/exchangelib #354 and OfficeDev/ews-managed-api #119), and the cookies that keep it.
func (x *exchange) sign(h http.Header, status int) {
	s := &x.server.signs
	x.signFrontEnd(h)
	final := s.backEnds[x.met.BackEnd].name
	h[ews.HeaderBEServer] = final
	h[ews.HeaderDiagInfo] = final
	h[ews.HeaderCalculatedBETarget] = s.backEnds[x.choice.BackEnd].fqdn
	if x.met.Hops > 0 {
		h[ews.HeaderBackEndHTTPStatus] = s.proxied[status]
	} else {
		h[ews.HeaderBackEndHTTPStatus] = s.direct[status]
	}
	if handler := s.handlers[x.note.op]; handler != nil {
		h[ews.HeaderEwsHandler] = handler
	}
	if s.cloud != nil {
		x.signCloud(h, status)
	}
	x.setCookies(h)
}

// requestID is a GUID for the request: drawn from what the request is and when it came.
func (x *exchange) requestID(kind string) string {
	dice := x.server.org.Dice()
	key := x.hints.Key ^ uint64(x.hints.Now.UnixNano())
	return guid(dice.Bits(kind, key), dice.Bits(kind, ^key))
}

// guid writes two numbers as a GUID of version 4.
func guid(a, b uint64) string {
	const digits = "0123456789abcdef"
	a, b = a&^0xf000|0x4000, b&^(3<<62)|1<<63
	var text [36]byte
	at := 0
	for i := range 32 {
		if i == 8 || i == 12 || i == 16 || i == 20 {
			text[at] = '-'
			at++
		}
		text[at] = digits[a>>60]
		at++
		a <<= 4
		if i == 15 {
			a = b
		}
	}
	return string(text[:])
}

// legacyCookie is the affinity cookie of Exchange 2010; later servers set it and ignore it.
const legacyCookie = "exchangecookie"

// setCookies writes the cookies that a real server sets: the routing decision as a cache, unless the client has it; the
// back end to stay with, once, for a client that asks for affinity; and the cookie of Exchange 2010, which nobody reads.
// With a single back end there is nothing to decide, and nothing to remember but a wish for affinity.
func (x *exchange) setCookies(h http.Header) {
	var cookies []string
	org := x.server.org
	if org.BackEnds() > 1 {
		cookies = x.cacheCookies()
	}
	first := x.hints.Affinity && x.choice.Source != route.SourceAffinity
	if (first || x.server.signs.overrideAlways) && !x.cookieMissing() {
		x.sight.CookieOffered = first
		cookies = append(cookies, ews.CookieBackEndOverride+"="+org.OverrideCookie(x.choice.BackEnd)+"; path=/"+x.secure()+"; HttpOnly")
	}
	if len(cookies) > 0 {
		h["Set-Cookie"] = cookies
	}
}

// cookieMissing reports whether this answer owes the cookie of affinity and comes without, by the switch of the topology.
func (x *exchange) cookieMissing() bool {
	share := x.server.habits.cookies.OverrideMissing
	return share > 0 && x.server.org.Dice().Uniform("override-cookie", x.hints.Key) < share
}

// secure is the attribute that the cookies of a real server carry. A server without TLS must leave it out: clients keep to
// it and would never send the cookie back (RFC 6265, section 5.4), and a real server always has TLS.
func (x *exchange) secure() string {
	if x.encrypted {
		return "; secure"
	}
	return ""
}

func (x *exchange) cacheCookies() (cookies []string) {
	if x.legacy == "" && !x.server.habits.cookies.NoLegacy {
		year := x.hints.Now.AddDate(1, 0, 0).UTC().Format(http.TimeFormat)
		id := strings.ReplaceAll(x.requestID("legacy-cookie"), "-", "")
		cookies = append(cookies, legacyCookie+"="+id+"; expires="+year+"; path=/; HttpOnly")
	}
	if value, expires := x.server.org.RoutingCookie(x.hints, x.choice); value != "" {
		until := expires.Format(http.TimeFormat)
		cookies = append(cookies, ews.CookieBackEnd+"="+value+"; expires="+until+"; path="+x.folder()+x.secure()+"; HttpOnly")
	}
	return cookies
}

// folder is the part of the site that a cookie of the routing decision is for (capture of Autodiscover in ecederstrand/exchangelib
// #280).
func (x *exchange) folder() string {
	if x.discovery {
		return "/Autodiscover"
	}
	return "/EWS"
}

// cookieValue is the value of a cookie of the request, or "".
func cookieValue(h http.Header, name string) string {
	for _, line := range h["Cookie"] {
		cookies, err := http.ParseCookie(line)
		if err != nil {
			continue
		}
		for _, c := range cookies {
			if c.Name == name {
				return c.Value
			}
		}
	}
	return ""
}
