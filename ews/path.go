package ews

import (
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// Path names a property of an item or a folder, as t:FieldURI, as
// t:IndexedFieldURI with an index, or as t:ExtendedFieldURI (MS docs: Property
// paths in EWS in Exchange). It is comparable: two paths to one property are
// equal.
type Path struct {
	URI      string // "item:Subject"; empty for an extended property
	Index    string // the entry of a dictionary, "EmailAddress1"
	Extended Extended
}

// Extended names a MAPI property: by tag, or by property set and name or id
// (MS docs: ExtendedFieldURI). Clients write the tag in decimal or hexadecimal;
// here it is a number.
type Extended struct {
	Set    string // DistinguishedPropertySetId, "Appointment", or the GUID of PropertySetId in lower case
	Tag    uint16 // PropertyTag; 0: the property is named
	Name   string // PropertyName
	ID     int    // PropertyId, if there is no name
	Type   string // "String", "Integer", "StringArray", ...
	Custom bool   // Set is a GUID
}

// AppendElement appends the path as an element of the types.
func (p Path) AppendElement(dst []byte) []byte {
	switch {
	case p.URI == "":
		return p.Extended.AppendElement(dst)
	case p.Index == "":
		dst = append(dst, "<t:FieldURI"...)
		dst = appendAttr(dst, "FieldURI", p.URI)
	default:
		dst = append(dst, "<t:IndexedFieldURI"...)
		dst = appendAttr(dst, "FieldURI", p.URI)
		dst = appendAttr(dst, "FieldIndex", p.Index)
	}
	return append(dst, "/>"...)
}

// ReadElement reads the current element; false if it is no path.
func (p *Path) ReadElement(r *xmlbind.Reader) bool {
	switch r.Name() {
	case "FieldURI":
		*p = Path{}
		p.URI, _ = r.Attr("FieldURI")
		if !KnownURI(p.URI) {
			r.Violate("The 'FieldURI' attribute is invalid - The value '%s' is invalid according to its datatype '%s:UnindexedFieldURIType' - The Enumeration constraint failed.", p.URI, typesURI)
		}
		return true
	case "IndexedFieldURI":
		*p = Path{}
		p.URI, _ = r.Attr("FieldURI")
		p.Index, _ = r.Attr("FieldIndex")
		return true
	case "ExtendedFieldURI":
		*p = Path{}
		return p.Extended.ReadElement(r)
	}
	return false
}

// AppendElement appends the name as a t:ExtendedFieldURI; tags are written as
// Exchange writes them, 0x7777.
func (e Extended) AppendElement(dst []byte) []byte {
	dst = append(dst, "<t:ExtendedFieldURI"...)
	switch {
	case e.Tag != 0:
		dst = appendAttr(dst, "PropertyTag", "0x"+strconv.FormatUint(uint64(e.Tag), 16))
	case e.Custom:
		dst = appendAttr(dst, "PropertySetId", e.Set)
	default:
		dst = appendAttr(dst, "DistinguishedPropertySetId", e.Set)
	}
	switch {
	case e.Tag != 0:
	case e.Name != "":
		dst = appendAttr(dst, "PropertyName", e.Name)
	default:
		dst = appendIntAttr(dst, "PropertyId", e.ID)
	}
	dst = appendAttr(dst, "PropertyType", e.Type)
	return append(dst, "/>"...)
}

// ReadElement reads the current element; false if it is no t:ExtendedFieldURI.
func (e *Extended) ReadElement(r *xmlbind.Reader) bool {
	if r.Name() != "ExtendedFieldURI" {
		return false
	}
	*e = Extended{}
	e.Type, _ = r.Attr("PropertyType")
	e.Name, _ = r.Attr("PropertyName")
	e.Set, _ = r.Attr("DistinguishedPropertySetId")
	if set, ok := r.Attr("PropertySetId"); ok {
		e.Set, e.Custom = strings.ToLower(set), true
	}
	e.number(r, "PropertyTag", func(n int64) { e.Tag = uint16(n) })
	e.number(r, "PropertyId", func(n int64) { e.ID = int(n) })
	return true
}

// number reads an attribute in decimal or hexadecimal.
func (e *Extended) number(r *xmlbind.Reader, attr string, keep func(int64)) {
	text, ok := r.Attr(attr)
	if !ok {
		return
	}
	n, err := strconv.ParseInt(text, 0, 32)
	if err != nil {
		r.Violate("The '%s' attribute is invalid - The value '%s' is invalid according to its datatype 'Int'.", attr, text)
	}
	keep(n)
}
