package access

import (
	"fmt"
	"strings"
)

// tokenKind tells tokens of a filter apart.
type tokenKind byte

const (
	tokenEnd   tokenKind = iota
	tokenOpen            // (
	tokenClose           // )
	tokenText            // in single quotes, which the text is without
	tokenWord            // a property, an operator or a constant
	tokenBad             // none of these: the text says why
)

// token is a word of a filter, and where it begins.
type token struct {
	kind tokenKind
	text string
	at   int
}

// is reports whether the token is that word, in any spelling of upper and lower case.
func (t token) is(word string) bool { return t.kind == tokenWord && strings.EqualFold(t.text, word) }

func (t token) isConstant() bool { return t.is("$true") || t.is("$false") || t.is("$null") }

// String describes the token in a message.
func (t token) String() string {
	switch t.kind {
	case tokenEnd:
		return "the end"
	case tokenOpen, tokenClose, tokenWord, tokenBad:
		return t.text
	case tokenText:
	}
	return fmt.Sprintf("the text %q", t.text)
}

// lexer cuts a filter into tokens.
type lexer struct {
	text string
	at   int
}

func (l *lexer) next() token {
	for l.at < len(l.text) && strings.IndexByte(" \t\r\n", l.text[l.at]) >= 0 {
		l.at++
	}
	begin := l.at
	if begin == len(l.text) {
		return token{kind: tokenEnd, at: begin}
	}
	switch l.text[begin] {
	case '(':
		l.at++
		return token{tokenOpen, "(", begin}
	case ')':
		l.at++
		return token{tokenClose, ")", begin}
	case '\'':
		return l.quoted()
	}
	for l.at < len(l.text) && isWordByte(l.text[l.at]) {
		l.at++
	}
	if l.at == begin {
		return token{tokenBad, fmt.Sprintf("%q has no meaning here: texts are in single quotes", l.text[begin:begin+1]), begin}
	}
	return token{tokenWord, l.text[begin:l.at], begin}
}

func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '$' || b == '_'
}

// quoted reads a text in single quotes. Two of them inside stand for one.
func (l *lexer) quoted() token {
	begin := l.at
	var text strings.Builder
	for l.at++; ; {
		stop := strings.IndexByte(l.text[l.at:], '\'')
		if stop < 0 {
			return token{tokenBad, "the text has no closing quote", begin}
		}
		text.WriteString(l.text[l.at : l.at+stop])
		l.at += stop + 1
		if l.at == len(l.text) || l.text[l.at] != '\'' {
			return token{tokenText, text.String(), begin}
		}
		text.WriteByte('\'')
		l.at++
	}
}
