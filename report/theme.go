package report

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A role is what a colour is for. Figures are drawn once, with the light
// colours; each role's light colour is unlike all others, so that the SVG can
// be given the role's name in place of the colour, and follow the reader's
// colour scheme.
type role struct {
	name        string
	light, dark color.RGBA
}

// The palette. Arms take the colours of Okabe and Ito ("Color
// Universal Design", 2008), which people with any kind of colour vision tell
// apart; the dark scheme takes the lighter ones of the same eight.
var (
	ink   = role{"ink", rgb(0x1B2430), rgb(0xE8EDF2)}
	muted = role{"muted", rgb(0x5A6673), rgb(0x9DAAB6)}
	grid  = role{"grid", rgb(0xE2E6EA), rgb(0x2C343D)}
	axis  = role{"axis", rgb(0x9AA4AE), rgb(0x5D6974)}

	armRoles = [...]role{
		{"arm1", rgb(0x0072B2), rgb(0x56B4E9)},
		{"arm2", rgb(0xD55E00), rgb(0xE69F00)},
		{"arm3", rgb(0x009E73), rgb(0x1FB58A)},
		{"arm4", rgb(0xCC79A7), rgb(0xDD94BC)},
	}
)

func rgb(code uint32) color.RGBA {
	return color.RGBA{R: uint8(code >> 16), G: uint8(code >> 8), B: uint8(code), A: 0xFF}
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// roles lists the palette.
func roles() []role { return append([]role{ink, muted, grid, axis}, armRoles[:]...) }

// faint is a role's colour at the given opacity, 0 to 1. It stays a colour of that role.
func (r role) faint(opacity float64) color.Color {
	c := r.light
	return color.NRGBA{R: c.R, G: c.G, B: c.B, A: uint8(opacity * 255)}
}

// paletteCSS holds one rule for each role and paint, for the given scheme.
func paletteCSS(dark bool) string {
	var b strings.Builder
	for _, r := range roles() {
		c := r.light
		if dark {
			c = r.dark
		}
		fmt.Fprintf(&b, ".fill-%s{fill:%s}.stroke-%s{stroke:%s}", r.name, hex(c), r.name, hex(c))
	}
	return b.String()
}

// A look is how an arm is drawn everywhere: by colour, and by dash and marker for
// those to whom the colour says nothing.
type look struct {
	role  role
	dash  []vg.Length
	glyph draw.GlyphDrawer
}

var (
	armDashes = [...][]vg.Length{nil, {6, 2.5}, {1.5, 2.5}, {7, 2.5, 1.5, 2.5}}
	armGlyphs = [...]draw.GlyphDrawer{draw.CircleGlyph{}, draw.PyramidGlyph{}, draw.BoxGlyph{}, diamond{}}
)

// armLook is the look of the arm with that index. A fifth arm begins again.
func armLook(i int) look {
	return look{role: armRoles[i%len(armRoles)], dash: armDashes[i%len(armDashes)], glyph: armGlyphs[i%len(armGlyphs)]}
}

func (l look) line(width vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: l.role.light, Width: width, Dashes: l.dash}
}

// diamond is a filled square on its corner.
type diamond struct{}

// DrawGlyph implements draw.GlyphDrawer.
func (diamond) DrawGlyph(c *draw.Canvas, sty draw.GlyphStyle, at vg.Point) {
	r := sty.Radius * 1.2
	var p vg.Path
	p.Move(vg.Point{X: at.X, Y: at.Y + r})
	p.Line(vg.Point{X: at.X + r, Y: at.Y})
	p.Line(vg.Point{X: at.X, Y: at.Y - r})
	p.Line(vg.Point{X: at.X - r, Y: at.Y})
	p.Close()
	c.Fill(p)
}

// cross is an X with strokes that stay visible in print, unlike gonum's hairlines.
type cross struct{}

// DrawGlyph implements draw.GlyphDrawer.
func (cross) DrawGlyph(c *draw.Canvas, sty draw.GlyphStyle, at vg.Point) {
	style := draw.LineStyle{Color: sty.Color, Width: 1.1}
	r := sty.Radius
	c.StrokeLine2(style, at.X-r, at.Y-r, at.X+r, at.Y+r)
	c.StrokeLine2(style, at.X-r, at.Y+r, at.X+r, at.Y-r)
}

// boldWeight is WeightBold of golang.org/x/image/font, which gonum's fonts are filed under.
const boldWeight = 3

// lettering is the text style of a figure: Liberation Sans, which has the
// widths of Arial and Helvetica, so that the layout holds where it is missing.
func lettering(r role, size vg.Length, bold bool) text.Style {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if bold {
		f.Weight = boldWeight
	}
	return text.Style{Color: r.light, Font: f, YAlign: draw.YBottom, Handler: plot.DefaultTextHandler}
}
