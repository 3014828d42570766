package results

import (
	"fmt"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

const (
	minKept      = 0.95                   // share of the asked rate that an arm must keep
	maxLag       = 100 * time.Millisecond // of the lag's p99
	lagOfLatency = 0.10                   // of the median latency: above it the lag is a warning
	mismatchP    = 0.0001                 // of the sample ratio: less is not chance
)

// validity says why a run is invalid, in one sentence, or nothing. It comes
// before any verdict: figures of a workload that was not sent say nothing.
func validity(d *dataset, aa []Comparison) string {
	var faults []string
	for i, a := range d.arms {
		// That an arm is told of nothing is a finding, as long as another one is.
		if a.summary.Outcomes[CodeOK] == 0 && (i == 0 || a.summary.Outcomes[CodeMissed] == 0) {
			faults = append(faults, fmt.Sprintf("%s has not one ok sample among %d", a.summary.Name, a.summary.Samples))
		}
	}
	for _, a := range d.arms {
		fault := d.rateFault(a)
		if fault == nil { // a rate that is not kept is a lag that grows: once is enough
			fault = a.lagFault()
		}
		faults = append(faults, fault...)
	}
	if d.run.End == EndComplete && d.run.Assign != AssignPace { // otherwise a slow arm has more requests under way that were never stored
		faults = append(faults, shareFaults(d.arms)...)
	}
	if d.tooMuchStruck() {
		faults = append(faults, fmt.Sprintf("what struck it touches %d of its %d blocks", d.touchedBlocks(), len(d.blocks)))
	}
	faults = append(faults, aaFaults(aa)...)
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
func (d *dataset) achievedRate(a *armData) float64 {
	return perSecond(a.sent, d.sending(a))
}

// sending is the time from the first due time to the last start of an arm, or
// of all of them where they take turns.
func (d *dataset) sending(a *armData) time.Duration {
	first, _, last := d.span(a)
	return last - first
}

// span is when the first and the last request of an arm was due, and when the
// last one was sent; of all arms where they take turns.
func (d *dataset) span(a *armData) (firstDue, lastDue, lastStart time.Duration) {
	firstDue, lastDue, lastStart = a.firstDue, a.lastDue, a.lastStart
	if d.run.Assign != AssignSwitchback {
		return firstDue, lastDue, lastStart
	}
	for _, other := range d.arms {
		if other.all > 0 {
			firstDue, lastDue, lastStart = min(firstDue, other.firstDue), max(lastDue, other.lastDue), max(lastStart, other.lastStart)
		}
	}
	return firstDue, lastDue, lastStart
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
func (d *dataset) askedRate(a *armData) float64 {
	if d.run.Arrival == "" || d.run.Arrival == "constant" {
		return a.summary.AskedRate
	}
	firstDue, lastDue, _ := d.span(a)
	return perSecond(a.all, lastDue-firstDue)
}

func (d *dataset) rateFault(a *armData) []string {
	asked := d.askedRate(a)
	if a.summary.AskedRate <= 0 || asked <= 0 {
		return nil
	}
	// An arm's slots are not quite evenly spaced, since pairs are shuffled: in a
	// handful of samples two are no shortfall.
	expected := asked*d.sending(a).Seconds() + 1
	if sent := float64(a.sent); sent >= expected*minKept || sent >= expected-2 {
		return nil
	}
	kept := d.achievedRate(a)
	fault := fmt.Sprintf("%s kept %.1f of the asked %.1f requests/s (%.1f %%, at least %.0f %% are needed)",
		a.summary.Name, kept, asked, 100*kept/asked, 100*minKept)
	if a.summary.Withheld > 0 {
		fault += fmt.Sprintf(" with %d withheld because the server asked for back-off", a.summary.Withheld)
	}
	return []string{fault}
}

func (a *armData) lagFault() []string {
	if a.summary.AskedRate <= 0 || !(a.lag > ms(maxLag)) {
		return nil
	}
	return []string{fmt.Sprintf("%s was sent late: its lag has a p99 of %.0f ms, more than %.0f ms", a.summary.Name, a.lag, ms(maxLag))}
}

// shareFaults finds arms that were not given equally many requests, as groups of
// equal calls must be: some were not kept together.
func shareFaults(arms []*armData) []string {
	var counts, shares []float64
	var given []string
	for _, a := range arms {
		counts, shares = append(counts, float64(a.all)), append(shares, 1)
		given = append(given, fmt.Sprintf("%s %d", a.summary.Name, a.all))
	}
	p := stat.SampleRatio(counts, shares)
	if p >= mismatchP {
		return nil
	}
	return []string{fmt.Sprintf("the arms were not given equally many requests (%s), which chance does not explain (p = %.2g)", strings.Join(given, ", "), p)}
}

// paceWarnings says what latencies are worth where nothing was due.
func (d *dataset) paceWarnings() []string {
	switch {
	case d.run.Assign == AssignPace:
		return []string{fmt.Sprintf("a closed model: in each arm %d workers wait for their answers, so a slow server is asked less; "+
			"nothing is due, and what a stall kept from being sent is in no latency: compare throughput and service time", d.run.MaxWorkers/max(len(d.run.Arms), 1))}
	case d.run.Rate == 0 && d.run.MaxWorkers > 0:
		return []string{"nothing is due with rate max: latency counts from the start of a request, and what a stall kept from being sent is in none"}
	}
	return nil
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

// seconds is the measured time that throughput is counted over: without the
// blocks that are left out.
func (d *dataset) seconds() float64 {
	kept := 1 - float64(len(d.struck))/float64(max(len(d.blocks), 1))
	if d.run.Duration > 0 && d.run.End == EndComplete {
		return d.run.Duration.Seconds() * kept
	}
	var last time.Duration
	for _, a := range d.arms {
		last = max(last, a.lastDue, a.lastStart)
	}
	return max(last-d.run.MeasuredFrom(), 0).Seconds() * kept
}
