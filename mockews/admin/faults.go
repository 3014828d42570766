package admin

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/fault"
)

// injected are the rules that calls of the API have put in force.
type injected struct {
	server *mockews.Server

	mu    sync.Mutex
	last  int
	rules []injection
}

type injection struct {
	id    int
	rule  fault.Rule
	until time.Time // zero: for ever
	off   func()
}

func (i injection) over(now time.Time) bool { return !i.until.IsZero() && !now.Before(i.until) }

func (in *injected) add(r fault.Rule) (int, error) {
	now := time.Now()
	off, err := in.server.TryInject(r)
	if err != nil {
		return 0, err
	}
	until := time.Time{}
	if r.TTL > 0 {
		until = now.Add(r.TTL)
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.forget(now)
	in.last++
	in.rules = append(in.rules, injection{in.last, r, until, off})
	return in.last, nil
}

// forget drops the rules whose time is over.
func (in *injected) forget(now time.Time) {
	in.rules = slices.DeleteFunc(in.rules, func(i injection) bool { return i.over(now) })
}

// remove takes out the rules that are chosen, and says how many they were.
func (in *injected) remove(chosen func(injection) bool) int {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.forget(time.Now())
	before := len(in.rules)
	in.rules = slices.DeleteFunc(in.rules, func(i injection) bool {
		if !chosen(i) {
			return false
		}
		i.off()
		return true
	})
	return before - len(in.rules)
}

// inForce are the rules in force, and those of them that came by the API, by the number under which each can be taken out.
type inForce struct {
	Rules    []fault.Rule `yaml:"rules"`
	Injected []numbered   `yaml:"injected"`
}

type numbered struct {
	ID   int        `yaml:"id"`
	Rule fault.Rule `yaml:"rule"`
}

func (a *api) faults(*call) (any, error) {
	all := inForce{Rules: a.server.Faults(), Injected: []numbered{}}
	a.injected.mu.Lock()
	defer a.injected.mu.Unlock()
	a.injected.forget(time.Now())
	for _, i := range a.injected.rules {
		all.Injected = append(all.Injected, numbered{i.id, i.rule})
	}
	return map[string]any{"rules": tagged(all.Rules), "injected": tagged(all.Injected)}, nil
}

// receipt is how a rule can be taken out again.
type receipt struct {
	ID int `json:"id"`
}

func (a *api) inject(c *call) (any, error) {
	var r fault.Rule
	if err := decode(c, &r); err != nil {
		return nil, err
	}
	id, err := a.injected.add(r)
	if err != nil {
		return nil, err
	}
	return receipt{id}, nil
}

func (a *api) heal(*call) (any, error) {
	a.injected.remove(func(injection) bool { return true })
	return nil, nil
}

func (a *api) healOne(c *call) (any, error) {
	id, err := strconv.Atoi(c.PathValue("id"))
	if err != nil || a.injected.remove(func(i injection) bool { return i.id == id }) == 0 {
		return nil, &problem{Status: http.StatusNotFound, Detail: "no rule with the id " + c.PathValue("id") + " was injected here"}
	}
	return nil, nil
}
