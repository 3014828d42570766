package xmlbind

import (
	"encoding"
	"encoding/base64"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// text writes and reads values that are text alone.
type text struct {
	name   string // of the type, for violations
	append func(dst []byte, v reflect.Value) []byte
	parse  func(s string, v reflect.Value) bool
	plain  bool // a string that is written as it is
}

// DateTime is how times are written: xs:dateTime in UTC, to the second.
const DateTime = "2006-01-02T15:04:05Z"

// ParseTime reads xs:dateTime. Without a zone it is in UTC.
func ParseTime(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// ParseBool reads xs:boolean.
func ParseBool(s string) (value, ok bool) {
	switch s {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}

var (
	timeType        = reflect.TypeFor[time.Time]()
	bytesType       = reflect.TypeFor[[]byte]()
	unmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
	appenderType    = reflect.TypeFor[encoding.TextAppender]()
	validType       = reflect.TypeFor[interface{ Valid() bool }]()
)

// textOf is how values of a type are text, nil if they are not.
func textOf(t reflect.Type) *text {
	switch {
	case t == timeType:
		return &text{name: "DateTime", append: appendTime, parse: parseTime}
	case t == bytesType:
		return &text{name: "Base64Binary", append: appendBytes, parse: parseBytes}
	case t.Implements(appenderType) && reflect.PointerTo(t).Implements(unmarshalerType):
		return &text{name: t.Name(), append: appendCustom, parse: parseCustom}
	}
	switch t.Kind() {
	case reflect.String:
		return stringText(t)
	case reflect.Bool:
		return &text{name: "Boolean", append: appendBool, parse: parseBool}
	case reflect.Int, reflect.Int64, reflect.Int32:
		return &text{name: "Int", append: appendInt, parse: parseInt}
	case reflect.Float64:
		return &text{name: "Double", append: appendFloat, parse: parseFloat}
	default:
		return nil
	}
}

// stringText is for strings and for the enumerations among them, which say what is Valid and may append another word than
// their own.
func stringText(t reflect.Type) *text {
	out := &text{name: "String", append: appendString, parse: parseString, plain: true}
	if t.Implements(appenderType) {
		out.append, out.plain = appendCustom, false
	}
	if t.Implements(validType) {
		out.name, out.parse = t.Name(), parseWord
	}
	return out
}

func parseWord(s string, v reflect.Value) bool {
	v.SetString(strings.TrimSpace(s))
	return face[interface{ Valid() bool }](v).Valid()
}

func appendString(dst []byte, v reflect.Value) []byte { return xmlwire.AppendText(dst, v.String()) }
func appendBool(dst []byte, v reflect.Value) []byte   { return strconv.AppendBool(dst, v.Bool()) }
func appendInt(dst []byte, v reflect.Value) []byte    { return strconv.AppendInt(dst, v.Int(), 10) }

func appendFloat(dst []byte, v reflect.Value) []byte {
	return strconv.AppendFloat(dst, v.Float(), 'g', -1, 64)
}

func appendTime(dst []byte, v reflect.Value) []byte {
	if v.CanAddr() {
		return v.Addr().Interface().(*time.Time).UTC().AppendFormat(dst, DateTime)
	}
	return v.Interface().(time.Time).UTC().AppendFormat(dst, DateTime)
}

func appendBytes(dst []byte, v reflect.Value) []byte {
	return base64.StdEncoding.AppendEncode(dst, v.Bytes())
}

func appendCustom(dst []byte, v reflect.Value) []byte {
	out, err := v.Interface().(encoding.TextAppender).AppendText(dst)
	if err != nil {
		return dst
	}
	return out
}

func parseString(s string, v reflect.Value) bool {
	v.SetString(s)
	return true
}

func parseBool(s string, v reflect.Value) bool {
	b, ok := ParseBool(strings.TrimSpace(s))
	v.SetBool(b)
	return ok
}

func parseInt(s string, v reflect.Value) bool {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, v.Type().Bits())
	v.SetInt(n)
	return err == nil
}

func parseFloat(s string, v reflect.Value) bool {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	v.SetFloat(f)
	return err == nil
}

func parseTime(s string, v reflect.Value) bool {
	t, ok := ParseTime(strings.TrimSpace(s))
	v.Set(reflect.ValueOf(t))
	return ok
}

func parseBytes(s string, v reflect.Value) bool {
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(s))
	v.SetBytes(b)
	return err == nil
}

func parseCustom(s string, v reflect.Value) bool {
	return v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(strings.TrimSpace(s))) == nil
}
