package xmlwire

import (
	"strings"
	"unicode/utf8"
)

// charClass is a set of properties of the bytes of a text, so that one pass
// over it tells what else must be looked at.
type charClass uint8

// The properties. Text without any of the checked ones is right as it is.
const (
	ampersand charClass = 1 << iota // may begin a reference
	greater                         // may end "]]>"
	high                            // part of a character beyond ASCII
	control                         // no character of XML 1.0
	less                            // may not stand in an attribute's value
	carriage                        // read as a line feed
	special                         // written as a reference, see escapeTable
	checked   = ampersand | greater | high | control
)

// chars holds the class of each byte.
var chars = charTable()

func charTable() (t [256]charClass) {
	for i := range t {
		switch {
		case i >= utf8.RuneSelf:
			t[i] = high
		case i < ' ' && i != '\t' && i != '\n' && i != '\r':
			t[i] = control
		}
	}
	t['&'], t['>'], t['<'], t['\r'] = ampersand, greater, less, carriage
	return t
}

// classOf returns the properties of all bytes of text. It takes them four at a
// time, since it is what reading long texts costs.
func classOf(text string) (c charClass) {
	for ; len(text) >= 4; text = text[4:] {
		c |= chars[text[0]] | chars[text[1]] | chars[text[2]] | chars[text[3]]
	}
	for i := range len(text) {
		c |= chars[text[i]]
	}
	return c
}

// nameClass says where in a name a byte may stand.
type nameClass uint8

const (
	notName nameClass = iota
	nameByte
	nameStart
)

// names holds the class of each byte. Names beyond ASCII are refused: neither
// SOAP nor EWS has one.
var names = nameTable()

func nameTable() (t [256]nameClass) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = nameStart, nameStart
	}
	t['_'] = nameStart
	for c := byte('0'); c <= '9'; c++ {
		t[c] = nameByte
	}
	t['-'], t['.'] = nameByte, nameByte
	return t
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

func blank(text string) bool {
	for i := range len(text) {
		if !isBlank(text[i]) {
			return false
		}
	}
	return true
}

// skipBlank returns where the white space that begins at i ends.
func (s *Scanner) skipBlank(i int) int {
	for i < len(s.doc) && isBlank(s.doc[i]) {
		i++
	}
	return i
}

// checkChars looks at text whose class says that it may be wrong.
func (s *Scanner) checkChars(text string, cdata bool) bool {
	switch {
	case !legal(text):
		s.fail("character that XML does not permit")
	case cdata:
	case strings.Contains(text, cdataClose):
		s.fail("]]> outside of a CDATA section")
	case !validReferences(text):
		s.fail("& without a known reference")
	}
	return s.err == nil
}

// checkAttr is like checkChars for the value of an attribute.
func (s *Scanner) checkAttr(value string) bool {
	switch {
	case !legal(value):
		s.fail("character that XML does not permit")
	case strings.IndexByte(value, '<') >= 0:
		s.fail("< inside of an attribute's value")
	case !validReferences(value):
		s.fail("& without a known reference")
	}
	return s.err == nil
}

// legal reports whether text is UTF-8 and of characters of XML 1.0 alone
// (XML 1.0, section 2.2).
func legal(text string) bool {
	if !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if !legalRune(r) {
			return false
		}
	}
	return true
}

func legalRune(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	case r <= 0xD7FF:
		return true
	}
	return r >= 0xE000 && r <= utf8.MaxRune && r != 0xFFFE && r != 0xFFFF
}
