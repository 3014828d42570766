// Package xmlwire reads and writes the XML of a SOAP exchange without
// allocating: a pull scanner with namespaces over a document that is in memory,
// and the escaping that a writer needs.
//
// encoding/xml costs more than a whole request of the mock server may. The
// scanner is fast because it is strict: UTF-8 only, no DTD, no processing
// instruction but the XML declaration, names of ASCII letters, at most
// [MaxDepth] levels. What it accepts, encoding/xml accepts with the same names
// and the same text.
package xmlwire
