package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/report"
	"github.com/ewsbench/ewsbench/results"
)

func (a *app) compareCmd() *cobra.Command {
	var asJSON bool
	var format string
	cmd := &cobra.Command{
		Use:   "compare BASE NEW",
		Short: "Two stored runs of one plan: better, same, worse, inconclusive or incomparable",
		Long: `Compares two stored runs of the same plan, arm by arm and operation by
operation, and names the operation that moved. Two runs one after the other do
not share the noise of their machine: to decide a release, measure both servers
in one run (ewsbench run --target base=URL --target candidate=URL).

Exit codes: 0 better or same; 3 worse; 4 inconclusive or incomparable.`,
		Example: "  ewsbench compare results/runs/monday results/runs/tuesday",
		Args:    argsBetween(2, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			if asJSON {
				format = "json"
			}
			return a.compare(format, args[0], args[1])
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "the same as --format json")
	cmd.Flags().StringVar(&format, "format", "text", "text, json, markdown or junit")
	return cmd
}

func (a *app) compare(format, base, next string) error {
	render := comparisonFormats()[format]
	if render == nil {
		return usageError(fmt.Errorf("--format %q is unknown", format), "text, json, markdown or junit")
	}
	c, err := compareRuns(base, next)
	if err != nil {
		return err
	}
	if err := render(a.stdout, c); err != nil {
		return failure(err, "is there room for the output?")
	}
	return verdict(c.ExitCode)
}

func comparisonFormats() map[string]func(io.Writer, *results.RunComparison) error {
	return map[string]func(io.Writer, *results.RunComparison) error{
		"text":     report.CompareText,
		"json":     report.CompareJSON,
		"markdown": report.CompareMarkdown,
		"junit":    report.CompareJUnit,
	}
}

// compareRuns opens two runs and compares them.
func compareRuns(base, next string) (*results.RunComparison, error) {
	readers, err := openRuns([]string{base, next})
	if err != nil {
		return nil, err
	}
	c, err := results.CompareRuns(readers[0], readers[1])
	if err != nil {
		return nil, failure(err, "are both run directories whole?")
	}
	return c, nil
}

// checkBaseline refuses a --baseline that is no run before the load is sent.
func checkBaseline(dir string) error {
	if dir == "" {
		return nil
	}
	_, err := openRuns([]string{dir})
	return err
}

// holdAgainst compares a finished run with --baseline. It makes a good verdict
// bad if the run is worse, and says on stderr what came of it, since stdout may
// be promised to the summary.
func (a *app) holdAgainst(baseline, dir string, code int) (int, error) {
	if baseline == "" || code == exitInvalid || code == exitInterrupted {
		return code, nil
	}
	c, err := compareRuns(baseline, dir)
	if err != nil {
		return exitFailed, err
	}
	a.say("against the baseline %s: %s: %s", baseline, c.Verdict, c.Reason)
	switch c.Verdict { //nolint:exhaustive // the others leave the run's own verdict as it is
	case results.VerdictWorse:
		return exitBad, nil
	case results.VerdictIncomparable:
		return exitInvalid, nil
	}
	return code, nil
}

// isNoRun tells a folder that is no run from one that cannot be read.
func isNoRun(err error) bool {
	return errors.Is(err, results.ErrNotARun) || errors.Is(err, os.ErrNotExist)
}
