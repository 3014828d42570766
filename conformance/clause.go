package conformance

import (
	"context"
	"slices"
	"strings"
)

// Level says how binding a clause is.
type Level string

// The levels. Observed is what servers do though no document says so; its source names the evidence.
const (
	Must     Level = "MUST"
	Should   Level = "SHOULD"
	May      Level = "MAY"
	Observed Level = "OBSERVED"
)

// Levels are all levels, the most binding first.
func Levels() []Level { return []Level{Must, Should, May, Observed} }

// Scope says whom a clause is about.
type Scope string

// The scopes.
const (
	OfServer Scope = "server"
	OfClient Scope = "client"
)

// Clause is one rule for servers.
type Clause struct {
	// ID is area.slug, and never changes.
	ID    string
	Level Level
	// Rule is a sentence of our own.
	Rule string
	// Source is the document and the section that it follows, or OBS-nnn and the evidence.
	Source string
	// Admissible is the set of answers that pass, in words.
	Admissible string
	// Products are the servers that the rule is about. Empty: all.
	Products []Product
	// Needs are what must be there for the question to be asked.
	Needs []Need
	// Check asks. It returns nil, a *Mismatch, an error that Skip made, or whatever kept it from asking.
	Check func(context.Context, *Probe) error
	// Saboteur is a defect under which Check fails.
	Saboteur Saboteur
}

// Area is the part of the id before the first dot.
func (c *Clause) Area() string {
	area, _, _ := strings.Cut(c.ID, ".")
	return area
}

// concerns reports whether the rule is about a product.
func (c *Clause) concerns(p Product) bool {
	return len(c.Products) == 0 || slices.Contains(c.Products, p)
}

// sound says what the clause lacks, "" for nothing.
func (c *Clause) sound() string {
	area, slug, ok := strings.Cut(c.ID, ".")
	switch {
	case !ok || area == "" || slug == "" || c.ID != strings.ToLower(c.ID):
		return "its id is not of the form area.slug"
	case !slices.Contains(Levels(), c.Level):
		return "it has no level"
	case c.Rule == "" || c.Source == "" || c.Admissible == "":
		return "it lacks its rule, its source or its admissible answers"
	case c.Check == nil:
		return "it has no check"
	case !c.Saboteur.works():
		return "no defect is known under which it fails"
	}
	return ""
}
