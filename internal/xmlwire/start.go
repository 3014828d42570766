package xmlwire

import "strings"

// attr is an attribute of the current start tag.
type attr struct {
	raw   span  // name as written
	value span  // raw
	local int32 // where the local name begins in raw
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
	*e = element{raw: span{int32(s.pos + 1), int32(end)}, local: local, outer: uint8(s.nbind)}
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
	a := attr{raw: span{int32(i), int32(end)}, local: local}
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
	a.value = span{int32(s.pos), int32(s.pos + n)}
	if name := s.part(a.raw); isDeclaration(name) {
		return s.declare(&a, name)
	}
	if !s.judgeValue(&a) {
		return false
	}
	s.pos += n + 1
	return s.addAttr(a)
}

// judgeValue looks at an attribute's value, and reports whether it is legal.
func (s *Scanner) judgeValue(a *attr) bool {
	value := s.part(a.value)
	a.flags = classOf(value)
	return a.flags&(checked|less) == 0 || s.checkAttr(value)
}

// addAttr keeps an attribute.
func (s *Scanner) addAttr(a attr) bool {
	name := s.part(a.raw)
	for i := range s.attrs[:s.nattr] {
		if s.part(s.attrs[i].raw) == name {
			s.fail("attribute %s twice", name)
			return false
		}
	}
	if s.nattr == maxAttrs {
		s.fail("more than %d attributes", maxAttrs)
		return false
	}
	s.attrs[s.nattr] = a
	s.nattr++
	return true
}

// Attr returns the value of an attribute without namespace, and whether the
// current start tag has it.
func (s *Scanner) Attr(local string) (value string, ok bool) {
	for i := range s.attrs[:s.nattr] {
		if a := &s.attrs[i]; s.part(a.raw) == local {
			return unescape(s.part(a.value), a.flags), true
		}
	}
	return "", false
}
