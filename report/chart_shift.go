package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/ewsbench/ewsbench/results"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// shiftFigure shows how much later each percentile of an arm lies than that of
// the first arm: a difference that is the same everywhere is a level line, one
// that grows with the percentile is a heavier tail.
func shiftFigure(a *results.Analysis) (figure, bool) {
	f := figure{
		Name:    "shift",
		Reading: "Latency difference by percentile. Above zero: slower than the first arm. Band: 95 % confidence at each percentile, from resampling whole blocks.",
		Data:    shiftTable(a),
		height:  300, yname: "difference, ms",
		plot: newPlot(),
	}
	f.plot.Add(gridLines(false))
	lo, hi := 0.0, 0.0
	for i, s := range a.Shifts {
		points := finiteShift(s.Points)
		if len(points) == 0 {
			continue
		}
		if f.Title == "" {
			f.Title = shiftFinding(s, points)
		}
		l := armLook(armIndex(a, s.Other, i+1))
		f.plot.Add(shiftBand(points, l), shiftLine(points, l))
		f.keys = append(f.keys, armKey(s.Other+" minus "+s.Base, l))
		for _, p := range points {
			lo, hi = math.Min(lo, p.Low), math.Max(hi, p.High)
		}
	}
	if len(f.keys) == 0 {
		return figure{}, false
	}
	f.plot.Add(level(0, 1, 99))
	f.plot.X.Min, f.plot.X.Max = 1, 99
	f.plot.Y.Min, f.plot.Y.Max = linearRange(lo, hi)
	f.plot.X.Label.Text = "percentile of latency"
	f.plot.X.Tick.Marker = percentileTicks(1, 10, 25, 50, 75, 90, 95, 99)
	f.plot.Y.Tick.Marker = linearTicks{5, tickNumber}
	return f, true
}

// finiteShift leaves out points that cannot be drawn.
func finiteShift(points []results.ShiftPoint) []results.ShiftPoint {
	var kept []results.ShiftPoint
	for _, p := range points {
		if finite(p.Q) && finite(p.Difference) && finite(p.Low) && finite(p.High) {
			kept = append(kept, p)
		}
	}
	return kept
}

// shiftFinding says where the band is clear of zero.
func shiftFinding(s results.Shift, points []results.ShiftPoint) string {
	slower, faster := 0, 0
	for _, p := range points {
		if p.Low > 0 {
			slower++
		}
		if p.High < 0 {
			faster++
		}
	}
	last := points[len(points)-1]
	ends := fmt.Sprintf("%s at %s, %s at %s", signedMillis(shiftAt(points, 0.5).Difference), percentileName(round1(100*shiftAt(points, 0.5).Q)),
		signedMillis(last.Difference), percentileName(round1(100*last.Q)))
	other := oneLine(s.Other)
	switch {
	case slower == len(points):
		return fmt.Sprintf("%s is slower at every percentile: %s", other, ends)
	case faster == len(points):
		return fmt.Sprintf("%s is faster at every percentile: %s", other, ends)
	case slower == 0 && faster == 0:
		return fmt.Sprintf("No percentile of %s differs clearly from %s", other, oneLine(s.Base))
	case faster == 0:
		return fmt.Sprintf("%s is slower at %d of %d percentiles: %s", other, slower, len(points), ends)
	case slower == 0:
		return fmt.Sprintf("%s is faster at %d of %d percentiles: %s", other, faster, len(points), ends)
	default:
		return fmt.Sprintf("%s is slower at %d of %d percentiles and faster at %d: %s", other, slower, len(points), faster, ends)
	}
}

// shiftAt is the point nearest to a quantile.
func shiftAt(points []results.ShiftPoint, q float64) results.ShiftPoint {
	best := points[0]
	for _, p := range points {
		if math.Abs(p.Q-q) < math.Abs(best.Q-q) {
			best = p
		}
	}
	return best
}

func round1(v float64) float64 { return math.Round(v*10) / 10 }

func shiftBand(points []results.ShiftPoint, l look) *plotter.Polygon {
	var edge plotter.XYs
	for _, p := range points {
		edge = append(edge, plotter.XY{X: 100 * p.Q, Y: p.High})
	}
	for _, point := range slices.Backward(points) {
		edge = append(edge, plotter.XY{X: 100 * point.Q, Y: point.Low})
	}
	return &plotter.Polygon{XYs: []plotter.XYs{edge}, Color: l.role.faint(0.2)}
}

func shiftLine(points []results.ShiftPoint, l look) *plotter.Line {
	line := &plotter.Line{LineStyle: l.line(1.8)}
	for _, p := range points {
		line.XYs = append(line.XYs, plotter.XY{X: 100 * p.Q, Y: p.Difference})
	}
	return line
}

// level is a thin horizontal line.
func level(y, from, to float64) *plotter.Line {
	return &plotter.Line{
		XYs:       plotter.XYs{{X: from, Y: y}, {X: to, Y: y}},
		LineStyle: draw.LineStyle{Color: ink.light, Width: 0.9},
	}
}

func percentileTicks(percentiles ...float64) plot.ConstantTicks {
	var ticks plot.ConstantTicks
	for _, p := range percentiles {
		ticks = append(ticks, plot.Tick{Value: p, Label: percentileName(p)})
	}
	return ticks
}

// shiftTable holds the difference at the percentiles that people ask for.
func shiftTable(a *results.Analysis) table {
	t := table{
		Caption: "Latency difference by percentile",
		Head:    []string{"percentile", "arm", "difference", "95 % from", "95 % to"},
	}
	for _, s := range a.Shifts {
		points := finiteShift(s.Points)
		for _, q := range []float64{0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99} {
			if len(points) == 0 || math.Abs(shiftAt(points, q).Q-q) > 0.004 {
				continue
			}
			p := shiftAt(points, q)
			t.Rows = append(t.Rows, []string{
				percentileName(round1(100 * p.Q)), oneLine(s.Other + " minus " + s.Base),
				signedMillis(p.Difference), signedMillis(p.Low), signedMillis(p.High),
			})
		}
	}
	return t
}

// armIndex is the place of an arm in the run; orElse if it has none.
func armIndex(a *results.Analysis, name string, orElse int) int {
	for i := range a.Summary.Arms {
		if a.Summary.Arms[i].Name == name {
			return i
		}
	}
	return orElse
}
