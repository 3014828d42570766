package discovery_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews/autodiscover"
	"github.com/ewsbench/ewsbench/mockews/discovery"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// The examples of the page are topologies and together show every key; its tables have each key, each code and each setting
// that has a value.
func TestPage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/autodiscover.md")
	require.NoError(t, err)
	page, examples := string(text), ""
	for i, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(page, -1) {
		_, err := route.Parse(fmt.Sprintf("example %d", i+1), []byte(block[1]))
		require.NoError(t, err)
		examples += block[1]
	}
	for _, key := range keys(reflect.TypeFor[discovery.Config](), "") {
		last := key[strings.LastIndexByte(key, '.')+1:]
		assert.Contains(t, examples, last+":", key)
		assert.Contains(t, page, "`"+last+"`", key)
	}
	for _, c := range autodiscover.Codes() {
		assert.Contains(t, page, string(c))
	}
	s, _ := service(t, "", discovery.Config{PublicFolders: u1})
	for _, v := range s.Settings(ask(autodiscover.Names()...), client).Users[0].Settings {
		assert.Contains(t, page, "`"+string(v.Name)+"`", v.Name)
	}
}
