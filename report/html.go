package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

var (
	//go:embed page.html.tmpl
	pageTemplate string
	//go:embed page.css
	pageCSS string
)

// page is what the template shows.
type page struct {
	Style       template.CSS
	Scenario    string
	Title       string
	Label       string
	Verdict     string
	Further     []string
	Errors      string
	Gates       string
	Remarks     []fact
	Assigned    string
	Moment      string
	Warnings    []string
	Mock        string
	Seed        uint64
	Pairs       []pairCards
	Figures     []pageFigure
	Comparisons []table
	Tables      []table
}

// pageFigure is a figure whose words the page sets itself.
type pageFigure struct {
	figure
	Picture template.HTML
}

// pairCards are the large numbers at the head of the page, for one arm.
type pairCards struct {
	Title string
	Cards []card
}

// fact is a remark as the page shows it.
type fact struct{ Name, Words string }

type card struct{ Name, Size, Interval, Change, Verdict string }

// HTML writes the report as one page that needs nothing beside it: no network,
// no script, no file. The error is w's, or that of drawing a figure.
func HTML(w io.Writer, a *results.Analysis) error {
	t, err := template.New("page").Funcs(template.FuncMap{"pill": pill}).Parse(pageTemplate)
	if err != nil {
		return fmt.Errorf("parse the page: %w", err)
	}
	p, err := newPage(a)
	if err != nil {
		return err
	}
	return t.Execute(w, p)
}

// style is that of every page.
func style() template.CSS {
	return template.CSS(paletteCSS(false) + "@media (prefers-color-scheme:dark){" + paletteCSS(true) + "}\n" + pageCSS)
}

func newPage(a *results.Analysis) (*page, error) {
	p := &page{
		Style:       style(),
		Scenario:    orNone(oneLine(a.Run.Scenario)),
		Title:       oneLine(a.Run.Title),
		Label:       label(&a.Summary),
		Verdict:     headline(a, verdict(a)),
		Further:     headlines(a, further(a)),
		Errors:      errorsSentence(&a.Summary),
		Warnings:    warnings(a),
		Moment:      moment(&a.Run),
		Assigned:    assignment(&a.Run).how + ": " + assignment(&a.Run).why,
		Seed:        a.Run.Seed,
		Pairs:       cardsOf(a),
		Comparisons: comparisonTables(a.Summary.Comparisons, overall),
		Tables:      detailTables(a),
	}
	for _, r := range remarks(a) {
		p.Remarks = append(p.Remarks, fact{r.what, r.words})
	}
	if len(a.Summary.Gates) > 0 && p.Label != "failed" {
		p.Gates = gatesSentence(&a.Summary)
	}
	if ofTheMock(a) {
		p.Mock = mockNote
	}
	for _, f := range figures(a) {
		svg, err := f.svg(true)
		if err != nil {
			return nil, err
		}
		p.Figures = append(p.Figures, pageFigure{figure: f, Picture: template.HTML(svg)})
	}
	return p, nil
}

// headline dresses a sentence for the page: a capital, unless it begins with the
// name of an arm, arrows in place of their ASCII form, and units that stay with
// their figure.
func headline(a *results.Analysis, s string) string {
	if first, _, _ := strings.Cut(s, " "); first != "" && armIndex(a, first, -1) < 0 {
		s = capital(s)
	}
	return strings.NewReplacer(" -> ", "\u00a0→\u00a0", " ms", "\u00a0ms", " %", "\u00a0%").Replace(s)
}

func headlines(a *results.Analysis, all []string) []string {
	var dressed []string
	for _, s := range all {
		dressed = append(dressed, headline(a, s))
	}
	return dressed
}

// cardMetrics are the metrics that get a large number.
var cardMetrics = [...]string{results.MetricLatencyP50, results.MetricLatencyP95, results.MetricLatencyP99, results.MetricErrorRate}

// cardsOf gives each arm its large numbers. An invalid run gets none: large numbers get quoted.
func cardsOf(a *results.Analysis) []pairCards {
	var pairs []pairCards
	if label(&a.Summary) == "invalid" {
		return nil
	}
	for i := 1; i < len(a.Summary.Arms); i++ {
		base, other := a.Summary.Arms[0].Name, a.Summary.Arms[i].Name
		p := pairCards{Title: oneLine(other) + " against " + oneLine(base)}
		for _, metric := range cardMetrics {
			if c, ok := comparison(a, other, metric); ok {
				p.Cards = append(p.Cards, newCard(c))
			}
		}
		if len(p.Cards) > 0 {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// comparison finds an arm's comparison over all operations.
func comparison(a *results.Analysis, other, metric string) (results.Comparison, bool) {
	for _, c := range a.Summary.Comparisons {
		if c.Other == other && c.Metric == metric && overall(c) {
			return c, true
		}
	}
	return results.Comparison{}, false
}

func newCard(c results.Comparison) card {
	size, interval := effect(c)
	if metricUnit(c.Metric) == unitMillis && size != none {
		size += "×"
	}
	in := func(v float64) string { return inUnit(c.Metric, v) }
	return card{
		Name: metricName(c.Metric), Size: size, Interval: interval,
		Change: value(c.BaseValue, in) + " → " + value(c.OtherValue, in), Verdict: string(c.Verdict),
	}
}

// pill names the style of a cell that holds a verdict; empty: an ordinary cell.
func pill(cell string) string {
	switch cell {
	case "worse", "FAILED", "failed", "invalid", "FAIL", "XPASS", "ERROR", "fail":
		return "pill bad"
	case "better", "same", "passed", "valid", "PASS", "pass":
		return "pill good"
	case "inconclusive", "interrupted", "incomplete", "XFAIL", "SKIP":
		return "pill open"
	default:
		return ""
	}
}
