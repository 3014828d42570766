package ews

import "time"

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
// messages have. The zero value is a success.
type Message struct {
	Class   Class
	Code    Code
	Text    string
	BackOff time.Duration // BackOffMilliseconds of a throttled part; 0: none
	Values  []Value       // further details
}

// NewMessage returns the message for code with the text of an Exchange server.
func NewMessage(code Code) Message { return Message{Class: Error, Code: code} }
