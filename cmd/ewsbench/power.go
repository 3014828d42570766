package main

import (
	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/report"
	"github.com/ewsbench/ewsbench/results"
)

func (a *app) powerCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "power RUN",
		Short: "How long a run must be to find a difference of 5, 10 or 20 %",
		Long: `Reads from a stored run how much its blocks differ from each other, and works
out how long a run of the same scenario must be to find a difference of 5, 10 or
20 %, four times in five. The nightly job sizes its runs by it.`,
		Args: argsBetween(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return a.power(args[0], asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	return cmd
}

func (a *app) power(dir string, asJSON bool) error {
	readers, err := openRuns([]string{dir})
	if err != nil {
		return err
	}
	analysis, err := results.Summarize(readers[0])
	if err != nil {
		return failure(err, "is the run directory whole?")
	}
	table := results.PowerOf(analysis)
	if asJSON {
		return report.PowerJSON(a.stdout, table)
	}
	return report.PowerText(a.stdout, &analysis.Run, table)
}
