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
	inText = escapeTable("&<>\r")
	inAttr = escapeTable("&<>\r\"\t\n")
)

func escapeTable(bytes string) (t [256]charClass) {
	for i := range t {
		t[i] = chars[i] & (high | control)
	}
	for i := range len(bytes) {
		t[bytes[i]] = special
	}
	return t
}

// appendEscaped copies s in runs of bytes that stand for themselves.
func appendEscaped(dst []byte, s string, table *[256]charClass) []byte {
	done := 0
	for i := plainRun(s, table); i < len(s); i += plainRun(s[i:], table) {
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

// plainRun returns how many bytes s begins with that stand for themselves. It
// takes them eight at a time, since it is what writing long texts costs.
func plainRun(s string, table *[256]charClass) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		b := s[i : i+8]
		if table[b[0]]|table[b[1]]|table[b[2]]|table[b[3]]|table[b[4]]|table[b[5]]|table[b[6]]|table[b[7]] != 0 {
			break
		}
	}
	for i < len(s) && table[s[i]] == 0 {
		i++
	}
	return i
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
