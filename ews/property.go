package ews

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// property is what the schema says of one property of items or folders.
type property struct {
	uri  string // "item:Subject"; "" for the extended ones
	name string // of its element
	typ  reflect.Type
	id   int // its place in the table of all

	open, end string // the tags of its element: "<t:Subject", "</t:Subject>"
}

// prop is a property whose element has the name of the URI behind the colon,
// and whose values are of type T.
func prop[T any](uri string) property {
	return property{uri: uri, name: uri[strings.IndexByte(uri, ':')+1:], typ: reflect.TypeFor[T]()}
}

// extendedElement holds an extended property. Its place in the order is that of
// the schema; there may be any number of them.
const extendedElement = "ExtendedProperty"

func extended() property { return property{name: extendedElement} }

// kind is an element that items or folders have: its properties in the order
// of the schema.
type kind struct {
	properties []*property
	byName     map[string]*property
	place      []int16 // in properties, by the number of a property; -1 for one of other kinds
}

// dictionary is all that is known of kinds and properties.
type dictionary struct {
	kinds map[Kind]*kind
	byURI map[string]*property
}

// words is the dictionary. Nobody writes to it.
var words = newDictionary()

func newDictionary() *dictionary {
	d := &dictionary{kinds: map[Kind]*kind{}, byURI: map[string]*property{}}
	table := kindTable()
	for _, name := range slices.Sorted(maps.Keys(table)) {
		k, groups := &kind{byName: map[string]*property{}}, table[name]
		for _, group := range groups {
			for _, p := range group {
				known := d.enter(p)
				k.properties = append(k.properties, known)
				k.byName[p.name] = known
			}
		}
		d.kinds[name] = k
	}
	for _, k := range d.kinds {
		k.place = make([]int16, len(d.byURI))
		for i := range k.place {
			k.place[i] = -1
		}
		for i, p := range k.properties {
			k.place[p.id] = int16(i)
		}
	}
	return d
}

// enter keeps a property once, however many kinds have it.
func (d *dictionary) enter(p property) *property {
	key := p.uri
	if key == "" {
		key = p.name
	}
	known, ok := d.byURI[key]
	if !ok {
		p.id = len(d.byURI)
		p.open, p.end = "<t:"+p.name, "</t:"+p.name+">"
		known = &p
		d.byURI[key] = known
	}
	return known
}

// KnownURI reports whether the schema knows a property of that name.
func KnownURI(uri string) bool { return words.byURI[uri] != nil || otherURIs()[uri] }

// propertyOf is what the schema says of the property that a path names; nil for
// one that is not known.
func propertyOf(p Path) *property {
	if p.URI == "" {
		return words.byURI[extendedElement]
	}
	return words.byURI[p.URI]
}
