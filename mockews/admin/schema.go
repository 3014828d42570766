package admin

import (
	"encoding"
	"reflect"
	"time"
)

// taken is the schema of what a body may hold: by the keys of YAML, whose numbers may be written as texts, such as 5%.
func taken(t reflect.Type) object { return describe(t, true) }

// given is the schema of what an answer holds. Secrets are in none.
func given(t reflect.Type) object { return describe(t, false) }

func describe(t reflect.Type, body bool) object {
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return object{"type": "string", "examples": []string{"250ms", "30s"}}
	case t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) && !body:
		return object{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return describe(t.Elem(), body)
	case reflect.Struct:
		return describeStruct(t, body)
	case reflect.Slice:
		return object{"type": "array", "items": describe(t.Elem(), body)}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": describe(t.Elem(), body)}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Uint8, reflect.Uint64, reflect.Uint, reflect.Float64:
		if body {
			return object{"type": []string{"number", "string"}}
		}
		return object{"type": "number"}
	default:
		return object{"type": "string"}
	}
}

func describeStruct(t reflect.Type, body bool) object {
	properties, needed := object{}, []string{}
	for f := range t.Fields() {
		key, required := keyOf(f)
		if key == "" || secrets[key] && !body {
			continue
		}
		properties[key] = describe(f.Type, body)
		if required {
			needed = append(needed, key)
		}
	}
	s := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(needed) > 0 {
		s["required"] = needed
	}
	return s
}
