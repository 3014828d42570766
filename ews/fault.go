package ews

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Fault is a SOAP fault: the answer to a request that was refused as a whole,
// before any of its parts was looked at. It is an error on both sides.
type Fault struct {
	HTTP      int           // HTTP status that carries it
	Code      Code          // local part of the fault code
	Text      string        // text for people; servers localise it, so programs match Code
	BackOff   time.Duration // BackOffMilliseconds of a throttled request; 0: none
	Values    []Value       // further details
	Violation *Violation    // with ErrorSchemaValidation only
}

// NewFault returns the fault for code, with HTTP status 500 and the text of an
// Exchange server.
func NewFault(code Code) *Fault {
	return &Fault{HTTP: http.StatusInternalServerError, Code: code, Text: textOf(code)}
}

// Error names the code, the status and the text.
func (f *Fault) Error() string {
	if v := f.Violation; v != nil {
		return fmt.Sprintf("%s (HTTP %d): %d:%d: %s", f.Code, f.HTTP, v.Line, v.Column, v.Text)
	}
	return fmt.Sprintf("%s (HTTP %d): %s", f.Code, f.HTTP, f.Text)
}

const (
	faultOpen = declaration + `<s:Envelope xmlns:s="` + soapURI + `"><s:Body><s:Fault>` +
		`<faultcode xmlns:a="` + typesURI + `">a:`
	faultString    = `</faultcode><faultstring xml:lang="en-US">`
	faultDetail    = `</faultstring><detail><e:ResponseCode xmlns:e="` + errorsURI + `">`
	faultMessage   = `</e:ResponseCode><e:Message xmlns:e="` + errorsURI + `">`
	faultXML       = `<t:MessageXml xmlns:t="` + typesURI + `">`
	faultXMLClose  = `</t:MessageXml>`
	faultClose     = `</detail></s:Fault></s:Body></s:Envelope>`
	faultMessClose = `</e:Message>`
)

// Append appends the fault's envelope to dst and returns it. It is the shape of
// Exchange 2010 and later (seen in ews-managed-api #223): no SOAP header, the
// code in the types namespace, the detail in the errors namespace.
func (f *Fault) Append(dst []byte) []byte {
	dst = append(dst, faultOpen...)
	dst = xmlwire.AppendText(dst, string(f.Code))
	dst = append(dst, faultString...)
	dst = f.appendString(dst)
	dst = append(dst, faultDetail...)
	dst = xmlwire.AppendText(dst, string(f.Code))
	dst = append(dst, faultMessage...)
	dst = xmlwire.AppendText(dst, f.Text)
	dst = append(dst, faultMessClose...)
	dst = f.appendXML(dst)
	return append(dst, faultClose...)
}

// appendString appends the text of the faultstring. That of a violation says
// more than the message in the detail (seen in traces of evolution-ews).
func (f *Fault) appendString(dst []byte) []byte {
	if f.Violation == nil {
		return xmlwire.AppendText(dst, f.Text)
	}
	dst = xmlwire.AppendText(dst, strings.TrimSuffix(f.Text, "."))
	dst = append(dst, ": "...)
	return xmlwire.AppendText(dst, f.Violation.Text)
}

// appendXML appends MessageXml, if there is something to say in it.
func (f *Fault) appendXML(dst []byte) []byte {
	if f.BackOff == 0 && len(f.Values) == 0 && f.Violation == nil {
		return dst
	}
	dst = append(dst, faultXML...)
	if f.Violation != nil {
		dst = f.Violation.appendTo(dst)
	}
	dst = appendValues(dst, f.BackOff, f.Values)
	return append(dst, faultXMLClose...)
}

// readFault reads the current element as an s:Fault of any version of Exchange.
func readFault(s *xmlwire.Scanner, status int) *Fault {
	f := &Fault{HTTP: status}
	for depth := s.Depth(); s.Child(depth); {
		switch s.Local() {
		case "faultcode":
			name := s.Text()
			f.Code = codeOf(name[strings.IndexByte(name, ':')+1:])
		case "faultstring":
			f.Text = strings.Clone(s.Text())
		case "detail":
			f.readDetail(s)
		}
	}
	return f
}

// readDetail reads what the detail says better than the fault itself.
func (f *Fault) readDetail(s *xmlwire.Scanner) {
	for depth := s.Depth(); s.Child(depth); {
		switch s.Local() {
		case "ResponseCode":
			f.Code = codeOf(s.Text())
		case "Message":
			f.Text = strings.Clone(s.Text())
		case "MessageXml":
			d := readDetails(s)
			f.BackOff, f.Values, f.Violation = d.backOff, d.values, d.violation
		}
	}
}
