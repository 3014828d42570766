package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"image/png"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot"

	"github.com/ewsbench/ewsbench/results"
)

// drawing is what a test wants to know about an SVG.
type drawing struct {
	Title string     `xml:"title"`
	Desc  string     `xml:"desc"`
	Style string     `xml:"style"`
	Role  string     `xml:"role,attr"`
	Box   string     `xml:"viewBox,attr"`
	Paths []element  `xml:"g>path"`
	Texts []lettered `xml:"g>text"`
}

type element struct {
	Class  string `xml:"class,attr"`
	Stroke string `xml:"stroke,attr"`
	Fill   string `xml:"fill,attr"`
	Style  string `xml:"style,attr"`
	D      string `xml:"d,attr"`
}

type lettered struct {
	Class string `xml:"class,attr"`
	Text  string `xml:",chardata"`
}

func sketch(t *testing.T, f figure, bare bool) (drawing, string) {
	t.Helper()
	svg, err := f.svg(bare)
	require.NoError(t, err)
	var d drawing
	require.NoError(t, xml.Unmarshal(svg, &d))
	return d, string(svg)
}

func (d drawing) words() string {
	var all []string
	for _, t := range d.Texts {
		all = append(all, t.Text)
	}
	return strings.Join(all, "\n")
}

// strokes counts the paths of a class of at least so many points.
func (d drawing) strokes(class string, points int) int {
	n := 0
	for _, p := range d.Paths {
		if strings.Contains(p.Class, class) && strings.Count(p.D, "L") >= points {
			n++
		}
	}
	return n
}

func TestFigures(t *testing.T) {
	t.Parallel()
	two, four := example(), example("anchored", "unanchored", "wrong", "service-account")
	tests := []struct {
		name     string
		analysis *results.Analysis
		build    func(*results.Analysis) (figure, bool)
		title    string
		words    []string       // lettering that has to be there
		lines    map[string]int // strokes of ten points or more, by class
	}{
		{
			"percentiles", two, percentilesFigure, "Median: anchored 21.4 ms, unanchored 66.3 ms; p99: 94.6 ms, 407 ms",
			[]string{"latency, ms", "percentile of latency", "p50", "p99", "p99.9", "100", "anchored", "unanchored"},
			map[string]int{"stroke-arm1": 1, "stroke-arm2": 1, "stroke-arm3": 0},
		},
		{
			"shift", two, shiftFigure, "unanchored is slower at every percentile: +44.9 ms at p50, +313 ms at p99",
			[]string{"difference, ms", "percentile of latency", "0", "p95", "unanchored minus anchored"},
			map[string]int{"stroke-arm2": 1, "fill-arm2": 1, "stroke-arm1": 0},
		},
		{
			"timeline", two, timelineFigure, "Errors and timeouts: anchored 0, unanchored 20",
			[]string{"latency, ms", "seconds since the run's start", "error or timeout", "anchored"},
			map[string]int{"stroke-arm1": 1, "stroke-arm2": 1},
		},
		{
			"forest", two, forestFigure, "All 7 latency ratios are clear of the margin: slower",
			[]string{"latency p50", "GetItem p50", "3.10 (2.91 to 3.29)", "ratio to anchored (logarithmic)", "unanchored against anchored"},
			map[string]int{"stroke-arm1": 0},
		},
		{
			"forest of four arms", four, forestFigure, "All 21 latency ratios are clear of the margin: slower",
			[]string{"wrong: latency p50", "service-account: GetItem p50", "service-account against anchored"},
			nil,
		},
		{
			"percentiles of four arms", four, percentilesFigure, "Median: anchored 21.4 ms, unanchored 66.3 ms, wrong 62.1 ms, service-account 38.5 ms; p99: 94.6 ms, 407 ms, 371 ms, 196 ms",
			[]string{"service-account"},
			map[string]int{"stroke-arm1": 1, "stroke-arm2": 1, "stroke-arm3": 1, "stroke-arm4": 1},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, ok := tt.build(tt.analysis)
			require.True(t, ok)
			d, _ := sketch(t, f, false)
			assert.Equal(t, tt.title, d.Title)
			assert.Contains(t, d.Desc, f.Reading)
			assert.Equal(t, "img", d.Role)
			for _, word := range tt.words {
				assert.Contains(t, "\n"+d.words()+"\n", "\n"+word+"\n")
			}
			for class, want := range tt.lines {
				assert.Equal(t, want, d.strokes(class, 10), class)
			}
			assert.False(t, f.Data.empty(), "the numbers go with the picture")
		})
	}
}

