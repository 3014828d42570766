package xmlbind

import (
	"fmt"
	"reflect"
	"strings"
)

// plan is what the tags of a struct say.
type plan struct {
	fields []field
	byName map[string]int // fields that are children, by the local name of the outermost element
	self   int            // the field that names its elements itself, or -1
	inline int            // the field that reads and writes its own part, or -1
	text   int            // the field that is the element's text, or -1
	attrs  int            // how many fields come first that are attributes
	lax    bool           // what no field is for is passed over
}

// place is where a field is in the element.
type place uint8

const (
	placeChild place = iota
	placeAttr
	placeText
	placeSelf
	placeInline
)

// field is what one tag says.
type field struct {
	index  []int
	place  place
	name   string // the local name
	open   string // "<t:Name", of the outermost element; ` Name="` of an attribute
	end    string // "</t:Name>"
	inner  string // the element of a list in it, if there is one: "<t:Child", "*" for those that name themselves
	innerE string
	innerN string
	self   bool // the elements name themselves
	list   bool
	ptr    bool
	always bool
	need   bool
	empty  bool
	flag   bool
	codec  *codec // of the value, of an element of a list
}

var restType = reflect.TypeFor[Rest]()

// compile reads the tags of a struct. A tag that makes no sense is a mistake of whoever wrote it, and panics.
func (s *Schema) compile(t reflect.Type) *plan {
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("xmlbind: %s is no struct, no text and no element", t))
	}
	p := &plan{byName: map[string]int{}, self: -1, inline: -1, text: -1}
	s.collect(p, t, nil)
	for i := range p.fields {
		p.enter(i)
	}
	return p
}

// collect lists the fields of a struct, attributes first, with those of embedded structs in their place.
func (s *Schema) collect(p *plan, t reflect.Type, path []int) {
	for f := range t.Fields() {
		index := append(append([]int{}, path...), f.Index...)
		tag, tagged := f.Tag.Lookup("x")
		switch {
		case f.Type == restType:
			p.lax = true
		case tagged:
			p.add(s.field(f, index, tag))
		case f.Anonymous && f.Type.Implements(inlineType):
			p.add(field{index: index, place: placeInline, always: true})
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			s.collect(p, f.Type, index)
		}
	}
}

// add keeps a field; attributes go before the rest.
func (p *plan) add(f field) {
	if f.place != placeAttr {
		p.fields = append(p.fields, f)
		return
	}
	p.fields = append(p.fields[:p.attrs], append([]field{f}, p.fields[p.attrs:]...)...)
	p.attrs++
}

func (p *plan) enter(i int) {
	switch f := &p.fields[i]; f.place {
	case placeChild:
		p.byName[f.name] = i
	case placeSelf:
		p.self = i
	case placeText:
		p.text = i
	case placeInline:
		p.inline = i
	case placeAttr:
	}
}

// field reads a tag.
func (s *Schema) field(sf reflect.StructField, index []int, tag string) field {
	where, options, _ := strings.Cut(tag, ",")
	f := field{index: index}
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "":
		case "always":
			f.always = true
		case "need":
			f.need = true
		case "empty":
			f.empty = true
		case "flag":
			f.flag = true
		default:
			panic(fmt.Sprintf("xmlbind: field %s: unknown option %q", sf.Name, option))
		}
	}
	f.locate(where)
	t := sf.Type
	if f.place == placeSelf {
		f.name = t.Name()
	}
	if t.Kind() == reflect.Pointer {
		f.ptr, t = true, t.Elem()
	}
	if t.Kind() == reflect.Slice && t != bytesType && !t.Implements(contentType) && textOf(t) == nil {
		f.list, t = true, t.Elem()
	}
	f.codec = s.of(t)
	return f
}

// locate reads the place of a tag.
func (f *field) locate(where string) {
	switch {
	case where == "#text":
		f.place = placeText
	case where == "*":
		f.place, f.self = placeSelf, true
	case where[0] == '@':
		f.place, f.name, f.open = placeAttr, where[1:], " "+where[1:]+`="`
	default:
		outer, inner, nested := strings.Cut(where, "/")
		f.open, f.end, f.name = tags(outer)
		if nested && inner == "*" {
			f.self = true
		} else if nested {
			f.inner, f.innerE, f.innerN = tags(inner)
		}
	}
}

// tags are the start tag without its end, the end tag and the local name of an element.
func tags(name string) (open, end, local string) {
	return "<" + name, "</" + name + ">", name[strings.IndexByte(name, ':')+1:]
}
