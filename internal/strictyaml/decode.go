package strictyaml

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// decoder writes a tree into Go values and collects what does not fit.
type decoder struct {
	report *Report
}

func (d *decoder) value(path string, n *node, into reflect.Value) {
	if n.kind == kindAbsent {
		d.report.Add(path, "%s has no value", nameOf(path))
		return
	}
	if isScalar(into) {
		d.scalar(path, n, into)
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		fresh := reflect.New(into.Type().Elem())
		d.value(path, n, fresh.Elem())
		into.Set(fresh)
	case reflect.Struct:
		d.structure(path, n, into)
	case reflect.Slice:
		d.list(path, n, into)
	case reflect.Map:
		d.dictionary(path, n, into)
	default:
		panic(fmt.Sprintf("strictyaml: %s: no rule for %s", path, into.Type()))
	}
}

func (d *decoder) structure(path string, n *node, into reflect.Value) {
	if !d.expect(path, n, kindMap) {
		return
	}
	fields := fieldsOf(into.Type())
	var meant []string // a misspelt key is not missing as well
	for _, e := range n.entries {
		f, known := fields.find(e.key)
		if !known {
			meant = append(meant, Nearest(e.key, fields.keys()))
			d.report.AddKey(join(path, e.key), "unknown key %q%s", e.key, DidYouMean(e.key, fields.keys()))
			continue
		}
		d.value(join(path, e.key), e.value, into.Field(f.index))
	}
	for _, f := range fields {
		if f.required && !n.has(f.key) && !slices.Contains(meant, f.key) {
			d.report.Add(path, "missing key %q", f.key)
		}
	}
}

func (d *decoder) list(path string, n *node, into reflect.Value) {
	if !d.expect(path, n, kindList) {
		return
	}
	out := reflect.MakeSlice(into.Type(), len(n.items), len(n.items))
	for i, item := range n.items {
		d.value(element(path, i), item, out.Index(i))
	}
	into.Set(out)
}

func (d *decoder) dictionary(path string, n *node, into reflect.Value) {
	if !d.expect(path, n, kindMap) {
		return
	}
	t := into.Type()
	out := reflect.MakeMapWithSize(t, len(n.entries))
	for _, e := range n.entries {
		v := reflect.New(t.Elem()).Elem()
		d.value(join(path, e.key), e.value, v)
		out.SetMapIndex(reflect.ValueOf(e.key).Convert(t.Key()), v)
	}
	into.Set(out)
}

func (d *decoder) expect(path string, n *node, want kind) bool {
	if n.kind == want {
		return true
	}
	d.report.Add(path, "%s must be %s, not %s", nameOf(path), nouns(want), describe(n))
	return false
}

// isScalar says whether a value is written as one word.
func isScalar(v reflect.Value) bool {
	if _, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr()); ok {
		return true
	}
	if v.Type() == reflect.TypeFor[time.Duration]() {
		return true
	}
	switch v.Kind() {
	case reflect.String, reflect.Bool, reflect.Float32, reflect.Float64:
		return true
	}
	return v.CanInt() || v.CanUint()
}

func (n *node) has(key string) bool {
	for _, e := range n.entries {
		if e.key == key {
			return true
		}
	}
	return false
}
