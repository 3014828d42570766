package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestPage(t *testing.T) {
	t.Parallel()
	assert.Equal(t, &fault.Answer{By: fault.ByFirst, Page: 503}, meet(with(fault.Fault{Page: &fault.Page{}}), call()).Answer)
	assert.Equal(t, &fault.Answer{By: fault.ByFirst, Page: 500}, meet(with(fault.Fault{Page: &fault.Page{Status: 500}}), call()).Answer)
	checkKind(t, []kindCase{
		{"plain", "{page: {status: 503}}", ""},
		{"another status", "{page: {status: 404}}", "2:28: status is 404: write 500 or 503"},
	})
}
