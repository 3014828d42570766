package results

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

// RunComparison sets one stored run against an earlier one of the same plan.
type RunComparison struct {
	Schema      int          `json:"schema"`
	Base        RunRef       `json:"base"`
	New         RunRef       `json:"new"`
	Verdict     Verdict      `json:"verdict"`     // better, same, worse, inconclusive or incomparable
	ExitCode    int          `json:"exit_code"`   // that `ewsbench compare` ends with
	Reason      string       `json:"reason"`      // why, in one sentence
	Primary     string       `json:"primary"`     // the metric that decides
	Comparisons []Comparison `json:"comparisons"` // by arm, operation and metric
	Moved       []string     `json:"moved"`       // operations whose primary metric is better or worse in some arm, sorted
	Warnings    []string     `json:"warnings"`
}

// RunRef names a run of a comparison.
type RunRef struct {
	Name     string    `json:"name"` // last part of its directory
	Scenario string    `json:"scenario"`
	Commit   string    `json:"commit,omitempty"`
	Started  time.Time `json:"started"`
	Target   string    `json:"target"`  // of the first arm
	Samples  int       `json:"samples"` // of all arms, measured
	Verdict  Verdict   `json:"verdict"` // of the run itself
}

// Names of the two sides in the comparisons of runs.
const (
	sideBase = "base"
	sideNew  = "new"
)

// significant is the adjusted p below which an operation has moved.
const significant = 0.05

// CompareRuns compares two stored runs in absolute figures, arm by arm and
// operation by operation. Runs that did not do the same thing are incomparable,
// which is a verdict and no error.
func CompareRuns(base, next *Reader) (*RunComparison, error) {
	return compareRuns(base, next, bootstrapDraws)
}

func compareRuns(base, next *Reader, draws int) (*RunComparison, error) {
	from, was, err := examine(base, draws, exactSamples)
	if err != nil {
		return nil, err
	}
	to, is, err := examine(next, draws, exactSamples)
	if err != nil {
		return nil, err
	}
	c := &RunComparison{
		Schema: Schema, Base: refOf(base, from), New: refOf(next, to), Primary: from.Summary.Primary,
		Comparisons: []Comparison{}, Moved: []string{}, Warnings: []string{sequential},
	}
	for _, side := range []struct {
		name string
		a    *Analysis
	}{{sideBase, from}, {sideNew, to}} {
		for _, w := range side.a.Summary.Warnings {
			c.Warnings = append(c.Warnings, fmt.Sprintf("the %s run: %s", side.name, w))
		}
	}
	why := cmp.Or(incomparable(from.Run, to.Run), unfit(sideBase, &from.Summary), unfit(sideNew, &to.Summary))
	if why != "" {
		c.Verdict, c.ExitCode, c.Reason = VerdictIncomparable, exitInvalid, why
		return c, nil
	}
	p := pair{base: was, next: is, draws: draws}
	for _, op := range slices.Concat([]string{AllOps}, was.ops) {
		c.Comparisons = append(c.Comparisons, p.compare(op)...)
	}
	c.judge()
	return c, nil
}

// sequential qualifies every comparison of two runs.
const sequential = "sequential: the runs were made one after the other and share no noise, so what the machine and the server did meanwhile is in the difference"

func refOf(r *Reader, a *Analysis) RunRef {
	ref := RunRef{
		Name: filepath.Base(r.dir), Scenario: a.Run.Scenario, Commit: a.Run.Versions.Commit, Started: a.Run.Started,
		Verdict: a.Summary.Verdict,
	}
	if len(a.Run.Arms) > 0 {
		ref.Target = a.Run.Arms[0].Target
	}
	for _, arm := range a.Summary.Arms {
		ref.Samples += arm.Samples
	}
	return ref
}

// pair is two runs of one plan.
type pair struct {
	base, next *dataset
	draws      int
}

