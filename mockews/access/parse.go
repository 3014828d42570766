package access

import (
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// Bounds of a filter.
const (
	maxFilter = 32 << 10 // characters, which is as long as a directory keeps one
	maxNested = 64
)

// operator compares a property with a value.
type operator string

const (
	opEq      operator = "-eq"
	opNe      operator = "-ne"
	opLike    operator = "-like"
	opNotLike operator = "-notlike"
	opLt      operator = "-lt"
	opLe      operator = "-le"
	opGt      operator = "-gt"
	opGe      operator = "-ge"
)

func operators() []string {
	return []string{"-eq", "-ne", "-like", "-notlike", "-lt", "-le", "-gt", "-ge"}
}

// ParseFilter reads a recipient filter in OPATH, the part of it that recipient filters use: comparisons of a property with a
// value, -and, -or, -not and parentheses (MS docs: Recipient filters in Exchange Management Shell commands). Values are texts in
// single quotes, of which one inside is written twice, or $true, $false and $null. Texts are compared without regard to case;
// * in a pattern stands for any text. -and and -or on one level need parentheses: no public document says which binds
// tighter. The error says at which character the filter stops making sense.
func ParseFilter(text string) (Filter, error) {
	if len(text) > maxFilter {
		return Filter{}, fmt.Errorf("filter has %d characters, more than %d", len(text), maxFilter)
	}
	p := &parser{lexer: lexer{text: text}}
	p.advance()
	root := p.chain(0)
	if p.err == nil && p.token.kind != tokenEnd {
		p.fail("expected -and, -or or the end, not %s", p.token)
	}
	if p.err != nil {
		return Filter{}, p.err
	}
	return Filter{text: text, root: root}, nil
}

// parser reads tokens into nodes. After the first error it reads no further.
type parser struct {
	lexer
	token token
	err   error
}

func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("filter, character %d: %s", p.token.at+1, fmt.Sprintf(format, args...))
	}
	p.token = token{kind: tokenEnd, at: len(p.text)}
}

// advance goes to the next token, unless there was an error.
func (p *parser) advance() {
	if p.err != nil {
		return
	}
	p.token = p.next()
	if p.token.kind == tokenBad {
		p.fail("%s", p.token.text)
	}
}

// chain reads parts that are joined by -and, or by -or.
func (p *parser) chain(depth int) node {
	n, joined := p.part(depth), ""
	for p.token.is("-and") || p.token.is("-or") {
		op := strings.ToLower(p.token.text)
		if joined != "" && op != joined {
			p.fail("-and beside -or: put parentheses around what belongs together")
			return nil
		}
		joined = op
		p.advance()
		next := p.part(depth)
		if op == "-and" {
			n = both{n, next}
		} else {
			n = either{n, next}
		}
	}
	return n
}

// part reads a comparison, or something in parentheses, or the contrary of either.
func (p *parser) part(depth int) node {
	switch {
	case depth > maxNested:
		p.fail("nested deeper than %d", maxNested)
	case p.token.is("-not"):
		p.advance()
		return not{p.part(depth + 1)}
	case p.token.kind == tokenOpen:
		p.advance()
		n := p.chain(depth + 1)
		if p.err == nil && p.token.kind != tokenClose {
			p.fail("expected ), not %s", p.token)
		}
		p.advance()
		return n
	case p.token.kind == tokenWord && !strings.HasPrefix(p.token.text, "-"):
		return p.comparison()
	default:
		p.fail("expected a property, -not or (, not %s", p.token)
	}
	return nil
}

// comparison reads a property, an operator and a value.
func (p *parser) comparison() node {
	of, ok := findProperty(p.token.text)
	if !ok {
		p.fail("unknown property %q%s", p.token.text, strictyaml.DidYouMean(p.token.text, PropertyNames()))
		return nil
	}
	p.advance()
	op := operator(strings.ToLower(p.token.text))
	if !isOperator(op) || p.token.kind != tokenWord {
		hint := ""
		if p.token.kind == tokenWord {
			hint = strictyaml.DidYouMean(p.token.text, operators())
		}
		p.fail("expected an operator such as -eq, not %s%s", p.token, hint)
		return nil
	}
	p.advance()
	value := p.token
	n, problem := compare(of, op, value)
	if problem != "" {
		p.fail("%s", problem)
		return nil
	}
	p.advance()
	return n
}

func isOperator(op operator) bool {
	switch op {
	case opEq, opNe, opLike, opNotLike, opLt, opLe, opGt, opGe:
		return true
	}
	return false
}

// compare is the node for a comparison, or what is wrong with it.
func compare(of property, op operator, value token) (n node, problem string) {
	equality := op == opEq || op == opNe
	switch {
	case value.kind == tokenText && of.text != nil:
		return compareText(of, op, value.text)
	case value.kind != tokenText && !value.isConstant():
		return nil, fmt.Sprintf("expected a text in single quotes, $true, $false or $null, not %s", value)
	case !equality:
		return nil, fmt.Sprintf("%s cannot be compared with %s by %s: write -eq or -ne", of.name, value, op)
	case of.text != nil && value.is("$null"):
		n = isNull{of}
	case of.flag != nil && (value.is("$true") || value.is("$false")):
		n = isFlag{of, value.is("$true")}
	case of.flag != nil:
		return nil, fmt.Sprintf("%s is $true or $false, not %s", of.name, value)
	default:
		return nil, fmt.Sprintf("%s is a text, not %s", of.name, value)
	}
	if op == opNe {
		n = not{n}
	}
	return n, ""
}

// compareText is the node for a comparison with a text.
func compareText(of property, op operator, with string) (n node, problem string) {
	switch op {
	case opNe:
		return not{compared{of, opEq, with}}, ""
	case opLike, opNotLike:
		if !strings.Contains(with, "*") {
			return nil, fmt.Sprintf("%s needs a wildcard in %q: write -eq for the text itself", op, with)
		}
		n = like{of, strings.Split(strings.ToLower(with), "*")}
		if op == opNotLike {
			n = not{n}
		}
		return n, ""
	case opEq, opLt, opLe, opGt, opGe:
	}
	return compared{of, op, with}, ""
}
