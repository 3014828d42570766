package mockews

import (
	"net/http"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// photoPath is where photos are to be had as they are (MS docs: Get user photos by using EWS in Exchange), in any spelling of
// upper and lower case.
const photoPath = Path + "/s/GetUserPhoto"

func isPhotoPath(path string) bool { return strings.EqualFold(path, photoPath) }

// photo takes a request for a photo as it is: the operation's, with what it asks for in the query.
func (x *exchange) photo(w http.ResponseWriter, r *http.Request) {
	x.bare = true
	if r.Method != http.MethodGet {
		w.Header()["Allow"] = []string{"GET"}
		x.refuse(w, http.StatusMethodNotAllowed, pageMethod)
		return
	}
	query := r.URL.Query()
	body := ews.GetUserPhoto{Email: query.Get("email"), Size: ews.PhotoSize(query.Get("size"))}
	if body.Size == "" {
		body.Size = "HR48x48"
	}
	if !body.Size.Valid() {
		x.refuse(w, http.StatusBadRequest, pageBadRequest)
		return
	}
	x.pass(w, r, &ews.Request{Version: ews.Exchange2013, Body: body}, nil)
}

// wants reads which photo the client has already.
func (x *exchange) wants(h http.Header) {
	if tags := h["If-None-Match"]; x.note.op == ews.OpGetUserPhoto && len(tags) > 0 {
		x.tag = strings.Trim(tags[0], `"`)
	}
}

// show sends a photo, or says that there is none or that the client has it already. As it is, a photo of nobody is as little
// found as one that somebody lacks. In an envelope, one of nobody is an error without a code of EWS (MS docs: GetUserPhoto
// operation), and one that somebody lacks is what the EWS Managed API expects: 404.
func (x *exchange) show(w http.ResponseWriter, p ews.GetUserPhotoResponse, code ews.Code) {
	h, status := w.Header(), http.StatusOK
	if p.Tag != "" {
		h["Etag"] = []string{`"` + p.Tag + `"`}
		if p.Tag == x.tag {
			p.Changed, p.Picture = false, new([]byte)
			status = http.StatusNotModified
		}
	}
	switch {
	case !x.bare && code == ews.ErrorNonExistentMailbox:
		x.sign(h, http.StatusInternalServerError)
		x.page(w, http.StatusInternalServerError)
		return
	case code == ews.ErrorItemNotFound || code == ews.ErrorNonExistentMailbox:
		status = http.StatusNotFound
	case code != ews.NoError:
		status = http.StatusInternalServerError
	}
	if x.bare {
		x.picture(w, status, p.Picture)
		return
	}
	if status != http.StatusNotFound {
		status = http.StatusOK
	}
	x.out = ews.AppendResponse(x.out, x.server.version, p)
	x.send(w, status, code)
}

// picture sends a photo as it is.
func (x *exchange) picture(w http.ResponseWriter, status int, picture *[]byte) {
	h := w.Header()
	x.sign(h, status)
	if status == http.StatusOK {
		h["Content-Type"] = []string{"image/jpeg"}
		x.out = append(x.out, *picture...)
	}
	x.record(status, "")
	x.deliver(w, status)
}
