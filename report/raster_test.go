package report

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPaletted(t *testing.T) {
	t.Parallel()
	few, many := image.NewRGBA(image.Rect(0, 0, 20, 10)), image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range 200 {
		few.Set(i%20, i/20, rgb(uint32(i%7)*0x102030))
	}
	for i := range 10_000 { // a plain paper with 1,000 colours on it, each of them seldom
		many.Set(i%100, i/100, rgb(0xFFFFFF))
		if i%10 == 0 {
			many.Set(i%100, i/100, rgb(uint32(i/10)*0x1081))
		}
	}
	tests := []struct {
		name    string
		img     *image.RGBA
		colours int
		off     int // how far a channel may be from what was drawn
	}{
		{"few colours stay as they are", few, 7, 0},
		{"of many the rare ones come close", many, 256, 50},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data, err := encodePNG(tt.img)
			require.NoError(t, err)
			got, err := png.Decode(bytes.NewReader(data))
			require.NoError(t, err)
			require.Equal(t, tt.img.Bounds(), got.Bounds())
			assert.Len(t, got.(*image.Paletted).Palette, tt.colours)
			worst := 0
			for y := range tt.img.Bounds().Dy() {
				for x := range tt.img.Bounds().Dx() {
					want, is := tt.img.RGBAAt(x, y), color.RGBAModel.Convert(got.At(x, y)).(color.RGBA)
					worst = max(worst, apart(want.R, is.R), apart(want.G, is.G), apart(want.B, is.B))
				}
			}
			assert.LessOrEqual(t, worst, tt.off)
		})
	}
	_, err := encodePNG(image.NewGray(image.Rect(0, 0, 1, 1)))
	assert.ErrorContains(t, err, "*image.Gray")
}
