package ews

import (
	"maps"
	"slices"
)

// Kinds are all that items and folders can be, by name.
func Kinds() []Kind { return slices.Sorted(maps.Keys(words.kinds)) }

// Keys are the properties of a kind, in the order of the schema, but for the
// extended ones.
func (k Kind) Keys() []Key {
	known := words.kinds[k]
	if known == nil {
		return nil
	}
	keys := make([]Key, 0, len(known.properties))
	for _, p := range known.properties {
		if p.uri != "" {
			keys = append(keys, Key{path: Path{URI: p.uri}, of: p})
		}
	}
	return keys
}
