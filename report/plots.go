package report

import "github.com/ewsbench/ewsbench/results"

// Plot is one figure in both of its forms.
type Plot struct {
	Name  string // of its files, without the ending: delivery, forest, percentiles, shift, timeline; trend
	Title string // what it shows, as a finding
	SVG   []byte // transparent; follows the reader's light or dark scheme
	PNG   []byte // on white, two pixels a point
}

// Plots draws the figures of a run: those for which it has the numbers, none
// for a run without samples.
func Plots(a *results.Analysis) ([]Plot, error) {
	var plots []Plot
	for _, f := range figures(a) {
		p, err := f.both()
		if err != nil {
			return nil, err
		}
		plots = append(plots, p)
	}
	return plots, nil
}

// figures are the plots that the run has numbers for, in the order of the page.
func figures(a *results.Analysis) []figure {
	var all []figure
	for _, build := range []func(*results.Analysis) (figure, bool){deliveryFigure, forestFigure, percentilesFigure, shiftFigure, timelineFigure} {
		if f, ok := build(a); ok {
			all = append(all, f)
		}
	}
	return all
}
