package fault

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Effect is what the rules that hit a call do to it. Nil and the zero value do nothing. Delays add up; of several
// answers, and of several ways to deliver one, the first rule's counts.
type Effect struct {
	// Rules are the names of the rules that hit, in their order.
	Rules []string
	// Delay is how much later the answer is given.
	Delay time.Duration
	// Answer stands in for that of the operation, nil for none.
	Answer *Answer
	// Delivery is how the answer goes out, nil for as usual.
	Delivery *Delivery
}

// By is who gives an answer, and so how far a call goes.
type By string

const (
	// ByFrontEnd is the front end, by itself.
	ByFrontEnd By = "front end"
	// ByFirst is the back end that the front end chose. It neither works nor proxies.
	ByFirst By = "first"
	// ByHome is the back end that holds the mailbox. It does not work, unless Message lets a part of the work pass.
	ByHome By = "home"
)

// Answer is an injected answer: Fault, Page or Message.
type Answer struct {
	By By
	// Fault is a SOAP fault.
	Fault *ews.Fault
	// Page is the HTTP status of an answer in HTML.
	Page int
	// Message is the response message of a part of the request, in an answer with HTTP status 200.
	Message *ews.Message
	// Part is the number of that part, counted from 1. 0: all parts.
	Part int
}

// How is a way to deliver an answer.
type How string

const (
	// HowReset resets the connection in place of an answer.
	HowReset How = "reset"
	// HowHalf ends the connection in the middle of the answer.
	HowHalf How = "half"
	// HowDrip sends the answer in small parts with pauses between them.
	HowDrip How = "drip"
	// HowHang never answers.
	HowHang How = "hang"
	// HowClose closes a stream before its time.
	HowClose How = "close"
)

// Delivery is how an answer goes out.
type Delivery struct {
	How How
	// Worked says, with HowReset, that the operation has been carried out before.
	Worked bool
	// Share is the part of the body that HowHalf sends.
	Share float64
	// Bytes and Pause are the size of HowDrip's parts and the time between them. Pause is also how long HowClose lets a stream last.
	Bytes int
	Pause time.Duration
}

// From reports whether an injected answer is given by that server.
func (e *Effect) From(by By) bool { return e != nil && e.Answer != nil && e.Answer.By == by }

// Before reports whether the call ends before any back end works on it.
func (e *Effect) Before() bool {
	return e != nil && e.Delivery != nil && (e.Delivery.How == HowHang || e.Delivery.How == HowReset && !e.Delivery.Worked)
}

// Idle reports whether the back end that holds the mailbox does no work, because it answers with a fault.
func (e *Effect) Idle() bool { return e.From(ByHome) && e.Answer.Part == 0 }

// answer is false if an earlier rule has given one.
func (e *Effect) answer(a Answer) bool {
	if e.Answer != nil {
		return false
	}
	e.Answer = &a
	return true
}

// deliver is false if an earlier rule has said how.
func (e *Effect) deliver(d Delivery) bool {
	if e.Delivery != nil {
		return false
	}
	e.Delivery = &d
	return true
}
