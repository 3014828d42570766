package access_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func readPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/access.md")
	require.NoError(t, err)
	return string(text)
}

// Every example of the page is a topology, and together they show every key.
func TestExamplesOfThePage(t *testing.T) {
	t.Parallel()
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readPage(t), -1)
	require.NotEmpty(t, blocks)
	shown := map[string]bool{}
	for i, block := range blocks {
		topology, err := route.Parse(fmt.Sprintf("example %d", i+1), []byte(block[1]))
		require.NoError(t, err)
		note(shown, "", reflect.ValueOf(topology.Access))
	}
	for _, key := range keys(reflect.TypeFor[access.Grants](), "") {
		assert.True(t, shown[key], "no example of %s", key)
	}
}

// note remembers which keys the grants of an example give.
func note(shown map[string]bool, key string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			note(shown, key, v.Index(i))
		}
	case reflect.Struct:
		for f, value := range v.Fields() {
			note(shown, strings.TrimPrefix(key+"."+f.Tag.Get("yaml"), "."), value)
		}
	default:
		shown[key] = shown[key] || !v.IsZero()
	}
}

// The page has a line for every key, every level as the table has it, and every property of filters.
func TestThePageIsComplete(t *testing.T) {
	t.Parallel()
	page := readPage(t)
	for _, key := range keys(reflect.TypeFor[access.Grants](), "") {
		if list, of, ok := strings.Cut(key, "."); ok {
			key = list + "[]." + of
		}
		assert.Contains(t, page, "`"+key+"`")
	}
	yes := strings.NewReplacer("T", "yes", "F", "no")
	for line := range strings.Lines(strings.TrimSpace(levels)) {
		words := strings.Fields(line)
		cells := yes.Replace(strings.Join(words[1:6], " | ")) + " | " + strings.Join(words[6:], " | ")
		assert.Contains(t, page, "| "+words[0]+" | "+cells+" |")
	}
	for _, name := range access.PropertyNames() {
		if !strings.HasPrefix(name, "CustomAttribute") {
			assert.Contains(t, page, "`"+name+"`")
		}
	}
}
