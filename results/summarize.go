package results

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/ewsbench/ewsbench/results/stat"
)

// Summarize derives the analysis of a run from its samples. All figures are
// exact: they come from the samples and not from a histogram. A million samples
// need less than 150 MiB in the whole process.
func Summarize(r *Reader) (*Analysis, error) {
	return summarize(r, bootstrapDraws)
}

// summarize is Summarize with a number of resamplings, which tests keep small.
func summarize(r *Reader, draws int) (*Analysis, error) {
	d, err := load(r)
	if err != nil {
		return nil, fmt.Errorf("analyse the run in %s: %w", r.dir, err)
	}
	a := analyst{data: d, draws: draws, resamplers: map[int]*stat.Resampler{}, analysis: &Analysis{Run: d.run}}
	a.cut(cutOf(d, -1))
	for op := range d.ops {
		a.cut(cutOf(d, op))
	}
	a.analysis.Timeline = timelineOf(d)
	a.conclude(r.Warnings())
	return a.analysis, nil
}

// analyst derives an analysis cut by cut.
type analyst struct {
	data        *dataset
	draws       int
	resamplers  map[int]*stat.Resampler // by number of blocks
	comparisons []Comparison
	missing     missing
	analysis    *Analysis
}

// Each interval comes from so many resamplings, and the band of a shift, which is
// looked at and decides nothing, from fewer.
const (
	bootstrapDraws = 2000
	shiftDraws     = 500
)

// resampler is the same for every figure of as many blocks.
func (a *analyst) resampler(blocks int) *stat.Resampler {
	r, ok := a.resamplers[blocks]
	if !ok {
		r = stat.NewResampler(blocks, a.draws, a.data.run.Seed)
		a.resamplers[blocks] = r
	}
	return r
}

// cut derives what one operation, or all of them together, contributes.
func (a *analyst) cut(c *cut) {
	rows := make([]OpSummary, len(c.arms))
	for i, arm := range c.arms {
		rows[i] = a.counted(c, arm)
	}
	if c.op == AllOps {
		a.analysis.Summary.Blocks = c.blocks
	}
	for _, t := range timings() {
		a.timed(c, t, rows)
	}
	a.compareCounts(c)
	if c.op != AllOps {
		a.analysis.Summary.Ops = append(a.analysis.Summary.Ops, rows...)
		return
	}
	for i, row := range rows {
		s := &c.arms[i].data.summary
		s.Samples, s.ErrorRate, s.Throughput = row.Samples, row.ErrorRate, row.Throughput
		s.Latency, s.Service = row.Latency, row.Service
	}
}

// counted gives those figures of an arm's row that are counted.
func (a *analyst) counted(c *cut, arm *armCut) OpSummary {
	sent, failed := sum(arm.sent), sum(arm.failed)
	row := OpSummary{Arm: arm.data.summary.Name, Op: c.op, Samples: int(sent), Errors: int(failed)}
	if sent > 0 {
		row.ErrorRate = failed / sent
	}
	if seconds := a.data.seconds(); seconds > 0 {
		row.Throughput = sum(arm.ok) / seconds
	}
	return row
}

// timed gives the quantiles of a timing in every arm, and what they compare to.
func (a *analyst) timed(c *cut, t timing, rows []OpSummary) {
	pools := make([]*stat.Pool, len(c.arms))
	for i, arm := range c.arms {
		pools[i] = c.pool(arm, t)
		quantiles := quantilesOf(pools[i].Sorted())
		if t.prefix == "latency" {
			rows[i].Latency = quantiles
			a.missing.note(rows[i].Arm, c.op, pools[i].Len())
		} else {
			rows[i].Service = quantiles
		}
	}
	a.compareTimings(c, t, pools)
	if c.op == AllOps && t.prefix == "latency" {
		a.draw(c, pools)
	}
}

