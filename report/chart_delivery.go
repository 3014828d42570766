package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/ewsbench/ewsbench/results"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// deliveryFigure shows the share of all mails that each arm had been told of by a
// time. An arm that is not told of all of them stays below the top for good.
func deliveryFigure(a *results.Analysis) (figure, bool) {
	if !ofNotifications(a) {
		return figure{}, false
	}
	f := figure{
		Name:  "delivery",
		Title: deliveryFinding(a),
		Reading: "The share of all mails that an arm had been told of so long after they were due; the horizontal axis is logarithmic. " +
			"Where a line ends below 100 %, the rest was never told of.",
		Data:   deliveryTable(a),
		height: 300, yname: "told of, % of the mails",
		plot: newPlot(),
	}
	f.plot.Add(gridLines(true))
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, d := range deliveries(a) {
		for _, p := range d.points {
			if p.X > 0 {
				lo, hi = math.Min(lo, p.X), math.Max(hi, p.X)
			}
		}
	}
	f.plot.X.Min, f.plot.X.Max = logRange(lo, hi)
	for i, d := range deliveries(a) {
		l := armLook(armIndex(a, d.arm, i))
		line := d.line(f.plot.X.Min, f.plot.X.Max)
		end := &plotter.Scatter{XYs: line[len(line)-1:], GlyphStyle: draw.GlyphStyle{Color: l.role.light, Radius: 3.2, Shape: l.glyph}}
		f.plot.Add(&plotter.Line{XYs: line, LineStyle: l.line(1.8), StepStyle: plotter.PostStep}, end)
		f.keys = append(f.keys, armKey(d.arm, l))
	}
	if len(f.keys) == 0 {
		return figure{}, false
	}
	f.plot.X.Scale, f.plot.X.Tick.Marker = logScale{}, logTicks{tickNumber}
	f.plot.X.Label.Text = "ms after the mail was due"
	f.plot.Y.Min, f.plot.Y.Max = 0, 100
	f.plot.Y.Tick.Marker = linearTicks{5, tickNumber}
	return f, true
}

// delivery is what an arm was told of, and when.
type delivery struct {
	arm    string
	share  float64     // of all mails that it was told of, 0 to 1
	points plotter.XYs // ms, and the share told of by then in percent
}

// deliveries are those of the arms, in their order.
func deliveries(a *results.Analysis) (all []delivery) {
	for i := range a.Summary.Arms {
		s := &a.Summary.Arms[i]
		if s.Samples == 0 {
			continue
		}
		d := delivery{arm: s.Name, share: float64(s.Outcomes[results.CodeOK]) / float64(s.Samples)}
		for _, c := range a.Curves {
			if c.Arm != s.Name {
				continue
			}
			for _, p := range c.Points {
				if finite(p.MS) && finite(p.Q) {
					d.points = append(d.points, plotter.XY{X: p.MS, Y: 100 * p.Q * d.share})
				}
			}
		}
		all = append(all, d)
	}
	return all
}

// line goes from nothing at the left to the last share at the right.
func (d *delivery) line(left, right float64) plotter.XYs {
	line := plotter.XYs{{X: left, Y: 0}}
	for _, p := range d.points {
		line = append(line, plotter.XY{X: math.Max(p.X, left), Y: p.Y})
	}
	return append(line, plotter.XY{X: right, Y: 100 * d.share})
}

// within is the share that was told of by a time, in percent.
func (d *delivery) within(ms float64) float64 {
	share := 0.0
	for _, p := range d.points {
		if p.X <= ms {
			share = math.Max(share, p.Y)
		}
	}
	return share
}

func deliveryFinding(a *results.Analysis) string {
	var parts []string
	for _, d := range deliveries(a) {
		parts = append(parts, fmt.Sprintf("%s %s", oneLine(d.arm), percent(d.share)))
	}
	return "Told of: " + strings.Join(parts, ", ")
}

// deliveryTable has a row for each of some times.
func deliveryTable(a *results.Analysis) table {
	t := table{Caption: "Mails told of by a time", Head: []string{"within"}}
	all := deliveries(a)
	for _, d := range all {
		t.Head = append(t.Head, oneLine(d.arm))
	}
	for _, ms := range []float64{10, 25, 50, 100, 250, 500, 1000, 2500} {
		row := []string{millis(ms)}
		for i := range all {
			row = append(row, percent(all[i].within(ms)/100))
		}
		t.Rows = append(t.Rows, row)
	}
	row := []string{"ever"}
	for i := range all {
		row = append(row, percent(all[i].share))
	}
	t.Rows = append(t.Rows, row)
	return t
}
