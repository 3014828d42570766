package fault

// Reset resets the connection where the answer was due.
type Reset struct {
	// Worked says that the operation has been carried out, and only its answer is lost: the client cannot know. Otherwise
	// the connection is reset as soon as the request is read.
	Worked bool `yaml:"worked"`
}

// Source is the HTTP standard, and a report of users.
func (*Reset) Source() string {
	return "RFC 9112, section 9.5: a server may close the connection at any time; ecederstrand/exchangelib #1308: a reset in place of status 413"
}

func (*Reset) check(*checker) {}

func (r *Reset) inject(_ draw, _ *Call, e *Effect) bool {
	return e.deliver(Delivery{How: HowReset, Worked: r.Worked})
}
