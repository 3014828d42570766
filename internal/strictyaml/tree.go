package strictyaml

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// kind is what a node is, before anyone asks for a type.
type kind uint8

const (
	kindText   kind = iota // a string, quoted or plain
	kindPlain              // an unquoted number or boolean
	kindMap                // a mapping
	kindList               // a sequence
	kindAbsent             // a key or a list entry without a value, or null
)

// node is one value of the file: the library's tree, reduced to what the
// format allows.
type node struct {
	kind    kind
	pos     Pos
	text    string
	entries []entry
	items   []*node
}

type entry struct {
	key   string
	pos   Pos
	value *node
}

// treeError is a mistake that keeps a file from having a tree at all.
type treeError struct {
	pos Pos
	msg string
}

// buildTree parses data. It never panics: what the library cannot digest is
// an error of the file.
func buildTree(data []byte) (root *node, err *treeError) {
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, &treeError{Pos{1, 1}, fmt.Sprintf("not YAML: %v", p)}
		}
	}()
	if err := checkBytes(data); err != nil {
		return nil, err
	}
	tokens := lexer.Tokenize(string(data))
	if err := checkTokens(tokens); err != nil {
		return nil, err
	}
	file, perr := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if perr != nil {
		return nil, syntaxError(perr)
	}
	return documentOf(file)
}

func documentOf(file *ast.File) (*node, *treeError) {
	var root *node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		n, err := convert(doc.Body)
		if err != nil {
			return nil, err
		}
		if root != nil {
			return nil, &treeError{n.pos, "a second document: a file holds one"}
		}
		root = n
	}
	if root == nil || root.kind == kindAbsent {
		return nil, &treeError{Pos{1, 1}, "the file is empty"}
	}
	return root, nil
}

func syntaxError(err error) *treeError {
	if placed, ok := errors.AsType[yaml.Error](err); ok {
		return &treeError{posOf(placed.GetToken()), "not YAML: " + placed.GetMessage()}
	}
	return &treeError{Pos{1, 1}, "not YAML: " + err.Error()}
}

// convert reduces a node of the library to ours.
func convert(n ast.Node) (*node, *treeError) {
	pos := posOf(n.GetToken())
	switch n := n.(type) {
	case *ast.StringNode:
		return &node{kind: kindOf(n), pos: pos, text: n.Value}, nil
	case *ast.LiteralNode:
		return &node{kind: kindText, pos: pos, text: n.Value.Value}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return &node{kind: kindPlain, pos: pos, text: n.GetToken().Value}, nil
	case *ast.NullNode:
		return &node{kind: kindAbsent, pos: pos}, nil
	case *ast.SequenceNode:
		return convertList(n, pos)
	case *ast.MappingNode:
		return convertMap(n.Values, pos, n.IsFlowStyle)
	case *ast.MappingValueNode:
		return convertMap([]*ast.MappingValueNode{n}, pos, false)
	}
	return nil, &treeError{pos, fmt.Sprintf("%s are not allowed", notAllowed(n))}
}

// kindOf tells text from the numbers that the library takes for text, such as
// 1e3 and those beyond 64 bits.
func kindOf(n *ast.StringNode) kind {
	_, err := strconv.ParseFloat(n.Value, 64)
	number := err == nil && strings.ContainsAny(n.Value[:1], "0123456789.+-")
	if number && n.Token.Type == token.StringType {
		return kindPlain
	}
	return kindText
}

func convertList(list *ast.SequenceNode, pos Pos) (*node, *treeError) {
	out := &node{kind: kindList, pos: pos}
	for i, value := range list.Values {
		item, err := convert(value)
		if err != nil {
			return nil, err
		}
		if item.kind == kindAbsent && i < len(list.Entries) {
			item.pos = posOf(list.Entries[i].Start)
		}
		out.items = append(out.items, item)
	}
	return out, nil
}

// convertMap puts a block mapping at its first key: the library places it at
// the first colon.
func convertMap(values []*ast.MappingValueNode, pos Pos, flow bool) (*node, *treeError) {
	out := &node{kind: kindMap, pos: pos}
	seen := map[string]Pos{}
	for i, value := range values {
		e, err := convertEntry(value)
		if err != nil {
			return nil, err
		}
		if first, twice := seen[e.key]; twice {
			return nil, &treeError{e.pos, fmt.Sprintf("key %q is here twice, first in line %d", e.key, first.Line)}
		}
		seen[e.key] = e.pos
		if i == 0 && !flow {
			out.pos = e.pos
		}
		out.entries = append(out.entries, e)
	}
	return out, nil
}

func convertEntry(value *ast.MappingValueNode) (entry, *treeError) {
	key, err := convertKey(value.Key)
	if err != nil {
		return entry{}, err
	}
	v, err := convert(value.Value)
	if err != nil {
		return entry{}, err
	}
	if v.kind == kindAbsent {
		v.pos = key.pos
	}
	return entry{key: key.text, pos: key.pos, value: v}, nil
}

func convertKey(n ast.MapKeyNode) (*node, *treeError) {
	pos := posOf(n.GetToken())
	switch n.(type) {
	case *ast.MergeKeyNode, *ast.MappingKeyNode, *ast.TagNode, *ast.AnchorNode, *ast.AliasNode:
		return nil, &treeError{pos, fmt.Sprintf("%s are not allowed", notAllowed(n))}
	}
	key, err := convert(n)
	if err != nil {
		return nil, err
	}
	if key.kind != kindText && key.kind != kindPlain {
		return nil, &treeError{pos, "a key must be text"}
	}
	return key, nil
}

// notAllowed names, in the plural, what the format leaves out of YAML.
func notAllowed(n ast.Node) string {
	switch n.(type) {
	case *ast.AnchorNode:
		return "anchors (&name)"
	case *ast.AliasNode:
		return "aliases (*name)"
	case *ast.MergeKeyNode:
		return "merge keys (<<)"
	case *ast.TagNode:
		return "tags (!name)"
	case *ast.DirectiveNode:
		return "directives (%name)"
	case *ast.MappingKeyNode:
		return "complex keys (? key)"
	}
	return "nodes of type " + n.Type().String()
}

func posOf(tk *token.Token) Pos {
	if tk == nil || tk.Position == nil {
		return Pos{1, 1}
	}
	return Pos{tk.Position.Line, tk.Position.Column}
}