// compare sets each arm of the new run against the same one of the base.
func (p pair) compare(op string) (out []Comparison) {
	base, next := cutOf(p.base, op), cutOf(p.next, op)
	// The draws of the runs are independent, as the runs are.
	bases := stat.NewResampler(base.blocks, p.draws, p.base.run.Seed)
	others := stat.NewResampler(next.blocks, p.draws, p.base.run.Seed+1)
	for i, from := range base.arms[:min(len(base.arms), len(next.arms))] {
		to := next.arms[i]
		if stat.Sum(from.sent) == 0 || stat.Sum(to.sent) == 0 {
			continue
		}
		for _, t := range timings() {
			out = append(out, p.timed(op, t, from, to, bases, others)...)
		}
		e := errorEffect(bases, others, from, to)
		out = append(out, betweenRuns(from, op, MetricErrorRate, e, stat.Permute(from.errorRates(), to.errorRates(), p.base.run.Seed), errorMargin()))
	}
	return out
}

// timed compares the quantiles of a timing.
func (p pair) timed(op string, t timing, from, to *armCut, bases, others *stat.Resampler) (out []Comparison) {
	x, y := from.pool(t), to.pool(t)
	for _, m := range t.metrics() {
		if !stat.Enough(x.Len(), m.q) || !stat.Enough(y.Len(), m.q) {
			continue
		}
		e := bases.Effect(x.Quantile(m.q), y.Quantile(m.q), bases.Quantiles(x, m.q), others.Quantiles(y, m.q))
		was, is := stat.BlockFigures(x, y, m.q)
		k := betweenRuns(from, op, m.name, e, stat.Permute(was, is, p.base.run.Seed), timingMargin())
		k.DifferenceMS = k.Difference
		k.Warnings = append(k.Warnings, mixWarning(rates{sideBase, from.rates().error}, rates{sideNew, to.rates().error})...)
		out = append(out, k)
	}
	return out
}

// betweenRuns is a comparison of an arm with itself in the other run.
func betweenRuns(arm *armCut, op, metric string, e stat.Effect, p float64, m margin) Comparison {
	k := comparisonOf(metric, op, e, p, m)
	k.Arm, k.Base, k.Other = arm.data.summary.Name, sideBase, sideNew
	return k
}

// judge decides by the primary metric: of all operations, and of each of them
// once its p is adjusted for their number.
func (c *RunComparison) judge() {
	c.adjust()
	c.Moved = moved(c.Comparisons, c.Primary)
	var worse, better, open []string
	decided := false
	for _, k := range c.Comparisons {
		if k.Metric != c.Primary {
			continue
		}
		where := k.Op + " in " + k.Arm
		if k.Op == AllOps {
			where, decided = "all operations in "+k.Arm, true
		}
		text := fmt.Sprintf("%s: %s instead of %s", where, number(k.OtherValue), number(k.BaseValue))
		switch k.Verdict {
		case VerdictWorse:
			worse = append(worse, text)
		case VerdictBetter:
			better = append(better, text)
		case VerdictInconclusive:
			if k.Op == AllOps {
				open = append(open, text)
			}
		default:
		}
	}
	switch {
	case len(worse) > 0:
		c.Verdict, c.ExitCode, c.Reason = VerdictWorse, exitGate, c.Primary+" is worse in "+strings.Join(worse, ", ")
	case !decided:
		c.Verdict, c.ExitCode, c.Reason = VerdictInconclusive, exitInvalid, "there are too few samples for "+c.Primary
	case len(open) > 0:
		c.Verdict, c.ExitCode, c.Reason = VerdictInconclusive, exitInvalid, c.Primary+" could be on either side of the margin in "+strings.Join(open, ", ")
	case len(better) > 0:
		c.Verdict, c.Reason = VerdictBetter, c.Primary+" is better in "+strings.Join(better, ", ")
	default:
		c.Verdict, c.Reason = VerdictSame, c.Primary+" is the same within the margin"
	}
}

// adjust gives the operations' primary comparisons their adjusted p, and takes
// the verdict from those that it no longer bears out.
func (c *RunComparison) adjust() {
	var ps []float64
	var family []*Comparison
	for i := range c.Comparisons {
		k := &c.Comparisons[i]
		if k.Metric == c.Primary && k.Op != AllOps && k.P != nil {
			ps, family = append(ps, *k.P), append(family, k)
		}
	}
	for i, p := range stat.Holm(ps) {
		k := family[i]
		k.PHolm = &p
		if p >= significant && k.Verdict != VerdictSame {
			k.Verdict = VerdictInconclusive
		}
	}
}
