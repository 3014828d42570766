package audit

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Exchange is one request and what became of it, with everything that a rule
// looks at. The zero value of a field is a header that was not sent, an element
// that was not there. No rule keeps any of its strings.
type Exchange struct {
	// Op is the operation. Without one the request was no EWS request that
	// could be read, and is not judged.
	Op ews.Op
	// Came and Answered are when the server had the request and when it began
	// to answer, since the run's start.
	Came, Answered time.Duration

	// Caller is the authenticated account. Mailbox is the primary SMTP address
	// of whom it impersonates, "" if it acts as itself.
	Caller, Mailbox string
	// Anchor is X-AnchorMailbox as it was sent. Anchored is the primary SMTP
	// address of the mailbox that it leads to, "" if it leads to none.
	Anchor, Anchored string
	// PublicFolder says that X-PublicFolderMailbox was sent, which has rules
	// of its own for the anchor.
	PublicFolder bool

	// Affinity says that X-PreferServerAffinity was true.
	Affinity bool
	// CookieSent and CookieOffered say that X-BackEndOverrideCookie was among
	// the request's cookies, and that the answer set it.
	CookieSent, CookieOffered bool
	// CookieAsHeader says that X-BackEndOverrideCookie came as an HTTP header.
	CookieAsHeader bool

	// RequestID is client-request-id, UserAgent is User-Agent, ContentType is
	// Content-Type. IDWanted says that return-client-request-id was true.
	RequestID, UserAgent, ContentType string
	IDWanted                          bool

	// Connection tells connections apart; 0: it is not known which one it was.
	// Token says that the credentials were a token. Afar says that they came from
	// another machine, InClear that they came from there without encryption.
	Connection           uint64
	Token, Afar, InClear bool

	Asked
	Told

	// Status and Code are how it ended: HTTP, and the code of the fault or of
	// the first failed message. BackOff is how long the answer told the client
	// to wait; 0: it did not. Undelivered says that the client did not get the
	// answer, or not all of it.
	Status      int
	Code        ews.Code
	BackOff     time.Duration
	Undelivered bool

	reused         bool   // its connection had carried another one
	caller, who    uint64 // the caller; caller and mailbox
	arrived        bool   // it was counted among those under way
	opened         bool   // it is a stream, and its subscriptions know
	calls, streams int    // how many were under way then, with this one
}

// notifications are the only operations for which a client keeps affinity
// itself (MS docs: Maintain affinity between a group of subscriptions and the
// Mailbox server in Exchange).
var notifications = [...]ews.Op{ews.OpSubscribe, ews.OpUnsubscribe, ews.OpGetEvents, ews.OpGetStreamingEvents}

// name gives numbers to whom it is from.
func (e *Exchange) name() {
	e.caller = keyOf(e.Caller, "")
	e.who = keyOn(e.caller, e.Mailbox)
}

func (e *Exchange) notification() bool { return slices.Contains(notifications[:], e.Op) }

// fine says that the answer is no refusal of any kind.
func (e *Exchange) fine() bool { return e.Code == ews.NoError && e.Status == http.StatusOK }

// busy says that the server turned the request away for the load that there is
// (MS docs: EWS throttling in Exchange; exchangelib takes
// ErrorTooManyObjectsOpened for the same).
func (e *Exchange) busy() bool {
	if e.fine() {
		return false
	}
	switch e.Code {
	case ews.ErrorServerBusy, ews.ErrorExceededConnectionCount, ews.ErrorTooManyObjectsOpened:
		return true
	}
	return e.Status == http.StatusServiceUnavailable
}

// anchorsOwn says that the anchor is the impersonated mailbox.
func (e *Exchange) anchorsOwn() bool { return strings.EqualFold(e.Anchored, e.Mailbox) }
