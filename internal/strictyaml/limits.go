package strictyaml

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

const (
	// MaxBytes is the size of the largest file that is read: a scenario has a few
	// KiB, a topology tens.
	MaxBytes = 1 << 20
	// maxDepth keeps a hostile file from exhausting the stack of a recursive
	// parser, which no recover would catch.
	maxDepth = 64
)

func checkBytes(data []byte) *treeError {
	if len(data) > MaxBytes {
		return &treeError{Pos{1, 1}, fmt.Sprintf("the file has %d bytes, more than %d", len(data), MaxBytes)}
	}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		return &treeError{Pos{1, 1}, "the file begins with a byte order mark: save it as plain UTF-8"}
	}
	for line, text := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
			return &treeError{Pos{line + 1, 1}, "the line is not UTF-8 text"}
		}
	}
	return nil
}

// checkTokens bounds the nesting: flow brackets that are open at once, and
// the compact entries ("- - -") and keys of one line.
func checkTokens(tokens token.Tokens) *treeError {
	open, inLine, line := 0, 0, 0
	for _, tk := range tokens {
		if tk.Position.Line != line {
			inLine, line = 0, tk.Position.Line
		}
		switch tk.Type {
		case token.MappingStartType, token.SequenceStartType:
			open++
		case token.MappingEndType, token.SequenceEndType:
			open--
		case token.SequenceEntryType, token.MappingKeyType:
			inLine++
		}
		if open+inLine > maxDepth || tk.Position.IndentNum > 8*maxDepth {
			return &treeError{posOf(tk), fmt.Sprintf("nested deeper than %d", maxDepth)}
		}
	}
	return nil
}
