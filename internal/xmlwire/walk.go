package xmlwire

import "strings"

// Child goes on to the next child of an element that was open at this depth
// (see Depth), passing over what is left of the child before and over text
// between children. It returns false when the element ends, and after an error.
//
//	for depth := s.Depth(); s.Child(depth); {
//		...
//	}
func (s *Scanner) Child(depth int) bool {
	s.skipTo(depth)
	if s.depth < depth {
		return false
	}
	for {
		switch s.Next() {
		case Start:
			return true
		case Text:
		case End, EOF:
			return false
		}
	}
}

// Empty reports whether the element that starts has no content, as <a/> has
// none.
func (s *Scanner) Empty() bool { return s.empty }

// skipTo passes over content until only depth elements are open.
func (s *Scanner) skipTo(depth int) {
	if s.lax && s.err == nil && s.depth > depth {
		s.balance(depth)
	}
	for s.depth > depth && s.Next() != EOF {
	}
}

// Text returns the text of the current element up to its end, without that of
// its children.
func (s *Scanner) Text() string {
	text, depth := "", s.depth
	for s.depth >= depth {
		switch s.Next() {
		case Text:
			if s.depth == depth {
				text = join(text, s.chunk())
			}
		case EOF:
			return text
		case Start, End:
		}
	}
	return text
}

// Markup returns the text of the current element up to its end. If there are elements in it, it returns what is there as it is written.
func (s *Scanner) Markup() string {
	if s.empty {
		return s.Text()
	}
	text, mixed, begin, depth := "", false, s.pos, s.depth
	for s.depth >= depth {
		switch s.Next() {
		case Text:
			if s.depth == depth {
				text = join(text, s.chunk())
			}
		case Start:
			mixed = true
		case EOF:
			return text
		case End:
		}
	}
	if mixed {
		return s.doc[begin:s.at]
	}
	return text
}

// join appends a chunk of text, which is nearly always the only one.
func join(text, chunk string) string {
	if text == "" {
		return chunk
	}
	return text + chunk
}

// chunk returns the text of the current Text event.
func (s *Scanner) chunk() string {
	if s.cdata {
		return unescape(s.text, s.flags&^ampersand)
	}
	return unescape(s.text, s.flags)
}

// balance passes over content until only depth elements are open. It counts
// tags and looks at little else: a hundred kilobytes of payload must not cost
// what reading them would.
func (s *Scanner) balance(depth int) {
	if s.empty {
		s.empty = false
		s.pop()
	}
	if s.depth == depth {
		return
	}
	for level := s.depth; level > depth; {
		level += s.passTag()
		if level > MaxDepth {
			s.fail("more than %d levels", MaxDepth)
		}
		if s.err != nil {
			return
		}
	}
	s.depth = depth + 1
	if raw := s.part(s.open[depth].raw); !strings.HasPrefix(s.doc[s.at+len("</"):], raw) {
		s.fail("end tag does not match <%s>", raw)
	}
	s.pop()
}

// passTag passes over text and the tag that follows, and returns by how much
// that changes the number of open elements.
func (s *Scanner) passTag() int {
	n := strings.IndexByte(s.doc[s.pos:], '<')
	if n < 0 || s.pos+n+1 == len(s.doc) {
		s.at = len(s.doc)
		s.finish()
		return 0
	}
	s.at = s.pos + n
	s.pos = s.at
	switch s.doc[s.at+1] {
	case '!':
		s.scanDeclaration()
		return 0
	case '?':
		s.fail("processing instruction")
		return 0
	}
	if !s.passToTagEnd() || s.doc[s.pos-2] == '/' {
		return 0
	}
	if s.doc[s.at+1] == '/' {
		return -1
	}
	return 1
}

// passToTagEnd goes on after the > of the current tag, and reports whether
// there is one.
func (s *Scanner) passToTagEnd() bool {
	for i := s.at + 1; i < len(s.doc); i++ {
		switch c := s.doc[i]; c {
		case '>':
			s.pos = i + 1
			return true
		case '"', '\'':
			n := strings.IndexByte(s.doc[i+1:], c)
			if n < 0 {
				i = len(s.doc)
				break
			}
			i += n + 1
		}
	}
	s.fail("the document ends inside of a tag")
	return false
}
