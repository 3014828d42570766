package mockews

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// Entry is what one request met.
type Entry struct {
	// Arrived is when the request came, since the first one that the journal holds or held.
	Arrived time.Duration
	// ID is the client-request-id, "" if the client gave none. Of a longer one it is the first 256 bytes.
	ID string
	// Op is the operation, "" for a request that no back end saw or could read. A POST to Autodiscover is GetUserSettings in SOAP and
	// Autodiscover in plain XML, by its path.
	Op ews.Op
	// Caller is the address of the authenticated account, or the id of an application that called on its own, Target the
	// address of whom it acted for. "" is nobody.
	Caller, Target string
	// Anchor is X-AnchorMailbox as it was sent, of a longer one the first 256 bytes. AnchorSource is what decided the route, "" if there was none.
	Anchor       string
	AnchorSource route.Source
	// FrontEnd, Calculated and Final are the short names of the front end, of the back end that it chose and of the one
	// that answered. A request that a front end answers by itself has none of the latter two.
	FrontEnd, Calculated, Final string
	// Hops is how many times the request was proxied from one back end to another.
	Hops int
	// Queue is the time spent waiting for workers and for the proxy pool, Service that of the operation proper.
	Queue, Service time.Duration
	// Budget is what throttling did to the request.
	Budget Budget
	// Status is the HTTP status; 0 if the client went away before the answer, or a fault left none.
	Status int
	// Code is the code of the fault or of the first failed message, NoError for a success, "" for an answer without SOAP.
	Code ews.Code
	// Verdicts are the rules that the request broke.
	Verdicts audit.Verdicts
	// Faults are the names of the rules that hit the request, nil for none. A fault can keep the answer from the client.
	Faults []string
}
