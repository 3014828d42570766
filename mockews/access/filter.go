package access

import "strings"

// Filter is a recipient filter: a question about a recipient.
type Filter struct {
	text string
	root node
}

// Matches reports whether the recipient is one of those that the filter asks for.
func (f Filter) Matches(r Recipient) bool { return f.root == nil || f.root.matches(&r) }

// String is the filter as it was written.
func (f Filter) String() string { return f.text }

// node is a part of a filter.
type node interface{ matches(r *Recipient) bool }

// Parts of filters.
type (
	both   struct{ a, b node }
	either struct{ a, b node }
	not    struct{ of node }
	// isFlag compares a property of yes and no.
	isFlag struct {
		of   property
		want bool
	}
	// isNull asks whether a property has no value.
	isNull struct{ of property }
	// compared compares a text in order, without regard to case.
	compared struct {
		of   property
		op   operator
		with string
	}
	// like compares a text with a pattern, whose parts stood between its wildcards.
	like struct {
		of    property
		parts []string
	}
)

func (n both) matches(r *Recipient) bool   { return n.a.matches(r) && n.b.matches(r) }
func (n either) matches(r *Recipient) bool { return n.a.matches(r) || n.b.matches(r) }
func (n not) matches(r *Recipient) bool    { return !n.of.matches(r) }
func (n isFlag) matches(r *Recipient) bool { return n.of.flag(r) == n.want }
func (n isNull) matches(r *Recipient) bool { return n.of.text(r) == "" }

func (n compared) matches(r *Recipient) bool {
	value := n.of.text(r)
	if n.op == opEq {
		return strings.EqualFold(value, n.with)
	}
	if value == "" {
		return false // nothing is neither less nor more than something
	}
	order := strings.Compare(strings.ToLower(value), strings.ToLower(n.with))
	switch n.op {
	case opLt:
		return order < 0
	case opLe:
		return order <= 0
	case opGt:
		return order > 0
	case opGe:
		return order >= 0
	case opEq, opNe, opLike, opNotLike: // nodes of other kinds
	}
	return false
}

// matches walks the text: the first part begins it, the last one ends it, the others follow in order.
func (n like) matches(r *Recipient) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(n.of.text(r)), n.parts[0])
	if !ok {
		return false
	}
	last := len(n.parts) - 1
	for _, part := range n.parts[1:last] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, n.parts[last])
}
