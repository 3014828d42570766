package report

import (
	"fmt"
	"io"
	"strings"
)

// CatalogueEntry is a clause as the catalogue shows it.
type CatalogueEntry struct {
	Clause     string   `json:"clause"`
	Scope      string   `json:"scope"`
	Level      string   `json:"level"`
	Rule       string   `json:"rule"`
	Source     string   `json:"source"`
	Admissible string   `json:"admissible,omitempty"`
	Products   []string `json:"products,omitempty"` // empty: all
	Defect     string   `json:"defect"`             // under which it fails
}

// CatalogueText lists clauses for a terminal.
func CatalogueText(w io.Writer, all []CatalogueEntry) error {
	var b strings.Builder
	for _, e := range all {
		fmt.Fprintf(&b, "%-8s %-7s %s\n", e.Level, e.Scope, e.Clause)
		b.WriteString("  " + wrap(e.Rule, textWidth-2, "  ") + "\n")
	}
	fmt.Fprintf(&b, "\n%d clauses\n", len(all))
	_, err := io.WriteString(w, b.String())
	return err
}

// CatalogueJSON lists clauses for programs.
func CatalogueJSON(w io.Writer, all []CatalogueEntry) error { return writeJSON(w, "catalogue", all) }

// CatalogueMarkdown is the catalogue of a scope as docs/conformance.md has it: a table for each area.
func CatalogueMarkdown(w io.Writer, all []CatalogueEntry) error {
	var b strings.Builder
	area := ""
	for _, e := range all {
		if a, _, _ := strings.Cut(e.Clause, "."); a != area {
			area = a
			fmt.Fprintf(&b, "\n### %s\n\n| clause | level | rule | passes with | source | fails if |\n|---|---|---|---|---|---|\n", area)
		}
		level := e.Level
		if len(e.Products) > 0 {
			level += " (" + strings.Join(e.Products, ", ") + ")"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", e.Clause, level, cell(e.Rule), cell(e.Admissible), cell(e.Source), cell(e.Defect))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cell makes text safe for a cell of a table.
func cell(s string) string { return strings.ReplaceAll(oneLine(s), "|", `\|`) }
