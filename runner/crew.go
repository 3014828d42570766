package runner

import (
	"context"
	"net/http"
	"slices"

	"github.com/ewsbench/ewsbench/scenarios"
)

// crew are the senders of a run.
type crew struct {
	arms []*sender
	// aa send in the A/A phase, one for each arm: in its name, but as the first
	// arm does. Without that phase there are none.
	aa []*sender
}

func newCrew(ctx context.Context, e Experiment, plans []*scenarios.Plan, c clock) (*crew, error) {
	grounds := make(map[string]*ground)
	for _, arm := range e.Arms {
		if grounds[arm.Target.URL] == nil {
			grounds[arm.Target.URL] = newGround(plans, len(e.Arms))
		}
	}
	hire := func(arms []Arm) (hired []*sender, err error) {
		for i, arm := range arms {
			s, err := newSender(ctx, e, arm, c)
			if err != nil {
				return nil, err
			}
			g, at := grounds[arm.Target.URL], i
			if e.Plan.Workers() > 0 {
				g, at = g.alone(plans), 0
			}
			s.join(g, at, arm.Target.ObeyBackOff)
			hired = append(hired, s)
		}
		return hired, nil
	}
	w := new(crew)
	var err error
	if w.arms, err = hire(e.Arms); err != nil || e.AA == 0 {
		return w, err
	}
	w.aa, err = hire(asFirst(e.Arms, w.arms[0].transport))
	for i, s := range w.aa {
		s.counts = w.arms[i].counts
	}
	return w, err
}

// asFirst returns arms that differ in their names alone: all send as the first
// does, on its connections.
func asFirst(arms []Arm, transport http.RoundTripper) []Arm {
	alike := make([]Arm, len(arms))
	for i, arm := range arms {
		alike[i] = arms[0]
		alike[i].Name, alike[i].Target.Transport = arm.Name, transport
	}
	return alike
}

// of returns who sends for an arm.
func (w *crew) of(arm int, at stage) *sender {
	if at == stageAA && len(w.aa) > 0 {
		return w.aa[arm]
	}
	return w.arms[arm]
}

// close ends what the senders hold open.
func (w *crew) close() {
	for _, s := range slices.Concat(w.arms, w.aa) {
		s.close()
	}
}

// ground is what the arms of one target have in common: what was learned of the
// mailboxes of each cell, and the quiet that the target asked for.
type ground struct {
	sessions []*scenarios.Session
	quiet    *backOff
}

// alone is a ground on which an arm knows only what it learned itself: one that
// goes at its own pace is elsewhere than the others.
func (g *ground) alone(plans []*scenarios.Plan) *ground {
	own := newGround(plans, 1)
	own.quiet = g.quiet
	return own
}

func newGround(plans []*scenarios.Plan, arms int) *ground {
	g := &ground{quiet: new(backOff)}
	for _, plan := range plans {
		g.sessions = append(g.sessions, plan.NewSession(arms))
	}
	return g
}