// draw makes the curves and shifts, and the intervals that belong to an arm.
func (a *analyst) draw(c *cut, pools []*stat.Pool) {
	for i, p := range pools {
		s := &c.arms[i].data.summary
		s.LatencyCI = intervalsOf(p.Sorted())
		if sent := sum(c.arms[i].sent); sent > 0 {
			low, high := stat.Wilson(sum(c.arms[i].failed), sent)
			s.ErrorRateCI = &Interval{low, high}
		}
		a.analysis.Curves = append(a.analysis.Curves, curveOf(s.Name, p.Sorted()))
	}
	if len(pools) > 1 {
		a.analysis.Shifts = shiftsOf(stat.NewResampler(c.blocks, min(a.draws, shiftDraws), a.data.run.Seed), c.arms, pools)
	}
}

// conclude puts the summary together once every cut is done.
func (a *analyst) conclude(warnings []string) {
	d, s := a.data, &a.analysis.Summary
	s.Schema, s.Scenario, s.Seed, s.End = Schema, d.run.Scenario, d.run.Seed, d.run.End
	s.Primary = cmp.Or(d.run.Primary, MetricLatencyP50)
	shareKeys(d.arms)
	for _, arm := range d.arms {
		arm.summary.HTTP = byText(arm.statuses)
		arm.summary.AchievedRate = arm.achievedRate()
		arm.summary.Lag = quantilesOf(arm.lags())
		s.Arms = append(s.Arms, arm.summary)
	}
	sortComparisons(a.comparisons, d.arms)
	adjust(a.comparisons, s.Primary)
	s.Comparisons = orEmpty(a.comparisons)
	s.Ops = orEmpty(s.Ops)
	s.Gates = judgeGates(d.run.Gates, s)
	s.Warnings = slices.Concat(warnings, lagWarnings(d), mixWarnings(s.Arms), a.missing.warnings(), a.blockWarnings(s.Blocks))
	s.conclude(validity(d), d.run)
}

// blockWarnings says why there are no intervals in a run of few blocks.
func (a *analyst) blockWarnings(blocks int) []string {
	if blocks >= stat.MinBlocks || len(a.data.arms) < 2 {
		return nil
	}
	return []string{fmt.Sprintf("an interval needs %d blocks that hold samples and this run has %d: every comparison is inconclusive", stat.MinBlocks, blocks)}
}

// conclude gives the run's verdict and exit code: validity first, then how the
// run ended and the gates. A comparison between arms changes neither.
func (s *Summary) conclude(reason string, r Run) {
	s.Valid, s.Reason = reason == "", reason
	failed := slices.ContainsFunc(s.Gates, func(g GateResult) bool { return !g.Passed })
	switch {
	case !s.Valid:
		s.Verdict, s.ExitCode = VerdictInvalid, exitInvalid
	case failed:
		s.Verdict, s.ExitCode = VerdictFail, exitGate
	case r.End != EndComplete:
		s.Verdict, s.Reason = VerdictInconclusive, endWarning(r)
	default:
		s.Verdict = VerdictPass
	}
	switch r.End {
	case EndInterrupted:
		s.ExitCode = exitInterrupted
	case EndFailed, EndCutOff:
		s.ExitCode = exitFailed
	case EndComplete:
	}
}

// Exit codes of `ewsbench run`.
const (
	exitFailed      = 1
	exitGate        = 3
	exitInvalid     = 4
	exitInterrupted = 130
)

// shareKeys gives every arm the same outcomes and statuses, so that arms can be
// set side by side.
func shareKeys(arms []*armData) {
	for _, from := range arms {
		for _, to := range arms {
			for code := range from.summary.Outcomes {
				to.summary.Outcomes[code] += 0
			}
			for status := range from.statuses {
				to.statuses[status] += 0
			}
		}
	}
}

// byText is a count by HTTP status with the keys that JSON wants.
func byText(statuses map[int]int) map[string]int {
	out := make(map[string]int, len(statuses))
	for status, n := range statuses {
		out[strconv.Itoa(status)] = n
	}
	return out
}
