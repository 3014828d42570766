package audit

// AnchorMalformed is given when the anchor is no address.
const AnchorMalformed ID = "anchor-malformed"

func anchorMalformed() Rule {
	return Rule{
		ID: AnchorMalformed, Level: Problem, only: anchored,
		Advice:    "Write X-AnchorMailbox as a bare SMTP address, without a display name, brackets or blanks.",
		Source:    "MS docs: Authenticate an EWS application by using OAuth, App-only authentication",
		Situation: "a request with an anchor",
		met:       func(e *Exchange, _ *memory) bool { return e.Anchor != "" },
		broken:    func(e *Exchange, _ *memory) bool { return e.anchorMalformed() },
	}
}

// anchorMalformed says that the anchor cannot be an address, whoever has it. A
// prefix such as AAD-SMTP: is what Outlook sends (OfficeDev/office-js #6340).
func (e *Exchange) anchorMalformed() bool {
	if e.Anchor == "" {
		return false
	}
	at := 0
	for i := range len(e.Anchor) {
		switch e.Anchor[i] {
		case '@':
			if at++; i == 0 || i == len(e.Anchor)-1 {
				return true
			}
		case ' ', '\t', '<', '>', '"', '\'', ',', ';':
			return true
		}
	}
	return at != 1
}
