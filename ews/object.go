package ews

import (
	"cmp"
	"iter"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Kind is the element of an item or a folder: t:Message, t:CalendarItem,
// t:CalendarFolder and so on, without the prefix.
type Kind string

// IsFolder reports whether the kind is one of folders.
func (k Kind) IsFolder() bool { return strings.HasSuffix(string(k), "Folder") }

// Known reports whether the schema has items or folders of the kind.
func (k Kind) Known() bool { return words.kinds[k] != nil }

// IsItem reports whether the kind is one of items.
func (k Kind) IsItem() bool {
	return k.Known() && !k.IsFolder() && k != KindConversation && k != KindPersona
}

// Object is an item or a folder, a conversation or a persona: its kind and its
// properties.
type Object struct {
	Kind Kind
	Properties
}

// AppendElement appends the object as an element, its properties in the order
// of the schema. Those that its kind does not have are left out.
func (o Object) AppendElement(dst []byte) []byte {
	dst = append(append(append(dst, "<t:"...), o.Kind...), '>')
	dst = o.appendProperties(dst)
	return append(append(append(dst, "</t:"...), o.Kind...), '>')
}

func (o *Object) appendProperties(dst []byte) []byte {
	if k := words.kinds[o.Kind]; k != nil {
		var room [64]int32
		for _, at := range o.ordered(k, room[:0]) {
			dst = o.values[at&0xffff].append(dst)
		}
	}
	return dst
}

// ReadElement reads the current element; false if it is no item and no folder.
func (o *Object) ReadElement(r *xmlbind.Reader) bool {
	o.Kind = Kind(strings.Clone(r.Name()))
	if !o.Kind.Known() {
		return false
	}
	o.readProperties(r)
	return true
}

func (o *Object) readProperties(r *xmlbind.Reader) {
	k := words.kinds[o.Kind]
	for depth := r.Depth(); r.Child(depth); {
		p := k.byName[r.Name()]
		if p == nil {
			r.Unexpected()
			return
		}
		o.read(r, p)
	}
}

// Properties are values by path, at most one for each.
type Properties struct {
	values []value // by the property's place in the table of all, then by path
}

// value is kept small: searches go through very many.
type value struct {
	of *property
	// extended is the path of an extended property, nil for any other.
	extended *Extended
	v        any
}

func newValue(k Key, v any) value {
	out := value{of: k.of, v: v}
	if k.path.URI == "" {
		e := k.path.Extended
		out.extended = &e
	}
	return out
}

// path names the property.
func (v *value) path() Path {
	if v.extended != nil {
		return Path{Extended: *v.extended}
	}
	return Path{URI: v.of.uri}
}

// Get is the value of a property, nil if there is none.
func (p *Properties) Get(path Path) any {
	if i, ok := p.find(path); ok {
		return p.values[i].v
	}
	return nil
}

// Set gives a property a value, of the type that the schema has for it; a
// property that the schema does not know is left alone.
func (p *Properties) Set(path Path, v any) {
	if k, ok := path.Key(); ok {
		p.Put(k, v)
	}
}

// Key is a path that was looked up, so that what it names is found faster.
type Key struct {
	path Path
	of   *property
}

// Key looks the path up; false if the schema knows no such property.
func (p Path) Key() (Key, bool) {
	of := propertyOf(p)
	return Key{path: p, of: of}, of != nil
}

// Path is what was looked up.
func (k Key) Path() Path { return k.path }

// Type is that of the property's values; nil for one that the schema does not have, which its path tells the type of.
func (k Key) Type() reflect.Type { return k.of.typ }

// Value is Get for a path that was looked up.
func (p *Properties) Value(k Key) any {
	if i, ok := p.at(k); ok {
		return p.values[i].v
	}
	return nil
}

// Put is Set for a path that was looked up.
func (p *Properties) Put(k Key, v any) {
	i, ok := p.at(k)
	if !ok {
		p.values = slices.Insert(p.values, i, newValue(k, v))
		return
	}
	p.values[i].v = v
}

// at is the place of a property, or where it would be. Most are put in their order.
func (p *Properties) at(k Key) (int, bool) {
	if n := len(p.values); n == 0 || p.values[n-1].of.id < k.of.id {
		return n, false
	}
	low, high := 0, len(p.values)
	for low < high {
		middle := (low + high) / 2
		if p.values[middle].before(k) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(p.values) && p.values[low].is(k)
}

// before reports whether a value has its place before that of a key.
func (v *value) before(k Key) bool {
	if v.of != k.of {
		return v.of.id < k.of.id
	}
	return v.extended != nil && v.extended.compare(&k.path.Extended) < 0
}

// is reports whether the value is that of the key's property.
func (v *value) is(k Key) bool {
	return v.of == k.of && (v.extended == nil || *v.extended == k.path.Extended)
}

// Has reports whether items or folders of the kind have the property.
func (k Kind) Has(key Key) bool {
	known := words.kinds[k]
	return known != nil && known.byName[key.of.name] == key.of
}

// Remove takes a property away; false if there was none.
func (p *Properties) Remove(path Path) bool {
	i, ok := p.find(path)
	if ok {
		p.values = slices.Delete(p.values, i, i+1)
	}
	return ok
}

// All yields the properties and their values.
func (p *Properties) All() iter.Seq2[Path, any] {
	return func(yield func(Path, any) bool) {
		for i := range p.values {
			if !yield(p.values[i].path(), p.values[i].v) {
				return
			}
		}
	}
}

// Len is how many properties there are.
func (p *Properties) Len() int { return len(p.values) }

// Grow makes room for n more properties.
func (p *Properties) Grow(n int) { p.values = slices.Grow(p.values, n) }

// Clone is a copy. The values themselves are shared: nobody changes one.
func (p *Properties) Clone() Properties { return Properties{values: slices.Clone(p.values)} }

// Text is the value of a text, or "".
func (p *Properties) Text(uri string) string {
	s, _ := p.Get(Path{URI: uri}).(string)
	return s
}

// Int is the value of a number, or 0.
func (p *Properties) Int(uri string) int {
	n, _ := p.Get(Path{URI: uri}).(int)
	return n
}

// Bool is the value of a boolean, or false.
func (p *Properties) Bool(uri string) bool {
	b, _ := p.Get(Path{URI: uri}).(bool)
	return b
}

func (p *Properties) find(path Path) (int, bool) {
	k, ok := path.Key()
	if !ok {
		return 0, false
	}
	return p.at(k)
}

// compare orders extended properties.
func (e *Extended) compare(f *Extended) int {
	return cmp.Or(cmp.Compare(e.Tag, f.Tag), strings.Compare(e.Set, f.Set), strings.Compare(e.Name, f.Name), cmp.Compare(e.ID, f.ID),
		strings.Compare(e.Type, f.Type), cmp.Compare(flag(e.Custom), flag(f.Custom)))
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ordered are the places of the values that the kind has, by the order of the schema: each is the place in the kind, and
// behind it, in the lower half, that among the values.
func (p *Properties) ordered(k *kind, order []int32) []int32 {
	for i := range p.values {
		place := k.place[p.values[i].of.id]
		if place < 0 {
			continue
		}
		key := int32(place)<<16 | int32(i)
		at := len(order)
		for order = append(order, key); at > 0 && order[at-1] > key; at-- {
			order[at] = order[at-1]
		}
		order[at] = key
	}
	return order
}

// append writes a value as the element of its property.
func (v *value) append(dst []byte) []byte {
	if v.of.name == extendedElement {
		return appendExtended(dst, *v.extended, v.v)
	}
	return v.of.append(dst, v.v)
}

// append writes a value as the element of the property; the most frequent types without a look at what they are made of.
func (p *property) append(dst []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		dst = xmlwire.AppendText(append(append(dst, p.open...), '>'), v)
	case int:
		dst = strconv.AppendInt(append(append(dst, p.open...), '>'), int64(v), 10)
	case bool:
		dst = strconv.AppendBool(append(append(dst, p.open...), '>'), v)
	case time.Time:
		dst = v.UTC().AppendFormat(append(append(dst, p.open...), '>'), dateTime)
	case FolderID:
		if v.ID == "" {
			return schema.AppendValue(dst, p.open, p.end, v)
		}
		return append(appendIDs(append(dst, p.open...), v.ID, v.ChangeKey), "/>"...)
	case ItemID:
		return append(appendIDs(append(dst, p.open...), v.ID, v.ChangeKey), "/>"...)
	default:
		return schema.AppendValue(dst, p.open, p.end, v)
	}
	if dst[len(dst)-1] == '>' { // an empty text
		return append(dst[:len(dst)-1], "/>"...)
	}
	return append(dst, p.end...)
}

// read reads the current element as the value of a property.
func (p *Properties) read(r *xmlbind.Reader, def *property) {
	if def.name == extendedElement {
		e, v := readExtended(r)
		p.Set(Path{Extended: e}, v)
		return
	}
	v := reflect.New(def.typ)
	schema.Read(r, v.Interface())
	p.Set(Path{URI: def.uri}, v.Elem().Interface())
}

// extendedProperty is a t:ExtendedProperty: one value, or several.
type extendedProperty struct {
	Name   Extended `x:"*"`
	Value  *string  `x:"t:Value"`
	Values []string `x:"t:Values/t:Value"`
}

// appendExtended writes an extended property, whose value is a string or a
// []string.
func appendExtended(dst []byte, e Extended, v any) []byte {
	p := extendedProperty{Name: e}
	switch v := v.(type) {
	case string:
		p.Value = &v
	case []string:
		p.Values = v
	}
	return schema.Append(dst, "t:"+extendedElement, p)
}

func readExtended(r *xmlbind.Reader) (Extended, any) {
	var p extendedProperty
	schema.Read(r, &p)
	if p.Value == nil {
		return p.Name, p.Values
	}
	return p.Name, *p.Value
}
