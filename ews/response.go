package ews

// Response is one operation's answer. Its implementations are the structs of
// this package, used as values.
type Response interface {
	// Op returns the operation that is answered.
	Op() Op
	appendTo(dst []byte) []byte
}

const (
	responseOpen = declaration + `<s:Envelope xmlns:s="` + soapURI + `"><s:Header>`
	bodyOpen     = `</s:Header><s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		` xmlns:xsd="http://www.w3.org/2001/XMLSchema">`
	responseClose = `</s:Body></s:Envelope>`
)

// AppendResponse appends the envelope of an answer to dst and returns it. The
// header names the server's version, as in every answer that is no fault.
func AppendResponse(dst []byte, v ServerVersion, r Response) []byte {
	return appendBody(v.appendOpening(dst), r)
}

// AppendAfter is AppendResponse for a server whose answers all begin alike: with
// its [ServerVersion.Opening].
func AppendAfter(dst, opening []byte, r Response) []byte {
	return appendBody(append(dst, opening...), r)
}

func appendBody(dst []byte, r Response) []byte {
	return append(r.appendTo(dst), responseClose...)
}

// Opening is how the answers of a server begin.
func (v ServerVersion) Opening() []byte { return v.appendOpening(nil) }

func (v ServerVersion) appendOpening(dst []byte) []byte {
	dst = append(dst, responseOpen...)
	dst = v.appendTo(dst)
	return append(dst, bodyOpen...)
}

// appendResponseOpen appends the start tag of an answer. It declares what its
// content uses, as a real server's does, so that it can stand alone.
func appendResponseOpen(dst []byte, name string) []byte {
	dst = append(dst, '<')
	dst = append(dst, name...)
	return append(dst, ` xmlns:m="`+messagesURI+`" xmlns:t="`+typesURI+`">`...)
}
