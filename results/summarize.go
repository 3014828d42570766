package results

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/results/stat"
)

// Summarize derives the analysis of a run from its samples. Up to 2^20 samples
// all figures are exact: they come from the samples and not from a histogram,
// and need less than 150 MiB in the whole process. The values of a longer run are
// counted on a grid of three significant digits, for each arm, operation and
// block, in memory that does not grow with the run's length; a warning says so.
func Summarize(r *Reader) (*Analysis, error) {
	return summarize(r, bootstrapDraws, exactSamples)
}

// summarize is Summarize with a number of resamplings, which tests keep small,
// and the number of samples beyond which values are not exact.
func summarize(r *Reader, draws, limit int) (*Analysis, error) {
	a, _, err := examine(r, draws, limit)
	return a, err
}

// examine is summarize, with what the analysis was derived from.
func examine(r *Reader, draws, limit int) (*Analysis, *dataset, error) {
	d, err := load(r, limit)
	if err != nil {
		return nil, nil, fmt.Errorf("analyse the run in %s: %w", r.dir, err)
	}
	a := analyst{data: d, draws: draws, resamplers: map[int]*stat.Resampler{}, analysis: &Analysis{Run: d.run}}
	a.cut(cutOf(d, AllOps))
	for _, op := range d.ops {
		a.cut(cutOf(d, op))
	}
	a.analysis.Timeline = timelineOf(d)
	a.conclude(r.Warnings())
	return a.analysis, d, nil
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
	a.comparisons = append(a.comparisons, a.compareCounts(c)...)
	if c.op != AllOps {
		a.analysis.Summary.Ops = append(a.analysis.Summary.Ops, rows...)
		return
	}
	for i, row := range rows {
		s := &c.arms[i].data.summary
		s.Samples, s.ErrorRate, s.Throughput = row.Samples, row.ErrorRate, row.Throughput
		s.Latency, s.Service = row.Latency, row.Service
		lags := c.arms[i].pool(lagTiming())
		s.Lag, c.arms[i].data.lag = quantilesOf(lags), lags.Quantile(0.99)
		s.HTTP, s.Outcomes = row.HTTP, row.Outcomes
	}
}

// counted gives those figures of an arm's row that are counted.
func (a *analyst) counted(c *cut, arm *armCut) OpSummary {
	total := a.data.total(arm.data, c.op)
	row := OpSummary{
		Arm: arm.data.summary.Name, Op: c.op, Samples: total.sent, Errors: total.failed,
		HTTP: byText(total.statuses), Outcomes: total.outcomes,
	}
	if total.sent > 0 {
		row.ErrorRate = float64(total.failed) / float64(total.sent)
	}
	if seconds := a.data.seconds(); seconds > 0 {
		row.Throughput = float64(total.sent-total.failed) / seconds
	}
	if c.op == AllOps {
		s := &arm.data.summary
		s.BytesIn, s.BytesOut, s.ChainLate, s.Withheld = total.in, total.out, total.late, total.withheld
	}
	return row
}

// timed gives the quantiles of a timing in every arm, and what they compare to.
func (a *analyst) timed(c *cut, t timing, rows []OpSummary) {
	pools := make([]*stat.Pool, len(c.arms))
	for i, arm := range c.arms {
		pools[i] = arm.pool(t)
		quantiles := quantilesOf(pools[i])
		if t.prefix == "latency" {
			rows[i].Latency = quantiles
			a.missing.note(rows[i].Arm, c.op, pools[i].Len())
		} else {
			rows[i].Service = quantiles
		}
	}
	a.comparisons = append(a.comparisons, a.compareTimings(c, t, pools)...)
	if c.op == AllOps && t.prefix == "latency" {
		a.draw(c, pools)
	}
}

// draw makes the curves and shifts, and the intervals that belong to an arm.
func (a *analyst) draw(c *cut, pools []*stat.Pool) {
	for i, p := range pools {
		s := &c.arms[i].data.summary
		s.LatencyCI = intervalsOf(p)
		if sent := stat.Sum(c.arms[i].sent); sent > 0 {
			low, high := stat.Wilson(stat.Sum(c.arms[i].failed), sent)
			s.ErrorRateCI = &Interval{low, high}
		}
		a.analysis.Curves = append(a.analysis.Curves, curveOf(s.Name, p))
	}
	if len(pools) > 1 {
		a.analysis.Shifts = shiftsOf(stat.NewResampler(c.blocks, min(a.draws, shiftDraws), a.data.run.Seed), c.arms, pools)
	}
}

