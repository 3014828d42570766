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

// isDeclaration reports whether an attribute of that name is xmlns="..." or
// xmlns:p="...".
func isDeclaration(name string) bool {
	return strings.HasPrefix(name, "xmlns") && (len(name) == len("xmlns") || name[len("xmlns")] == ':')
}

// declare takes a namespace declaration. Those of the namespaces that the
// scanner was made for need no further look.
func (s *Scanner) declare(a *attr, name string) bool {
	b := binding{uri: s.part(a.value)}
	if a.local > 0 {
		b.prefix = name[a.local:]
	}
	if b.space = s.spaceOf(b.uri); b.space <= NoSpace {
		if !s.judgeValue(a) {
			return false
		}
		b.uri = unescape(b.uri, a.flags)
		b.space = s.spaceOf(b.uri)
	}
	s.pos = int(a.value.to) + 1
	return s.bind(b)
}

// bind puts a declaration of the current start tag in force, until pop puts the
// number of bindings back.
func (s *Scanner) bind(b binding) bool {
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
	i := s.lookup(s.prefix(e.raw, e.local))
	if i < 0 {
		return false
	}
	e.bound, e.space = uint8(i), s.binds[i].space
	for i := range s.attrs[:s.nattr] {
		a := &s.attrs[i]
		if a.local > 0 && s.lookup(s.prefix(a.raw, a.local)) < 0 {
			return false
		}
	}
	return true
}

// prefix returns the prefix of a name whose local part begins at local.
func (s *Scanner) prefix(raw span, local int32) string {
	if local == 0 {
		return ""
	}
	return s.doc[raw.from : raw.from+local-1]
}

// lookup finds the binding of prefix that is in force, in binds. That there is
// none is an error, and -1.
func (s *Scanner) lookup(prefix string) int {
	for i := s.nbind - 1; i >= 0; i-- {
		if s.binds[i].prefix == prefix {
			return i
		}
	}
	s.fail("namespace prefix %q is not declared", prefix)
	return -1
}
