package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/report"
	"github.com/ewsbench/ewsbench/results"
)

type reportFlags struct {
	format string
	out    string
}

// A format renders one stored run.
type format struct {
	name   string
	render func(w io.Writer, dir string, r *results.Reader) error
}

// formats are what --format takes, in the order in which they are told.
func formats() []format {
	return []format{
		{"text", func(w io.Writer, dir string, r *results.Reader) error {
			return analysed(w, r, func(w io.Writer, a *results.Analysis) error {
				return report.Text(w, a, report.TextOptions{Folder: dir})
			})
		}},
		{"html", func(w io.Writer, _ string, r *results.Reader) error { return analysed(w, r, report.HTML) }},
		{"markdown", func(w io.Writer, _ string, r *results.Reader) error { return analysed(w, r, report.Markdown) }},
		{"junit", func(w io.Writer, _ string, r *results.Reader) error { return analysed(w, r, report.JUnit) }},
		{"json", func(w io.Writer, _ string, r *results.Reader) error { return analysed(w, r, report.JSON) }},
		{"csv", func(w io.Writer, _ string, r *results.Reader) error { return report.CSV(w, r.Samples()) }},
		{"jsonl", func(w io.Writer, _ string, r *results.Reader) error { return report.JSONL(w, r.Samples()) }},
	}
}

func analysed(w io.Writer, r *results.Reader, render func(io.Writer, *results.Analysis) error) error {
	a, err := results.Summarize(r)
	if err != nil {
		return err
	}
	return render(w, a)
}

func (a *app) reportCmd() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report RUN...",
		Short: "Render stored runs again",
		Example: `  ewsbench report results/runs/20261122T101500Z-anchor-penalty
  ewsbench report RUN --format csv -o samples.csv`,
		Args: argsBetween(1, -1),
		RunE: func(_ *cobra.Command, args []string) error { return a.report(f, args) },
	}
	cmd.Flags().StringVar(&f.format, "format", "text", "text, html, markdown, junit, json, csv or jsonl")
	cmd.Flags().StringVarP(&f.out, "output", "o", "", "`file` to write to, instead of stdout")
	return cmd
}

func (a *app) report(f reportFlags, dirs []string) error {
	i := slices.IndexFunc(formats(), func(known format) bool { return known.name == f.format })
	if i < 0 {
		return usageError(fmt.Errorf("--format %q is unknown", f.format), "text, html, markdown, junit, json, csv or jsonl")
	}
	if len(dirs) > 1 && slices.Contains([]string{"html", "junit", "json", "csv"}, f.format) {
		return usageError(fmt.Errorf("--format %s renders one run at a time, and %d were named", f.format, len(dirs)),
			"text, markdown and jsonl take several")
	}
	readers, err := openRuns(dirs)
	if err != nil {
		return err
	}
	out, err := a.output(f.out)
	if err != nil {
		return err
	}
	for n, r := range readers {
		if err := formats()[i].render(out, dirs[n], r); err != nil {
			return failure(errors.Join(err, out.Close()), "is the run directory whole, and is there room for the output?")
		}
		for _, w := range r.Warnings() {
			a.say("%s: %s", dirs[n], w)
		}
	}
	if err := out.Close(); err != nil {
		return failure(fmt.Errorf("--output: %w", err), "is there room for the output?")
	}
	return nil
}

// output is the file that was asked for, or stdout, which is not ours to
// close.
func (a *app) output(name string) (io.WriteCloser, error) {
	if name == "" {
		return nopCloser{a.stdout}, nil
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, failure(fmt.Errorf("--output: %w", err), "name a file that can be written")
	}
	return file, nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// openRuns opens all before any is rendered, so that a mistyped name gives an
// error and no half of an answer.
func openRuns(dirs []string) ([]*results.Reader, error) {
	var readers []*results.Reader
	for _, dir := range dirs {
		r, err := results.Open(dir)
		switch {
		case isNoRun(err):
			return nil, usageError(err, "a run directory is what `ewsbench run` made; it holds a run.json")
		case err != nil:
			return nil, failure(err, "can the directory be read?")
		}
		readers = append(readers, r)
	}
	return readers, nil
}