// TestColoursFollowTheScheme: every painted thing has a class with a rule in
// both schemes, and the light colour for viewers without style sheets.
func TestColoursFollowTheScheme(t *testing.T) {
	t.Parallel()
	for _, f := range figures(example("anchored", "unanchored", "wrong", "service-account")) {
		d, svg := sketch(t, f, false)
		light, dark, ok := strings.Cut(d.Style, "@media (prefers-color-scheme:dark)")
		require.True(t, ok)
		require.NotEmpty(t, d.Paths)
		for _, p := range d.Paths {
			require.NotEmpty(t, p.Class, "%s: %+v", f.Name, p)
			for class := range strings.FieldsSeq(p.Class) {
				assert.Contains(t, light, "."+class+"{")
				assert.Contains(t, dark, "."+class+"{")
			}
			assert.NotContains(t, p.Style, "#", "a colour in a style would win over the scheme")
			assert.NotEqual(t, p.Stroke == "", p.Fill == "", "%s: %+v", f.Name, p)
		}
		assert.NotContains(t, svg, "#FFFFFF", "the background is the reader's own")
		assert.Contains(t, svg, "sans-serif")
		_, bare := sketch(t, f, true)
		assert.NotContains(t, bare, "<style>")
		assert.NotContains(t, bare, "<?xml")
		assert.Less(t, len(svg), 400_000)
	}
}

func TestArmsDifferWithoutColour(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for i := range len(armRoles) {
		l := armLook(i)
		key := strings.Join([]string{l.role.name, glyphName(l), dashName(l)}, " ")
		shape := glyphName(l) + dashName(l)
		assert.False(t, seen[shape], key)
		seen[shape] = true
	}
}

func glyphName(l look) string {
	return strings.TrimPrefix(strings.ToLower(fmt.Sprintf("%T", l.glyph)), "*")
}

func dashName(l look) string {
	var b strings.Builder
	for _, d := range l.dash {
		b.WriteString(tickNumber(float64(d)) + " ")
	}
	return b.String()
}

func TestPNG(t *testing.T) {
	t.Parallel()
	f, ok := percentilesFigure(example())
	require.True(t, ok)
	data, err := f.png()
	require.NoError(t, err)
	img, err := png.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	assert.Equal(t, 2*figureWidth, img.Bounds().Dx(), "two pixels a point")
	colours := map[color.Color]bool{}
	for y := 0; y < img.Bounds().Dy(); y += 3 {
		for x := range img.Bounds().Dx() {
			colours[color.RGBAModel.Convert(img.At(x, y))] = true
		}
	}
	for _, c := range []color.RGBA{rgb(0xFFFFFF), armRoles[0].light, armRoles[1].light, ink.light, muted.light} {
		assert.True(t, colours[c], "%s is kept as it is", hex(c))
	}
}

func TestThinnedFiguresStaySmall(t *testing.T) {
	t.Parallel()
	a := example()
	for range 7 {
		for i := range a.Timeline.Arms {
			arm := &a.Timeline.Arms[i]
			arm.Points = append(arm.Points, arm.Points...)
			arm.Errors = append(arm.Errors, arm.Errors...)
		}
	}
	f, ok := timelineFigure(a)
	require.True(t, ok)
	svg, err := f.svg(false)
	require.NoError(t, err)
	assert.Less(t, len(svg), 400_000)
}

