package ews

// Response is one operation's answer. Its implementations are the structs of
// this package, used as values.
type Response interface {
	// Op returns the operation that is answered.
	Op() Op
	appendTo(dst []byte) []byte
}

// AppendResponse appends the envelope of an answer to dst.
func AppendResponse(dst []byte, v ServerVersion, r Response) []byte { return dst }
