package xmlwire

import "strings"

const (
	byteOrderMark = "\uFEFF"
	declOpen      = "<?xml"
	declClose     = "?>"
	usualProlog   = `<?xml version="1.0" encoding="utf-8"?>`
)

// skipProlog passes over a byte order mark and the XML declaration.
func (s *Scanner) skipProlog() {
	if strings.HasPrefix(s.doc, usualProlog) {
		s.pos = len(usualProlog)
		return
	}
	if strings.HasPrefix(s.doc, byteOrderMark) {
		s.pos = len(byteOrderMark)
	}
	rest, ok := strings.CutPrefix(s.doc[s.pos:], declOpen)
	if !ok {
		return
	}
	s.at = s.pos
	decl, _, ok := strings.Cut(rest, declClose)
	if !ok || !checkDecl(decl) {
		s.fail("XML declaration that is not of XML 1.0 in UTF-8")
		return
	}
	s.pos += len(declOpen) + len(decl) + len(declClose)
}

// checkDecl reads what stands inside of an XML declaration: version, then
// encoding and standalone, which may be left out.
func checkDecl(decl string) bool {
	version, decl, ok := pseudoAttr(decl, "version")
	if !ok || version != "1.0" {
		return false
	}
	if encoding, rest, ok := pseudoAttr(decl, "encoding"); ok {
		if !strings.EqualFold(encoding, "utf-8") {
			return false
		}
		decl = rest
	}
	if standalone, rest, ok := pseudoAttr(decl, "standalone"); ok {
		if standalone != "yes" && standalone != "no" {
			return false
		}
		decl = rest
	}
	return blank(decl)
}

// pseudoAttr reads name="value" after white space.
func pseudoAttr(decl, name string) (value, rest string, ok bool) {
	rest = strings.TrimLeft(decl, " \t\r\n")
	if rest == decl {
		return "", decl, false
	}
	rest, ok = strings.CutPrefix(rest, name+"=")
	if !ok || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return "", decl, false
	}
	value, rest, ok = strings.Cut(rest[1:], rest[:1])
	return value, rest, ok
}
