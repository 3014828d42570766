package scenarios

import (
	_ "embed"
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of a scenario file, for
// editors. It knows the keys, the words and the ranges; what depends on
// several keys is checked by [Parse] alone.
func Schema() []byte { return slices.Clone(schema) }
