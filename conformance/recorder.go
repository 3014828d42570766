package conformance

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// kept is how much of a body a record keeps in bytes, exchangesKept how many exchanges.
const (
	kept          = 4 << 10
	exchangesKept = 20
)

// recorder keeps what a clause sent and got. Credentials never reach it: they are put on by the transport below.
type recorder struct {
	mu sync.Mutex
	n  int
	of []results.Exchange
}

func (r *recorder) sent(*http.Request, string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	if len(r.of) < exchangesKept {
		r.of = append(r.of, results.Exchange{})
	}
	return r.n
}

// at is the exchange of that number, nil if it is one too many.
func (r *recorder) at(n int) *results.Exchange {
	if n < 1 || n > len(r.of) {
		return nil
	}
	return &r.of[n-1]
}

// dressed notes the request with all headers that are set above the transport.
func (r *recorder) dressed(n int, q *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.at(n)
	if e == nil {
		return
	}
	var body []byte
	if q.GetBody != nil {
		if again, err := q.GetBody(); err == nil {
			body, _ = io.ReadAll(io.LimitReader(again, kept+1))
		}
	}
	e.Request = fmt.Sprintf("%s %s\n%s\n%s", q.Method, q.URL.RequestURI(), headers(q.Header), short(body))
}

func (r *recorder) failed(n int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e := r.at(n); e != nil {
		e.Error = err.Error()
	}
}

func (r *recorder) answered(n int, a *http.Response, body []byte, err error, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.at(n)
	if e == nil {
		return
	}
	e.Answer = fmt.Sprintf("%s %d\n%s\n%s", a.Proto, a.StatusCode, headers(a.Header), short(body))
	e.Elapsed = milliseconds(took)
	if err != nil {
		e.Error = err.Error()
	}
}

func (r *recorder) all() []results.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.of)
}

// secretHeaders hold what opens doors.
func secret(name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Backendoverridecookie":
		return true
	}
	return false
}

// headers are in the order of their names, with the values of those that hold secrets left out, but for the names of cookies.
func headers(h http.Header) string {
	var lines []string
	for name, values := range h {
		for _, value := range values {
			if secret(name) {
				value = hidden(name, value)
			}
			lines = append(lines, name+": "+value)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// hidden is a value that opens doors, without that; a cookie keeps its name.
func hidden(name, value string) string {
	if cookie, _, found := strings.Cut(value, "="); found && strings.HasSuffix(http.CanonicalHeaderKey(name), "Cookie") && !strings.HasPrefix(name, "X-") {
		return cookie + "=..."
	}
	return "..."
}

func short(body []byte) string {
	if len(body) > kept {
		body = append(slices.Clone(body[:kept]), "\n[cut short]"...)
	}
	return strings.ToValidUTF8(string(bytes.TrimSpace(body)), "\uFFFD")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
