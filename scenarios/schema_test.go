package scenarios_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/scenarios"
)

// schemaNode is the part of JSON Schema that ours uses.
type schemaNode struct {
	Schema     string                `json:"$schema"`
	Ref        string                `json:"$ref"`
	Type       any                   `json:"type"`
	Properties map[string]schemaNode `json:"properties"`
	Required   []string              `json:"required"`
	Additional *bool                 `json:"additionalProperties"`
	Items      *schemaNode           `json:"items"`
	Enum       []string              `json:"enum"`
	Minimum    *float64              `json:"minimum"`
	Maximum    *float64              `json:"maximum"`
	Default    any                   `json:"default"`
	Defs       map[string]schemaNode `json:"$defs"`
}

func readSchema(t *testing.T) schemaNode {
	t.Helper()
	var root schemaNode
	require.NoError(t, json.Unmarshal(scenarios.Schema(), &root))
	return root
}

// def follows a reference within the schema.
func (root schemaNode) def(n schemaNode) schemaNode {
	if n.Ref == "" {
		return n
	}
	return root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")]
}

// TestSchemaNamesTheKeysOfTheStructs, and which of them are required.
func TestSchemaNamesTheKeysOfTheStructs(t *testing.T) {
	t.Parallel()
	root := readSchema(t)
	assert.Equal(t, "https://json-schema.org/draft/2020-12/schema", root.Schema)
	compareKeys(t, root, root, reflect.TypeFor[scenarios.Scenario]())
}

func compareKeys(t *testing.T, root, n schemaNode, typ reflect.Type) {
	t.Helper()
	var keys, required []string
	for f := range typ.Fields() {
		key, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		keys = append(keys, key)
		if option == "required" {
			required = append(required, key)
		}
		inner, nested := nestedIn(f.Type)
		switch child := n.Properties[key]; {
		case nested && f.Type.Kind() == reflect.Pointer:
			compareKeys(t, root, child, inner)
		case nested:
			require.NotNil(t, child.Items, key)
			compareKeys(t, root, root.def(*child.Items), inner)
		}
	}
	assert.ElementsMatch(t, keys, slices.Collect(maps.Keys(n.Properties)), typ.Name())
	assert.ElementsMatch(t, required, n.Required, typ.Name())
	require.NotNil(t, n.Additional, typ.Name())
	assert.False(t, *n.Additional, "unknown keys are refused")
}

func TestSchemaNamesTheWords(t *testing.T) {
	t.Parallel()
	root := readSchema(t)
	step, arm, gate := root.Defs["step"].Properties, root.Defs["arm"].Properties, root.Defs["gate"].Properties
	for _, tc := range []struct {
		name string
		node schemaNode
		want []string
	}{
		{"arrival", root.Properties["arrival"], words(scenarios.Arrivals())},
		{"order", root.Properties["order"], words(scenarios.Orders())},
		{"groups", root.Properties["notifications"].Properties["groups"], words(scenarios.GroupsBys())},
		{"op", step["op"], words(scenarios.Ops())},
		{"folder", step["folder"], scenarios.Folders()},
		{"shape", step["shape"], scenarios.Shapes()},
		{"to", step["to"], scenarios.Destinations()},
		{"anchor", arm["anchor"], words(scenarios.Anchors())},
		{"metric", root.Defs["metric"], scenarios.Metrics()},
		{"metric of a gate", gate["metric"], scenarios.GateMetrics()},
		{"of", gate["of"], words(scenarios.Ofs())},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, tc.node.Enum)
		})
	}
}

func words[S ~string](in []S) []string {
	var out []string
	for _, w := range in {
		out = append(out, string(w))
	}
	return out
}

// TestSchemaRangesAreTheLoaders steps over each bound that the schema names.
func TestSchemaRangesAreTheLoaders(t *testing.T) {
	t.Parallel()
	root := readSchema(t)
	step := root.Defs["step"].Properties
	for _, tc := range []struct {
		name string
		node schemaNode
		set  func(s *scenarios.Scenario, v int)
	}{
		{"mailboxes", root.Properties["mailboxes"], func(s *scenarios.Scenario, v int) {
			s.Mailboxes, s.Steps = v, s.Steps[:1]
		}},
		{"visits", root.Properties["visits"], func(s *scenarios.Scenario, v int) {
			s.Order, s.Visits, s.Mailboxes = scenarios.OrderVisit, v, 5000
		}},
		{"workers", root.Properties["workers"], func(s *scenarios.Scenario, v int) {
			s.Order, s.Rate, s.Workers, s.Mailboxes = scenarios.OrderVisit, scenarios.Rate{Max: true}, v, 5000
		}},
		{"weight", step["weight"], func(s *scenarios.Scenario, v int) { s.Steps[0].Weight = v }},
		{"page", step["page"], func(s *scenarios.Scenario, v int) { s.Steps[1].Page = v }},
		{"batch", step["batch"], func(s *scenarios.Scenario, v int) { s.Steps[2].Batch = v }},
		{"days", step["days"], func(s *scenarios.Scenario, v int) {
			s.Steps[0] = scenarios.Step{Op: "FindItem", From: dayOf(t, "2026-06-15"), Days: v}
		}},
		{"people", step["people"], func(s *scenarios.Scenario, v int) { s.Steps[0] = scenarios.Step{Op: "CreateItem", People: v} }},
		{"size", step["size"], func(s *scenarios.Scenario, v int) { s.Steps[0] = scenarios.Step{Op: "CreateItem", Size: v} }},
		{"status", root.Defs["gate"].Properties["status"], func(s *scenarios.Scenario, v int) {
			s.Expect = []scenarios.Gate{{Metric: "http", Status: v, Max: new(float64)}}
		}},
		{"max_changes", step["max_changes"], func(s *scenarios.Scenario, v int) {
			s.Steps[1] = scenarios.Step{Op: "SyncFolderItems", MaxChanges: v}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			require.NotNil(t, tc.node.Minimum)
			require.NotNil(t, tc.node.Maximum)
			for _, bound := range []struct {
				value int
				valid bool
			}{
				{int(*tc.node.Minimum), true},
				{int(*tc.node.Minimum) - 2, false}, // one less is zero, which in code stands for the default
				{int(*tc.node.Maximum), true},
				{int(*tc.node.Maximum) + 1, false},
			} {
				s := sample()
				tc.set(&s, bound.value)
				assert.Equal(t, bound.valid, s.Validate() == nil, "%d: %v", bound.value, s.Validate())
			}
		})
	}
}

// TestBuiltInsHaveOnlyKeysOfTheSchema reads them without the structs.
func TestBuiltInsHaveOnlyKeysOfTheSchema(t *testing.T) {
	t.Parallel()
	root := readSchema(t)
	for _, name := range scenarios.Names() {
		source, err := scenarios.Source(name)
		require.NoError(t, err)
		doc, err := strictyaml.Parse(name, source)
		require.NoError(t, err)
		for _, path := range doc.Paths() {
			assert.True(t, root.knows(path), "%s: %s", name, path)
		}
	}
}

// knows says whether a path such as "arms[1].anchor" is in the schema.
func (root schemaNode) knows(path string) bool {
	n := root
	for part := range strings.SplitSeq(path, ".") {
		key, _, listed := strings.Cut(part, "[")
		next, ok := n.Properties[key]
		if !ok {
			return false
		}
		n = next
		if listed && next.Items != nil {
			n = root.def(*next.Items)
		}
	}
	return true
}
