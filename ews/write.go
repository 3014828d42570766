package ews

import (
	"strconv"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// declaration begins every document that this package writes.
const declaration = `<?xml version="1.0" encoding="utf-8"?>`

// dateTime is xs:dateTime in UTC, to the second, as Exchange writes it.
const dateTime = "2006-01-02T15:04:05Z"

// appendOpen appends the start tag of an element without attributes.
func appendOpen(dst []byte, name string) []byte {
	dst = append(dst, '<')
	dst = append(dst, name...)
	return append(dst, '>')
}

// appendClose appends an end tag.
func appendClose(dst []byte, name string) []byte {
	dst = append(dst, "</"...)
	dst = append(dst, name...)
	return append(dst, '>')
}

// appendElement appends an element that holds text alone.
func appendElement(dst []byte, name, text string) []byte {
	dst = appendOpen(dst, name)
	dst = xmlwire.AppendText(dst, text)
	return appendClose(dst, name)
}

func appendIntElement(dst []byte, name string, n int) []byte {
	dst = appendOpen(dst, name)
	dst = strconv.AppendInt(dst, int64(n), 10)
	return appendClose(dst, name)
}

func appendBoolElement(dst []byte, name string, b bool) []byte {
	dst = appendOpen(dst, name)
	dst = strconv.AppendBool(dst, b)
	return appendClose(dst, name)
}

func appendTimeElement(dst []byte, name string, t time.Time) []byte {
	dst = appendOpen(dst, name)
	dst = t.UTC().AppendFormat(dst, dateTime)
	return appendClose(dst, name)
}

// appendAttrOpen appends an attribute, with the space before it, up to its
// value.
func appendAttrOpen(dst []byte, name string) []byte {
	dst = append(dst, ' ')
	dst = append(dst, name...)
	return append(dst, `="`...)
}

// appendAttr appends an attribute.
func appendAttr(dst []byte, name, value string) []byte {
	dst = appendAttrOpen(dst, name)
	dst = xmlwire.AppendAttr(dst, value)
	return append(dst, '"')
}

func appendIntAttr(dst []byte, name string, n int) []byte {
	dst = appendAttrOpen(dst, name)
	dst = strconv.AppendInt(dst, int64(n), 10)
	return append(dst, '"')
}

// appendID appends an empty element that names something by id and change key.
func appendID(dst []byte, name, id, changeKey string) []byte {
	dst = appendIDOpen(dst, name, id, changeKey)
	return append(dst, "/>"...)
}

// appendIDOpen is appendID without the end of the tag.
func appendIDOpen(dst []byte, name, id, changeKey string) []byte {
	dst = append(dst, '<')
	dst = append(dst, name...)
	return appendIDs(dst, id, changeKey)
}

// appendIDs appends the attributes of an id.
func appendIDs(dst []byte, id, changeKey string) []byte {
	dst = appendAttr(dst, "Id", id)
	if changeKey != "" {
		dst = appendAttr(dst, "ChangeKey", changeKey)
	}
	return dst
}
