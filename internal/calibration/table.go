package calibration

import (
	"fmt"
	"io"
)

// Row is one line of the table: a kind of run, and what became of it.
type Row struct {
	Server Server
	Design Design
	Effect float64 // by which share the other arm is slower
	Count  *Count
}

// Print writes the table as Markdown.
func Print(w io.Writer, rows []Row) error {
	_, err := fmt.Fprint(w, "| server | design | slower by | interval excludes 1: p50 | p95 | interval holds the truth: p50 | p95 | sign-flip p < 0.05: p50 | p95 | Mann-Whitney over requests p < 0.05 |\n"+
		"|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range rows {
		if err != nil {
			return err
		}
		c := r.Count
		share := func(counts []int, i int) string {
			if !c.blockwise {
				return ""
			}
			return Percent(counts[i], c.Runs)
		}
		_, err = fmt.Fprintf(w, "| %s | %s | %.0f %% | %s | %s | %s | %s | %s | %s | %s |\n", r.Server.Name, r.Design, 100*r.Effect,
			share(c.Differ, 0), share(c.Differ, 1), share(c.Cover, 0), share(c.Cover, 1), share(c.Flip, 0), share(c.Flip, 1), Percent(c.Requests, c.Runs))
	}
	return err
}

// Percent writes a share of runs.
func Percent(n, runs int) string { return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(runs)) }
