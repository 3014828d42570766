package mockews

import (
	"context"
	"io"
	"net/http"
	"sync"
)

// Transport reaches the server without a socket: it streams, honours cancellation, and works in a testing/synctest
// bubble. Handlers run in goroutines of their own, which end when their answer has been read or given up.
func (s *Server) Transport() http.RoundTripper { return TransportTo(s) }

// TransportTo is Transport for a server behind a handler of somebody else's, such as one that breaks its answers on purpose.
func TransportTo(h http.Handler) http.RoundTripper { return transport{server: h} }

type transport struct{ server http.Handler }

// RoundTrip hands the request to the server and returns as soon as the server has sent the header of its answer.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := context.Cause(r.Context()); err != nil {
		closeBody(r)
		return nil, err
	}
	ctx, cancel := context.WithCancel(r.Context())
	reader, writer := io.Pipe()
	a := &answerWriter{header: http.Header{}, body: writer, sent: make(chan *http.Response, 1), broken: make(chan error, 1)}
	a.response = http.Response{
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1, Request: r,
		Body: &answerBody{PipeReader: reader, cancel: cancel},
	}
	context.AfterFunc(ctx, func() { _ = reader.CloseWithError(context.Cause(ctx)) })
	go func() {
		defer a.finish(r)
		t.server.ServeHTTP(a, incoming(r, ctx))
	}()
	select {
	case response := <-a.sent:
		return response, nil
	case err := <-a.broken:
		cancel()
		return nil, err
	case <-r.Context().Done():
		cancel()
		return nil, context.Cause(r.Context())
	}
}

// closeBody ends the body of a request, as a round tripper must.
func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

// incoming is the request as the server sees it.
func incoming(r *http.Request, ctx context.Context) *http.Request {
	in := r.WithContext(ctx)
	switch {
	case in.Body == nil:
		in.Body = http.NoBody
	case in.ContentLength == 0 && in.Body != http.NoBody:
		in.ContentLength = -1 // to a client 0 beside a body is unknown, to a server it is none
	}
	in.Header = canonical(in.Header)
	in.RequestURI = in.URL.RequestURI()
	in.Host = in.URL.Host
	in.RemoteAddr = "in-process"
	return in
}

// canonical is the header as a server finds it on any connection, whatever the client's spelling of names.
func canonical(h http.Header) http.Header {
	odd := false
	for key := range h {
		odd = odd || key != http.CanonicalHeaderKey(key)
	}
	if !odd {
		return h
	}
	out := make(http.Header, len(h))
	for key, values := range h {
		key = http.CanonicalHeaderKey(key)
		out[key] = append(out[key], values...)
	}
	return out
}

// answerWriter is the server's end of an answer.
type answerWriter struct {
	header   http.Header
	body     *io.PipeWriter
	once     sync.Once
	sent     chan *http.Response
	broken   chan error // of a connection that broke before anything was sent
	response http.Response
}

// Header returns the header that WriteHeader will send.
func (a *answerWriter) Header() http.Header { return a.header }

// WriteHeader sends the header, in the canonical spelling that a client finds on any connection.
func (a *answerWriter) WriteHeader(status int) {
	a.once.Do(func() {
		a.response.StatusCode, a.response.Status = status, http.StatusText(status)
		a.response.Header = make(http.Header, len(a.header))
		for key, values := range a.header {
			key = http.CanonicalHeaderKey(key)
			a.response.Header[key] = append(a.response.Header[key], values...)
		}
		a.sent <- &a.response
	})
}

// Write sends a part of the body; it waits until the client has read it.
func (a *answerWriter) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// breakOff breaks the connection: the client gets the error in place of the answer, or of the rest of it.
func (a *answerWriter) breakOff(err error) {
	a.once.Do(func() { a.broken <- err })
	_ = a.body.CloseWithError(err)
}

// finish ends the answer when the handler has returned.
func (a *answerWriter) finish(r *http.Request) {
	a.WriteHeader(http.StatusOK)
	_ = a.body.Close()
	closeBody(r)
}

// Flush does nothing: whatever is written is on its way.
func (a *answerWriter) Flush() { a.WriteHeader(http.StatusOK) }

// answerBody is the client's end of an answer.
type answerBody struct {
	*io.PipeReader
	cancel context.CancelFunc
}

// Close tells the server that the client has gone, if it is still at work.
func (b *answerBody) Close() error {
	b.cancel()
	return b.PipeReader.Close()
}
