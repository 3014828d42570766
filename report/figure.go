package report

import (
	"bytes"
	"fmt"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Sizes of a figure in points; one point is one pixel of the SVG and two of the PNG.
const (
	figureWidth  = 760
	figureMargin = 10
	titleSize    = 15
	readingSize  = 10.5
	labelSize    = 10.5
	pngDPI       = 144
)

// A figure is one plot with the words that belong to it.
type figure struct {
	Name    string // of its files, and its anchor in the page
	Title   string // what it shows, as a finding
	Reading string // how to read it
	Data    table  // the figures behind the picture
	height  vg.Length
	right   vg.Length // room beside the plot for its own lettering
	keys    []legendKey
	yname   string // the vertical axis, written above it
	plot    *plot.Plot
	panels  []panel // in place of the plot: several below each other
}

// panel is one plot of a figure that has several.
type panel struct {
	title string
	plot  *plot.Plot
}

// desc describes the figure to those who do not see it.
func (f *figure) desc() string {
	return fmt.Sprintf("%s The numbers are in the table %q.", f.Reading, f.Data.Caption)
}

// legendKey is one entry of the line above the plot that says what is what.
type legendKey struct {
	name  string
	line  *draw.LineStyle
	glyph *draw.GlyphStyle
}

// armKey is the key of an arm that is drawn as a line with markers.
func armKey(name string, l look) legendKey {
	line := l.line(1.8)
	return legendKey{name: clip(oneLine(name), 40), line: &line, glyph: &draw.GlyphStyle{Color: l.role.light, Radius: 3.2, Shape: l.glyph}}
}

// newPlot is an empty plot in the house style: no box, only what carries meaning.
func newPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.LineStyle = draw.LineStyle{Color: axis.light, Width: 0.8}
		a.Tick.LineStyle = draw.LineStyle{Color: axis.light, Width: 0.8}
		a.Tick.Length = 4
		a.Padding = 0
		a.Label.TextStyle = withAlign(lettering(muted, labelSize, false), draw.XCenter, draw.YBottom)
		a.Label.Padding = 5
	}
	p.X.Tick.Label = withAlign(lettering(muted, labelSize, false), draw.XCenter, draw.YTop)
	p.Y.Tick.Label = withAlign(lettering(muted, labelSize, false), draw.XRight, draw.YCenter)
	p.Y.LineStyle.Width = 0
	p.Y.Tick.Length = 0
	return p
}

func withAlign(s text.Style, x text.XAlignment, y text.YAlignment) text.Style {
	s.XAlign, s.YAlign = x, y
	return s
}

// gridLines are the horizontal lines at the ticks, and the vertical ones where asked for.
func gridLines(vertical bool) *plotter.Grid {
	g := plotter.NewGrid()
	g.Horizontal = draw.LineStyle{Color: grid.light, Width: 0.8}
	g.Vertical = draw.LineStyle{}
	if vertical {
		g.Vertical = g.Horizontal
	}
	return g
}

// draw puts the figure on a canvas. A bare figure leaves title and reading to the page around it.
func (f *figure) draw(c draw.Canvas, bare bool) {
	c = draw.Crop(c, figureMargin, -figureMargin, figureMargin, -figureMargin)
	if !bare {
		c = drawLines(c, lettering(ink, titleSize, true), f.Title, 2)
		c = drawLines(c, lettering(muted, readingSize, false), f.Reading, 3)
		c.Max.Y -= 6
	}
	c = drawKeys(c, f.keys)
	if f.yname != "" {
		c = drawLines(c, lettering(muted, labelSize, false), f.yname, 1)
		c.Max.Y -= 4
	}
	if f.plot != nil {
		f.plot.Draw(draw.Crop(c, 0, -f.right, 0, 0))
	}
	drawPanels(c, f.panels)
}

// drawPanels shares the canvas out among plots, from the top.
func drawPanels(c draw.Canvas, panels []panel) {
	left, each := c, (c.Max.Y-c.Min.Y)/vg.Length(max(len(panels), 1))
	for _, p := range panels {
		own := left
		left.Max.Y -= each
		own.Min.Y = left.Max.Y + 12
		own = drawLines(own, lettering(ink, labelSize, false), p.title, 1)
		own.Max.Y -= 4
		p.plot.Draw(own)
	}
}

