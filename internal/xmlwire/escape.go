package xmlwire

import "unicode/utf8"

// AppendText appends s as character data. What XML cannot hold becomes U+FFFD.
func AppendText(dst []byte, s string) []byte {
	return appendEscaped(dst, s, &inText)
}

// AppendAttr appends s as the value of an attribute in double quotes. What XML
// cannot hold becomes U+FFFD.
func AppendAttr(dst []byte, s string) []byte {
	return appendEscaped(dst, s, &inAttr)
}

// The bytes that cannot stand for themselves without a look at them: in text,
// and in attributes.
var (
	inText = specialTable("&<>\r")
	inAttr = specialTable("&<>\r\"\t\n")
)

func specialTable(bytes string) (t [256]bool) {
	for i := range t {
		t[i] = chars[i]&(high|control) != 0
	}
	for i := range len(bytes) {
		t[bytes[i]] = true
	}
	return t
}

// appendEscaped copies s in runs of bytes that stand for themselves.
func appendEscaped(dst []byte, s string, special *[256]bool) []byte {
	done := 0
	for i := 0; i < len(s); {
		if !special[s[i]] {
			i++
			continue
		}
		escape, n := escapeAt(s[i:])
		if escape != "" {
			dst = append(dst, s[done:i]...)
			dst = append(dst, escape...)
			done = i + n
		}
		i += n
	}
	return append(dst, s[done:]...)
}

// escapeAt returns what the first character of s is written as, empty if it
// stands for itself, and its length.
func escapeAt(s string) (escape string, n int) {
	switch s[0] {
	case '&':
		return "&amp;", 1
	case '<':
		return "&lt;", 1
	case '>':
		return "&gt;", 1
	case '"':
		return "&quot;", 1
	case '\r':
		return "&#xD;", 1
	case '\n':
		return "&#xA;", 1
	case '\t':
		return "&#x9;", 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if legalRune(r) && (r != utf8.RuneError || n > 1) {
		return "", n
	}
	return "\uFFFD", n
}
