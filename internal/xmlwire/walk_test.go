package xmlwire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// children returns the names of the children of the root, whatever each of them
// was used for.
func children(s *Scanner, use func()) []string {
	var found []string
	if s.Next() != Start {
		return nil
	}
	for depth := s.Depth(); s.Child(depth); {
		found = append(found, s.Local())
		use()
	}
	s.Next()
	return found
}

func TestChildPassesOverWhatWasLeft(t *testing.T) {
	t.Parallel()
	const doc = `<r> text <a/> <b><c><d/>x</c></b><!-- --><e>1<f/>2</e> </r>`
	for _, c := range []struct {
		name string
		lax  bool
		use  func(*Scanner)
	}{
		{"nothing used", false, func(*Scanner) {}},
		{"nothing used, lax", true, func(*Scanner) {}},
		{"text used", false, func(s *Scanner) { s.Text() }},
		{"text used, lax", true, func(s *Scanner) { s.Text() }},
		{"first child used", true, func(s *Scanner) { s.Child(s.Depth()) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var s Scanner
			if c.lax {
				s.InitLax([]byte(doc), nil)
			} else {
				s.Init(doc, nil)
			}
			assert.Equal(t, []string{"a", "b", "e"}, children(&s, func() { c.use(&s) }))
			assert.NoError(t, s.Err())
		})
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, doc, want string }{
		{"empty", `<a/>`, ""},
		{"plain", `<a>one</a>`, "one"},
		{"in parts", `<a>one<!-- -->two<![CDATA[<&]]>&amp;</a>`, "onetwo<&&"},
		{"without children's", `<a>one<b>two</b>three</a>`, "onethree"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var s Scanner
			s.Init(c.doc, nil)
			require.Equal(t, Start, s.Next())
			assert.Equal(t, c.want, s.Text())
			assert.Zero(t, s.Depth())
			assert.NoError(t, s.Err())
		})
	}
}

func TestMarkup(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, doc, want string }{
		{"empty", `<a/>`, ""},
		{"plain", `<a>one &amp; two</a>`, "one & two"},
		{"with elements", `<a>one<b c="d">two &amp;<br/></b>three</a>`, `one<b c="d">two &amp;<br/></b>three`},
		{"an empty element", `<a><br/></a>`, `<br/>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var s Scanner
			s.Init(c.doc, nil)
			require.Equal(t, Start, s.Next())
			assert.Equal(t, c.want, s.Markup())
			assert.Zero(t, s.Depth())
			assert.NoError(t, s.Err())
		})
	}
}

func TestLaxFindsUnbalancedContent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, doc, want string }{
		{"cut off in text", `<r><a><b>text`, "1:14: the document ends inside of <a>"},
		{"cut off behind <", `<r><a><b><`, "1:11: the document ends inside of <a>"},
		{"cut off in a tag", `<r><a><b c="d`, "1:7: the document ends inside of a tag"},
		{"cut off in a comment", `<r><a><!-- `, "1:7: the document ends inside of a comment"},
		{"other end", `<r><a><b></b></c></r>`, "1:14: end tag does not match <a>"},
		{"processing instruction", `<r><a><?x?></a></r>`, "1:7: processing instruction"},
		{"DTD", `<r><a><!DOCTYPE x></a></r>`, "1:7: document type declaration"},
		{"too deep", `<r><a>` + strings.Repeat("<b>", MaxDepth), "1:97: more than 32 levels"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var s Scanner
			s.InitLax([]byte(c.doc), nil)
			assert.Equal(t, []string{"a"}, children(&s, func() {}))
			assert.EqualError(t, s.Err(), c.want)
		})
	}
}

func TestLaxStaysAtItsError(t *testing.T) {
	t.Parallel()
	var s Scanner
	s.InitLax([]byte(`<r><a><b /`), nil)
	assert.Equal(t, []string{"a"}, children(&s, func() { s.Next() }))
	assert.EqualError(t, s.Err(), "1:10: / inside of a tag")
	assert.False(t, s.Child(1))
}

func TestLaxPassesOverTagsWithQuotes(t *testing.T) {
	t.Parallel()
	var s Scanner
	s.InitLax([]byte(`<r><a><b c="/>" d='"</a>'/>&bad;<![CDATA[</a>]]><!-- </a> --></a><e/></r>`), nil)
	assert.Equal(t, []string{"a", "e"}, children(&s, func() {}))
	assert.NoError(t, s.Err())
}
