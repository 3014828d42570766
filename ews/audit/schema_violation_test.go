package audit_test

import (
	"testing"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/ews/audit"
)

func TestSchemaViolation(t *testing.T) {
	t.Parallel()
	judgeChanges(t, []change{
		{"as it should be", func(*audit.Exchange) {}, ""},
		{"refused", func(e *audit.Exchange) { e.Status, e.Code = 500, ews.ErrorSchemaValidation }, "schema-violation"},
		{"refused for something else", func(e *audit.Exchange) { e.Status, e.Code = 500, ews.ErrorInvalidRequest }, ""},
	})
}
