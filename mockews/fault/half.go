package fault

// Half ends the connection in the middle of the answer's body. The operation has been carried out.
type Half struct {
	// Share is the part of the body that arrives. Zero: a half.
	Share Share `yaml:"share"`
}

// Source is the HTTP standard, and Microsoft's own warning.
func (*Half) Source() string {
	return "RFC 9112, section 8: a server can close before the last chunk, and the message is incomplete; MS docs, ExportItems: a large answer can end abruptly"
}

func (h *Half) check(c *checker) {
	if s := float64(h.Share); !(s >= 0 && s <= 1) {
		c.add("share", "share is %g: write more than 0 and at most 1", s)
	}
}

func (h *Half) inject(_ draw, _ *Call, e *Effect) bool {
	return e.deliver(Delivery{How: HowHalf, Share: h.Share.or(0.5)})
}
