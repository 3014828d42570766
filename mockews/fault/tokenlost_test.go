package fault_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

func TestTokenLost(t *testing.T) {
	t.Parallel()
	r := with(fault.Fault{TokenLost: &fault.TokenLost{}})
	met := meet(r, proxied())
	assert.Equal(t, fault.ByHome, met.Answer.By, "the back end behind the hop refuses")
	assert.Equal(t, ews.ErrorInvalidExchangeImpersonationHeaderData, met.Answer.Fault.Code)
	assert.Contains(t, met.Answer.Fault.Text, "must not exist for this type of OAuth token")
	assert.Zero(t, meet(r, call()), "no hop, no loss")
}
