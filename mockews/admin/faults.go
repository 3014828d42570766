package admin

import (
	"net/http"
	"slices"
	"strconv"
	"sync"

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
	id   int
	rule fault.Rule
	off  func()
}

func (in *injected) add(r fault.Rule) (int, error) {
	off, err := in.server.TryInject(r)
	if err != nil {
		return 0, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.last++
	in.rules = append(in.rules, injection{in.last, r, off})
	return in.last, nil
}

// remove takes out the rules that are chosen, and says how many they were.
func (in *injected) remove(chosen func(injection) bool) int {
	in.mu.Lock()
	defer in.mu.Unlock()
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

func (a *api) faults(*call) (any, error) {
	a.injected.mu.Lock()
	defer a.injected.mu.Unlock()
	here := []any{}
	for _, i := range a.injected.rules {
		here = append(here, map[string]any{"id": i.id, "rule": tagged(i.rule)})
	}
	return map[string]any{"rules": tagged(a.server.Faults()), "injected": here}, nil
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
	return map[string]any{"id": id}, nil
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
