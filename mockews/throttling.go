package mockews

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// ticket is a call's place in the budget that it is charged to.
type ticket struct{}

// admit charges a call to a budget. The answer is for one that asks for too much.
func (x *exchange) admit(route.Principal, *ews.Request) *fault.Answer { return nil }

// slowDown keeps the answer back for as long as the budget asks. It is false if the client goes away meanwhile.
func (x *exchange) slowDown() bool { return true }

// settle ends what admit has begun, when the answer is sent.
func (x *exchange) settle() {}