func TestShiftFindings(t *testing.T) {
	t.Parallel()
	points := func(bands ...[2]float64) []results.ShiftPoint {
		var all []results.ShiftPoint
		for i, b := range bands {
			all = append(all, results.ShiftPoint{Q: 0.5 + 0.49*float64(i)/float64(max(len(bands)-1, 1)), Difference: (b[0] + b[1]) / 2, Low: b[0], High: b[1]})
		}
		return all
	}
	tests := []struct {
		name   string
		points []results.ShiftPoint
		want   string
	}{
		{"slower everywhere", points([2]float64{1, 3}, [2]float64{8, 12}), "b is slower at every percentile: +2.00 ms at p50, +10.0 ms at p99"},
		{"faster everywhere", points([2]float64{-3, -1}, [2]float64{-12, -8}), "b is faster at every percentile: -2.00 ms at p50, -10.0 ms at p99"},
		{"nowhere clear", points([2]float64{-1, 1}, [2]float64{-9, 8}), "No percentile of b differs clearly from a"},
		{"in the tail only", points([2]float64{-1, 1}, [2]float64{8, 12}), "b is slower at 1 of 2 percentiles: 0 ms at p50, +10.0 ms at p99"},
		{"faster in the tail only", points([2]float64{-1, 1}, [2]float64{-12, -8}), "b is faster at 1 of 2 percentiles: 0 ms at p50, -10.0 ms at p99"},
		{"the curves cross", points([2]float64{-3, -1}, [2]float64{8, 12}), "b is slower at 1 of 2 percentiles and faster at 1: -2.00 ms at p50, +10.0 ms at p99"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, shiftFinding(results.Shift{Base: "a", Other: "b"}, tt.points))
		})
	}
}

func TestForestFindings(t *testing.T) {
	t.Parallel()
	rows := func(verdicts ...results.Verdict) []results.Comparison {
		var all []results.Comparison
		for _, v := range verdicts {
			all = append(all, results.Comparison{Verdict: v})
		}
		return all
	}
	tests := []struct {
		want string
		rows []results.Comparison
	}{
		{"The latency ratio is clear of the margin: slower", rows(results.VerdictWorse)},
		{"All 2 latency ratios are inside the margin: the same", rows(results.VerdictSame, results.VerdictSame)},
		{"All 2 latency ratios are clear of the margin: faster", rows(results.VerdictBetter, results.VerdictBetter)},
		{"Of 3 latency ratios 1 are worse, 0 better, 1 the same, 1 inconclusive", rows(results.VerdictWorse, results.VerdictSame, results.VerdictInconclusive)},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, forestFinding(tt.rows))
		})
	}
}

func TestNinesScale(t *testing.T) {
	t.Parallel()
	s := ninesScale{}
	assert.InDelta(t, 0, s.Normalize(0, 99.9, 0), 1e-12)
	assert.InDelta(t, 1.0/3, s.Normalize(0, 99.9, 90), 1e-9)
	assert.InDelta(t, 2.0/3, s.Normalize(0, 99.9, 99), 1e-9)
	assert.InDelta(t, 1, s.Normalize(0, 99.9, 99.9), 1e-9)
	assert.True(t, finite(s.Normalize(0, 99.9, 100)), "the maximum has no place, but does no harm")
}

// TestScalesNeverPanic feeds the axes with what gonum's own would panic at.
func TestScalesNeverPanic(t *testing.T) {
	t.Parallel()
	values := []float64{math.NaN(), math.Inf(-1), -1, 0, 1e-9, 0.5, 1, 10, 1e12, math.Inf(1)}
	tickers := []plot.Ticker{ninesTicks{}, logTicks{tickNumber}, linearTicks{5, tickNumber}, forestTicks{}}
	for _, lo := range values {
		for _, hi := range values {
			for _, x := range values {
				_ = logScale{}.Normalize(lo, hi, x)
			}
			for _, ticker := range tickers {
				if finite(lo) && finite(hi) {
					assert.Less(t, len(ticker.Ticks(lo, hi)), 100, "%T from %g to %g", ticker, lo, hi)
				}
			}
			for _, widened := range [][2]float64{pair(logRange(lo, hi)), pair(linearRange(lo, hi))} {
				assert.True(t, finite(widened[0]) && finite(widened[1]) && widened[0] < widened[1], "from %g to %g: %v", lo, hi, widened)
			}
		}
	}
}

