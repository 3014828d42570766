package report

import (
	"bytes"
	"image/png"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

func TestTrendPlot(t *testing.T) {
	t.Parallel()
	p, ok, err := TrendPlot(exampleTrend(24))
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, "trend", p.Name)
	size, err := png.DecodeConfig(bytes.NewReader(p.PNG))
	require.NoError(t, err)
	assert.Equal(t, 2*figureWidth, size.Width)
	assertWellFormed(t, p.SVG)
	assertFigures(t, "trend.svg", string(p.SVG))
}

func TestTrendFigure(t *testing.T) {
	t.Parallel()
	bad := exampleTrend(24)
	many := exampleTrend(24)
	for len(many.Series) < 12 {
		many.Series = append(many.Series, many.Series[0])
	}
	broken := exampleTrend(3)
	for i := range broken.Series {
		broken.Series[i].Nights[0].Ratio = math.NaN()
		broken.Series[i].Nights[1].High = math.Inf(1)
		broken.Series[i].Nights[2].Time = time.Time{}
	}
	tests := []struct {
		name    string
		trend   *results.Trend
		panels  int
		crosses int // strokes of bad nights, two for each, and two in the key
		first   string
	}{
		{"a bad series comes first", bad, 2, 2 * (4 + 1), "unanchored: GetItem p50"},
		{"good ones, that over all operations first", exampleTrend(15), 2, 2, "unanchored: latency p50"},
		{"one night", exampleTrend(1), 2, 2, "unanchored: latency p50"},
		{"more series than there is room for", many, maxTrendPanels, 2 * (4 + 1), "unanchored: GetItem p50"},
		{"nothing that can be drawn", broken, 0, 0, ""},
		{"no nights", exampleTrend(0), 0, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, ok := trendFigure(tt.trend)
			require.Equal(t, tt.panels > 0, ok)
			require.Len(t, f.panels, tt.panels)
			if !ok {
				return
			}
			d, _ := sketch(t, f, false)
			assert.Equal(t, capital(trendReason(tt.trend)), d.Title)
			assert.Equal(t, tt.first, f.panels[0].title)
			for _, p := range f.panels {
				assert.Contains(t, d.words(), p.title)
			}
			crosses := 0
			for _, p := range d.Paths {
				if strings.Contains(p.Class, "stroke-arm2") {
					crosses++
				}
			}
			assert.Equal(t, tt.crosses, crosses)
		})
	}
}
