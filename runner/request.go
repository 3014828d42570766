package runner

import (
	"bytes"
	"io"
	"net/http"

	"github.com/ewsbench/ewsbench/scenarios"
)

// The protocol's headers in the spelling of http.Header's keys. A test holds
// them equal to those of package ews.
const (
	keyAnchor    = "X-Anchormailbox"
	keyAffinity  = "X-Preferserveraffinity"
	keyRequestID = "Client-Request-Id"
	keyReturnID  = "Return-Client-Request-Id"
)

// headerRoom holds all headers of a request, with those of a transport that
// signs it.
const headerRoom = 8

// bind renders the envelope and the id of a call from what the session knows by
// now. It says whether the session lacked an answer that the call depends on.
func (s *sender) bind(x errand, l *lane) (late bool) {
	message, late := x.session.Request(s.arm, x.Call)
	if s.version != "" {
		message.Version = s.version
	}
	l.envelope = message.Append(l.envelope[:0])
	l.id = s.plan.AppendRequestID(l.id[:0], x.N)
	return late
}

// request makes the HTTP request of what was rendered into the lane. The reader
// of the body is one that net/http knows to be in memory: headers and body then
// leave in one write.
func (s *sender) request(call scenarios.Call, l *lane) *http.Request {
	varying := &struct {
		id, anchor [1]string
		body       bytes.Reader
	}{}
	varying.id[0] = string(l.id)
	varying.body.Reset(bytes.Clone(l.envelope))

	header := make(http.Header, headerRoom)
	header["Content-Type"] = s.contentType
	header["User-Agent"] = s.userAgent
	header[keyRequestID] = varying.id[:]
	header[keyReturnID] = s.yes
	if s.jars != nil {
		header[keyAffinity] = s.yes
	}
	if anchor := s.anchorOf(call); anchor != "" {
		varying.anchor[0] = anchor
		header[keyAnchor] = varying.anchor[:]
	}
	request := s.blank.WithContext(l.ctx)
	request.Header = header
	request.Body = io.NopCloser(&varying.body)
	request.ContentLength = int64(len(l.envelope))
	return request
}

// anchorOf is the value of X-AnchorMailbox for a call, empty for none.
func (s *sender) anchorOf(call scenarios.Call) string {
	switch s.anchor {
	case scenarios.AnchorMissing:
		return ""
	case scenarios.AnchorWrong:
		return call.Wrong
	case scenarios.AnchorServiceAccount:
		return s.caller
	case scenarios.AnchorCorrect:
		return call.Mailbox
	default:
		return call.Mailbox
	}
}
