package results

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

// Trend is what a history comes to.
type Trend struct {
	Schema   int      `json:"schema"`
	Nights   int      `json:"nights"` // valid ones
	Series   []Series `json:"series"`
	Verdict  Verdict  `json:"verdict"`   // worse, same, or inconclusive: not enough nights yet
	Reason   string   `json:"reason"`    // one sentence
	ExitCode int      `json:"exit_code"` // that `ewsbench trend` ends with
	Warnings []string `json:"warnings"`
}

// Series is one ratio over the nights of one plan.
type Series struct {
	Plan     string       `json:"plan"`
	Scenario string       `json:"scenario"`
	Other    string       `json:"other"`
	Metric   string       `json:"metric"`
	Op       string       `json:"op"`
	Decides  bool         `json:"decides"`             // its metric is the primary one: only then it makes the trend worse
	Nights   []NightPoint `json:"nights"`              // in order of time
	Median   float64      `json:"median"`              // of the window that the last night was held against
	MAD      float64      `json:"mad"`                 // median absolute deviation of that window, times 1.4826
	FirstBad *NightPoint  `json:"first_bad,omitempty"` // where the present bad stretch began
	Verdict  Verdict      `json:"verdict"`             // worse, same or inconclusive
}

// NightPoint is one night of a series.
type NightPoint struct {
	Time   time.Time `json:"time"`
	Commit string    `json:"commit,omitempty"`
	Ratio  float64   `json:"ratio"`
	Low    float64   `json:"low"`
	High   float64   `json:"high"`
	Median float64   `json:"median"` // of the nights before in the window; 0: there were not enough
	MAD    float64   `json:"mad"`    // likewise
	Bad    bool      `json:"bad"`
}

const (
	// TrendMADs is by how many MAD a bad night exceeds the median of its window,
	// and TrendShare the share of that median by which it must exceed it as well.
	TrendMADs  = 4
	TrendShare = 0.05

	trendWindow = 14     // good nights that a night is held against, the latest
	trendNeeded = 5      // of them at least
	madScale    = 1.4826 // makes a MAD the standard deviation of normal values
)

// TrendOf finds in each series the first bad night. A night is bad when its ratio
// is above the median of the 14 good nights before it by more than 4 MAD and by
// more than 5 %, and its whole interval above that median. Bad nights do not
// enter later medians, so that a step stays bad until it is undone; a night that
// is good again ends the stretch. For throughput, less is bad.
func TrendOf(nights []Night) *Trend {
	t := &Trend{Schema: Schema, Series: []Series{}, Warnings: []string{}}
	sorted := slices.Clone(nights)
	slices.SortStableFunc(sorted, func(a, b Night) int { return a.Time.Compare(b.Time) })
	for _, n := range sorted {
		if !n.Valid {
			t.Warnings = append(t.Warnings, fmt.Sprintf("the night of %s is left out: %s", day(n.Time), cmp.Or(n.Reason, "it is not valid")))
			continue
		}
		t.Nights++
		for _, r := range n.Ratios {
			s := t.series(n, r)
			s.Decides = r.Metric == cmp.Or(n.Primary, MetricLatencyP50)
			s.add(NightPoint{Time: n.Time, Commit: n.Commit, Ratio: r.Ratio, Low: r.Low, High: r.High})
		}
	}
	t.conclude()
	return t
}

// series finds a ratio's series, or begins it.
func (t *Trend) series(n Night, r NightRatio) *Series {
	i := slices.IndexFunc(t.Series, func(s Series) bool {
		return s.Plan == n.Plan && s.Other == r.Other && s.Metric == r.Metric && s.Op == r.Op
	})
	if i < 0 {
		i = len(t.Series)
		t.Series = append(t.Series, Series{
			Plan: n.Plan, Scenario: n.Scenario, Other: r.Other, Metric: r.Metric, Op: r.Op, Verdict: VerdictInconclusive,
		})
	}
	return &t.Series[i]
}

// add holds a night against those before it.
func (s *Series) add(p NightPoint) {
	window := s.window()
	if len(window) >= trendNeeded {
		p.Median, p.MAD = medianAndMAD(window)
		p.Bad = s.isBad(p)
		s.Median, s.MAD = p.Median, p.MAD
		s.Verdict = VerdictSame
	}
	s.Nights = append(s.Nights, p)
	switch {
	case !p.Bad:
		s.FirstBad = nil
	case s.FirstBad == nil:
		s.FirstBad = &p
	}
	if p.Bad {
		s.Verdict = VerdictWorse
	}
}

// Limit is how far a ratio may lie from the median of the nights before it.
func (p NightPoint) Limit() float64 { return max(TrendMADs*p.MAD, TrendShare*p.Median) }

func (s *Series) isBad(p NightPoint) bool {
	limit := p.Limit()
	if s.Metric == MetricThroughput {
		return p.Ratio < p.Median-limit && p.High < p.Median
	}
	return p.Ratio > p.Median+limit && p.Low > p.Median
}

// window is the ratios of the latest good nights.
func (s *Series) window() (ratios []float64) {
	for i := len(s.Nights) - 1; i >= 0 && len(ratios) < trendWindow; i-- {
		if !s.Nights[i].Bad {
			ratios = append(ratios, s.Nights[i].Ratio)
		}
	}
	return ratios
}

// medianAndMAD are robust against a bad night or two among many.
func medianAndMAD(values []float64) (median, mad float64) {
	sorted := slices.Sorted(slices.Values(values))
	median = stat.Quantile(sorted, 0.5)
	for i, v := range sorted {
		sorted[i] = math.Abs(v - median)
	}
	slices.Sort(sorted)
	return median, madScale * stat.Quantile(sorted, 0.5)
}

// conclude gives the verdict: worse while any series of the primary metric has a
// bad stretch that has not ended. Those of other metrics are warnings: among so
// many, chance would make one bad too often.
func (t *Trend) conclude() {
	var bad []string
	enough := false
	for i := range t.Series {
		s := &t.Series[i]
		enough = enough || s.Verdict != VerdictInconclusive
		switch {
		case s.FirstBad == nil:
		case s.Decides:
			bad = append(bad, s.blame())
		default:
			t.Warnings = append(t.Warnings, s.blame())
		}
	}
	switch {
	case len(bad) > 0:
		t.Verdict, t.ExitCode, t.Reason = VerdictWorse, exitGate, strings.Join(bad, "; ")
	case enough:
		t.Verdict, t.Reason = VerdictSame, fmt.Sprintf("no bad night stands out of %d", t.Nights)
	default:
		t.Verdict = VerdictInconclusive
		t.Reason = fmt.Sprintf("not enough nights yet: %d of one plan are needed before a night can be judged, there are %d", trendNeeded, t.Nights)
	}
}

// blame names a series and its first bad night.
func (s *Series) blame() string {
	commit := ""
	if s.FirstBad.Commit != "" {
		commit = " (commit " + short(s.FirstBad.Commit) + ")"
	}
	return fmt.Sprintf("the first bad night of %s of %s of %s in %s was %s%s: a ratio of %s where the nights before had %s",
		s.Metric, s.Op, s.Other, s.Scenario, day(s.FirstBad.Time), commit, number(&s.FirstBad.Ratio), number(&s.FirstBad.Median))
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02") }
