// Package xmlbind writes structs as XML elements and reads them back, by tags of their fields. It knows no EWS.
//
// A struct is an element: its fields are attributes, text and children, and are written in their order, which is that of
// the schema. The tag is x:"place,options":
//
//	x:"@Id"                       an attribute
//	x:"#text"                     the text of the element itself; elements in it are kept as they are written, for there are
//	                              clients that escape nothing
//	x:"t:Subject"                 a child; a slice is one child after another
//	x:"t:Categories/t:String"     a child that holds a list of children
//	x:"m:Items/*"                 a child that holds a list of elements that name themselves: see [Element]
//	x:"*"                         such an element, or a list of them, without anything around
//	x:"t:Enabled,flag"            a bool that is true if the child is there, and writes it empty
//
// What has its zero value is left out, unless the option always or need says otherwise;
// only then. The option need also refuses an element that lacks the child or the attribute, and a list around nothing unless the option
// empty is there too. Embedded structs stand for their
// fields, in their place, or write and read their part themselves: see [Inline].
//
// Children are read in any order and known by their local name, in any of the namespaces that the [Reader] knows: real
// clients confuse them. A child that no field is for is refused, unless the struct has a field of type [Rest].
package xmlbind
