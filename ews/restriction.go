package ews

import (
	"strings"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// Restriction is a search expression (MS docs: Restriction).
type Restriction struct {
	Expression Expression `x:"*"`
}

// Comparison is the name of an expression's element.
type Comparison string

// The expressions. The first three have parts; of the others, all but the last
// three compare a property with a constant or with another property.
const (
	And          Comparison = "And"
	Or           Comparison = "Or"
	Not          Comparison = "Not"
	IsEqualTo    Comparison = "IsEqualTo"
	IsNotEqualTo Comparison = "IsNotEqualTo"
	IsLess       Comparison = "IsLessThan"
	IsLessEqual  Comparison = "IsLessThanOrEqualTo"
	IsMore       Comparison = "IsGreaterThan"
	IsMoreEqual  Comparison = "IsGreaterThanOrEqualTo"
	Contains     Comparison = "Contains"
	Exists       Comparison = "Exists"
	Excludes     Comparison = "Excludes"
)

// Expression is one node of a search expression.
type Expression struct {
	Is    Comparison
	Parts []Expression // of And, Or and Not
	Path  Path         // of all others
	Other *Path        // the property to compare with; nil: Value
	Value string       // the constant to compare with, the bits of Excludes in decimal or hexadecimal
	// Mode is how Contains looks for the constant: FullString, Prefixed, Substring, PrefixOnWords, ExactPhrase. Compare is what
	// it does not tell apart: Exact, IgnoreCase, IgnoreNonSpacingCharacters, Loose and combinations.
	Mode, Compare string
}

// maxParts bounds the nodes of one expression.
const maxParts = 255

// operands are the children of a comparison.
type operands struct {
	Mode     string    `x:"@ContainmentMode"`
	Compare  string    `x:"@ContainmentComparison"`
	Path     Path      `x:"*"`
	Constant *constant `x:"t:Constant"`
	Operand  *operand  `x:"t:FieldURIOrConstant"`
	Bitmask  *constant `x:"t:Bitmask"`
}

type operand struct {
	Path     Path      `x:"*"`
	Constant *constant `x:"t:Constant"`
}

type constant struct {
	Value string `x:"@Value,need"`
}

// AppendElement appends the expression.
func (e Expression) AppendElement(dst []byte) []byte {
	name := "t:" + string(e.Is)
	if e.parted() {
		dst = appendOpen(dst, name)
		for i := range e.Parts {
			dst = e.Parts[i].AppendElement(dst)
		}
		return appendClose(dst, name)
	}
	o := operands{Mode: e.Mode, Compare: e.Compare, Path: e.Path}
	switch {
	case e.Is == Exists:
	case e.Is == Contains:
		o.Constant = &constant{e.Value}
	case e.Is == Excludes:
		o.Bitmask = &constant{e.Value}
	case e.Other != nil:
		o.Operand = &operand{Path: *e.Other}
	default:
		o.Operand = &operand{Constant: &constant{e.Value}}
	}
	return schema.Append(dst, name, o)
}

func (e *Expression) parted() bool { return e.Is == And || e.Is == Or || e.Is == Not }

// ReadElement reads the current element; false if it is no expression.
func (e *Expression) ReadElement(r *xmlbind.Reader) bool {
	*e = Expression{Is: Comparison(strings.Clone(r.Name()))}
	switch e.Is {
	case And, Or, Not:
		return e.readParts(r)
	case IsEqualTo, IsNotEqualTo, IsLess, IsLessEqual, IsMore, IsMoreEqual, Contains, Exists, Excludes:
	default:
		return false
	}
	var o operands
	schema.Read(r, &o)
	e.Path, e.Mode, e.Compare = o.Path, o.Mode, o.Compare
	switch {
	case o.Constant != nil:
		e.Value = o.Constant.Value
	case o.Bitmask != nil:
		e.Value = o.Bitmask.Value
	case o.Operand != nil && o.Operand.Constant != nil:
		e.Value = o.Operand.Constant.Value
	case o.Operand != nil:
		e.Other = &o.Operand.Path
	}
	if o.Path == (Path{}) {
		r.Incomplete("Path")
	}
	return true
}

func (e *Expression) readParts(r *xmlbind.Reader) bool {
	for depth := r.Depth(); r.Child(depth); {
		var part Expression
		if !part.ReadElement(r) {
			r.Unexpected()
		}
		if e.Parts = append(e.Parts, part); len(e.Parts) > maxParts {
			r.Violate("The restriction has more than %d parts.", maxParts)
		}
	}
	if len(e.Parts) == 0 || e.Is == Not && len(e.Parts) > 1 {
		r.Incomplete("SearchExpression")
	}
	return true
}

// SortOrder is a direction.
type SortOrder string

// The directions.
const (
	Ascending  SortOrder = "Ascending"
	Descending SortOrder = "Descending"
)

// Valid reports whether the schema knows the direction.
func (o SortOrder) Valid() bool { return o == Ascending || o == Descending }

// FieldOrder is by what a search is sorted, in which direction.
type FieldOrder struct {
	Order SortOrder `x:"@Order,need"`
	Path  Path      `x:"*"`
}
