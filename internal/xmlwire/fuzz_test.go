package xmlwire

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// token is an event in the words of encoding/xml, with adjacent text joined.
type token struct {
	kind  Kind
	name  xml.Name
	attrs []xml.Attr
	text  string
}

// add appends t, joined to the text before it.
func add(tokens []token, t token) []token {
	if n := len(tokens); t.kind == Text && n > 0 && tokens[n-1].kind == Text {
		tokens[n-1].text += t.text
		return tokens
	}
	return append(tokens, t)
}

// scan reads doc with a Scanner.
func scan(doc string) ([]token, error) {
	var s Scanner
	s.Init(doc, nil)
	var tokens []token
	for {
		t := token{kind: s.Next()}
		switch t.kind {
		case EOF:
			return tokens, s.Err()
		case Text:
			t.text = s.chunk()
		case Start:
			t.attrs = attrsOf(&s)
			t.name = xml.Name{Space: s.URI(), Local: s.Local()}
		case End:
			t.name = xml.Name{Space: s.URI(), Local: s.Local()}
		}
		tokens = add(tokens, t)
	}
}

func attrsOf(s *Scanner) (attrs []xml.Attr) {
	for _, a := range s.attrs[:s.nattr] {
		name := xml.Name{Local: s.part(a.raw)[a.local:]}
		if a.local > 0 {
			name.Space = s.binds[s.lookup(s.prefix(a.raw, a.local))].uri
		}
		attrs = append(attrs, xml.Attr{Name: name, Value: unescape(s.part(a.value), a.flags)})
	}
	return attrs
}

// decode reads doc with encoding/xml. It leaves out what a Scanner does not
// report: comments, declarations, text outside of the root element.
func decode(doc string) ([]token, error) {
	d := xml.NewDecoder(strings.NewReader(doc))
	var tokens []token
	depth := 0
	for {
		next, err := d.Token()
		if errors.Is(err, io.EOF) {
			return tokens, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := next.(type) {
		case xml.StartElement:
			depth++
			tokens = add(tokens, token{kind: Start, name: e.Name, attrs: withoutDeclarations(e.Attr)})
		case xml.EndElement:
			depth--
			tokens = add(tokens, token{kind: End, name: e.Name})
		case xml.CharData:
			if depth > 0 {
				tokens = add(tokens, token{kind: Text, text: string(bytes.Clone(e))})
			}
		}
	}
}

func withoutDeclarations(attrs []xml.Attr) (kept []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Space != "xmlns" && (a.Name.Space != "" || a.Name.Local != "xmlns") {
			kept = append(kept, a)
		}
	}
	return kept
}

// What a Scanner accepts, encoding/xml accepts with the same names and text.
func FuzzScanner(f *testing.F) {
	for _, doc := range []string{
		`<a/>`,
		`<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="u"><s:Body x="1">t</s:Body></s:Envelope>`,
		"\uFEFF<?xml version='1.0' standalone='no'?>\n<a>\r\n<![CDATA[x\r]]>&#x41;<!-- - --></a>",
		`<a xmlns="u" xmlns:p="v&amp;w"><b p:c='&lt;' d=""/><p:e xml:lang="de"/></a>`,
		`<a>é]]&gt;</a>`,
	} {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		got, err := scan(doc)
		if err != nil {
			return
		}
		want, err := decode(doc)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

// Passing over content never ends elsewhere than reading it.
func FuzzLax(f *testing.F) {
	f.Add(`<r><a b="/>">t<b/></a><c/></r>`)
	f.Add(`<r><a><![CDATA[</a>]]></a><!-- --><c></c ></r>`)
	f.Fuzz(func(t *testing.T, doc string) {
		var strict, lax Scanner
		strict.Init(doc, nil)
		lax.InitLax([]byte(doc), nil)
		want := children(&strict, func() {})
		got := children(&lax, func() {})
		if strict.Err() == nil {
			require.NoError(t, lax.Err())
			require.Equal(t, want, got)
		}
	})
}
