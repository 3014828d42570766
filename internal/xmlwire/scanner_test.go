package xmlwire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// events writes what a scanner finds as one line: <space:local attr=value>, the
// text, and > for the end of an element.
func events(s *Scanner) string {
	var b strings.Builder
	for {
		switch s.Next() {
		case Start:
			b.WriteString("<" + s.URI() + ":" + s.Local())
			for _, a := range s.attrs[:s.nattr] {
				b.WriteString(" " + s.part(a.raw) + "=" + unescape(s.part(a.value), a.flags))
			}
			b.WriteString("|")
		case Text:
			b.WriteString(s.chunk())
		case End:
			b.WriteString(">")
		case EOF:
			return b.String()
		}
	}
}

func TestScannerAccepts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, doc, want string }{
		{"element", `<a/>`, "<:a|>"},
		{"declaration", `<?xml version="1.0" encoding="utf-8" standalone='yes' ?><a/>`, "<:a|>"},
		{"byte order mark", "\uFEFF<?xml version='1.0'?>\n<a/>\n", "<:a|>"},
		{"text", `<a>one</a>`, "<:a|one>"},
		{"references", `<a>&lt;&#65;&#x42;&amp;&quot;&apos;&gt;</a>`, `<:a|<AB&"'>>`},
		{"line ends", "<a>1\r\n2\r3\n</a>", "<:a|1\n2\n3\n>"},
		{"line ends as references", "<a>&#13;&#xA;</a>", "<:a|\r\n>"},
		{"line ends in CDATA", "<a><![CDATA[1\r\n&amp;]]></a>", "<:a|1\n&amp;>"},
		{"CDATA beside text", `<a>1<![CDATA[<2>]]>3</a>`, "<:a|1<2>3>"},
		{"comments", `<!-- x --><a>1<!-- < & - > -->2</a><!---->`, "<:a|12>"},
		{"attributes", `<a b="1" c = '"' d="&amp;>"/>`, `<:a b=1 c=" d=&>|>`},
		{"default namespace", `<a xmlns="u"><b/><c xmlns=""/></a>`, "<u:a|<u:b|><:c|>>"},
		{"prefix declared after its use", `<p:a p:x="1" xmlns:p="u"/>`, "<u:a p:x=1|>"},
		{"prefix hidden and found again", `<p:a xmlns:p="u"><p:b xmlns:p="v"/><p:c/></p:a>`, "<u:a|<v:b|><u:c|>>"},
		{"escaped namespace", `<a xmlns="u&amp;v"/>`, "<u&v:a|>"},
		{"xml prefix", `<a xml:lang="de"/>`, "<:a xml:lang=de|>"},
		{"space in an end tag", "<a></a \n>", "<:a|>"},
		{"names", `<_a.b-c1/>`, "<:_a.b-c1|>"},
		{"beyond ASCII", `<a b="é">日本</a>`, "<:a b=é|日本>"},
		{"deepest", strings.Repeat("<a>", MaxDepth) + strings.Repeat("</a>", MaxDepth), strings.Repeat("<:a|", MaxDepth) + strings.Repeat(">", MaxDepth)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var s Scanner
			s.Init(c.doc, nil)
			assert.Equal(t, c.want, events(&s))
			assert.NoError(t, s.Err())
		})
	}
}

func TestScannerRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, doc, want string }{
		{"nothing", ``, "1:1: the document has no element"},
		{"blank", " \n ", "2:2: the document has no element"},
		{"text alone", `hello`, "1:1: text outside of the root element"},
		{"text behind the root", "<a/>\n x", "1:5: text outside of the root element"},
		{"second root", `<a/><b/>`, "1:5: second root element"},
		{"cut off in an element", `<a><b></b>`, "1:11: the document ends inside of <a>"},
		{"cut off in text", `<a>text`, "1:8: the document ends inside of <a>"},
		{"cut off in a tag", `<a b="1"`, "1:1: the document ends inside of a tag"},
		{"cut off in a value", `<a b="1`, "1:6: the document ends inside of a value"},
		{"cut off behind <", `<a><`, "1:4: the document ends inside of a tag"},
		{"cut off in a comment", `<a><!-- -`, "1:4: the document ends inside of a comment"},
		{"cut off behind --", `<a><!-- --`, "1:4: the document ends inside of a comment"},
		{"cut off in CDATA", `<a><![CDATA[ ]]`, "1:4: the document ends inside of a CDATA section"},
		{"other end tag", "<a>\n<b></a>", "2:4: end tag does not match <b>"},
		{"longer end tag", `<a></ab>`, "1:4: end tag does not match <a>"},
		{"end tag alone", `</a>`, "1:1: end tag without a start tag"},
		{"attribute in an end tag", `<a></a b="1">`, "1:4: end tag does not match <a>"},
		{"undeclared element prefix", `<p:a/>`, `1:1: namespace prefix "p" is not declared`},
		{"undeclared attribute prefix", `<a p:b="1"/>`, `1:1: namespace prefix "p" is not declared`},
		{"prefix out of scope", `<a><b xmlns:p="u"/><p:c/></a>`, `1:20: namespace prefix "p" is not declared`},
		{"prefix declared twice", `<a xmlns:p="u" xmlns:p="v"/>`, `1:1: namespace prefix "p" declared twice`},
		{"prefix for nothing", `<a xmlns:p=""/>`, `1:1: namespace prefix "p" stands for nothing`},
		{"reserved prefix", `<a xmlns:xml="u"/>`, `1:1: namespace prefix "xml" is reserved`},
		{"attribute twice", `<a b="1" b="2"/>`, "1:1: attribute b twice"},
		{"attribute without value", `<a b/>`, "1:5: attribute without a value"},
		{"attribute without quotes", `<a b=1/>`, "1:6: quote expected"},
		{"attributes without space", `<a b="1"c="2"/>`, "1:9: space expected"},
		{"slash in a tag", `<a / b="1">`, "1:4: / inside of a tag"},
		{"< in a value", `<a b="<"/>`, "1:1: < inside of an attribute's value"},
		{"number as name", `<1/>`, "1:2: name expected"},
		{"no name", `< a/>`, "1:2: name expected"},
		{"empty prefix", `<:a/>`, "1:2: name expected"},
		{"empty local name", `<a:/>`, "1:4: name expected"},
		{"two colons", `<a:b:c/>`, "1:5: second colon in a name"},
		{"name beyond ASCII", `<é/>`, "1:2: name expected"},
		{"DTD", `<!DOCTYPE html><html/>`, "1:1: document type declaration"},
		{"processing instruction", `<a><?php ?></a>`, "1:4: processing instruction"},
		{"late declaration", ` <?xml version="1.0"?><a/>`, "1:2: processing instruction"},
		{"other version", `<?xml version="1.1"?><a/>`, "1:1: XML declaration that is not of XML 1.0 in UTF-8"},
		{"other encoding", `<?xml version="1.0" encoding="utf-16"?><a/>`, "1:1: XML declaration that is not of XML 1.0 in UTF-8"},
		{"standalone maybe", `<?xml version="1.0" standalone="maybe"?><a/>`, "1:1: XML declaration that is not of XML 1.0 in UTF-8"},
		{"declaration without end", `<?xml version="1.0"`, "1:1: XML declaration that is not of XML 1.0 in UTF-8"},
		{"CDATA outside", `<![CDATA[x]]><a/>`, "1:1: text outside of the root element"},
		{"-- in a comment", `<a><!-- -- --></a>`, "1:4: -- inside of a comment"},
		{"]]> in text", `<a>]]></a>`, "1:4: ]]> outside of a CDATA section"},
		{"unknown entity", `<a>&nbsp;</a>`, "1:4: & without a known reference"},
		{"bare &", `<a>a & b</a>`, "1:4: & without a known reference"},
		{"reference to no character", `<a>&#0;</a>`, "1:4: & without a known reference"},
		{"reference to a surrogate", `<a>&#xD800;</a>`, "1:4: & without a known reference"},
		{"bad reference in a value", `<a b="&x;"/>`, "1:1: & without a known reference"},
		{"control character", "<a>\x01</a>", "1:4: character that XML does not permit"},
		{"control character in a value", "<a b='\x00'/>", "1:1: character that XML does not permit"},
		{"not UTF-8", "<a>\xff</a>", "1:4: character that XML does not permit"},
		{"U+FFFE", "<a>\uFFFE</a>", "1:4: character that XML does not permit"},
		{"too deep", strings.Repeat("<a>", MaxDepth+1), "1:97: more than 32 levels"},
		{"too many attributes", manyAttrs(maxAttrs+1, "b"), "1:1: more than 24 attributes"},
		{"too many declarations", manyAttrs(maxDeclarations+1, "xmlns:b"), "1:1: more than 32 namespace declarations"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var s Scanner
			s.Init(c.doc, nil)
			events(&s)
			require.EqualError(t, s.Err(), c.want)
			assert.Equal(t, EOF, s.Next(), "an error is the end")
		})
	}
}

