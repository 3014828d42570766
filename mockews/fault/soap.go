package fault

import (
	"net/http"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// SOAP refuses the request as a whole with a SOAP fault, from the back end that holds the mailbox, instead of working.
type SOAP struct {
	// Code is any response code of the schema.
	Code ews.Code `yaml:"code,required"`
	// Text is for people. Empty: the server's own text for the code.
	Text string `yaml:"text"`
	// BackOff is BackOffMilliseconds. Zero: none.
	BackOff time.Duration `yaml:"back_off"`
	// Status is the HTTP status, 500 or 503. Zero: 500, as real servers send faults.
	Status int `yaml:"status"`
}

// Source is the list of codes, and the captures of their shape.
func (*SOAP) Source() string {
	return "MS docs, ResponseCode: the list of codes; the shape with HTTP 500 as captured in OfficeDev/ews-managed-api #223, BackOffMilliseconds as in " +
		"mguessan/davmail #161; no capture of a SOAP body with status 503 is public (unsourced)"
}

func (s *SOAP) check(c *checker) {
	c.code("code", s.Code)
	c.notNegative("back_off", s.BackOff)
	switch s.Status {
	case 0, http.StatusInternalServerError, http.StatusServiceUnavailable:
	default:
		c.add("status", "status is %d: write 500 or 503", s.Status)
	}
}

func (s *SOAP) inject(_ draw, _ *Call, e *Effect) bool {
	f := ews.NewFault(s.Code)
	f.BackOff = s.BackOff
	if s.Text != "" {
		f.Text = s.Text
	}
	if s.Status != 0 {
		f.HTTP = s.Status
	}
	return e.answer(Answer{By: ByHome, Fault: f})
}
