package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestContentTypeNotXML(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"with a charset", func(*audit.Exchange) {}, ""},
		{"without", func(e *audit.Exchange) { e.ContentType = "Text/XML" }, ""},
		{"SOAP 1.2", func(e *audit.Exchange) { e.ContentType = "application/soap+xml" }, "content-type-not-xml"},
		{"none", func(e *audit.Exchange) { e.ContentType = "" }, "content-type-not-xml"},
	})
}