// manyAttrs returns an element with n attributes whose names begin with name.
func manyAttrs(n int, name string) string {
	var b strings.Builder
	b.WriteString("<a")
	for i := range n {
		b.WriteString(" " + name + string(rune('a'+i%26)) + string(rune('a'+i/26)) + `="u"`)
	}
	return b.String() + "/>"
}

func TestSpaces(t *testing.T) {
	t.Parallel()
	var s Scanner
	s.Init(`<a xmlns="second" xmlns:p="first" xmlns:q="third"><p:b/><q:c/><d xmlns=""/></a>`, []string{"first", "second"})
	var got []Space
	for kind := s.Next(); kind != EOF; kind = s.Next() {
		if kind == Start {
			got = append(got, s.Space())
		}
	}
	assert.Equal(t, []Space{2, 1, OtherSpace, NoSpace}, got)
}

func TestAttr(t *testing.T) {
	t.Parallel()
	var s Scanner
	s.Init(`<a xmlns:p="u" p:Id="other" Id="one &amp; two" Empty=""/>`, nil)
	require.Equal(t, Start, s.Next())
	value, ok := s.Attr("Id")
	assert.True(t, ok)
	assert.Equal(t, "one & two", value)
	value, ok = s.Attr("Empty")
	assert.True(t, ok)
	assert.Empty(t, value)
	_, ok = s.Attr("ChangeKey")
	assert.False(t, ok)
}

func TestParent(t *testing.T) {
	t.Parallel()
	var s Scanner
	s.Init(`<p:a xmlns:p="u"><b/></p:a>`, nil)
	require.Equal(t, Start, s.Next())
	local, uri := s.Parent()
	assert.Equal(t, "", local+uri)
	require.Equal(t, Start, s.Next())
	local, uri = s.Parent()
	assert.Equal(t, "a", local)
	assert.Equal(t, "u", uri)
}

// A scanner that is used again holds on to nothing that it has read.
func TestForget(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<a>", MaxDepth) + strings.Repeat("</a>", MaxDepth)
	for _, doc := range []string{benchDoc, deep, "", "<a", `<a xmlns:b="c" b="1" c="2"><b:b xmlns:d="e"`, "<?xml?>", deep[:40] + "<b>"} {
		var s Scanner
		s.Init(doc, []string{"types"})
		for s.Next() != EOF {
		}
		s.Forget()
		assert.Zero(t, s.progress, doc)
		assert.Zero(t, s.binds, doc)
		assert.Empty(t, s.Local()+s.URI(), doc)
		s.Init(benchDoc, []string{"types"})
		var fresh Scanner
		fresh.Init(benchDoc, []string{"types"})
		assert.Equal(t, events(&fresh), events(&s), doc)
	}
}
