package ews

import (
	"cmp"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Class tells how one part of a request went (MS docs: ResponseClass).
type Class string

// The classes. With Warning the part was not processed because an earlier part
// of the same request failed.
const (
	Success Class = "Success"
	Warning Class = "Warning"
	Error   Class = "Error"
)

// Message is the verdict on one part of a request: the fields that all response
// messages have (MS-OXWSCDATA, ResponseMessageType). The zero value is a
// success.
type Message struct {
	Class   Class // empty stands for Success
	Code    Code  // empty stands for NoError
	Text    string
	BackOff time.Duration // BackOffMilliseconds of a throttled part; 0: none
	Values  []Value       // further details
}

// NewMessage returns the message for code with the text of an Exchange server.
func NewMessage(code Code) Message {
	if code == NoError {
		return Message{Class: Success, Code: code}
	}
	m := Message{Class: Error, Code: code, Text: textOf(code)}
	if code == ErrorBatchProcessingStopped {
		m.Class = Warning
	}
	return m
}

// failed reports whether the message has no payload.
func (m *Message) failed() bool { return m.Class == Error || m.Class == Warning }

// appendOpen appends the start tag of a response message and the fields that
// all have, in the order of the schema. DescriptiveLinkKey is part of errors:
// the EWS Managed API does not read them without it.
func (m *Message) appendOpen(dst []byte, name string) []byte {
	dst = append(dst, '<')
	dst = append(dst, name...)
	dst = appendAttr(dst, "ResponseClass", string(cmp.Or(m.Class, Success)))
	return m.appendFields(append(dst, '>'))
}

func (m *Message) appendFields(dst []byte) []byte {
	if !m.failed() {
		return appendElement(dst, "m:ResponseCode", string(cmp.Or(m.Code, NoError)))
	}
	dst = appendElement(dst, "m:MessageText", m.Text)
	dst = appendElement(dst, "m:ResponseCode", string(m.Code))
	dst = append(dst, "<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>"...)
	if m.BackOff == 0 && len(m.Values) == 0 {
		return dst
	}
	dst = append(dst, `<m:MessageXml>`...)
	dst = appendValues(dst, m.BackOff, m.Values)
	return append(dst, "</m:MessageXml>"...)
}

// AppendAttributes appends the class: in a struct with tags, a message writes
// its own part.
func (m Message) AppendAttributes(dst []byte) []byte {
	return appendAttr(dst, "ResponseClass", string(cmp.Or(m.Class, Success)))
}

// AppendChildren appends the fields that all messages have.
func (m Message) AppendChildren(dst []byte) []byte { return m.appendFields(dst) }

// ReadAttributes reads the class.
func (m *Message) ReadAttributes(r *xmlbind.Reader) { m.Class = classOf(&r.Scanner) }

// ReadChild reads a field that all messages have; false for any other.
func (m *Message) ReadChild(r *xmlbind.Reader) bool {
	switch r.Name() {
	case "MessageText":
		m.Text = strings.Clone(r.Text())
	case "ResponseCode":
		m.Code = codeOf(r.Text())
	case "DescriptiveLinkKey":
	case "MessageXml":
		d := readDetails(&r.Scanner)
		m.BackOff, m.Values = d.backOff, d.values
	default:
		return false
	}
	return true
}

// readMessage reads the current element as a response message.
func readMessage(s *xmlwire.Scanner) Message {
	m := Message{Class: classOf(s)}
	for depth := s.Depth(); s.Child(depth); {
		switch s.Local() {
		case "MessageText":
			m.Text = strings.Clone(s.Text())
		case "ResponseCode":
			m.Code = codeOf(s.Text())
			if m.Class == Success {
				return m // only payload follows
			}
		case "MessageXml":
			d := readDetails(s)
			m.BackOff, m.Values = d.backOff, d.values
		}
	}
	return m
}

// classOf reads the class of the current element. One that the schema does not
// know counts as an error.
func classOf(s *xmlwire.Scanner) Class {
	class, _ := s.Attr("ResponseClass")
	switch class {
	case string(Success):
		return Success
	case string(Warning):
		return Warning
	}
	return Error
}

// codeOf returns text as a Code that does not hold on to the answer.
func codeOf(text string) Code {
	if text == string(NoError) {
		return NoError
	}
	return Code(strings.Clone(strings.TrimSpace(text)))
}
