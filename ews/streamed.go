package ews

import (
	"bytes"
	"io"
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// SplitStreamed finds the end of the first envelope of a stream: a
// [bufio.SplitFunc]. Envelopes follow one another without anything that separates
// them (captures in jamesiarmes/php-ews #453, node-ews #48 and #56), so that an end
// tag is all there is to tell them apart by. Within an envelope there is no such
// tag: in text and in attributes its first character is escaped.
func SplitStreamed(data []byte, atEOF bool) (advance int, envelope []byte, err error) {
	const end = "Envelope>"
	for from := 0; ; {
		i := bytes.Index(data[from:], []byte(end))
		if i < 0 {
			break
		}
		from += i + len(end)
		if isEndTag(data[:from-len(end)]) {
			return from, data[:from], nil
		}
	}
	if atEOF && len(bytes.TrimSpace(data)) > 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return 0, nil, nil
}

// isEndTag reports whether what stands before a name makes it an end tag, with a
// prefix or without.
func isEndTag(before []byte) bool {
	i := bytes.LastIndexByte(before, '<')
	if i < 0 || i+1 == len(before) || before[i+1] != '/' {
		return false
	}
	prefix := before[i+2:]
	return len(prefix) == 0 || bytes.IndexByte(prefix, ':') == len(prefix)-1
}

// Streamed is one envelope of a stream, as a client reads it.
type Streamed struct {
	Fault *Fault // the stream is refused as a whole
	Message
	Events   []StreamedEvent
	ErrorIDs []string // subscriptions that are not there
	Status   string   // OK, Closed; "" beside events
}

// StreamedEvent is an event of a stream: what is needed to know it again.
type StreamedEvent struct {
	Subscription string
	Type         EventType
	Item         string // id, "" for an event of a folder
}

// ReadStreamed reads one envelope of a stream; false if it is none. What it does
// not know it passes over. Nothing of the envelope is kept.
func ReadStreamed(envelope []byte) (Streamed, bool) {
	var m Streamed
	var s xmlwire.Scanner
	s.InitLax(envelope, spaces)
	if s.Next() != xmlwire.Start || !s.Is(soapSpace, "Envelope") {
		return m, false
	}
	answered := false
	for depth := s.Depth(); s.Child(depth); {
		if !s.Is(soapSpace, "Body") {
			continue
		}
		for body := s.Depth(); s.Child(body); {
			answered = true
			if s.Is(soapSpace, "Fault") {
				m.Fault = readFault(&s, 0)
			} else {
				m.readAnswer(&s)
			}
		}
	}
	return m, answered && s.Err() == nil
}

// readAnswer goes down to the response message.
func (m *Streamed) readAnswer(s *xmlwire.Scanner) {
	for depth := s.Depth(); s.Child(depth); {
		if s.Local() != "ResponseMessages" {
			continue
		}
		for list := s.Depth(); s.Child(list); {
			m.Class = classOf(s)
			m.readMessage(s)
		}
	}
}

func (m *Streamed) readMessage(s *xmlwire.Scanner) {
	for depth := s.Depth(); s.Child(depth); {
		switch s.Local() {
		case "MessageText":
			m.Text = strings.Clone(s.Text())
		case "ResponseCode":
			m.Code = codeOf(s.Text())
		case "MessageXml":
			d := readDetails(s)
			m.BackOff, m.Values = d.backOff, d.values
		case "Notifications":
			for list := s.Depth(); s.Child(list); {
				m.readNotification(s)
			}
		case "ErrorSubscriptionIds":
			for list := s.Depth(); s.Child(list); {
				m.ErrorIDs = append(m.ErrorIDs, strings.TrimSpace(strings.Clone(s.Text())))
			}
		case "ConnectionStatus":
			m.Status = strings.TrimSpace(strings.Clone(s.Text()))
		}
	}
}

// readNotification reads the events of one subscription, whose id comes first.
func (m *Streamed) readNotification(s *xmlwire.Scanner) {
	id := ""
	for depth := s.Depth(); s.Child(depth); {
		if s.Local() == "SubscriptionId" {
			id = strings.TrimSpace(strings.Clone(s.Text()))
			continue
		}
		e := StreamedEvent{Subscription: id, Type: EventType(strings.Clone(s.Local()))}
		if !e.Type.Valid() && e.Type != StatusEvent {
			continue
		}
		for event := s.Depth(); s.Child(event); {
			if s.Local() == "ItemId" {
				item, _ := s.Attr("Id")
				e.Item = strings.Clone(item)
			}
		}
		m.Events = append(m.Events, e)
	}
}

// SubscriptionID returns the id that an answer to Subscribe gives, "" without one.
func SubscriptionID(body []byte) string {
	var s xmlwire.Scanner
	s.InitLax(body, spaces)
	for {
		switch s.Next() {
		case xmlwire.EOF:
			return ""
		case xmlwire.Start:
			if s.Local() == "SubscriptionId" {
				return strings.TrimSpace(strings.Clone(s.Text()))
			}
		case xmlwire.End, xmlwire.Text:
		}
	}
}
