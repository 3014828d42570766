package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/ewsbench/ewsbench/results"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// maxForestRows bounds the forest plot; what is beyond it is in the tables.
const maxForestRows = 40

// forestFigure shows every latency ratio with its interval against the margin:
// the whole comparison in one picture.
func forestFigure(a *results.Analysis) (figure, bool) {
	rows := forestRows(a)
	if len(rows) == 0 {
		return figure{}, false
	}
	f := figure{
		Name:    "forest",
		Title:   forestFinding(rows),
		Reading: "Latency as a ratio to the first arm. Line: 95 % interval, from resampling whole blocks. Shaded: the margin of 5 %, inside which arms count as the same. Right of one: slower.",
		Data:    forestTable(rows),
		height:  vg.Length(78 + 22*len(rows)),
		right:   132,
		keys:    forestKeys(a),
		plot:    newPlot(),
	}
	p := f.plot
	p.X.Min, p.X.Max = forestRange(rows)
	p.X.Scale, p.X.Tick.Marker = logScale{}, forestTicks{}
	p.X.Label.Text = "ratio to " + clip(oneLine(rows[0].Base), 40) + " (logarithmic)"
	p.Y.Min, p.Y.Max = 0.5, float64(len(rows))+0.5
	p.Y.Tick.Marker = forestLabels(rows, len(a.Summary.Arms) > 2)
	p.Y.Tick.Label.Color = ink.light
	p.Add(marginBand(p), gridLines(true), forestMarks{a: a, rows: rows})
	p.Y.Min, p.Y.Max = 0.5, float64(len(rows))+0.5
	return f, true
}

// forestRows picks the latency comparisons that have a ratio with an interval:
// all quantiles over all operations, and the median of each operation.
func forestRows(a *results.Analysis) []results.Comparison {
	var rows []results.Comparison
	for _, c := range a.Summary.Comparisons {
		wanted := strings.HasPrefix(c.Metric, "latency_") && (overall(c) || c.Metric == results.MetricLatencyP50)
		if wanted && positive(c.Ratio) && positive(c.CILow) && positive(c.CIHigh) && len(rows) < maxForestRows {
			rows = append(rows, c)
		}
	}
	return rows
}

func positive(v *float64) bool { return v != nil && *v > 0 && finite(*v) }

func forestRange(rows []results.Comparison) (float64, float64) {
	lo, hi := 1-results.MarginShare, 1+results.MarginShare
	for _, c := range rows {
		lo, hi = math.Min(lo, *c.CILow), math.Max(hi, *c.CIHigh)
	}
	return logRange(lo, hi)
}

// forestTicks labels a ratio axis: round steps, and finer ones where the axis is short.
type forestTicks struct{}

// Ticks implements plot.Ticker.
func (forestTicks) Ticks(lo, hi float64) []plot.Tick {
	if hi/lo < 3 {
		return linearTicks{6, tickNumber}.Ticks(lo, hi)
	}
	return logTicks{tickNumber}.Ticks(lo, hi)
}

// forestLabels names the rows, the first one at the top.
func forestLabels(rows []results.Comparison, several bool) plot.ConstantTicks {
	var ticks plot.ConstantTicks
	for i, c := range rows {
		label := rowName(c)
		if several {
			label = clip(oneLine(c.Other), 16) + ": " + label
		}
		ticks = append(ticks, plot.Tick{Value: float64(len(rows) - i), Label: clip(label, 42)})
	}
	return ticks
}

func forestKeys(a *results.Analysis) []legendKey {
	var keys []legendKey
	for i := 1; i < len(a.Summary.Arms); i++ {
		k := armKey(a.Summary.Arms[i].Name+" against "+a.Summary.Arms[0].Name, armLook(i))
		k.line.Dashes = nil
		keys = append(keys, k)
	}
	return keys
}

// marginBand shades the ratios that count as the same.
func marginBand(p *plot.Plot) *plotter.Polygon {
	corners := plotter.XYs{
		{X: 1 - results.MarginShare, Y: p.Y.Min},
		{X: 1 + results.MarginShare, Y: p.Y.Min},
		{X: 1 + results.MarginShare, Y: p.Y.Max},
		{X: 1 - results.MarginShare, Y: p.Y.Max},
	}
	return &plotter.Polygon{XYs: []plotter.XYs{corners}, Color: muted.faint(0.18)}
}

// forestMarks draws the rows: interval, point, and the figures at the right edge.
type forestMarks struct {
	a    *results.Analysis
	rows []results.Comparison
}

// Plot implements plot.Plotter.
func (m forestMarks) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	c.StrokeLine2(draw.LineStyle{Color: ink.light, Width: 0.9}, x(1), c.Min.Y, x(1), c.Max.Y)
	figures := lettering(ink, labelSize, false)
	for i, row := range m.rows {
		at := y(float64(len(m.rows) - i))
		l := armLook(armIndex(m.a, row.Other, 1))
		c.StrokeLine2(draw.LineStyle{Color: l.role.light, Width: 2}, x(*row.CILow), at, x(*row.CIHigh), at)
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: l.role.light, Radius: 4, Shape: l.glyph}, vg.Point{X: x(*row.Ratio), Y: at})
		c.FillText(figures, vg.Point{X: c.Max.X + 12, Y: at - 3.5}, fmt.Sprintf("%s (%s to %s)", ratio(*row.Ratio), ratio(*row.CILow), ratio(*row.CIHigh)))
	}
}

// forestFinding counts what the intervals say about the margin.
func forestFinding(rows []results.Comparison) string {
	counts := map[results.Verdict]int{}
	for _, c := range rows {
		counts[c.Verdict]++
	}
	n := len(rows)
	switch {
	case counts[results.VerdictWorse] == n:
		return fmt.Sprintf("%s clear of the margin: slower", allOf(n))
	case counts[results.VerdictSame] == n:
		return fmt.Sprintf("%s inside the margin: the same", allOf(n))
	case counts[results.VerdictBetter] == n:
		return fmt.Sprintf("%s clear of the margin: faster", allOf(n))
	default:
		return fmt.Sprintf("Of %d latency ratios %d are worse, %d better, %d the same, %d inconclusive", n,
			counts[results.VerdictWorse], counts[results.VerdictBetter], counts[results.VerdictSame], counts[results.VerdictInconclusive])
	}
}

func allOf(n int) string {
	if n == 1 {
		return "The latency ratio is"
	}
	return fmt.Sprintf("All %d latency ratios are", n)
}

func forestTable(rows []results.Comparison) table {
	t := table{
		Caption: "Latency ratios to " + oneLine(rows[0].Base),
		Head:    []string{"what", "arm", "ratio", "95 % from", "95 % to", "verdict"},
	}
	for _, c := range rows {
		t.Rows = append(t.Rows, []string{rowName(c), oneLine(c.Other), ratio(*c.Ratio), ratio(*c.CILow), ratio(*c.CIHigh), string(c.Verdict)})
	}
	return t
}
