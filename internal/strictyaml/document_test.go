package strictyaml_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

const places = `count: 1
list:
  - name: a
    weight: 2
  - {name: b}
free: {x: 1}
`

func TestPlaces(t *testing.T) {
	t.Parallel()
	doc, err := strictyaml.Parse("f", []byte(places))
	require.NoError(t, err)
	for _, tc := range []struct {
		name, path string
		has        bool
		value, key strictyaml.Pos
	}{
		{"the file", "", true, strictyaml.Pos{Line: 1, Column: 1}, strictyaml.Pos{Line: 1, Column: 1}},
		{"a value", "count", true, strictyaml.Pos{Line: 1, Column: 8}, strictyaml.Pos{Line: 1, Column: 1}},
		{"an entry of a list", "list[0]", true, strictyaml.Pos{Line: 3, Column: 5}, strictyaml.Pos{Line: 3, Column: 5}},
		{"a value in an entry", "list[0].weight", true, strictyaml.Pos{Line: 4, Column: 13}, strictyaml.Pos{Line: 4, Column: 5}},
		{"a value in a flow entry", "list[1].name", true, strictyaml.Pos{Line: 5, Column: 12}, strictyaml.Pos{Line: 5, Column: 6}},
		{"a value in a map", "free.x", true, strictyaml.Pos{Line: 6, Column: 11}, strictyaml.Pos{Line: 6, Column: 8}},
		{"a key left out", "list[1].weight", false, strictyaml.Pos{Line: 5, Column: 5}, strictyaml.Pos{Line: 5, Column: 5}},
		{"an entry left out", "list[7].weight", false, strictyaml.Pos{Line: 3, Column: 3}, strictyaml.Pos{Line: 3, Column: 3}},
		{"a key at the top left out", "rate", false, strictyaml.Pos{Line: 1, Column: 1}, strictyaml.Pos{Line: 1, Column: 1}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.has, doc.Has(tc.path))
			assert.Equal(t, tc.value, doc.At(tc.path))
			assert.Equal(t, tc.key, doc.KeyAt(tc.path))
		})
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	doc, err := strictyaml.Parse("f", []byte(places))
	require.NoError(t, err)
	assert.Equal(t, []string{"count", "free", "free.x", "list", "list[0].name", "list[0].weight", "list[1].name"}, doc.Paths())
}

func TestNoDocument(t *testing.T) {
	t.Parallel()
	var doc *strictyaml.Doc
	assert.False(t, doc.Has("count"))
	assert.Equal(t, strictyaml.Pos{}, doc.At("count"))
	assert.EqualError(t, doc.Errorf("list[0].weight", "%d is odd", 3), "list[0].weight: 3 is odd")
	assert.EqualError(t, doc.Errorf("", "nothing"), "nothing")
}

func TestReport(t *testing.T) {
	t.Parallel()
	doc, err := strictyaml.Parse("f", []byte(places))
	require.NoError(t, err)

	report := doc.Report()
	require.NoError(t, report.Err())

	report.Add("free.x", "third")
	assert.EqualError(t, report.Err(), "f:6:11: third")
	assert.IsType(t, &strictyaml.Error{}, report.Err())

	report.Add("count", "second")
	report.AddKey("count", "first")
	assert.EqualError(t, report.Err(), "f:1:1: first\nf:1:8: second\nf:6:11: third")
	var first *strictyaml.Error
	require.True(t, errors.As(fmt.Errorf("loading: %w", report.Err()), &first))
	assert.Equal(t, &strictyaml.Error{File: "f", Line: 1, Column: 1, Msg: "first"}, first)
}

func TestReportIsBounded(t *testing.T) {
	t.Parallel()
	var report strictyaml.Report
	for i := range 100 {
		report.Add("", "mistake %d", i)
	}
	var all strictyaml.Errors
	require.True(t, errors.As(report.Err(), &all))
	assert.Len(t, all, 20)
	assert.Equal(t, "mistake 0", all[0].Msg)
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		err  strictyaml.Error
		want string
	}{
		{"place and file", strictyaml.Error{File: "f", Line: 7, Column: 3, Msg: "m"}, "f:7:3: m"},
		{"no file", strictyaml.Error{Line: 7, Column: 3, Msg: "m"}, "7:3: m"},
		{"no place", strictyaml.Error{File: "f", Msg: "m"}, "f: m"},
		{"neither", strictyaml.Error{Msg: "m"}, "m"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, tc.err.Error())
		})
	}
}
