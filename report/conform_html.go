package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

//go:embed conform.html.tmpl
var conformTemplate string

// conformPage is what the template shows.
type conformPage struct {
	Style                            template.CSS
	Scope, Verdict, Sentence, Target string
	Started                          string
	Problems                         []string
	Tallies                          table
	Open                             []openFinding
	Areas                            []conformArea
}

// openFinding is one that is neither passed nor skipped.
type openFinding struct {
	Clause, Level, Status string
	Facts                 []fact
	Exchanges             []results.Exchange
}

// conformArea is a list of clauses whose ids begin alike.
type conformArea struct {
	Caption string
	Open    bool
	Table   table
}

// ConformHTML writes what a suite of clauses has found out as one page that needs nothing beside it. The error is w's.
func ConformHTML(w io.Writer, c *results.Conformity) error {
	t, err := template.New("page").Funcs(template.FuncMap{"pill": pill}).Parse(pageTemplate)
	if err == nil {
		t, err = t.New("conform").Parse(conformTemplate)
	}
	if err != nil {
		return fmt.Errorf("parse the page: %w", err)
	}
	p := conformPage{
		Style: style(), Scope: c.Scope, Verdict: c.Verdict(), Sentence: capital(conformSentence(c)),
		Target: conformTarget(c), Started: c.Started, Problems: c.Problems, Tallies: tallies(c), Areas: conformAreas(c),
	}
	for _, f := range c.Findings {
		if f.Status != results.Pass && f.Status != results.Skip {
			p.Open = append(p.Open, openFinding{f.Clause, f.Level, string(f.Status), conformFacts(f), f.Exchanges})
		}
	}
	return t.ExecuteTemplate(w, "conform", p)
}

func conformFacts(f results.Finding) (facts []fact) {
	for _, line := range conformLines(f) {
		name, words, _ := strings.Cut(line, ": ")
		facts = append(facts, fact{name, words})
	}
	return facts
}

// conformAreas are the clauses, area by area. One in which something is wrong is open.
func conformAreas(c *results.Conformity) (areas []conformArea) {
	at := map[string]int{}
	for _, f := range c.Findings {
		area, _, _ := strings.Cut(f.Clause, ".")
		i, ok := at[area]
		if !ok {
			i = len(areas)
			at[area] = i
			areas = append(areas, conformArea{Table: table{Caption: area, Head: []string{"clause", "level", "status", "rule"}, Words: true}})
		}
		areas[i].Table.Rows = append(areas[i].Table.Rows, []string{f.Clause, f.Level, string(f.Status), oneLine(f.Rule)})
		areas[i].Open = areas[i].Open || f.Status == results.Fail
	}
	for i := range areas {
		rows := areas[i].Table.Rows
		passed := len(slices.DeleteFunc(slices.Clone(rows), func(row []string) bool { return row[2] != string(results.Pass) }))
		areas[i].Caption = fmt.Sprintf("%s: %d of %d passed", areas[i].Table.Caption, passed, len(rows))
	}
	return areas
}