// conclude puts the summary together once every cut is done.
func (a *analyst) conclude(warnings []string) {
	d, s := a.data, &a.analysis.Summary
	s.Schema, s.Scenario, s.Seed, s.End = Schema, d.run.Scenario, d.run.Seed, d.run.End
	s.Primary = a.primary()
	s.Beside, s.Groups = d.besideSummaries(), d.run.Groups
	for _, arm := range d.arms {
		arm.summary.SinceCause = d.sinceCause(arm)
		arm.summary.AchievedRate = d.achievedRate(arm)
		arm.summary.Struck = d.struckSamples(arm)
		s.Arms = append(s.Arms, arm.summary)
	}
	sortComparisons(a.comparisons, d.arms)
	adjust(a.comparisons, s.Primary)
	s.Comparisons = orEmpty(a.comparisons)
	s.Ops = orEmpty(s.Ops)
	s.Gates = judgeGates(d.run.Gates, s)
	s.Events, s.AA = d.events, a.compareAA()
	s.Warnings = slices.Concat(d.eventWarnings(), warnings, d.sizeWarnings(), d.aaWarnings(s.AA),
		d.paceWarnings(), lagWarnings(d), mixWarnings(s.Arms), a.missing.warnings(), a.blockWarnings(s.Blocks))
	s.conclude(d.struckText(), validity(d, s.AA), d.run)
}

// primary is the metric that decides.
func (a *analyst) primary() string { return cmp.Or(a.data.run.Primary, MetricLatencyP50) }

// sizeWarnings says that values were too many to keep.
func (d *dataset) sizeWarnings() []string {
	if d.exact {
		return nil
	}
	return []string{fmt.Sprintf("the run has %d samples: their latencies are counted on a grid of three significant digits, so figures may be off by 0.05 %%", d.sent)}
}

// blockWarnings says why there are no intervals in a run of few blocks.
func (a *analyst) blockWarnings(blocks int) []string {
	if blocks >= stat.MinBlocks || len(a.data.arms) < 2 {
		return nil
	}
	return []string{fmt.Sprintf("an interval needs %d blocks that hold samples and this run has %d: every comparison is inconclusive", stat.MinBlocks, blocks)}
}

// conclude gives the run's verdict and exit code: what struck it is named first,
// then comes validity, then how the run ended and the gates. A comparison between
// arms changes neither.
func (s *Summary) conclude(struck, fault string, r Run) {
	s.Valid = fault == ""
	reasons := []string{struck, fault}
	failed := slices.ContainsFunc(s.Gates, func(g GateResult) bool { return !g.Passed })
	switch {
	case !s.Valid:
		s.Verdict, s.ExitCode = VerdictInvalid, exitInvalid
	case failed:
		s.Verdict, s.ExitCode = VerdictFail, exitGate
	case r.End != EndComplete:
		s.Verdict = VerdictInconclusive
		reasons = append(reasons, endWarning(r))
	default:
		s.Verdict = VerdictPass
	}
	s.Reason = strings.Join(slices.DeleteFunc(reasons, func(r string) bool { return r == "" }), "; ")
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

// total counts the samples of an arm that enter figures. It has every code and
// status that any arm has, so that arms can be set side by side, and those that
// readers of summary.json look for.
func (d *dataset) total(a *armData, op string) *cell {
	total := newCell()
	total.statuses = map[int]int{200: 0, 500: 0, 503: 0}
	total.outcomes = map[string]int{CodeOK: 0, "ErrorServerBusy": 0, "http_503": 0, CodeTimeout: 0}
	for _, block := range d.kept() {
		for _, each := range d.ops {
			if op != AllOps && op != each {
				continue
			}
			for _, other := range d.arms {
				c := other.cells[cellKey{each, block}]
				switch {
				case c == nil:
				case other == a:
					total.include(c)
				default:
					total.alike(c)
				}
			}
		}
	}
	return total
}

// struckSamples are those of an arm in blocks that are left out.
func (d *dataset) struckSamples(a *armData) (n int) {
	for key, c := range a.cells {
		if d.struck[key.block] {
			n += c.sent
		}
	}
	return n
}

// byText is a count by HTTP status with the keys that JSON wants.
func byText(statuses map[int]int) map[string]int {
	out := make(map[string]int, len(statuses))
	for status, n := range statuses {
		out[strconv.Itoa(status)] = n
	}
	return out
}
