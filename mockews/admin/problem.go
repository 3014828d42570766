package admin

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// problem is an error as programs read it (RFC 9457).
type problem struct {
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Detail string   `json:"detail"`
	Errors []string `json:"errors,omitempty"`
}

func (p *problem) Error() string { return p.Detail }

// write answers with an error.
func write(w http.ResponseWriter, err error) {
	p := problemOf(err)
	p.Title = http.StatusText(p.Status)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a client that has gone is no concern of the server's
}

// problemOf is what is wrong: with what was asked for, if nothing else is known.
func problemOf(err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return &problem{Status: p.Status, Detail: p.Detail, Errors: p.Errors}
	}
	p := &problem{Status: http.StatusBadRequest, Detail: err.Error()}
	if all, ok := errors.AsType[strictyaml.Errors](err); ok {
		for _, e := range all {
			p.Errors = append(p.Errors, e.Error())
		}
	}
	for _, missing := range []error{route.ErrNoMailbox, route.ErrNoDatabase, route.ErrNoBackEnd} {
		if errors.Is(err, missing) {
			p.Status = http.StatusNotFound
		}
	}
	if errors.Is(err, route.ErrDown) {
		p.Status = http.StatusConflict
	}
	return p
}

// decode reads a body by the keys and the rules of a profile's YAML, of which JSON is a part.
func decode(c *call, into any) error {
	if err := strictyaml.Unmarshal("body", c.body, into); err != nil {
		return err
	}
	return nil
}
