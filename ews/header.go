package ews

// ContentType is the media type of every SOAP 1.1 request and answer.
const ContentType = "text/xml; charset=utf-8"

// HTTP headers of requests: where to route, and how to find the call again
// (MS docs: Instrumenting client requests for EWS and REST in Exchange; How to
// maintain affinity between a group of subscriptions and the Mailbox server).
const (
	HeaderAnchorMailbox         = "X-AnchorMailbox"
	HeaderPreferServerAffinity  = "X-PreferServerAffinity"
	HeaderClientRequestID       = "client-request-id"
	HeaderReturnClientRequestID = "return-client-request-id"
)

// HTTP headers of answers: the route that a request took, written by the front
// end and the back end (MS docs: Instrumenting client requests for EWS and REST
// in Exchange; exchangelib #354 shows them in a capture).
const (
	HeaderRequestID          = "request-id"
	HeaderFEServer           = "X-FEServer"
	HeaderBEServer           = "X-BEServer"
	HeaderCalculatedBETarget = "X-CalculatedBETarget"
	HeaderDiagInfo           = "X-DiagInfo"
	HeaderBackEndHTTPStatus  = "X-BackEndHttpStatus"
	HeaderEwsHandler         = "x-EwsHandler"
)

// Cookies that carry a routing decision from one answer to the next request
// (MS docs: How to maintain affinity between a group of subscriptions and the
// Mailbox server).
const (
	CookieBackEnd         = "X-BackEndCookie"
	CookieBackEndOverride = "X-BackEndOverrideCookie"
)
