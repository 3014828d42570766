package xmlwire

import "strings"

// scanMarkup reads what begins with '<'. EOF means that there was no event: a
// comment, or an error.
func (s *Scanner) scanMarkup() Kind {
	if s.pos+1 == len(s.doc) {
		s.fail("the document ends inside of a tag")
		return EOF
	}
	switch s.doc[s.pos+1] {
	case '/':
		return s.scanEnd()
	case '!':
		return s.scanDeclaration()
	case '?':
		s.fail("processing instruction")
		return EOF
	}
	return s.scanStart()
}

const (
	cdataOpen    = "<![CDATA["
	cdataClose   = "]]>"
	commentOpen  = "<!--"
	commentClose = "--"
)

// scanDeclaration reads a comment, which makes no event, or a CDATA section.
func (s *Scanner) scanDeclaration() Kind {
	rest := s.doc[s.pos:]
	switch {
	case strings.HasPrefix(rest, commentOpen):
		s.skipComment()
		return EOF
	case !strings.HasPrefix(rest, cdataOpen):
		s.fail("document type declaration")
		return EOF
	case s.depth == 0:
		s.fail("text outside of the root element")
		return EOF
	}
	n := strings.Index(rest, cdataClose)
	if n < 0 {
		s.fail("the document ends inside of a CDATA section")
		return EOF
	}
	end := s.pos + n
	s.pos += len(cdataOpen)
	if !s.takeText(end, end+len(cdataClose)) {
		return EOF
	}
	return Text
}

func (s *Scanner) skipComment() {
	begin := s.pos + len(commentOpen)
	n := strings.Index(s.doc[begin:], commentClose)
	end := begin + n + len(commentClose)
	switch {
	case n < 0 || end >= len(s.doc):
		s.fail("the document ends inside of a comment")
	case s.doc[end] != '>':
		s.fail("-- inside of a comment")
	default:
		s.pos = end + 1
	}
}

// scanEnd reads an end tag and closes its element.
func (s *Scanner) scanEnd() Kind {
	if s.depth == 0 {
		s.fail("end tag without a start tag")
		return EOF
	}
	raw := s.part(s.open[s.depth-1].raw)
	rest := s.doc[s.pos+2:]
	if !strings.HasPrefix(rest, raw) {
		s.fail("end tag does not match <%s>", raw)
		return EOF
	}
	i := s.skipBlank(s.pos + 2 + len(raw))
	if i == len(s.doc) || s.doc[i] != '>' {
		s.fail("end tag does not match <%s>", raw)
		return EOF
	}
	s.pos = i + 1
	s.pop()
	return End
}
