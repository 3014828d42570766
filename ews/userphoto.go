package ews

import (
	"slices"
	"strconv"
	"strings"
)

// The operations on photos of users (MS docs: GetUserPhoto operation;
// MS-OXWSCONT, SetUserPhoto).
const (
	OpGetUserPhoto Op = "GetUserPhoto"
	OpSetUserPhoto Op = "SetUserPhoto"
)

// PhotoSize says how large a photo is to be (MS docs: SizeRequested).
type PhotoSize string

// Valid reports whether the schema knows the value.
func (s PhotoSize) Valid() bool {
	return slices.Contains([]PhotoSize{
		"HR48x48", "HR64x64", "HR96x96", "HR120x120", "HR240x240", "HR360x360", "HR432x432", "HR504x504", "HR648x648", "HR1024xN", "HR1920xN",
	}, s)
}

// Pixels is how wide the photo is to be, and how high: 0 for any height.
func (s PhotoSize) Pixels() (width, height int) {
	w, h, _ := strings.Cut(strings.TrimPrefix(string(s), "HR"), "x")
	width, _ = strconv.Atoi(w)
	height, _ = strconv.Atoi(h)
	return width, height
}

// PhotoType says which photo: UserPhoto, which is what nothing stands for, or
// ProfileHeaderPhoto.
type PhotoType string

// Valid reports whether the schema knows the value.
func (t PhotoType) Valid() bool { return t == "UserPhoto" || t == "ProfileHeaderPhoto" }

// GetUserPhoto asks for a user's photo.
type GetUserPhoto struct {
	Email string    `x:"m:Email,need"`
	Size  PhotoSize `x:"m:SizeRequested,need"`
	Type  PhotoType `x:"m:TypeRequested"`
}

// Op returns OpGetUserPhoto.
func (g GetUserPhoto) Op() Op { return OpGetUserPhoto }

func (g GetUserPhoto) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetUserPhoto") }

// GetUserPhotoResponse answers GetUserPhoto. Changed is false for a photo that
// the client has already, and then there is none in the answer. Tag, which is
// not part of it, is the photo's entity tag.
type GetUserPhotoResponse struct {
	Message
	Changed bool    `x:"m:HasChanged,always"`
	Picture *[]byte `x:"m:PictureData"`
	Tag     string
}

// Op returns OpGetUserPhoto.
func (g GetUserPhotoResponse) Op() Op { return OpGetUserPhoto }

func (g GetUserPhotoResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetUserPhotoResponse")
}

// SetUserPhoto gives a user a photo.
type SetUserPhoto struct {
	Email   string    `x:"m:Email,need"`
	Content []byte    `x:"m:Content,need"`
	Type    PhotoType `x:"m:TypeRequested"`
}

// Op returns OpSetUserPhoto.
func (s SetUserPhoto) Op() Op { return OpSetUserPhoto }

func (s SetUserPhoto) appendTo(dst []byte) []byte { return appendBound(dst, s, "m:SetUserPhoto") }

// SetUserPhotoResponse answers SetUserPhoto. It is one message by itself, as
// the EWS Managed API reads it: the schema demands a list of messages that
// permits none of this operation.
type SetUserPhotoResponse struct {
	Message
}

// Op returns OpSetUserPhoto.
func (s SetUserPhotoResponse) Op() Op { return OpSetUserPhoto }

func (s SetUserPhotoResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, s, "m:SetUserPhotoResponse")
}
