package audit

import "strings"

// ContentTypeNotXML is given when the body is not declared to be what it is.
const ContentTypeNotXML ID = "content-type-not-xml"

func contentTypeNotXML() Rule {
	return Rule{
		ID: ContentTypeNotXML, Level: Problem,
		Advice:    "Send Content-Type: text/xml; charset=utf-8.",
		Source:    "SOAP 1.1 (W3C Note), section 6",
		Situation: "a request",
		met:       func(*Exchange, *memory) bool { return true },
		broken: func(e *Exchange, _ *memory) bool {
			const xml = "text/xml"
			return len(e.ContentType) < len(xml) || !strings.EqualFold(e.ContentType[:len(xml)], xml)
		},
	}
}
