package admin

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
)

// exchange is an entry of the journal. Times are in milliseconds.
type exchange struct {
	Arrived    float64  `json:"arrived_ms"`
	ID         string   `json:"client_request_id,omitempty"`
	Op         string   `json:"op,omitempty"`
	Caller     string   `json:"caller,omitempty"`
	Target     string   `json:"target,omitempty"`
	Anchor     string   `json:"anchor,omitempty"`
	Source     string   `json:"anchor_source,omitempty"`
	FrontEnd   string   `json:"front_end"`
	Calculated string   `json:"calculated,omitempty"`
	Final      string   `json:"final,omitempty"`
	Hops       int      `json:"hops"`
	Queue      float64  `json:"queue_ms"`
	Service    float64  `json:"service_ms"`
	Budget     *budget  `json:"budget,omitempty"`
	Status     int      `json:"status"`
	Code       string   `json:"code,omitempty"`
	Verdicts   []string `json:"verdicts,omitempty"`
	Faults     []string `json:"faults,omitempty"`
}

type budget struct {
	Before  float64 `json:"before_ms"`
	After   float64 `json:"after_ms"`
	Delay   float64 `json:"delay_ms"`
	Refused string  `json:"refused,omitempty"`
}

func exchangeOf(e *mockews.Entry) exchange {
	x := exchange{
		Arrived: milliseconds(e.Arrived), ID: e.ID, Op: string(e.Op), Caller: e.Caller, Target: e.Target, Anchor: e.Anchor,
		Source: string(e.AnchorSource), FrontEnd: e.FrontEnd, Calculated: e.Calculated, Final: e.Final, Hops: e.Hops,
		Queue: milliseconds(e.Queue), Service: milliseconds(e.Service), Status: e.Status, Code: string(e.Code), Faults: e.Faults,
	}
	for _, id := range e.Verdicts.IDs() {
		x.Verdicts = append(x.Verdicts, string(id))
	}
	if b := e.Budget; b != (mockews.Budget{}) {
		x.Budget = &budget{milliseconds(b.Before), milliseconds(b.After), milliseconds(b.Delay), string(b.Refused)}
	}
	return x
}

// page is a part of the journal. Next is where the next one begins.
type page struct {
	Next    uint64     `json:"next"`
	Entries []exchange `json:"entries"`
}

// maxEntries is how many entries a call gets that names no limit.
const maxEntries = 1000

// parameter is one of the query.
type parameter struct{ name, kind, says string }

// choices are the parameters that choose among the entries.
func choices() []parameter {
	return []parameter{
		{"since", "integer", "the number of the first entry: next of the answer before"},
		{"limit", "integer", "how many entries at most; 1000"},
		{"op", "string", "of this operation alone"},
		{"caller", "string", "of this caller alone"},
		{"target", "string", "for this mailbox alone"},
	}
}

// known refuses a query with a parameter that chooses nothing.
func known(q url.Values) error {
	for key := range q {
		if !slices.ContainsFunc(choices(), func(p parameter) bool { return p.name == key }) {
			return fmt.Errorf("there is no parameter %q: write since, limit, op, caller or target", key)
		}
	}
	return nil
}

func (a *api) journal(c *call) (any, error) {
	q := c.URL.Query()
	if err := known(q); err != nil {
		return nil, err
	}
	since, err := number(q, "since", 0)
	if err != nil {
		return nil, err
	}
	limit, err := number(q, "limit", maxEntries)
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		return nil, errors.New("limit is 0: no page would ever hold anything")
	}
	entries, next := a.server.JournalSince(since)
	p := page{Next: next, Entries: []exchange{}}
	begin := next - uint64(len(entries))
	for i := range entries {
		if uint64(len(p.Entries)) == limit {
			p.Next = begin + uint64(i)
			break
		}
		if e := &entries[i]; fits(q, "op", string(e.Op)) && fits(q, "caller", e.Caller) && fits(q, "target", e.Target) {
			p.Entries = append(p.Entries, exchangeOf(e))
		}
	}
	return p, nil
}

func fits(q url.Values, key, value string) bool { return !q.Has(key) || q.Get(key) == value }

func number(q url.Values, key string, instead uint64) (uint64, error) {
	if !q.Has(key) {
		return instead, nil
	}
	n, err := strconv.ParseUint(q.Get(key), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s is %q: write a number", key, q.Get(key))
	}
	return n, nil
}

func (a *api) clearJournal(*call) (any, error) {
	a.server.ClearJournal()
	return nil, nil
}

// verdict is how often a rule was broken.
type verdict struct {
	Code   string `json:"code"`
	Count  uint64 `json:"count"`
	Level  string `json:"level"`
	Advice string `json:"advice"`
	Source string `json:"source"`
}

// judgement is what clients did wrong, of how many requests that were judged.
type judgement struct {
	Judged   uint64    `json:"judged"`
	Verdicts []verdict `json:"verdicts"`
}

func (a *api) verdicts(*call) (any, error) {
	counts := a.server.Verdicts()
	given := []verdict{}
	for _, rule := range audit.Rules() {
		if n := counts[rule.ID]; n > 0 {
			given = append(given, verdict{string(rule.ID), n, fmt.Sprint(rule.Level), rule.Advice, rule.Source})
		}
	}
	return judgement{a.server.Judged(), given}, nil
}
