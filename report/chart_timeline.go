package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/results"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Points drawn for each arm. More would only make the file larger: the lines carry the level.
const (
	maxDots   = 400
	maxFaults = 400
)

// timelineFigure shows the latency over the measured time, with each error
// where it happened.
func timelineFigure(a *results.Analysis) (figure, bool) {
	f := figure{
		Name:    "timeline",
		Title:   timelineFinding(a),
		Reading: "Latency over the measured time. Line: median of each slice. Dots: single calls, thinned. Crosses: errors and timeouts, in the arm's colour.",
		Data:    timelineTable(a),
		height:  330, yname: "latency, ms",
		plot: newPlot(),
	}
	f.plot.Add(gridLines(false))
	bounds := newBounds()
	failed := 0
	for i, arm := range a.Timeline.Arms {
		l := armLook(armIndex(a, arm.Arm, i))
		dots, medians, faults := timelineDots(arm, l), timelineMedians(a, arm, l), timelineFaults(arm, l)
		bounds.hold(dots.XYs, medians.XYs, faults.XYs)
		f.plot.Add(dots, medians, faults)
		f.keys = append(f.keys, armKey(arm.Arm, l))
		failed += len(faults.XYs)
	}
	if bounds.empty() {
		return figure{}, false
	}
	if failed > 0 {
		f.keys = append(f.keys, legendKey{name: "error or timeout", glyph: &draw.GlyphStyle{Color: ink.light, Radius: 3.2, Shape: cross{}}})
	}
	f.plot.X.Min, f.plot.X.Max = bounds.left, math.Max(bounds.right, bounds.left+0.001)
	f.plot.X.Label.Text = "seconds since the run's start"
	f.plot.X.Tick.Marker = linearTicks{8, tickNumber}
	f.plot.Y.Min, f.plot.Y.Max = logRange(bounds.low, bounds.high)
	f.plot.Y.Scale, f.plot.Y.Tick.Marker = logScale{}, logTicks{tickNumber}
	return f, true
}

// bounds is the box that holds points.
type bounds struct{ left, right, low, high float64 }

func newBounds() bounds {
	return bounds{left: math.Inf(1), right: math.Inf(-1), low: math.Inf(1), high: math.Inf(-1)}
}

func (b *bounds) hold(all ...plotter.XYs) {
	for _, points := range all {
		for _, p := range points {
			b.left, b.right = math.Min(b.left, p.X), math.Max(b.right, p.X)
			b.low, b.high = math.Min(b.low, p.Y), math.Max(b.high, p.Y)
		}
	}
}

func (b *bounds) empty() bool { return b.left > b.right }

func timelineDots(arm results.ArmTimeline, l look) *plotter.Scatter {
	dots := &plotter.Scatter{GlyphStyle: draw.GlyphStyle{Color: l.role.faint(0.35), Radius: 1.3, Shape: draw.CircleGlyph{}}}
	for _, p := range thin(arm.Points, maxDots) {
		dots.XYs = appendPoint(dots.XYs, p.At, p.MS)
	}
	return dots
}

func timelineMedians(a *results.Analysis, arm results.ArmTimeline, l look) *plotter.Line {
	line := &plotter.Line{LineStyle: l.line(1.8)}
	for _, b := range arm.Buckets {
		if b.P50 != nil {
			line.XYs = appendPoint(line.XYs, b.At+a.Timeline.Width/2, *b.P50)
		}
	}
	return line
}

func timelineFaults(arm results.ArmTimeline, l look) *plotter.Scatter {
	faults := &plotter.Scatter{GlyphStyle: draw.GlyphStyle{Color: l.role.light, Radius: 3.2, Shape: cross{}}}
	for _, p := range thin(arm.Errors, maxFaults) {
		faults.XYs = appendPoint(faults.XYs, p.At, math.Max(p.MS, 0.01))
	}
	return faults
}

// appendPoint adds a point that has a place on a logarithmic axis.
func appendPoint(points plotter.XYs, at time.Duration, ms float64) plotter.XYs {
	if !(ms > 0) || !finite(ms) {
		return points
	}
	return append(points, plotter.XY{X: at.Seconds(), Y: ms})
}

// thin keeps at most so many, evenly spaced.
func thin[T any](all []T, most int) []T {
	if len(all) <= most {
		return all
	}
	kept := make([]T, 0, most)
	for i := range most {
		kept = append(kept, all[i*len(all)/most])
	}
	return kept
}

// timelineFinding says where the errors were.
func timelineFinding(a *results.Analysis) string {
	var parts []string
	total := 0
	for _, arm := range a.Timeline.Arms {
		parts = append(parts, fmt.Sprintf("%s %s", oneLine(arm.Arm), count(arm.Failed)))
		total += arm.Failed
	}
	if total == 0 {
		return "No errors over the measured time"
	}
	return "Errors and timeouts: " + strings.Join(parts, ", ")
}

// timelineTable holds one row for each slice.
func timelineTable(a *results.Analysis) table {
	t := table{Caption: "Latency over time", Head: []string{"from"}}
	rows := 0
	for _, arm := range a.Timeline.Arms {
		name := oneLine(arm.Arm)
		t.Head = append(t.Head, name+" p50", name+" p99", name+" errors")
		rows = max(rows, len(arm.Buckets))
	}
	for i := range rows {
		row := []string{span(a.Timeline.From + time.Duration(i)*a.Timeline.Width)}
		for _, arm := range a.Timeline.Arms {
			row = append(row, bucketCells(arm.Buckets, i)...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func bucketCells(buckets []results.Bucket, i int) []string {
	if i >= len(buckets) {
		return []string{none, none, none}
	}
	b := buckets[i]
	return []string{value(b.P50, millis), value(b.P99, millis), count(b.Errors)}
}
