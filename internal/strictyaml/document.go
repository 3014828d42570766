package strictyaml

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Doc is one parsed file.
type Doc struct {
	name   string
	root   *node
	values map[string]Pos
	keys   map[string]Pos
}

// Parse reads the one YAML document in data. The name is for error messages
// alone; no file is opened.
func Parse(name string, data []byte) (*Doc, error) {
	d := &Doc{name: name, values: map[string]Pos{}, keys: map[string]Pos{}}
	root, err := buildTree(data)
	if err != nil {
		return nil, d.errorAt("", err.pos, err.msg)
	}
	d.root = root
	d.index("", root)
	return d, nil
}

// Unmarshal parses data and decodes it into the value that into points to.
// See the package comment for the rules.
func Unmarshal(name string, data []byte, into any) error {
	d, err := Parse(name, data)
	if err != nil {
		return err
	}
	return d.Decode(into)
}

// Decode decodes the document into the value that into points to, usually a
// struct. After an error, into holds those parts of the file that were right.
// It panics if into is not a non-nil pointer: that is a programmer's mistake,
// no file can cause it.
func (d *Doc) Decode(into any) error {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		panic(fmt.Sprintf("strictyaml: Decode into %T, not a pointer", into))
	}
	dec := decoder{report: d.Report()}
	dec.value("", d.root, v.Elem())
	return dec.report.Err()
}

// index records where each value and key of the tree stands.
func (d *Doc) index(path string, n *node) {
	d.values[path] = n.pos
	for _, e := range n.entries {
		at := join(path, e.key)
		d.keys[at] = e.pos
		d.index(at, e.value)
	}
	for i, item := range n.items {
		d.index(element(path, i), item)
	}
}

// Has says whether the file itself gives a value at path.
func (d *Doc) Has(path string) bool {
	if d == nil {
		return false
	}
	_, ok := d.values[path]
	return ok
}

// Paths returns the path of each key in the file, sorted.
func (d *Doc) Paths() []string { return slices.Sorted(maps.Keys(d.keys)) }

// At returns the place of the value at path, such as "arms[1].anchor". For a
// path that the file does not have, it is the place of the nearest value
// around it.
func (d *Doc) At(path string) Pos { return d.nearest(path, false) }

// KeyAt is At for the key in place of its value.
func (d *Doc) KeyAt(path string) Pos { return d.nearest(path, true) }

func (d *Doc) nearest(path string, key bool) Pos {
	if d == nil {
		return Pos{}
	}
	if pos, ok := d.keys[path]; ok && key {
		return pos
	}
	for {
		if pos, ok := d.values[path]; ok {
			return pos
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
}

// Errorf returns a mistake in the value at path. A nil document gives an
// error that names the path in place of a place, so that the checks of a file
// also work on values that no file holds.
func (d *Doc) Errorf(path, format string, args ...any) *Error {
	return d.errorAt(path, d.At(path), fmt.Sprintf(format, args...))
}

func (d *Doc) errorAt(path string, pos Pos, msg string) *Error {
	switch {
	case d != nil:
		return &Error{File: d.name, Line: pos.Line, Column: pos.Column, Msg: msg}
	case path == "":
		return &Error{Msg: msg}
	}
	return &Error{Msg: path + ": " + msg}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func element(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