// headroom is the height that title and reading take above a bare figure.
func (f *figure) headroom() vg.Length {
	width := vg.Length(figureWidth - 2*figureMargin)
	title, reading := lettering(ink, titleSize, true), lettering(muted, readingSize, false)
	return vg.Length(len(wrapTo(title, f.Title, width, 2)))*lineHeight(title) +
		vg.Length(len(wrapTo(reading, f.Reading, width, 3)))*lineHeight(reading) + 6
}

func lineHeight(s text.Style) vg.Length { return s.Font.Size * 1.35 }

// drawLines writes text at the upper left, wrapped to the canvas, and returns what is left of the canvas.
func drawLines(c draw.Canvas, s text.Style, words string, most int) draw.Canvas {
	for _, line := range wrapTo(s, words, c.Max.X-c.Min.X, most) {
		c.Max.Y -= lineHeight(s)
		c.FillText(s, vg.Point{X: c.Min.X, Y: c.Max.Y + s.Font.Size*0.3}, line)
	}
	return c
}

// wrapTo breaks words into at most so many lines of the given width; what does not fit ends in an ellipsis.
func wrapTo(s text.Style, words string, width vg.Length, most int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(words) {
		longer := strings.TrimSpace(line + " " + word)
		if line == "" || s.Width(longer) <= width {
			line = longer
			continue
		}
		if len(lines) == most-1 {
			line += " …"
			break
		}
		lines = append(lines, line)
		line = word
	}
	if line == "" {
		return lines
	}
	return append(lines, cutTo(s, line, width))
}

// cutTo shortens a line that holds a word wider than the canvas.
func cutTo(s text.Style, line string, width vg.Length) string {
	runes := []rune(line)
	for len(runes) > 1 && s.Width(string(runes)) > width {
		runes = append(runes[:len(runes)-2], '…')
	}
	return string(runes)
}

// drawKeys writes the keys in a row at the upper left; those that do not fit begin a new row.
func drawKeys(c draw.Canvas, keys []legendKey) draw.Canvas {
	if len(keys) == 0 {
		return c
	}
	const sample, gap, row = 26, 18, 17
	s := lettering(ink, labelSize, false)
	x, y := c.Min.X, c.Max.Y-row
	for _, k := range keys {
		width := sample + 6 + s.Width(k.name)
		if x > c.Min.X && x+width > c.Max.X {
			x, y = c.Min.X, y-row
		}
		k.draw(c, vg.Point{X: x, Y: y + 7}, sample)
		c.FillText(s, vg.Point{X: x + sample + 6, Y: y + 3}, k.name)
		x += width + gap
	}
	c.Max.Y = y - 5
	return c
}

func (k legendKey) draw(c draw.Canvas, at vg.Point, width vg.Length) {
	if k.line != nil {
		c.StrokeLine2(*k.line, at.X, at.Y, at.X+width, at.Y)
	}
	if k.glyph != nil {
		c.DrawGlyphNoClip(*k.glyph, vg.Point{X: at.X + width/2, Y: at.Y})
	}
}

// both draws the figure in both of its forms.
func (f *figure) both() (Plot, error) {
	svg, err := f.svg(false)
	if err != nil {
		return Plot{}, err
	}
	png, err := f.png()
	return Plot{Name: f.Name, Title: f.Title, SVG: svg, PNG: png}, err
}

// svg draws the figure as SVG. A bare one is for a page that holds the title and the colours.
func (f *figure) svg(bare bool) ([]byte, error) {
	height := f.height
	if !bare {
		height += f.headroom()
	}
	canvas := vgsvg.New(figureWidth, height)
	f.draw(draw.New(canvas), bare)
	var raw bytes.Buffer
	if _, err := canvas.WriteTo(&raw); err != nil {
		return nil, fmt.Errorf("draw %s as SVG: %w", f.Name, err)
	}
	return dressSVG(raw.Bytes(), svgDress{
		id: f.Name, title: f.Title, desc: f.desc(), width: figureWidth, height: float64(height), bare: bare,
	})
}

// png draws the figure on white, two pixels a point.
func (f *figure) png() ([]byte, error) {
	canvas := vgimg.NewWith(vgimg.UseWH(figureWidth, f.height+f.headroom()), vgimg.UseDPI(pngDPI))
	f.draw(draw.New(canvas), false)
	out, err := encodePNG(canvas.Image())
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", f.Name, err)
	}
	return out, nil
}
