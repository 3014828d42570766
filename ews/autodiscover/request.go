package autodiscover

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Request asks for settings of users (MS docs: GetUserSettings operation (SOAP)).
type Request struct {
	// Version is RequestedServerVersion, as it was written; "" for none.
	Version string
	// To is where the client thinks that it sends the request.
	To string
	// Users are SMTP addresses, or legacy distinguished names (MS-OXWSADISC, section 3.1.4.4.3).
	Users []string
	// Settings are what is asked for, as it was written.
	Settings []Name
}

// ErrMalformed is a document that is no XML.
var ErrMalformed = errors.New("autodiscover: malformed XML")

// schema writes and reads what structs with tags describe. It only remembers how.
var schema xmlbind.Schema

// message is GetUserSettingsRequestMessage. What it holds beyond that is passed over, as data contracts do.
type message struct {
	Request *payload `x:"a:Request"`
	_       xmlbind.Rest
}

type payload struct {
	Users    []user `x:"a:Users/a:User,always"`
	Settings []Name `x:"a:RequestedSettings/a:Setting,always"`
	_        xmlbind.Rest
}

type user struct {
	Mailbox string `x:"a:Mailbox"`
	_       xmlbind.Rest
}

const requestOpen = declaration + `<s:Envelope xmlns:s="` + soapURI + `" xmlns:a="` + serviceURI + `" xmlns:wsa="` + addressingURI + `"><s:Header>`

// Append appends the request's envelope to dst and returns it.
func (q *Request) Append(dst []byte) []byte {
	dst = append(dst, requestOpen...)
	if q.Version != "" {
		dst = appendElement(dst, "a:RequestedServerVersion", q.Version)
	}
	dst = appendElement(dst, "wsa:Action", ActionGetUserSettings)
	dst = appendElement(dst, "wsa:To", q.To)
	dst = append(dst, "</s:Header><s:Body>"...)
	p := payload{Settings: q.Settings}
	for _, address := range q.Users {
		p.Users = append(p.Users, user{Mailbox: address})
	}
	dst = schema.Append(dst, "a:GetUserSettingsRequestMessage", message{Request: &p})
	return append(dst, "</s:Body></s:Envelope>"...)
}

func appendElement(dst []byte, name, text string) []byte {
	dst = append(append(append(dst, '<'), name...), '>')
	dst = xmlwire.AppendText(dst, text)
	return append(append(append(dst, "</"...), name...), '>')
}

// parser reads an envelope.
type parser struct {
	xmlbind.Reader
	request Request
	action  string
	element string // the first of the body, "" for one of another namespace
	body    bool
}

// ParseRequest reads a request as a server does. The error is [ErrMalformed], or a *[Fault] that is ready to be sent; whether the
// request asks for something that makes sense is not its business.
func ParseRequest(data []byte) (*Request, error) {
	p := new(parser)
	p.Init(string(data), soapSpaces)
	known := p.envelope()
	for p.Next() != xmlwire.EOF {
	}
	if err := p.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	switch {
	case !known:
		return nil, &Fault{Code: "VersionMismatch", Space: soapURI, Text: "The envelope is none of SOAP 1.1."}
	case p.action == "":
		return nil, &Fault{Code: "MessageAddressingHeaderRequired", Space: addressingURI, Text: "A required header representing a Message Addressing Property is not present."}
	case p.action != ActionGetUserSettings:
		return nil, mismatch(p.action)
	case p.element != "GetUserSettingsRequestMessage" || p.Violation() != nil:
		return nil, &Fault{Code: "DeserializationFailed", Space: dispatchURI, Text: "The body is no GetUserSettingsRequestMessage."}
	}
	return &p.request, nil
}

// mismatch is the fault for an action that the service does not know; ecederstrand/exchangelib, services/get_user_settings.py,
// looks for its code and for its words.
func mismatch(action string) *Fault {
	return &Fault{
		Code: "ActionNotSupported", Space: addressingURI,
		Text: "The message with Action '" + action + "' cannot be processed at the receiver, due to a ContractFilter mismatch at the EndpointDispatcher.",
	}
}

// envelope reads the whole; false for something else than an envelope of SOAP 1.1.
func (p *parser) envelope() bool {
	if p.Next() != xmlwire.Start || !p.Is(soapSpace, "Envelope") {
		return false
	}
	for depth := p.Depth(); p.Child(depth); {
		switch {
		case p.Is(soapSpace, "Header"):
			p.header()
		case p.Is(soapSpace, "Body") && !p.body:
			p.body = true
			p.content()
		}
	}
	return true
}

func (p *parser) header() {
	for depth := p.Depth(); p.Child(depth); {
		switch {
		case p.Is(addressingSpace, "Action"):
			p.action = p.Word()
		case p.Is(addressingSpace, "To"):
			p.request.To = p.Word()
		case p.Is(serviceSpace, "RequestedServerVersion"):
			p.request.Version = p.Word()
		}
	}
}

// content reads the first element of the body.
func (p *parser) content() {
	if !p.Child(p.Depth()) || p.Space() != serviceSpace {
		return
	}
	p.element = p.Local()
	var m message
	schema.Read(&p.Reader, &m)
	if m.Request == nil {
		return
	}
	for _, u := range m.Request.Users {
		p.request.Users = append(p.request.Users, strings.TrimSpace(u.Mailbox))
	}
	for _, s := range m.Request.Settings {
		p.request.Settings = append(p.request.Settings, Name(strings.TrimSpace(string(s))))
	}
}
