package xmlwire

import "strings"

// binding says which namespace a prefix stands for.
type binding struct {
	prefix string
	uri    string
	space  Space
}

// builtIn are the bindings that need no declaration: no prefix, and xml.
var builtIn = [...]binding{
	{prefix: "", uri: "", space: NoSpace},
	{prefix: "xml", uri: "http://www.w3.org/XML/1998/namespace", space: OtherSpace},
}

// isDeclaration reports whether a is xmlns="..." or xmlns:p="...".
func isDeclaration(a attr) bool {
	return a.raw == "xmlns" || strings.HasPrefix(a.raw, "xmlns:")
}

// bind takes a namespace declaration of the current start tag. It is in force
// until pop puts the number of bindings back.
func (s *Scanner) bind(a attr) bool {
	b := binding{uri: unescape(a.value, a.flags)}
	if a.local > 0 {
		b.prefix = a.raw[a.local:]
	}
	switch {
	case s.declared(b.prefix):
		s.fail("namespace prefix %q declared twice", b.prefix)
		return false
	case b.prefix == "xml" || b.prefix == "xmlns":
		s.fail("namespace prefix %q is reserved", b.prefix)
		return false
	case b.prefix != "" && b.uri == "":
		s.fail("namespace prefix %q stands for nothing", b.prefix)
		return false
	case s.nbind == len(s.binds):
		s.fail("more than %d namespace declarations", maxDeclarations)
		return false
	}
	b.space = s.spaceOf(b.uri)
	s.binds[s.nbind] = b
	s.nbind++
	s.most = max(s.most, s.nbind)
	return true
}

// declared reports whether the current start tag already declares prefix.
func (s *Scanner) declared(prefix string) bool {
	for i := s.outer; i < s.nbind; i++ {
		if s.binds[i].prefix == prefix {
			return true
		}
	}
	return false
}

// spaceOf finds uri in the list that the scanner was made with.
func (s *Scanner) spaceOf(uri string) Space {
	if uri == "" {
		return NoSpace
	}
	for i, known := range s.spaces {
		if known == uri {
			return Space(i + 1)
		}
	}
	return OtherSpace
}

// resolve gives e its namespace and checks the prefixes of its attributes. It
// runs when the whole tag was read, since a declaration may follow its use.
func (s *Scanner) resolve(e *element) bool {
	b := s.lookup(prefixOf(e.raw, e.local))
	if b == nil {
		return false
	}
	e.uri, e.space = b.uri, b.space
	for i := range s.attrs[:s.nattr] {
		a := &s.attrs[i]
		if a.local > 0 && s.lookup(prefixOf(a.raw, a.local)) == nil {
			return false
		}
	}
	return true
}

// prefixOf returns the prefix of a name whose local part begins at local.
func prefixOf(raw string, local int32) string {
	if local == 0 {
		return ""
	}
	return raw[:local-1]
}

// lookup finds the binding of prefix that is in force. That there is none is an
// error.
func (s *Scanner) lookup(prefix string) *binding {
	for i := s.nbind - 1; i >= 0; i-- {
		if s.binds[i].prefix == prefix {
			return &s.binds[i]
		}
	}
	s.fail("namespace prefix %q is not declared", prefix)
	return nil
}
