package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/report"
	"github.com/ewsbench/ewsbench/results"
)

type trendFlags struct {
	json   bool
	format string
	plot   string
}

func (a *app) trendCmd() *cobra.Command {
	var f trendFlags
	cmd := &cobra.Command{
		Use:   "trend HISTORY",
		Short: "The nightly history: which night was the first bad one",
		Long: `Reads a history of nightly ratios (ewsbench run --history FILE appends to it)
and names the first bad night of each series, by median and MAD of the nights
before. A short history, or one with interrupted nights, is not an error.

Exit codes: 0 no bad night, or not enough nights yet; 3 a bad night that the
series has not recovered from.`,
		Example: "  ewsbench trend results/history.jsonl --plot trend.svg",
		Args:    argsBetween(1, 1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.trend(f, args[0]) },
	}
	cmd.Flags().BoolVar(&f.json, "json", false, "the same as --format json")
	cmd.Flags().StringVar(&f.format, "format", "text", "text, json or markdown")
	cmd.Flags().StringVar(&f.plot, "plot", "", "`file` for the plot, .svg or .png")
	return cmd
}

func (a *app) trend(f trendFlags, history string) error {
	nights, warnings, err := results.ReadHistory(history)
	if err != nil {
		return usageError(err, "a history is a file that ewsbench run --history FILE appended to; an empty one is no mistake")
	}
	t := results.TrendOf(nights)
	t.Warnings = append(warnings, t.Warnings...)
	if err := writeTrendPlot(f.plot, t); err != nil {
		return err
	}
	if err := a.renderTrend(f, t); err != nil {
		return err
	}
	return verdict(t.ExitCode)
}

func (a *app) renderTrend(f trendFlags, t *results.Trend) error {
	if f.json {
		f.format = "json"
	}
	switch f.format {
	case "text":
		return report.TrendText(a.stdout, t)
	case "json":
		return report.TrendJSON(a.stdout, t)
	case "markdown":
		return report.TrendMarkdown(a.stdout, t)
	}
	return usageError(fmt.Errorf("--format %q is unknown", f.format), "text, json or markdown")
}

func writeTrendPlot(name string, t *results.Trend) error {
	png := strings.HasSuffix(name, ".png")
	switch {
	case name == "":
		return nil
	case !png && !strings.HasSuffix(name, ".svg"):
		return usageError(fmt.Errorf("--plot %s: want a name that ends in .svg or .png", name), "such as trend.svg")
	}
	plot, drawn, err := report.TrendPlot(t)
	switch {
	case err != nil:
		return failure(fmt.Errorf("--plot: %w", err), "leave --plot out for the text alone")
	case !drawn:
		t.Warnings = append(t.Warnings, "there is nothing to plot yet")
		return nil
	}
	data := plot.SVG
	if png {
		data = plot.PNG
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return failure(fmt.Errorf("--plot: %w", err), "name a file that can be written")
	}
	return nil
}
