package runner

import (
	"context"
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
	w := new(crew)
	grounds := make(map[string]*ground)
	hire := func(i int, arm Arm) (*sender, error) {
		s, err := newSender(ctx, e, arm, c)
		if err != nil {
			return nil, err
		}
		g := grounds[arm.Target.URL]
		if g == nil {
			g = newGround(plans, len(e.Arms))
			grounds[arm.Target.URL] = g
		}
		s.join(g, i, arm.Target.ObeyBackOff)
		return s, nil
	}
	for i, arm := range e.Arms {
		s, err := hire(i, arm)
		if err != nil {
			return nil, err
		}
		w.arms = append(w.arms, s)
	}
	if e.AA == 0 {
		return w, nil
	}
	for i, arm := range e.Arms {
		like := e.Arms[0]
		like.Name, like.Target.Transport = arm.Name, w.arms[0].transport
		s, err := hire(i, like)
		if err != nil {
			return nil, err
		}
		s.counts = w.arms[i].counts
		w.aa = append(w.aa, s)
	}
	return w, nil
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

func newGround(plans []*scenarios.Plan, arms int) *ground {
	g := &ground{quiet: new(backOff)}
	for _, plan := range plans {
		g.sessions = append(g.sessions, plan.NewSession(arms))
	}
	return g
}
