package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// PowerText writes how long a run must be to find effects of several sizes, for
// a terminal. The run is the one that the powers were computed from. The error is w's.
func PowerText(w io.Writer, run *results.Run, powers []results.Power) error {
	var b strings.Builder
	fmt.Fprintf(&b, "power of %s, %s, from the blocks of a run of %s\n", orNone(oneLine(run.Scenario)), totalRate(run), span(run.Duration))
	if len(powers) == 0 {
		b.WriteString(noPower + "\n")
	}
	for _, p := range powers {
		t := powerTable(p)
		fmt.Fprintf(&b, "\n%s\n%s", wrap(t.Caption, textWidth, "  "), t.text())
	}
	if len(powers) > 0 {
		b.WriteString("\n" + wrap(powerNote, textWidth, "") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// PowerMarkdown writes the same as Markdown. The error is w's.
func PowerMarkdown(w io.Writer, run *results.Run, powers []results.Power) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## ewsbench power: %s\n\n%s, from the blocks of a run of %s.\n\n",
		markdown(orNone(oneLine(run.Scenario))), markdown(totalRate(run)), span(run.Duration))
	if len(powers) == 0 {
		b.WriteString(noPower + "\n")
	}
	for _, p := range powers {
		t := powerTable(p)
		fmt.Fprintf(&b, "### %s\n\n%s", markdown(t.Caption), t.markdown())
	}
	if len(powers) > 0 {
		b.WriteString(markdown(powerNote) + "\n")
	}
	_, err := io.WriteString(w, cutMarkdown(b.String()))
	return err
}

const noPower = "nothing to compute it from: the run has no comparison with an interval"

// powerNote says what the columns mean.
const powerNote = "Found with a power of 80 %. Beyond the margin: the whole interval lies beyond it, which is what makes a verdict; " +
	"no run is long enough for an effect that is not larger than the margin. From nothing: the interval lies clear of one."

// powerTable has a row for each effect.
func powerTable(p results.Power) table {
	t := table{
		Caption: metricName(p.Metric) + " of " + orNone(oneLine(p.Other)) + ": how long a run must be",
		Head:    []string{"to find", "beyond the margin", "samples", "from nothing", "samples"},
	}
	for _, r := range p.Rows {
		row := []string{fmt.Sprintf("%.4g %% more", 100*r.Effect), "no run is", none, howLong(r.AnyDuration), count(r.AnySamples)}
		if r.Reachable {
			row[1], row[2] = howLong(r.Duration), count(r.Samples)
		}
		if r.AnySamples == 0 {
			row[3], row[4] = none, none
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// howLong writes a duration as roughly as it is known: 40 s, 12 min, 3.5 h.
func howLong(d time.Duration) string {
	switch {
	case d.Round(time.Second) < 2*time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d.Round(time.Minute) < 2*time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	default:
		return fmt.Sprintf("%.1f h", d.Hours())
	}
}
