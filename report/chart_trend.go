package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/results"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	maxTrendPanels = 6 // series drawn; what is beyond is in the tables
	panelHeight    = 190
)

// TrendPlot draws the ratios of a history by night, one panel for each series:
// those that should be looked at first, as many as there is room for. It says false
// for a history without nights.
func TrendPlot(t *results.Trend) (Plot, bool, error) {
	f, ok := trendFigure(t)
	if !ok {
		return Plot{}, false, nil
	}
	p, err := f.both()
	return p, err == nil, err
}

func trendFigure(t *results.Trend) (figure, bool) {
	f := figure{
		Name:    "trend",
		Title:   trendTitle(t),
		Reading: fmt.Sprintf("Ratio to the first arm, by night. Bars: 95 %% interval. Band: around the median of the good nights before, by %d MAD or %.0f %%, whichever is more. Crosses: bad nights.", results.TrendMADs, 100*results.TrendShare),
		Data:    trendTable(t, everySeries),
		keys:    trendKeys(),
	}
	name, from, to := seriesNames(t.Series), math.Inf(1), math.Inf(-1)
	for _, s := range trendOrder(t.Series) {
		if p, ok := trendPanel(s); ok && len(f.panels) < maxTrendPanels {
			p.title = name(s)
			f.panels = append(f.panels, p)
			from, to = math.Min(from, p.plot.X.Min), math.Max(to, p.plot.X.Max)
		}
	}
	for _, p := range f.panels { // the nights of all panels stand below each other
		p.plot.X.Min, p.plot.X.Max = from, to
	}
	f.height = vg.Length(44 + panelHeight*len(f.panels))
	return f, len(f.panels) > 0
}

// trendOrder puts first what should be looked at first: bad series, then those
// that people ask for, over all operations before single ones.
func trendOrder(all []results.Series) []results.Series {
	rank := func(s results.Series) int {
		c := results.Comparison{Metric: s.Metric, Op: s.Op}
		switch {
		case s.FirstBad != nil:
			return 0
		case inText(c) && overall(c):
			return 1
		case inText(c):
			return 2
		default:
			return 3
		}
	}
	return slices.SortedStableFunc(slices.Values(all), func(x, y results.Series) int { return cmp.Compare(rank(x), rank(y)) })
}

func trendTitle(t *results.Trend) string {
	if reason := trendReason(t); reason != "" {
		return capital(reason)
	}
	return "Ratios by night"
}

func trendKeys() []legendKey {
	line, middle := armLook(0).line(1.4), trendMiddle()
	return []legendKey{
		{name: "ratio of a night", line: &line, glyph: &draw.GlyphStyle{Color: armRoles[0].light, Radius: 3, Shape: draw.CircleGlyph{}}},
		{name: "median of the good nights before", line: &middle},
		{name: "bad night", glyph: &draw.GlyphStyle{Color: armRoles[1].light, Radius: 5, Shape: cross{}}},
	}
}

func trendMiddle() draw.LineStyle {
	return draw.LineStyle{Color: muted.light, Width: 1.2, Dashes: []vg.Length{5, 3}}
}

// trendPanel draws one series, without its name.
func trendPanel(s results.Series) (panel, bool) {
	points := drawableNights(s.Nights)
	if len(points) == 0 {
		return panel{}, false
	}
	p := newPlot()
	lo, hi := trendRange(points)
	p.Add(gridLines(false), trendArea(points), nightMarks{points})
	p.X.Min, p.X.Max = day(points[0].Time)-0.3, day(points[len(points)-1].Time)+0.3
	p.X.Tick.Marker = nightTicks(points)
	p.Y.Min, p.Y.Max = lo, hi
	p.Y.Tick.Marker = linearTicks{6, tickNumber}
	return panel{plot: p}, true
}

// day is a time as days, which is what the axis counts.
func day(t time.Time) float64 { return float64(t.Unix()) / (24 * 60 * 60) }

func drawableNights(nights []results.NightPoint) []results.NightPoint {
	var kept []results.NightPoint
	for _, n := range nights {
		if finite(n.Ratio) && finite(n.Low) && finite(n.High) && finite(n.Median) && finite(n.MAD) && !n.Time.IsZero() {
			kept = append(kept, n)
		}
	}
	return kept
}

// trendRange holds all ratios with their intervals and the bands. It does not
// begin at zero: a ratio is looked at for how it moves.
func trendRange(points []results.NightPoint) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, n := range points {
		lo, hi = math.Min(lo, math.Min(n.Ratio, n.Low)), math.Max(hi, math.Max(n.Ratio, n.High))
		if n.Median > 0 {
			lo, hi = math.Min(lo, n.Median-n.Limit()), math.Max(hi, n.Median+n.Limit())
		}
	}
	air := math.Max((hi-lo)*0.08, 0.01)
	return lo - air, hi + air
}

// trendArea is the band of the nights that were held against earlier ones.
func trendArea(points []results.NightPoint) *plotter.Polygon {
	var upper, lower plotter.XYs
	for _, n := range points {
		if n.Median > 0 {
			upper = append(upper, plotter.XY{X: day(n.Time), Y: n.Median + n.Limit()})
			lower = append(lower, plotter.XY{X: day(n.Time), Y: n.Median - n.Limit()})
		}
	}
	slices.Reverse(lower)
	upper = append(upper, lower...)
	return &plotter.Polygon{XYs: []plotter.XYs{upper}, Color: muted.faint(0.18)}
}

// nightMarks draws the nights: ratio with interval, the median before, and a
// cross where it is bad.
type nightMarks struct{ points []results.NightPoint }

// Plot implements plot.Plotter.
func (m nightMarks) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	at := func(n results.NightPoint, v float64) vg.Point { return vg.Point{X: x(day(n.Time)), Y: y(v)} }
	for i, n := range m.points {
		if i > 0 && n.Median > 0 && m.points[i-1].Median > 0 {
			from, to := at(m.points[i-1], m.points[i-1].Median), at(n, n.Median)
			c.StrokeLine2(trendMiddle(), from.X, from.Y, to.X, to.Y)
		}
		if i > 0 {
			from, to := at(m.points[i-1], m.points[i-1].Ratio), at(n, n.Ratio)
			c.StrokeLine2(armLook(0).line(1.4), from.X, from.Y, to.X, to.Y)
		}
	}
	for _, n := range m.points {
		low, high := at(n, n.Low), at(n, n.High)
		c.StrokeLine2(draw.LineStyle{Color: armRoles[0].light, Width: 1}, low.X, low.Y, high.X, high.Y)
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: armRoles[0].light, Radius: 3, Shape: draw.CircleGlyph{}}, at(n, n.Ratio))
		if n.Bad {
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: armRoles[1].light, Radius: 6, Shape: cross{}}, at(n, n.Ratio))
		}
	}
}

// nightTicks labels up to eight nights.
func nightTicks(points []results.NightPoint) plot.ConstantTicks {
	var ticks plot.ConstantTicks
	for _, n := range thin(points, 8) {
		ticks = append(ticks, plot.Tick{Value: day(n.Time), Label: n.Time.UTC().Format("2 Jan")})
	}
	return ticks
}
