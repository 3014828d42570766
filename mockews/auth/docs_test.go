package auth_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func readPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/authentication.md")
	require.NoError(t, err)
	return string(text)
}

// Every example of the page is a topology, and together they show every key.
func TestExamplesOfThePage(t *testing.T) {
	t.Parallel()
	examples := ""
	for i, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readPage(t), -1) {
		_, err := route.Parse(fmt.Sprintf("example %d", i+1), []byte(block[1]))
		require.NoError(t, err)
		examples += block[1]
	}
	for _, key := range keys(reflect.TypeFor[auth.Config](), "") {
		last := key[strings.LastIndexByte(key, '.')+1:]
		assert.Contains(t, examples, last+":", key)
		assert.Contains(t, readPage(t), "`"+last+"`", key)
	}
}

// The page has the defaults, and a row for each diagnostic.
func TestTablesOfThePage(t *testing.T) {
	t.Parallel()
	page := readPage(t)
	for _, want := range []string{auth.DefaultTenant, auth.DefaultApp, "`" + auth.DefaultSecret + "`", auth.FullAccessAsApp, auth.AccessAsUserAll} {
		assert.Contains(t, page, want)
	}
	for _, row := range []string{
		"2000000 | invalid_signature", "2000001 | invalid_token", "2000002 | token_expired", "2000003 | invalid_resource", "2000004 | invalid_tenant",
		"2000005 | invalid_user", "2000006 | invalid_client", "2000007 | internal_error", "2000008 | invalid_grant",
		"2000010 | insufficient_auth_strength", "4000000 | oauth_not_available",
	} {
		assert.Contains(t, page, "| "+row+" |")
	}
}
