package admin

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/mockews"
)

// maxBody is the longest request that is read, in bytes.
const maxBody = 1 << 20

// Info is what the mock's owner knows of it.
type Info struct {
	// Profile is the name of the topology or its file, URL the EWS endpoint, Version that of the program.
	Profile, URL, Version string
	// Hosts are names by which the API may be called beside those of the loopback. "*" is any.
	Hosts []string
}

// api answers calls about one server.
type api struct {
	server   *mockews.Server
	info     Info
	injected injected
	metrics  http.Handler
}

// endpoint is one call.
type endpoint struct {
	method, path string
	summary      string
	takes        any // a value of the type of the body, nil for none
	gives        any // a value of the type of the answer, nil for none
	answer       func(*api, *call) (any, error)
}

// call is a request of one.
type call struct {
	*http.Request
	body []byte
}

// New is the API of a server, which it observes from now on. It takes requests for the loopback and for info.Hosts alone, so that a
// page in a browser cannot reach it under a name of its own.
func New(s *mockews.Server, info Info) http.Handler {
	a := &api{server: s, info: info}
	a.injected.server = s
	a.metrics = newMetrics(s)
	mux := http.NewServeMux()
	methods := map[string][]string{}
	for _, e := range endpoints() {
		mux.HandleFunc(e.method+" "+e.path, a.serve(e))
		methods[e.path] = append(methods[e.path], e.method)
	}
	for path, allowed := range methods {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			write(w, &problem{Status: http.StatusMethodNotAllowed, Detail: "the methods are " + strings.Join(allowed, ", ")})
		})
	}
	mux.Handle("GET /metrics", a.metrics)
	mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, document(info.Version)) })
	mux.HandleFunc("GET /{$}", index)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		write(w, &problem{Status: http.StatusNotFound, Detail: "nothing is at " + r.URL.Path + ": GET / lists the calls"})
	})
	return a.guarded(mux)
}

// guarded refuses what comes under a foreign name or from a foreign page.
func (a *api) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		from, err := url.Parse(origin)
		if !a.knows(r.Host) || origin != "" && (err != nil || !a.knows(from.Host)) {
			write(w, &problem{Status: http.StatusForbidden, Detail: "the API answers to loopback names alone"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (a *api) knows(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() || strings.EqualFold(host, "localhost") || slices.Contains(a.info.Hosts, host) || slices.Contains(a.info.Hosts, "*")
}

// serve answers one call.
func (a *api) serve(e endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := read(w, r, e)
		if err != nil {
			write(w, err)
			return
		}
		answer, err := e.answer(a, &call{Request: r, body: body})
		switch {
		case err != nil:
			write(w, err)
		case answer == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			status := http.StatusOK
			if r.Method == http.MethodPost {
				status = http.StatusCreated
			}
			writeJSON(w, status, answer)
		}
	}
}

// read reads the body, if the call takes one.
func read(w http.ResponseWriter, r *http.Request, e endpoint) ([]byte, error) {
	if e.takes == nil {
		return nil, nil
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return nil, &problem{Status: http.StatusUnsupportedMediaType, Detail: "send application/json"}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, &problem{Status: http.StatusRequestEntityTooLarge, Detail: "the body is longer than a megabyte"}
	}
	if err == nil && !json.Valid(body) {
		return nil, &problem{Status: http.StatusBadRequest, Detail: "the body is no JSON"}
	}
	return body, err
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(v) // a client that has gone is no concern of the server's
}

// index lists the calls, for people.
func index(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "mockews: the calls of its API; GET /openapi.json has them for programs\n\n")
	for _, e := range endpoints() {
		_, _ = io.WriteString(w, e.method+strings.Repeat(" ", 8-len(e.method))+e.path+"\n        "+e.summary+"\n")
	}
	_, _ = io.WriteString(w, "GET     /metrics\n        metrics for Prometheus\nGET     /openapi.json\n        these calls, for programs\n")
}

// milliseconds are how times are written.
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
