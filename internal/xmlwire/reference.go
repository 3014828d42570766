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
