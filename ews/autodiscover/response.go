package autodiscover

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Response is the answer to a request for settings: a code for the whole of it, and what there is to say of each user, in the
// order in which they were asked about (MS docs: Response (SOAP)).
type Response struct {
	Code  Code           `x:"ErrorCode,always"`
	Text  string         `x:"ErrorMessage,always"`
	Users []UserResponse `x:"UserResponses/UserResponse,always"`
	_     xmlbind.Rest
}

// UserResponse is what there is to say of a user (MS docs: UserResponse (SOAP)).
type UserResponse struct {
	Code     Code           `x:"ErrorCode,always"`
	Text     string         `x:"ErrorMessage,always"`
	Target   Target         `x:"RedirectTarget,always"`
	Errors   []SettingError `x:"UserSettingErrors/UserSettingError,always"`
	Settings []Setting      `x:"UserSettings/UserSetting,always"`
	_        xmlbind.Rest
}

// SettingError says why there is no value of a setting (MS docs: UserSettingError (SOAP)).
type SettingError struct {
	Code Code   `x:"ErrorCode,always"`
	Text string `x:"ErrorMessage,always"`
	Name Name   `x:"SettingName,always"`
	_    xmlbind.Rest
}

// Setting is a value (MS docs: UserSetting (SOAP)). Type is StringSetting; collections are not known.
type Setting struct {
	Type  string `x:"@i:type"`
	Name  Name   `x:"Name,always"`
	Value string `x:"Value,always"`
	_     xmlbind.Rest
}

// StringSetting is a value that is text.
func StringSetting(name Name, value string) Setting {
	return Setting{Type: "StringSetting", Name: name, Value: value}
}

// Target is where a redirection leads: an address or a URL, "" for none, which is nil on the wire.
type Target string

// AppendContent writes the element.
func (t Target) AppendContent(dst []byte, open, end string) []byte {
	dst = append(dst, open...)
	if t == "" {
		return append(dst, ` i:nil="true"/>`...)
	}
	dst = xmlwire.AppendText(append(dst, '>'), string(t))
	return append(dst, end...)
}

// ReadContent reads the current element.
func (t *Target) ReadContent(r *xmlbind.Reader) { *t = Target(r.Word()) }

// Get is the value of a setting; false if the answer has none.
func (u *UserResponse) Get(name Name) (value string, ok bool) {
	for _, s := range u.Settings {
		if s.Name == name {
			return s.Value, true
		}
	}
	return "", false
}

// Outcome is the first code that is an error: of the whole, of a user, of a setting. It is NoError if there is none.
func (r *Response) Outcome() Code {
	if r.Code != NoError {
		return r.Code
	}
	for i := range r.Users {
		u := &r.Users[i]
		if u.Code != NoError {
			return u.Code
		}
		if len(u.Errors) > 0 {
			return u.Errors[0].Code
		}
	}
	return NoError
}

const (
	answerOpen = `<s:Envelope xmlns:s="` + soapURI + `" xmlns:a="` + addressingURI + `"><s:Header>` +
		`<a:Action s:mustUnderstand="1">` + settingsAction + `Response</a:Action>` +
		`<h:ServerVersionInfo xmlns:h="` + serviceURI + `" xmlns:i="` + instanceURI + `">`
	answerBody  = `</h:ServerVersionInfo></s:Header><s:Body><GetUserSettingsResponseMessage xmlns="` + serviceURI + `">`
	answerClose = `</GetUserSettingsResponseMessage></s:Body></s:Envelope>`
)

// Append appends the envelope of the answer to dst and returns it. What the version says are child elements, where EWS has
// attributes (MS docs: ServerVersionInfo (SOAP)). There is no XML declaration, as in a capture in Ericsson/exchangecalendar #306.
func (r *Response) Append(dst []byte, v ews.ServerVersion) []byte {
	dst = append(dst, answerOpen...)
	dst = appendElement(dst, "h:MajorVersion", strconv.Itoa(v.Major))
	dst = appendElement(dst, "h:MinorVersion", strconv.Itoa(v.Minor))
	dst = appendElement(dst, "h:MajorBuildNumber", strconv.Itoa(v.MajorBuild))
	dst = appendElement(dst, "h:MinorBuildNumber", strconv.Itoa(v.MinorBuild))
	dst = appendElement(dst, "h:Version", v.Version)
	dst = append(dst, answerBody...)
	dst = schema.AppendWith(dst, "Response", ` xmlns:i="`+instanceURI+`"`, r)
	return append(dst, answerClose...)
}

// errNoAnswer is a document that is no answer to a request for settings.
var errNoAnswer = errors.New("autodiscover: no answer to GetUserSettings")

// ParseResponse reads an answer as a client does. The error is a *[Fault] if it is one.
func ParseResponse(data []byte) (*Response, error) {
	r := new(xmlbind.Reader)
	r.Init(string(data), soapSpaces)
	var answer *Response
	var fault *Fault
	if !descend(r, soapSpace, "Envelope") {
		return nil, unreadable(r)
	}
	for depth := r.Depth(); r.Child(depth); {
		if !r.Is(soapSpace, "Body") || !r.Child(r.Depth()) {
			continue
		}
		switch {
		case r.Is(soapSpace, "Fault"):
			fault = readFault(r)
		case r.Is(serviceSpace, "GetUserSettingsResponseMessage") && r.Child(r.Depth()):
			answer = new(Response)
			schema.Read(r, answer)
		}
	}
	switch {
	case r.Err() != nil || r.Violation() != nil || fault == nil && answer == nil:
		return nil, unreadable(r)
	case fault != nil:
		return nil, fault
	}
	return answer, nil
}

// descend goes to the root, which must have this name.
func descend(r *xmlbind.Reader, space xmlwire.Space, name string) bool {
	return r.Next() == xmlwire.Start && r.Is(space, name)
}

// unreadable says why a document is no answer.
func unreadable(r *xmlbind.Reader) error {
	if err := r.Err(); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if v := r.Violation(); v != nil {
		return fmt.Errorf("%w: %d:%d: %s", errNoAnswer, v.Line, v.Column, v.Text)
	}
	return errNoAnswer
}
