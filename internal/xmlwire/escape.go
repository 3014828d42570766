package xmlwire

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// validReferences reports whether every & of text begins a reference to one of
// the five predefined entities or to a character.
func validReferences(text string) bool {
	for {
		i := strings.IndexByte(text, '&')
		if i < 0 {
			return true
		}
		_, n := reference(text[i:])
		if n == 0 {
			return false
		}
		text = text[i+n:]
	}
}

// reference reads the reference that text begins with. It returns the
// character and the length of the reference, 0 if there is none.
func reference(text string) (r rune, n int) {
	end := strings.IndexByte(text, ';')
	if end < 2 {
		return 0, 0
	}
	switch name := text[1:end]; name {
	case "lt":
		r = '<'
	case "gt":
		r = '>'
	case "amp":
		r = '&'
	case "apos":
		r = '\''
	case "quot":
		r = '"'
	default:
		if r = charReference(name); r < 0 {
			return 0, 0
		}
	}
	return r, end + 1
}

// charReference reads "#123" or "#x7B"; -1 if it names no character of XML.
func charReference(name string) rune {
	base := 10
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return -1
	}
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil || v > utf8.MaxRune || !legalRune(rune(v)) {
		return -1
	}
	return rune(v)
}

// unescape replaces references and the line ends of other systems. It returns
// text itself where its class says that there are none.
func unescape(text string, c charClass) string {
	if c&(ampersand|carriage) == 0 {
		return text
	}
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		r, n := rune(-1), 0
		if text[i] == '&' && c&ampersand != 0 {
			r, n = reference(text[i:])
		}
		switch {
		case n > 0:
			b = utf8.AppendRune(b, r)
			i += n
		case text[i] == '\r':
			b = append(b, '\n')
			i += len("\r")
			if i < len(text) && text[i] == '\n' {
				i++
			}
		default:
			b = append(b, text[i])
			i++
		}
	}
	return string(b)
}

// AppendText appends s as character data. What XML cannot hold becomes U+FFFD.
func AppendText(dst []byte, s string) []byte {
	return appendEscaped(dst, s, &textEscapes)
}

// AppendAttr appends s as the value of an attribute in double quotes. What XML
// cannot hold becomes U+FFFD.
func AppendAttr(dst []byte, s string) []byte {
	return appendEscaped(dst, s, &attrEscapes)
}

// replacement is what a byte is written as; none: as it is.
type replacement string

const none replacement = ""

// beyond marks the bytes of characters that must be looked at.
const beyond replacement = "\uFFFD"

// The bytes that cannot stand for themselves in text, and in attributes.
var (
	textEscapes = escapeTable(map[byte]replacement{})
	attrEscapes = escapeTable(map[byte]replacement{
		'"': "&quot;", '\t': "&#x9;", '\n': "&#xA;",
	})
)

func escapeTable(more map[byte]replacement) (t [256]replacement) {
	for i := range t {
		if chars[i]&(high|control) != 0 {
			t[i] = beyond
		}
	}
	t['&'], t['<'], t['>'], t['\r'] = "&amp;", "&lt;", "&gt;", "&#xD;"
	for c, r := range more {
		t[c] = r
	}
	return t
}

// appendEscaped copies s in runs of bytes that stand for themselves.
func appendEscaped(dst []byte, s string, escapes *[256]replacement) []byte {
	done := 0
	for i := 0; i < len(s); {
		escape := escapes[s[i]]
		if escape == none {
			i++
			continue
		}
		n := 1
		if s[i] >= utf8.RuneSelf {
			var r rune
			r, n = utf8.DecodeRuneInString(s[i:])
			if n > 1 && legalRune(r) {
				i += n
				continue
			}
		}
		dst = append(dst, s[done:i]...)
		dst = append(dst, escape...)
		i += n
		done = i
	}
	return append(dst, s[done:]...)
}
