package mockews

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
)

// shortest is the length of an answer, in bytes, below which compressing it is not worth while.
const shortest = 2 << 10

// takesGzip reports whether the client asks for answers in gzip.
func takesGzip(h http.Header) bool {
	for _, line := range h["Accept-Encoding"] {
		for coding := range strings.SplitSeq(line, ",") {
			name, weight, _ := strings.Cut(strings.TrimSpace(coding), ";")
			if strings.EqualFold(strings.TrimSpace(name), "gzip") && strings.ReplaceAll(weight, " ", "") != "q=0" {
				return true
			}
		}
	}
	return false
}

// compress puts the answer in the buffer into gzip, if the topology does so, the client takes it, and it is long enough.
func (x *exchange) compress(h http.Header) {
	if !x.gzip || len(x.out) < shortest {
		return
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed) // the level is a valid one
	_, _ = w.Write(x.out)                                // a buffer takes everything
	_ = w.Close()
	x.out = append(x.out[:0], packed.Bytes()...)
	h["Content-Encoding"] = []string{"gzip"}
	h["Vary"] = []string{"Accept-Encoding"}
}