func pair(a, b float64) [2]float64 { return [2]float64{a, b} }

func TestTicks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		ticker plot.Ticker
		lo, hi float64
		want   string
	}{
		{"log", logTicks{tickNumber}, 3, 300, "5 10 20 50 100 200"},
		{"log below one", logTicks{tickNumber}, 0.01, 0.2, "0.01 0.02 0.05 0.1 0.2"},
		{"log over many decades", logTicks{tickNumber}, 0.1, 10_000, "0.1 1 10 100 1000 10000"},
		{"linear", linearTicks{5, tickNumber}, -10, 110, "0 50 100"},
		{"linear small", linearTicks{5, tickNumber}, 0, 0.01, "0 0.002 0.004 0.006 0.008 0.01"},
		{"short ratio axis", forestTicks{}, 0.9, 1.15, "0.9 0.95 1 1.05 1.1 1.15"},
		{"nines", ninesTicks{}, 0, 99.6, "p0 p50 p75 p90 p95 p99 p99.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var labels []string
			for _, tick := range tt.ticker.Ticks(tt.lo, tt.hi) {
				labels = append(labels, tick.Label)
			}
			assert.Equal(t, tt.want, strings.Join(labels, " "))
		})
	}
}

func TestWrapToFitsTheFigure(t *testing.T) {
	t.Parallel()
	s := lettering(ink, titleSize, true)
	long := strings.Repeat("word ", 100) + strings.Repeat("x", 300)
	for _, most := range []int{1, 2, 3} {
		lines := wrapTo(s, long, 400, most)
		assert.Len(t, lines, most)
		for _, line := range lines {
			assert.LessOrEqual(t, s.Width(line), s.Width("…")+400)
		}
		assert.True(t, strings.HasSuffix(lines[most-1], "…"), lines[most-1])
	}
	assert.Len(t, wrapTo(s, strings.Repeat("x", 500), 300, 2), 1)
	assert.Empty(t, wrapTo(s, "  ", 300, 2))
}

func TestDressSVGRefusesWhatIsNoDrawing(t *testing.T) {
	t.Parallel()
	_, err := dressSVG([]byte("<svg></svg>"), svgDress{})
	assert.ErrorContains(t, err, "no group")
}

func TestNearestRoleForgivesRounding(t *testing.T) {
	t.Parallel()
	for _, r := range roles() {
		assert.Equal(t, r.name, nearestRole(strings.TrimPrefix(hex(r.light), "#")).name)
		near := rgb(uint32(r.light.R)<<16 | uint32(r.light.G)<<8 | uint32(r.light.B)&0xFE)
		assert.Equal(t, r.name, nearestRole(strings.TrimPrefix(hex(near), "#")).name)
	}
	assert.Equal(t, "ink", nearestRole("none").name)
}

// TestContrast holds the palette to what WCAG 2.1 asks of text (4.5) and of
// graphics (3); the rules are exempt.
func TestContrast(t *testing.T) {
	t.Parallel()
	lightPaper, darkPaper := rgb(0xFFFFFF), rgb(0x161D25)
	css := regexp.MustCompile(`--sheet:(#[0-9a-f]+)`).FindAllStringSubmatch(pageCSS, -1)
	require.Equal(t, "#161d25", css[1][1], "the paper of the dark scheme")
	for _, r := range roles() {
		least := 2.9
		switch r.name {
		case "ink", "muted":
			least = 4.5
		case "grid", "axis":
			continue
		}
		assert.GreaterOrEqual(t, contrast(r.light, lightPaper), least, r.name)
		assert.GreaterOrEqual(t, contrast(r.dark, darkPaper), least, r.name)
	}
}

func contrast(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
