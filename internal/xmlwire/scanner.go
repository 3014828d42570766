package xmlwire

import (
	"math"
	"strings"
	"unsafe"
)

// MaxDepth is how deep elements may nest, the reader quota of an Exchange
// server (maxDepth in its shipped EWS web.config).
const MaxDepth = 32

// Limits that keep a Scanner free of allocations. The requests of real clients
// stay far below them.
const (
	maxAttrs        = 24
	maxDeclarations = 32
)

// Kind is what Next found.
type Kind uint8

// The kinds of event. EOF stands for the end of the document and for an error
// alike; Err tells which.
const (
	EOF Kind = iota
	Start
	End
	Text
)

// Space is the namespace of a name: NoSpace, the position (from 1) in the list
// of URIs that the Scanner was made with, or OtherSpace.
type Space int8

// The namespaces outside the list.
const (
	NoSpace    Space = 0
	OtherSpace Space = -1
)

// Scanner reads one document, event by event. The strings that it returns are
// parts of the document unless they had to be unescaped.
//
// A Scanner is large; keep it on the stack.
type Scanner struct {
	progress
	open  [MaxDepth]element // and behind them the one that was just closed
	attrs [maxAttrs]attr
	binds [len(builtIn) + maxDeclarations]binding
}

// progress is how far a document was read.
type progress struct {
	doc    string
	pos    int // next byte to read
	at     int // first byte of the current event
	spaces []string
	err    *SyntaxError

	empty  bool // the current Start is also its element's end
	rooted bool // the root element was seen
	lax    bool // content that is passed over is only checked for balance
	depth  int
	cur    int // the current element, in open
	nattr  int
	nbind  int
	outer  int // bindings in force outside of the current start tag

	most int // bindings that were in force at once, so that forgetting them need not go through all places

	text  string // the current Text event, raw
	flags charClass
	cdata bool
}

// element is an open element.
type element struct {
	raw   span  // as written, with its prefix
	local int32 // where the local name begins in raw
	bound uint8 // what its prefix stands for, in binds
	space Space
	outer uint8 // bindings in force outside of the element
}

// span is a part of the document. What is kept of each tag are spans and no
// strings: they hold on to nothing, and writing them needs no collector to know.
type span struct{ from, to int32 }

func (s *Scanner) part(p span) string { return s.doc[p.from:p.to] }

// Init makes a zero Scanner ready to read doc. It tells the namespaces with
// these URIs apart, see Space.
func (s *Scanner) Init(doc string, spaces []string) {
	s.doc, s.spaces = doc, spaces
	s.nbind = copy(s.binds[:], builtIn[:])
	if len(doc) > math.MaxInt32 {
		s.fail("the document is too long")
		return
	}
	s.skipProlog()
}

// Forget makes the scanner ready for another Init. It holds on to nothing that
// it has read.
func (s *Scanner) Forget() {
	s.open[0] = element{} // which is the current one before the first
	clear(s.binds[:max(s.most, len(builtIn))])
	s.progress = progress{}
}

// InitLax is like Init, but what Child passes over is only checked for tags that
// balance. The strings that the scanner returns share memory with
// doc: clone those that are kept.
func (s *Scanner) InitLax(doc []byte, spaces []string) {
	// This saves a copy of every answer that is classified. Nothing writes to
	// doc while the caller reads it, and what it keeps is cloned.
	s.Init(unsafe.String(unsafe.SliceData(doc), len(doc)), spaces)
	s.lax = true
}

// Err returns the error that ended the scan, nil at the end of the document.
func (s *Scanner) Err() error {
	if s.err == nil {
		return nil
	}
	return s.err
}

// Depth returns how many elements are open; at a Start event this counts the
// element that starts, at an End event no more the one that ends.
func (s *Scanner) Depth() int { return s.depth }

// Local returns the local name of the current element.
func (s *Scanner) Local() string { return s.local(&s.open[s.cur]) }

func (s *Scanner) local(e *element) string { return s.doc[e.raw.from+e.local : e.raw.to] }

// Space returns the namespace of the current element.
func (s *Scanner) Space() Space { return s.open[s.cur].space }

// URI returns the namespace URI of the current element.
func (s *Scanner) URI() string { return s.binds[s.open[s.cur].bound].uri }

// Parent returns the name of the element around the one that starts; nothing
// for the root.
func (s *Scanner) Parent() (local, uri string) {
	if s.cur == 0 {
		return "", ""
	}
	e := &s.open[s.cur-1]
	return s.local(e), s.binds[e.bound].uri
}

// Is reports whether the current element has this name.
func (s *Scanner) Is(space Space, local string) bool {
	return s.Space() == space && s.Local() == local
}

// Next reads up to the next event.
func (s *Scanner) Next() Kind {
	if s.empty {
		s.empty = false
		s.pop()
		return End
	}
	for s.err == nil {
		s.at = s.pos
		if s.pos == len(s.doc) {
			return s.finish()
		}
		if s.doc[s.pos] != '<' {
			if s.scanText() {
				return Text
			}
			continue
		}
		if kind := s.scanMarkup(); kind != EOF {
			return kind
		}
	}
	return EOF
}

// finish judges the end of the document.
func (s *Scanner) finish() Kind {
	switch {
	case s.depth > 0:
		s.fail("the document ends inside of <%s>", s.part(s.open[s.depth-1].raw))
	case !s.rooted:
		s.fail("the document has no element")
	}
	return EOF
}

// scanText reads character data up to the next tag. Outside of the root element
// it permits white space alone and reports no event.
func (s *Scanner) scanText() bool {
	end := len(s.doc)
	if i := strings.IndexByte(s.doc[s.pos:], '<'); i >= 0 {
		end = s.pos + i
	}
	if s.depth == 0 {
		if !blank(s.doc[s.pos:end]) {
			s.fail("text outside of the root element")
		}
		s.pos = end
		return false
	}
	return s.takeText(end, end)
}

// takeText makes doc[pos:end] the current Text event and goes on at next.
func (s *Scanner) takeText(end, next int) bool {
	s.text = s.doc[s.pos:end]
	s.cdata = next != end
	s.flags = classOf(s.text)
	if s.flags&checked != 0 && !s.checkChars(s.text, s.cdata) {
		return false
	}
	s.pos = next
	return true
}

// pop closes the innermost element and makes it the current one.
func (s *Scanner) pop() {
	s.depth--
	s.cur = s.depth
	s.nbind = int(s.open[s.depth].outer)
}
