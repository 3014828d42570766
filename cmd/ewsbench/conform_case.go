package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/ews/audit"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/results"
)

// exitUnsupported is what a program ends with that does not know a case, as with other suites that run programs.
const exitUnsupported = 89

// grace is how long an interrupted program may take to end.
const grace = 5 * time.Second

// tryCase runs the command against a mock in which the case happens.
func (a *app) tryCase(ctx context.Context, f conformClientFlags, c conformance.Case, command []string) (conformance.Trial, error) {
	t, err := caseTopology(c)
	if err != nil {
		return conformance.Trial{}, err
	}
	server, err := serve(t, "127.0.0.1:0", nil, mockews.WithSituations())
	if err != nil {
		return conformance.Trial{}, err
	}
	defer server.stop()
	shown := &witness{}
	server.mock.Observe(shown.observe)
	trial, err := a.runCase(ctx, cmp.Or(f.limit, caseLimit), command, caseVariables(server, c))
	if err != nil {
		return trial, err
	}
	server.stop() // so that all that came is judged
	trial.Sight = sightOf(server.mock, shown)
	return trial, nil
}

func caseTopology(c conformance.Case) (route.Topology, error) {
	if c.Topology == "" {
		return route.Topology{}, nil
	}
	return route.Parse("case "+c.Name, []byte(c.Topology))
}

// sightOf is what a mock saw, once no more requests come.
func sightOf(mock *mockews.Server, shown *witness) conformance.Sight {
	mock.FinishAudit()
	return conformance.Sight{Requests: mock.Judged(), Broken: mock.Verdicts(), Met: mock.Met(), Evidence: shown.evidence}
}

// caseVariables tell a program where to go, and what to do there.
func caseVariables(s *served, c conformance.Case) []string {
	vars := mockVariables(s.url, s.mock.Organisation().Topology())
	if c.Aliases {
		for i, v := range vars {
			if strings.HasPrefix(v, "EWS_TARGETS=") {
				vars[i] = strings.ReplaceAll(v, "@"+mockDomain, "@mail."+mockDomain)
			}
		}
	}
	return append(append(vars, tokenVariables(s)...), "EWS_CASE="+c.Name, "EWS_TASK="+c.Task)
}

// runCase runs the command, for so long; 0: as long as it likes. What it says goes to stderr: stdout is for findings.
func (a *app) runCase(ctx context.Context, limit time.Duration, command, vars []string) (conformance.Trial, error) {
	limited, cancel := context.WithCancel(ctx)
	if limit > 0 {
		limited, cancel = context.WithTimeout(ctx, limit)
	}
	defer cancel()
	child := exec.CommandContext(limited, command[0], command[1:]...)
	child.Stdout, child.Stderr = a.stderr, a.stderr
	child.Env = append(os.Environ(), vars...)
	child.Cancel = func() error { return child.Process.Signal(os.Interrupt) }
	child.WaitDelay = grace
	err := child.Run()
	exit, ended := errors.AsType[*exec.ExitError](err)
	switch {
	case ctx.Err() != nil:
		return conformance.Trial{}, errors.New("interrupted")
	case limited.Err() != nil:
		return conformance.Trial{Ended: fmt.Sprintf("was interrupted after %s", limit)}, nil
	case err == nil:
		return conformance.Trial{}, nil
	case ended && exit.ExitCode() == exitUnsupported:
		return conformance.Trial{Unsupported: true}, nil
	case ended:
		return conformance.Trial{Ended: "ended with " + exit.ProcessState.String()}, nil
	}
	return conformance.Trial{}, err
}

// witnessed is how many requests a witness shows for a rule.
const witnessed = 3

// witness keeps a few of the requests that broke each rule.
type witness struct {
	mu   sync.Mutex
	of   map[audit.ID][]results.Exchange
	live func(*mockews.Entry) // hears of each; nil: nobody does
}

func (w *witness) observe(e *mockews.Entry) {
	if e.Verdicts == 0 {
		return
	}
	w.mu.Lock()
	if w.of == nil {
		w.of = map[audit.ID][]results.Exchange{}
	}
	for _, id := range e.Verdicts.IDs() {
		if len(w.of[id]) < witnessed {
			w.of[id] = append(w.of[id], testimony(e))
		}
	}
	w.mu.Unlock()
	if w.live != nil {
		w.live(e)
	}
}

func (w *witness) evidence(id audit.ID) []results.Exchange {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.of[id]
}

// testimony is what a journal knows of a request.
func testimony(e *mockews.Entry) results.Exchange {
	anchor := e.Anchor
	if anchor == "" {
		anchor = "none"
	}
	return results.Exchange{
		Request: fmt.Sprintf("%s by %s for %s\nX-AnchorMailbox: %s\nclient-request-id: %s\narrived after %s", cmp.Or(e.Op, "what breaks the schema"), e.Caller, e.Target, anchor, e.ID,
			e.Arrived.Round(time.Millisecond)),
		Answer: fmt.Sprintf("HTTP %d %s", e.Status, e.Code),
	}
}
