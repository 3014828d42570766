package strictyaml_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// sample has a field of each kind.
type sample struct {
	Count  int
	Small  int8
	Seed   uint64
	Rate   float64
	Text   string
	On     bool
	Wait   time.Duration
	Color  color
	Limit  *float64
	Nested nested
	List   []nested
	Free   map[string]int
	Sites  map[string]nested
	Named  string `yaml:"other-name"`
	Hidden string `yaml:"-"`
	//nolint:unused // Shows that fields which are not exported are no keys.
	private int
}

type nested struct {
	Name   string `yaml:"name,required"`
	Weight int
}

// color is a word with rules of its own.
type color string

func (c *color) UnmarshalText(text []byte) error {
	switch string(text) {
	case "red", "blue":
		*c = color(text)
		return nil
	}
	return errors.New(`must be red or blue, not "` + string(text) + `"`)
}

func TestDecode(t *testing.T) {
	t.Parallel()
	half := 0.5
	for _, tc := range []struct {
		name, data string
		want       sample
	}{
		{"int", "count: -3", sample{Count: -3}},
		{"uint", "seed: 18446744073709551615", sample{Seed: 1<<64 - 1}},
		{"float", "rate: 2.5", sample{Rate: 2.5}},
		{"float from an int", "rate: 2", sample{Rate: 2}},
		{"float with an exponent", "rate: 1e3", sample{Rate: 1000}},
		{"percentage", "rate: 50%", sample{Rate: 0.5}},
		{"plain text", "text: a b", sample{Text: "a b"}},
		{"quoted number", `text: "12"`, sample{Text: "12"}},
		{"empty text", `text: ""`, sample{}},
		{"block text", "text: |\n  a\n  b\n", sample{Text: "a\nb\n"}},
		{"bool", "on: true", sample{On: true}},
		{"duration", "wait: 1m30s", sample{Wait: 90 * time.Second}},
		{"microseconds", "wait: 250us", sample{Wait: 250 * time.Microsecond}},
		{"no time", "wait: 0s", sample{}},
		{"text unmarshaler", "color: blue", sample{Color: "blue"}},
		{"pointer", "limit: 0.5", sample{Limit: &half}},
		{"struct", "nested: {name: a, weight: 2}", sample{Nested: nested{Name: "a", Weight: 2}}},
		{"list", "list:\n  - name: a\n  - {name: b}", sample{List: []nested{{Name: "a"}, {Name: "b"}}}},
		{"empty list", "list: []", sample{List: []nested{}}},
		{"map", "free: {a: 1, 2: 2}", sample{Free: map[string]int{"a": 1, "2": 2}}},
		{"map of structs", "sites:\n  east: {name: a}", sample{Sites: map[string]nested{"east": {Name: "a"}}}},
		{"tag", "other-name: x", sample{Named: "x"}},
		{"comments", "# a\ncount: 1 # b\n# c\n", sample{Count: 1}},
		{"document markers", "---\ncount: 1\n...\n", sample{Count: 1}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got sample
			require.NoError(t, strictyaml.Unmarshal("f", []byte(tc.data), &got))
			assert.Equal(t, tc.want, got)
		})
	}
}

func TestDecodeKeepsDefaults(t *testing.T) {
	t.Parallel()
	got := sample{Count: 7, Nested: nested{Name: "kept", Weight: 9}}
	require.NoError(t, strictyaml.Unmarshal("f", []byte("nested: {name: given}"), &got))
	assert.Equal(t, sample{Count: 7, Nested: nested{Name: "given", Weight: 9}}, got)
}

func TestDecodeHoldsWhatWasRight(t *testing.T) {
	t.Parallel()
	var got sample
	require.Error(t, strictyaml.Unmarshal("f", []byte("count: 7\nrate: x\ntext: y"), &got))
	assert.Equal(t, sample{Count: 7, Text: "y"}, got)
}

func TestHiddenFieldsAreNoKeys(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"hidden", "private", "named", "-"} {
		err := strictyaml.Unmarshal("f", []byte(`"`+key+`": x`), &sample{})
		assert.ErrorContains(t, err, "unknown key", key)
	}
}

func TestDecodeIntoNoPointer(t *testing.T) {
	t.Parallel()
	doc, err := strictyaml.Parse("f", []byte("count: 1"))
	require.NoError(t, err)
	assert.Panics(t, func() { _ = doc.Decode(sample{}) })
	assert.Panics(t, func() { _ = doc.Decode((*sample)(nil)) })
	assert.Panics(t, func() { _ = doc.Decode(&struct{ Count chan int }{}) })
}
