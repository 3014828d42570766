package fault

// Hang never answers: the call ends when the client gives it up.
type Hang struct{}

// Source is the page on impersonation.
func (*Hang) Source() string {
	return "MS docs, Impersonation and EWS in Exchange: time-outs under load, if X-AnchorMailbox is left out"
}

func (*Hang) check(*checker) {}

func (*Hang) inject(_ draw, _ *Call, e *Effect) bool { return e.deliver(Delivery{How: HowHang}) }
