package mailbox

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"strconv"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// photo is one that a user has set.
type photo struct {
	picture image.Image
	tag     string
}

// Bounds of a photo that is set (MS docs: Set-UserPhoto has the first).
const (
	maxPhoto       = 20 << 20 // bytes
	maxPhotoPixels = 25_000_000
)

// photoSide is how wide and how high a photo is that the seed gives, in pixels.
const photoSide = 648

// getUserPhoto shows somebody's photo, which everybody may see. Half of the users have one by the seed.
func (j *job) getUserPhoto(b ews.GetUserPhoto) ews.Response {
	r := ews.GetUserPhotoResponse{}
	r.Message = j.try(func() ews.Code {
		p, _ := j.dir.Find(b.Email)
		if p == 0 {
			j.values = []ews.Value{{Name: "SmtpAddress", Text: b.Email}}
			return ews.ErrorNonExistentMailbox
		}
		of, ok := j.photoOf(p)
		if !ok || b.Type == "ProfileHeaderPhoto" {
			return ews.ErrorItemNotFound
		}
		width, height := b.Size.Pixels()
		var out bytes.Buffer
		if err := jpeg.Encode(&out, scale(of.picture, width, height), nil); err != nil {
			return ews.ErrorInternalServerError
		}
		picture := out.Bytes()
		r.Changed, r.Picture, r.Tag = true, &picture, of.tag+string(b.Size)
		return ews.NoError
	})
	return r
}

// photoOf is somebody's photo, false if there is none.
func (s *Store) photoOf(p access.Principal) (photo, bool) {
	s.mu.Lock()
	set, ok := s.photos[p]
	s.mu.Unlock()
	if ok {
		return set, true
	}
	bits := s.dir.Bits("photo", uint64(p))
	if p < 1 || int(p) > s.dir.Users() || bits&1 == 0 {
		return photo{}, false
	}
	return photo{pattern(bits), strconv.FormatUint(bits, 16)}, true
}

// pattern is a picture that bits draw: a few squares, alike on both sides.
func pattern(bits uint64) image.Image {
	const cells = 5
	ink := color.RGBA{byte(bits >> 40), byte(bits >> 48), byte(bits >> 56), 0xff}
	out := image.NewRGBA(image.Rect(0, 0, cells, cells))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	for x := range cells {
		for y := range cells {
			if bits>>(1+y*3+min(x, cells-1-x))&1 == 1 {
				out.Set(x, y, ink)
			}
		}
	}
	return enlarge{out, photoSide}
}

// enlarge is a picture with each pixel repeated until it has so many on each side.
type enlarge struct {
	image.Image
	side int
}

func (e enlarge) Bounds() image.Rectangle { return image.Rect(0, 0, e.side, e.side) }

func (e enlarge) At(x, y int) color.Color {
	b := e.Image.Bounds()
	return e.Image.At(b.Min.X+x*b.Dx()/e.side, b.Min.Y+y*b.Dy()/e.side)
}

// scale makes a picture as large as is asked for, but never larger than it is: then the largest that there is will do (MS docs: Get
// user photos by using EWS in Exchange). What does not fit into the form is cut off at the sides.
func scale(from image.Image, width, height int) image.Image {
	b := from.Bounds()
	if height == 0 {
		height = b.Dy() * width / b.Dx()
	}
	if width > b.Dx() || height > b.Dy() || height == 0 {
		return from
	}
	w, h := b.Dx(), b.Dx()*height/width // of the part that is shown
	if h > b.Dy() {
		w, h = b.Dy()*width/height, b.Dy()
	}
	left, top := b.Min.X+(b.Dx()-w)/2, b.Min.Y+(b.Dy()-h)/2
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			out.Set(x, y, from.At(left+x*w/width, top+y*h/height))
		}
	}
	return out
}

// setUserPhoto gives the actor a photo.
func (j *job) setUserPhoto(b ews.SetUserPhoto) ews.Response {
	r := ews.SetUserPhotoResponse{}
	r.Message = j.try(func() ews.Code {
		opened, code := j.settings(b.Email)
		if code != ews.NoError {
			return code
		}
		picture, ok := readPicture(b.Content)
		if !ok {
			return "ErrorInvalidArgument"
		}
		tag := strconv.FormatUint(j.dir.Bits("photo", hash(string(b.Content))), 16)
		j.mu.Lock()
		defer j.mu.Unlock()
		j.photos[opened.Owner()] = photo{picture, tag}
		return ews.NoError
	})
	return r
}

// readPicture reads a photo and keeps the square in the middle of it, no larger than the seed's are; false for what is none or is too large.
func readPicture(content []byte) (image.Image, bool) {
	form, decode := jpeg.DecodeConfig, jpeg.Decode
	if bytes.HasPrefix(content, []byte("\x89PNG")) {
		form, decode = png.DecodeConfig, png.Decode
	}
	size, err := form(bytes.NewReader(content))
	if err != nil || len(content) > maxPhoto || size.Width < 1 || size.Height < 1 || size.Width > maxPhotoPixels/size.Height {
		return nil, false
	}
	picture, err := decode(bytes.NewReader(content))
	if err != nil {
		return nil, false
	}
	side := min(size.Width, size.Height, photoSide)
	return scale(picture, side, side), true
}
