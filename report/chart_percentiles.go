package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/ewsbench/ewsbench/results"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// percentilesFigure shows each arm's latency by percentile on an axis of nines,
// on which the tail has as much room as the rest.
func percentilesFigure(a *results.Analysis) (figure, bool) {
	f := figure{
		Name:    "percentiles",
		Title:   percentilesFinding(a),
		Reading: "Latency by percentile, from the time each call " + moment(&a.Run) + ". Each step to the right is one more nine; the vertical axis is logarithmic.",
		Data:    percentilesTable(a),
		height:  320, yname: "latency, ms",
		plot: newPlot(),
	}
	f.plot.Add(gridLines(true))
	lo, hi, last := math.Inf(1), math.Inf(-1), 50.0
	for i, c := range a.Curves {
		points := drawable(c.Points)
		if len(points) == 0 {
			continue
		}
		l := armLook(armIndex(a, c.Arm, i))
		f.plot.Add(curveLine(points, l), curveMarks(points, l))
		f.keys = append(f.keys, armKey(c.Arm, l))
		for _, p := range points {
			lo, hi, last = math.Min(lo, p.Y), math.Max(hi, p.Y), math.Max(last, p.X)
		}
	}
	if len(f.keys) == 0 {
		return figure{}, false
	}
	f.plot.X.Min, f.plot.X.Max = 0, last
	f.plot.X.Scale, f.plot.X.Tick.Marker = ninesScale{}, ninesTicks{}
	f.plot.X.Label.Text = "percentile of latency"
	f.plot.Y.Min, f.plot.Y.Max = logRange(lo, hi)
	f.plot.Y.Scale, f.plot.Y.Tick.Marker = logScale{}, logTicks{tickNumber}
	return f, true
}

// drawable keeps the points that have a place on both axes: the maximum has none among the nines.
func drawable(points []results.CurvePoint) plotter.XYs {
	var kept plotter.XYs
	for _, p := range points {
		if p.Q >= 0 && p.Q < 1 && p.MS > 0 && finite(p.MS) {
			kept = append(kept, plotter.XY{X: 100 * p.Q, Y: p.MS})
		}
	}
	return kept
}

func curveLine(points plotter.XYs, l look) *plotter.Line {
	return &plotter.Line{XYs: points, LineStyle: l.line(1.8)}
}

// curveMarks puts a marker at the percentiles of the tables.
func curveMarks(points plotter.XYs, l look) *plotter.Scatter {
	marks := &plotter.Scatter{GlyphStyle: draw.GlyphStyle{Color: l.role.light, Radius: 3.2, Shape: l.glyph}}
	for _, percentile := range []float64{50, 90, 95, 99, 99.9} {
		for i, p := range points {
			if p.X >= percentile && i > 0 {
				marks.XYs = append(marks.XYs, p)
				break
			}
		}
	}
	return marks
}

// percentilesFinding states median and tail of each arm.
func percentilesFinding(a *results.Analysis) string {
	var medians, tails []string
	for i := range a.Summary.Arms {
		arm := &a.Summary.Arms[i]
		if p50 := arm.Latency.P50; p50 != nil && finite(*p50) {
			medians = append(medians, fmt.Sprintf("%s %s", oneLine(arm.Name), millis(*p50)))
		}
		if p99 := arm.Latency.P99; p99 != nil && finite(*p99) {
			tails = append(tails, millis(*p99))
		}
	}
	if len(medians) == 0 {
		return "Latency by percentile"
	}
	title := "Median: " + strings.Join(medians, ", ")
	if len(tails) == len(medians) {
		title += "; p99: " + strings.Join(tails, ", ")
	}
	return title
}

func percentilesTable(a *results.Analysis) table {
	t := table{Caption: "Latency by percentile", Head: []string{"percentile"}}
	for _, q := range quantileNames {
		row := []string{q.name}
		for i := range a.Summary.Arms {
			row = append(row, value(q.of(&a.Summary.Arms[i].Latency), millis))
		}
		t.Rows = append(t.Rows, row)
	}
	for i := range a.Summary.Arms {
		t.Head = append(t.Head, oneLine(a.Summary.Arms[i].Name))
	}
	return t
}

// quantileNames are the quantiles of a summary, in order.
var quantileNames = [...]struct {
	name string
	of   func(*results.Quantiles) *float64
}{
	{"p50", func(q *results.Quantiles) *float64 { return q.P50 }},
	{"p90", func(q *results.Quantiles) *float64 { return q.P90 }},
	{"p95", func(q *results.Quantiles) *float64 { return q.P95 }},
	{"p99", func(q *results.Quantiles) *float64 { return q.P99 }},
	{"max", func(q *results.Quantiles) *float64 { return q.Max }},
}

// value formats a figure that there may not be.
func value(v *float64, format func(float64) string) string {
	if v == nil {
		return none
	}
	return format(*v)
}
