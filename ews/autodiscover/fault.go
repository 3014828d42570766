package autodiscover

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Fault is a SOAP fault: the web service, not Autodiscover, does not take the request. It comes with HTTP status 500.
type Fault struct {
	// Code is the local part of the fault code, in Space.
	Code, Space string
	Text        string
}

// Error says what the fault says.
func (f *Fault) Error() string { return f.Code + ": " + f.Text }

const faultOpen = `<s:Envelope xmlns:s="` + soapURI + `" xmlns:a="` + addressingURI + `"><s:Header><a:Action s:mustUnderstand="1">` + faultAction +
	`</a:Action></s:Header><s:Body><s:Fault><faultcode xmlns:a="`

// Append appends the fault's envelope to dst and returns it. The prefix of its code is that of a real server, a.
func (f *Fault) Append(dst []byte) []byte {
	dst = append(dst, faultOpen...)
	dst = xmlwire.AppendAttr(dst, f.Space)
	dst = append(dst, `">a:`...)
	dst = xmlwire.AppendText(dst, f.Code)
	dst = append(dst, `</faultcode><faultstring xml:lang="en-US">`...)
	dst = xmlwire.AppendText(dst, f.Text)
	return append(dst, "</faultstring></s:Fault></s:Body></s:Envelope>"...)
}

func readFault(r *xmlbind.Reader) *Fault {
	f := &Fault{}
	for depth := r.Depth(); r.Child(depth); {
		switch r.Local() {
		case "faultcode":
			code := r.Word()
			f.Code = code[strings.LastIndexByte(code, ':')+1:]
		case "faultstring":
			f.Text = r.Word()
		}
	}
	return f
}
