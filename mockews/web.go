package mockews

import (
	"io"
	"log"
	"net/http"
	"time"
)

// Limits of the web server in front (shipped web.config in microsoft/CSS-Exchange, for the header and the URL).
const (
	maxHeader = 163_840 // bytes of all headers of a request
	maxURL    = 2048    // bytes
)

// How long a client may take. A slow link is no attack: each deadline is for some progress, not for the whole.
const (
	headerTime = 10 * time.Second // for the header
	callTime   = 10 * time.Minute // for a request, until it is answered
	partTime   = time.Minute      // for each further part of a long request
	idleTime   = 2 * time.Minute  // between two requests of a connection
	sendTime   = 30 * time.Second // for an answer, beside a second for each slowBytes of it
	slowBytes  = 16 << 10
)

// largeBody is from where on a request waits for one of the places for large ones, in bytes, and largeBodies how many there are:
// together they bound what bodies under way can take.
const (
	largeBody   = keptBuffer
	largeBodies = 8
)

// HTTP is a web server for the mock, with bounds that keep a client from doing harm: on the header, on the time for each part
// of a request or an answer, and on idle connections. It speaks HTTP/1.1, as clients of EWS do.
func (s *Server) HTTP() *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Server{
		Handler: s, ReadHeaderTimeout: headerTime, ReadTimeout: callTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader - slackOfNetHTTP, Protocols: &protocols,
		ErrorLog: log.New(io.Discard, "", 0), // what a client does wrong is the journal's to say
	}
}

// slackOfNetHTTP is what net/http lets through beyond MaxHeaderBytes.
const slackOfNetHTTP = 4096

// longAnswer is the length of an answer, in bytes, that may not fit into what lies between server and client: only such a one can
// be held up by a client that does not read.
const longAnswer = 64 << 10

// hurry gives the client so long for the next part of its request. A connection without deadlines has none.
func hurry(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(partTime))
}

// relax ends that when the request is there, since the deadline would end the call, too.
func relax(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(callTime))
}

// allow gives the client so long to take an answer of a length.
func allow(w http.ResponseWriter, length int) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sendTime + time.Duration(length/slowBytes)*time.Second))
}
