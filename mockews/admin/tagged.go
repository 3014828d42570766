package admin

import (
	"encoding"
	"reflect"
	"strings"
	"time"
)

// secrets are keys whose values are taken and never given.
var secrets = map[string]bool{"password": true, "secret": true}

// keyOf is the key of a field, in YAML and in JSON alike, and whether there must be one.
func keyOf(f reflect.StructField) (key string, required bool) {
	if tag, ok := f.Tag.Lookup("yaml"); ok {
		key, option, _ := strings.Cut(tag, ",")
		return key, option == "required"
	}
	key, option, _ := strings.Cut(f.Tag.Get("json"), ",")
	return key, key != "" && option != "omitempty"
}

// tagged is a value as JSON, by the keys that it has in YAML. What is zero is left out, and so are secrets.
func tagged(v any) any { return tag(reflect.ValueOf(v)) }

func tag(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case time.Duration:
		return x.String()
	case encoding.TextMarshaler:
		text, _ := x.MarshalText()
		return string(text)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return tag(v.Elem())
	case reflect.Struct:
		return tagStruct(v)
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = tag(v.Index(i))
		}
		return list
	case reflect.Map:
		all := map[string]any{}
		for key, value := range v.Seq2() {
			all[key.String()] = tag(value)
		}
		return all
	default:
		return v.Interface()
	}
}

func tagStruct(v reflect.Value) map[string]any {
	all := map[string]any{}
	for i := range v.NumField() {
		key, _ := keyOf(v.Type().Field(i))
		if key == "" || secrets[key] || v.Field(i).IsZero() {
			continue
		}
		all[key] = tag(v.Field(i))
	}
	return all
}
