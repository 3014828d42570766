package fault

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Message fails parts of the request by response messages, in an answer with HTTP status 200. A code that stops a batch
// leaves the later parts unprocessed, with ErrorBatchProcessingStopped.
type Message struct {
	// Code is any response code of the schema.
	Code ews.Code `yaml:"code,required"`
	// Text is for people. Empty: the server's own text for the code.
	Text string `yaml:"text"`
	// BackOff is BackOffMilliseconds. Zero: none.
	BackOff time.Duration `yaml:"back_off"`
	// Inner is the code of the error within: throttling can come as ErrorInternalServerError with ErrorServerBusy inside.
	// Empty: none.
	Inner ews.Code `yaml:"inner"`
	// Part is the number of the part that fails, counted from 1. Zero: all.
	Part int `yaml:"part"`
}

// Source is the element of the schema, and captures.
func (*Message) Source() string {
	return "MS docs, ResponseClass: each part of a request has a verdict of its own; ErrorServerBusy in an answer with HTTP 200 as captured in the tests of " +
		"thunderbird/ews-rs; MS docs, EWS throttling in Exchange: the inner error; MS docs, ResponseCode: ErrorBatchProcessingStopped"
}

func (m *Message) check(c *checker) {
	c.code("code", m.Code)
	c.notNegative("back_off", m.BackOff)
	if m.Inner != "" {
		c.code("inner", m.Inner)
	}
	if m.Part < 0 {
		c.add("part", "part is %d: parts count from 1, and 0 stands for all", m.Part)
	}
}

func (m *Message) inject(_ draw, _ *Call, e *Effect) bool {
	sent := ews.NewMessage(m.Code)
	sent.BackOff = m.BackOff
	if m.Text != "" {
		sent.Text = m.Text
	}
	if m.Inner != "" {
		sent.Values = []ews.Value{
			{Name: "InnerErrorMessageText", Text: ews.NewFault(m.Inner).Text},
			{Name: "InnerErrorResponseCode", Text: string(m.Inner)},
			{Name: "InnerErrorDescriptiveLinkKey", Text: "0"},
		}
	}
	return e.answer(Answer{By: ByHome, Message: &sent, Part: m.Part})
}
