package fault_test

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/route"
)

func readPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/faults.md")
	require.NoError(t, err)
	return string(text)
}

// Every example of the page is a topology, and together they show every kind with every parameter.
func TestExamplesOfThePage(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	for i, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readPage(t), -1) {
		topology, err := route.Parse(fmt.Sprintf("example %d", i+1), []byte(block[1]))
		require.NoError(t, err)
		require.NotEmpty(t, topology.Faults)
		for _, r := range topology.Faults {
			note(shown, "match.", reflect.ValueOf(r.Match))
			note(shown, r.Fault.Name()+".", reflect.ValueOf(r.Fault.Kind()).Elem())
			note(shown, "", reflect.ValueOf(r))
		}
	}
	for _, of := range []reflect.Type{reflect.TypeFor[fault.Rule](), reflect.TypeFor[fault.Match]()} {
		prefix := ""
		if of == reflect.TypeFor[fault.Match]() {
			prefix = "match."
		}
		for f := range of.Fields() {
			assert.True(t, shown[prefix+f.Tag.Get("yaml")], "no example of %s%s", prefix, f.Tag.Get("yaml"))
		}
	}
	for name, k := range fault.Kinds() {
		assert.True(t, shown[name+"."], "no example of %s", name)
		for _, key := range parameters(k) {
			assert.True(t, shown[name+"."+key], "no example of %s.%s", name, key)
		}
	}
}

// note remembers which keys of a struct a file has given.
func note(shown map[string]bool, prefix string, v reflect.Value) {
	shown[prefix] = true
	for f, value := range v.Fields() {
		key := yamlKey(f)
		shown[prefix+key] = shown[prefix+key] || !value.IsZero()
	}
}

// parameters are the keys of a kind.
func parameters(k fault.Kind) (keys []string) {
	for f := range reflect.TypeOf(k).Elem().Fields() {
		keys = append(keys, yamlKey(f))
	}
	return keys
}

func yamlKey(f reflect.StructField) string {
	return regexp.MustCompile(`^[a-z_]*`).FindString(f.Tag.Get("yaml"))
}

// The table has a row for each kind, with its parameters and with what allows it.
func TestKindsOfThePage(t *testing.T) {
	t.Parallel()
	page := readPage(t)
	kinds := fault.Kinds()
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		row := regexp.MustCompile("(?m)^\\| `" + name + "` \\|.*$").FindString(page)
		if !assert.NotEmpty(t, row, name) {
			continue
		}
		assert.Contains(t, row, "| "+kinds[name].Source()+" |", name)
		for _, key := range parameters(kinds[name]) {
			assert.Contains(t, row, "`"+key, name)
		}
	}
}
