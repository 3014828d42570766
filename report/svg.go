package report

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"
)

// svgDress is what gonum's SVG lacks: a name for those who listen, a size that
// adapts, and colours that follow the reader's scheme.
type svgDress struct {
	id, title, desc string
	width, height   float64
	bare            bool // for a page that already holds the colours
}

// fontStack names Liberation Sans, which gonum measured the text with, and then
// fonts of the same widths.
const fontStack = "Liberation Sans, Arimo, Helvetica, Arial, sans-serif"

// dressSVG replaces the head of a drawing by gonum and turns its colours into
// classes. The colour stays as an attribute, for viewers that know no style
// sheets; a rule for the class overrides it.
func dressSVG(drawing []byte, d svgDress) ([]byte, error) {
	start := bytes.Index(drawing, []byte("<g "))
	if start < 0 {
		return nil, errors.New("draw SVG: no group in the drawing")
	}
	var b bytes.Buffer
	d.head(&b)
	rest := drawing[start:]
	for {
		before, after, found := bytes.Cut(rest, []byte(`style="`))
		b.Write(before)
		if !found {
			return b.Bytes(), nil
		}
		style, next, _ := bytes.Cut(after, []byte(`"`))
		b.WriteString(restyle(string(style)))
		rest = next
	}
}

func (d svgDress) head(b *bytes.Buffer) {
	size := ""
	if !d.bare {
		b.WriteString(xmlDeclaration)
		size = fmt.Sprintf(` width="%g" height="%.6g"`, d.width, d.height)
	}
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" class="figure"%s viewBox="0 0 %g %.6g" role="img" aria-labelledby="%s-title %s-desc" font-family="%s">`,
		size, d.width, d.height, d.id, d.id, fontStack)
	fmt.Fprintf(b, "\n<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s</desc>\n",
		d.id, html.EscapeString(oneLine(d.title)), d.id, html.EscapeString(oneLine(d.desc)))
	if !d.bare {
		fmt.Fprintf(b, "<style>%s@media (prefers-color-scheme:dark){%s}</style>\n", paletteCSS(false), paletteCSS(true))
	}
}

const xmlDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

// restyle rewrites the style of one element: fonts are the root's, colours become
// class and attribute, the rest stays.
func restyle(style string) string {
	var classes, attributes, rest []string
	for property := range strings.SplitSeq(style, ";") {
		if paint, colour, ok := strings.Cut(property, ":#"); ok && (paint == "fill" || paint == "stroke") && len(colour) == 6 {
			r := nearestRole(colour)
			classes = append(classes, paint+"-"+r.name)
			attributes = append(attributes, paint+`="`+hex(r.light)+`"`)
			continue
		}
		if !inherited(property) {
			rest = append(rest, property)
		}
	}
	if len(classes) > 0 {
		attributes = append(attributes, `class="`+strings.Join(classes, " ")+`"`)
	}
	if len(rest) > 0 {
		attributes = append(attributes, `style="`+strings.Join(rest, ";")+`"`)
	}
	return strings.Join(attributes, " ")
}

// inherited says whether the root element already says so.
func inherited(property string) bool {
	switch property {
	case "font-weight:normal", "font-style:normal":
		return true
	default:
		return strings.HasPrefix(property, "font-family:") || strings.HasPrefix(property, "font-variant:")
	}
}

// nearestRole finds whose colour it is. gonum rounds a translucent colour, so
// that it may be off by one.
func nearestRole(hexColour string) role {
	v, err := strconv.ParseUint(hexColour, 16, 32)
	if err != nil {
		return ink
	}
	c := rgb(uint32(v))
	best, least := ink, 1<<20
	for _, r := range roles() {
		d := apart(c.R, r.light.R) + apart(c.G, r.light.G) + apart(c.B, r.light.B)
		if d < least {
			best, least = r, d
		}
	}
	return best
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
