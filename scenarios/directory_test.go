package scenarios_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/scenarios"
)

func TestUsers(t *testing.T) {
	t.Parallel()
	d := scenarios.Users(10_000_000, "contoso.com")
	assert.Equal(t, 10_000_000, d.Len())
	for _, tc := range []struct {
		name string
		i    int
		want string
	}{
		{"first", 0, "user000001@contoso.com"},
		{"last of six digits", 999_998, "user999999@contoso.com"},
		{"seven digits", 999_999, "user1000000@contoso.com"},
		{"last", 9_999_999, "user10000000@contoso.com"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, d.At(tc.i))
		})
	}
	long := strings.Repeat("x", 200) + ".example"
	assert.Equal(t, "user000042@"+long, scenarios.Users(100, long).At(41))
}

func TestAddressList(t *testing.T) {
	t.Parallel()
	d := scenarios.AddressList([]string{"a@x", "b@x"})
	assert.Equal(t, 2, d.Len())
	assert.Equal(t, "b@x", d.At(1))
}
