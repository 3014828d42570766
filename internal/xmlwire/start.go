package xmlwire

import "strings"

// attr is an attribute of the current start tag.
type attr struct {
	raw   string // name as written
	value string // raw
	local int32  // where the local name begins in raw
	flags charClass
}

// scanStart reads a start tag or the tag of an empty element.
func (s *Scanner) scanStart() Kind {
	if s.depth == 0 && s.rooted {
		s.fail("second root element")
		return EOF
	}
	if s.depth == MaxDepth {
		s.fail("more than %d levels", MaxDepth)
		return EOF
	}
	end, local := s.scanName(s.pos + 1)
	if s.err != nil {
		return EOF
	}
	e := &s.open[s.depth]
	*e = element{raw: s.doc[s.pos+1 : end], local: local, outer: uint8(s.nbind)}
	s.deepest = max(s.deepest, s.depth+1)
	s.outer = s.nbind
	s.nattr = 0
	s.pos = end
	for s.scanAttr() {
	}
	if s.err != nil || !s.resolve(e) {
		return EOF
	}
	s.rooted = true
	s.cur = s.depth
	s.depth++
	return Start
}

// scanName reads a name that begins at i. It returns where the name ends, and
// how far into it the local name begins.
func (s *Scanner) scanName(i int) (end int, local int32) {
	end = s.scanPart(i)
	if end == len(s.doc) || s.doc[end] != ':' {
		return end, 0
	}
	local = int32(end + 1 - i)
	end = s.scanPart(end + 1)
	if end < len(s.doc) && s.doc[end] == ':' {
		s.failAt(end, "second colon in a name")
	}
	return end, local
}

// scanPart reads a name without colon, at least one letter.
func (s *Scanner) scanPart(i int) (end int) {
	if i == len(s.doc) || names[s.doc[i]] != nameStart {
		s.failAt(i, "name expected")
		return i
	}
	for i < len(s.doc) && names[s.doc[i]] != notName {
		i++
	}
	return i
}

// scanAttr reads one attribute. It returns false after the end of the tag and
// after an error.
func (s *Scanner) scanAttr() bool {
	i := s.skipBlank(s.pos)
	if i == len(s.doc) {
		s.fail("the document ends inside of a tag")
		return false
	}
	switch s.doc[i] {
	case '>':
		s.pos = i + 1
		return false
	case '/':
		s.endEmpty(i)
		return false
	}
	if i == s.pos {
		s.failAt(i, "space expected")
		return false
	}
	return s.scanPair(i)
}

// endEmpty reads the /> at i.
func (s *Scanner) endEmpty(i int) {
	if i+1 == len(s.doc) || s.doc[i+1] != '>' {
		s.failAt(i, "/ inside of a tag")
		return
	}
	s.empty = true
	s.pos = i + len("/>")
}

// scanPair reads name="value" at i.
func (s *Scanner) scanPair(i int) bool {
	end, local := s.scanName(i)
	if s.err != nil {
		return false
	}
	a := attr{raw: s.doc[i:end], local: local}
	eq := s.skipBlank(end)
	if eq == len(s.doc) || s.doc[eq] != '=' {
		s.failAt(end, "attribute without a value")
		return false
	}
	begin := s.skipBlank(eq + 1)
	if begin == len(s.doc) || s.doc[begin] != '"' && s.doc[begin] != '\'' {
		s.failAt(begin, "quote expected")
		return false
	}
	n := strings.IndexByte(s.doc[begin+1:], s.doc[begin])
	if n < 0 {
		s.failAt(begin, "the document ends inside of a value")
		return false
	}
	s.pos = begin + 1
	a.value = s.doc[s.pos : s.pos+n]
	a.flags = classOf(a.value)
	if a.flags&(checked|less) != 0 && !s.checkAttr(a.value) {
		return false
	}
	s.pos += n + 1
	return s.addAttr(a)
}

// addAttr keeps an attribute, or makes a binding of a namespace declaration.
func (s *Scanner) addAttr(a attr) bool {
	if isDeclaration(a) {
		return s.bind(a)
	}
	for i := range s.attrs[:s.nattr] {
		if s.attrs[i].raw == a.raw {
			s.fail("attribute %s twice", a.raw)
			return false
		}
	}
	if s.nattr == maxAttrs {
		s.fail("more than %d attributes", maxAttrs)
		return false
	}
	s.attrs[s.nattr] = a
	s.nattr++
	s.widest = max(s.widest, s.nattr)
	return true
}

// Attr returns the value of an attribute without namespace, and whether the
// current start tag has it.
func (s *Scanner) Attr(local string) (value string, ok bool) {
	for i := range s.attrs[:s.nattr] {
		if s.attrs[i].raw == local {
			return unescape(s.attrs[i].value, s.attrs[i].flags), true
		}
	}
	return "", false
}
