package results

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

const (
	minKept      = 0.95                   // share of the asked rate that an arm must keep
	maxLag       = 100 * time.Millisecond // of the lag's p99
	lagOfLatency = 0.10                   // of the median latency: above it the lag is a warning
	chi2Limit    = 15.14                  // 0.9999 quantile of chi-square with one degree of freedom
)

// validity says why a run is invalid, in one sentence, or nothing. It comes
// before any verdict: figures of a workload that was not sent say nothing.
func validity(d *dataset) string {
	var faults []string
	for _, a := range d.arms {
		if a.summary.Outcomes[CodeOK] == 0 {
			faults = append(faults, fmt.Sprintf("%s has not one ok sample among %d", a.summary.Name, a.sent))
		}
	}
	for _, a := range d.arms {
		fault := a.rateFault(d.run)
		if fault == nil { // a rate that is not kept is a lag that grows: once is enough
			fault = a.lagFault()
		}
		faults = append(faults, fault...)
	}
	if d.run.End == EndComplete { // otherwise a slow arm has more requests under way that were never stored
		faults = append(faults, shareFaults(d.arms)...)
	}
	if len(d.arms) == 0 {
		faults = []string{"it has no arm"}
	}
	if len(faults) == 0 {
		return ""
	}
	return "the run is invalid: " + strings.Join(faults, "; ")
}

// achievedRate is that of the samples that were sent, from the first due time to
// the last start, in requests/s.
func (a *armData) achievedRate() float64 {
	return perSecond(a.sent, a.lastStart-a.firstDue)
}

// perSecond is the rate of events of which the first and the last are span apart.
func perSecond(events int, span time.Duration) float64 {
	if events < 2 || span <= 0 {
		return 0
	}
	return float64(events-1) / span.Seconds()
}

// askedRate is the rate that the arm's schedule came to: for a random or rising
// one that of the due times, which are what was asked for.
func (a *armData) askedRate(r Run) float64 {
	if r.Arrival == "" || r.Arrival == "constant" {
		return a.summary.AskedRate
	}
	return perSecond(a.all, a.lastDue-a.firstDue)
}

func (a *armData) rateFault(r Run) []string {
	asked := a.askedRate(r)
	if a.summary.AskedRate <= 0 || asked <= 0 {
		return nil
	}
	// An arm's slots are not quite evenly spaced, since pairs are shuffled: in a
	// handful of samples two are no shortfall.
	expected := asked*(a.lastStart-a.firstDue).Seconds() + 1
	if sent := float64(a.sent); sent >= expected*minKept || sent >= expected-2 {
		return nil
	}
	kept := a.achievedRate()
	fault := fmt.Sprintf("%s kept %.1f of the asked %.1f requests/s (%.1f %%, at least %.0f %% are needed)",
		a.summary.Name, kept, asked, 100*kept/asked, 100*minKept)
	if a.summary.Withheld > 0 {
		fault += fmt.Sprintf(" with %d withheld because the server asked for back-off", a.summary.Withheld)
	}
	return []string{fault}
}

func (a *armData) lagFault() []string {
	p99 := stat.Quantile(a.lags(), 0.99)
	if a.summary.AskedRate <= 0 || math.IsNaN(p99) || p99 <= ms(maxLag) {
		return nil
	}
	return []string{fmt.Sprintf("%s was sent late: its lag has a p99 of %.0f ms, more than %.0f ms", a.summary.Name, p99, ms(maxLag))}
}

// shareFaults finds arms that were not given as many requests as the first one:
// pairs of equal calls were not kept together.
func shareFaults(arms []*armData) (faults []string) {
	for _, a := range arms[min(1, len(arms)):] {
		x, y := float64(arms[0].all), float64(a.all)
		if x+y > 0 && (x-y)*(x-y)/(x+y) > chi2Limit {
			faults = append(faults, fmt.Sprintf("%s was given %d requests and %s %d, which chance does not explain",
				arms[0].summary.Name, arms[0].all, a.summary.Name, a.all))
		}
	}
	return faults
}

// lags are how late each sample was sent, in ms, ascending.
func (a *armData) lags() []float64 {
	lags := make([]float64, len(a.records))
	for i := range a.records {
		lags[i] = ms(a.records[i].latency - a.records[i].service)
	}
	slices.Sort(lags)
	return lags
}

// lagWarnings says where the generator's own lag is no longer small beside what
// it measures.
func lagWarnings(d *dataset) (warnings []string) {
	for _, a := range d.arms {
		lag, p50 := a.summary.Lag.P99, a.summary.Latency.P50
		if a.summary.AskedRate <= 0 || lag == nil || p50 == nil || *lag <= lagOfLatency**p50 {
			continue
		}
		warnings = append(warnings, fmt.Sprintf("the lag of %s has a p99 of %.2f ms, more than %.0f %% of its median latency of %.2f ms",
			a.summary.Name, *lag, 100*lagOfLatency, *p50))
	}
	return warnings
}

// seconds is the measured time that throughput is counted over.
func (d *dataset) seconds() float64 {
	if d.run.Duration > 0 && d.run.End == EndComplete {
		return d.run.Duration.Seconds()
	}
	var last time.Duration
	for _, a := range d.arms {
		last = max(last, a.lastDue, a.lastStart)
	}
	return max(last-d.run.Warmup, 0).Seconds()
}
