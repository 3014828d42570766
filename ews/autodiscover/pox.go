package autodiscover

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// POXRequest asks for all that there is to say of a mailbox (MS docs: POX Autodiscover request for Exchange).
type POXRequest struct {
	// Address is EMailAddress, LegacyDN the other way to name a mailbox. One of them is there.
	Address  string `x:"EMailAddress"`
	LegacyDN string `x:"LegacyDN"`
	// Schema is AcceptableResponseSchema.
	Schema string `x:"AcceptableResponseSchema,always"`
	_      xmlbind.Rest
}

// Append appends the request to dst and returns it.
func (q *POXRequest) Append(dst []byte) []byte {
	dst = append(dst, declaration+`<Autodiscover xmlns="`+requestURI+`">`...)
	return append(schema.Append(dst, "Request", q), "</Autodiscover>"...)
}

// requestSpaces are the namespaces of requests: Outlook's, and that of devices, which ask for the other schema.
var requestSpaces = []string{requestURI, mobileURI}

// ErrInvalidRequest is a document that is no request.
var ErrInvalidRequest = errors.New("autodiscover: invalid request")

// ParsePOXRequest reads a request as a server does. The error is for something else.
func ParsePOXRequest(data []byte) (*POXRequest, error) {
	r := new(xmlbind.Reader)
	r.Init(string(data), requestSpaces)
	var q *POXRequest
	if r.Next() == xmlwire.Start && r.Name() == "Autodiscover" {
		for depth := r.Depth(); r.Child(depth); {
			if r.Name() == "Request" && q == nil {
				q = new(POXRequest)
				schema.Read(r, q)
			}
		}
	}
	for r.Next() != xmlwire.EOF {
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if q == nil || r.Violation() != nil {
		return nil, ErrInvalidRequest
	}
	q.Address, q.LegacyDN, q.Schema = strings.TrimSpace(q.Address), strings.TrimSpace(q.LegacyDN), strings.TrimSpace(q.Schema)
	if q.Address == "" && q.LegacyDN == "" {
		return nil, ErrInvalidRequest
	}
	return q, nil
}

// Who is the address, or else the legacy distinguished name.
func (q *POXRequest) Who() string {
	if q.Address != "" {
		return q.Address
	}
	return q.LegacyDN
}

// POXResponse is what there is to say of a mailbox (MS docs: POX Autodiscover response for Exchange).
type POXResponse struct {
	User    *POXUser   `x:"User"`
	Account POXAccount `x:"Account,always"`
	_       xmlbind.Rest
}

// POXUser is whom it is about.
type POXUser struct {
	DisplayName  string `x:"DisplayName"`
	LegacyDN     string `x:"LegacyDN"`
	Address      string `x:"AutoDiscoverSMTPAddress"`
	DeploymentID string `x:"DeploymentId"`
	_            xmlbind.Rest
}

// Action is what the client has to do with the answer.
type Action string

// The actions. All but the first are redirections.
const (
	ActionSettings        Action = "settings"
	ActionRedirectAddress Action = "redirectAddr"
	ActionRedirectURL     Action = "redirectUrl"
)

// POXAccount is where the mailbox is, or who knows.
type POXAccount struct {
	AccountType     string        `x:"AccountType"`
	Action          Action        `x:"Action,always"`
	MicrosoftOnline string        `x:"MicrosoftOnline"`
	RedirectAddress string        `x:"RedirectAddr"`
	RedirectURL     string        `x:"RedirectUrl"`
	Protocols       []Protocol    `x:"Protocol"`
	PublicFolders   *PublicFolder `x:"PublicFolderInformation"`
	_               xmlbind.Rest
}

// PublicFolder is the mailbox that holds the hierarchy of public folders.
type PublicFolder struct {
	Address string `x:"SmtpAddress,always"`
	_       xmlbind.Rest
}

// ProtocolType is the type of a protocol: EXCH from inside, EXPR from outside, WEB for browsers.
type ProtocolType string

// The types.
const (
	ProtocolEXCH ProtocolType = "EXCH"
	ProtocolEXPR ProtocolType = "EXPR"
	ProtocolWEB  ProtocolType = "WEB"
)

// Protocol is a way to a mailbox (MS docs: Protocol (POX)). GroupingInformation is part of EXPR alone.
type Protocol struct {
	Type                ProtocolType `x:"Type,always"`
	Server              string       `x:"Server"`
	ServerDN            string       `x:"ServerDN"`
	ServerVersion       string       `x:"ServerVersion"`
	MdbDN               string       `x:"MdbDN"`
	SSL                 string       `x:"SSL"`
	AuthPackage         string       `x:"AuthPackage"`
	ASURL               string       `x:"ASUrl"`
	EWSURL              string       `x:"EwsUrl"`
	OOFURL              string       `x:"OOFUrl"`
	ExclusiveConnect    string       `x:"ServerExclusiveConnect"`
	EWSPartnerURL       string       `x:"EwsPartnerUrl"`
	GroupingInformation string       `x:"GroupingInformation"`
	Internal            *Web         `x:"Internal"`
	External            *Web         `x:"External"`
	_                   xmlbind.Rest
}

// Web is a browser's way: the protocol behind it.
type Web struct {
	Protocol *Protocol `x:"Protocol"`
	_        xmlbind.Rest
}

const (
	poxOpen  = declaration + `<Autodiscover xmlns="` + answerURI + `">`
	poxClose = `</Autodiscover>`
)

// Append appends the answer to dst and returns it.
func (p *POXResponse) Append(dst []byte) []byte {
	dst = schema.AppendWith(append(dst, poxOpen...), "Response", ` xmlns="`+outlookURI+`"`, p)
	return append(dst, poxClose...)
}

// POXError is the answer to a request that has none. Time is when it was given, ID a hash of the name of the server that gave
// it (MS docs: Error (POX)).
type POXError struct {
	Time string  `x:"@Time,always"`
	ID   string  `x:"@Id,always"`
	Code POXCode `x:"ErrorCode,always"`
	Text string  `x:"Message,always"`
	Data string  `x:"DebugData,always"`
	_    xmlbind.Rest
}

// POXCode is the number of an error (MS-OXDSCLI, ErrorCode).
type POXCode int

// The numbers.
const (
	POXNoAddress      POXCode = 500 // the address cannot be found
	POXBadAddress     POXCode = 501 // the address is known and has no mailbox
	POXInvalidRequest POXCode = 600
	POXNoProvider     POXCode = 601 // nobody gives answers of that schema
	POXInternal       POXCode = 603
)

// Message is what goes with a number. That of 500 is a server's own (otris/ews-cpp, tests), that of 600 too (MS docs: POX
// Autodiscover response for Exchange); no capture of the others is public.
func (c POXCode) Message() string {
	switch c {
	case POXNoAddress:
		return "The email address can't be found."
	case POXBadAddress:
		return "Bad Address"
	case POXInvalidRequest:
		return "Invalid Request"
	case POXNoProvider:
		return "Provider not available"
	case POXInternal:
	}
	return "Internal Error"
}

// Error says what the answer says.
func (e *POXError) Error() string { return fmt.Sprintf("autodiscover: %d: %s", e.Code, e.Text) }

// Append appends the answer to dst and returns it.
func (e *POXError) Append(dst []byte) []byte {
	dst = append(dst, poxOpen+"<Response>"...)
	return append(schema.Append(dst, "Error", e), "</Response>"+poxClose...)
}

// answerSpaces are the namespaces of answers.
var answerSpaces = []string{answerURI, outlookURI}

// errNoPOX is a document that is no answer to a plain request.
var errNoPOX = errors.New("autodiscover: no answer of plain XML")

// ParsePOXResponse reads an answer as a client does. The error is a *[POXError] if it is one.
func ParsePOXResponse(data []byte) (*POXResponse, error) {
	r := new(xmlbind.Reader)
	r.Init(string(data), answerSpaces)
	if r.Next() != xmlwire.Start || r.Name() != "Autodiscover" || !r.Child(r.Depth()) || r.Name() != "Response" {
		return nil, errNoPOX
	}
	var body struct {
		POXResponse
		Error *POXError `x:"Error"`
	}
	schema.Read(r, &body)
	for r.Next() != xmlwire.EOF {
	}
	switch {
	case r.Err() != nil:
		return nil, fmt.Errorf("%w: %w", ErrMalformed, r.Err())
	case r.Violation() != nil:
		return nil, fmt.Errorf("%w: %s", errNoPOX, r.Violation().Text)
	case body.Error != nil:
		return nil, body.Error
	}
	return &body.POXResponse, nil
}
