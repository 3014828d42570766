package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/scenarios"
)

func (a *app) scenarioCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scenario",
		Short: "List, show and check workloads",
		Args:  noVerb,

		SuggestionsMinimumDistance: 2,
		RunE:                       func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.scenarioListCmd(), a.scenarioShowCmd(), a.scenarioLintCmd(), a.scenarioSchemaCmd())
	return cmd
}

func (a *app) scenarioListCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the built-in scenarios",
		Args:  argsBetween(0, 0),
		RunE:  func(*cobra.Command, []string) error { return a.listScenarios(asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array")
	return cmd
}

// listed is one line of `scenario list`.
type listed struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Rate  string `json:"rate"`
	Time  string `json:"duration"`
}

func (a *app) listScenarios(asJSON bool) error {
	var all []listed
	for _, name := range scenarios.Names() {
		s, err := scenarios.Load(name)
		if err != nil {
			return err
		}
		all = append(all, listed{Name: s.Name, Title: s.Title, Rate: s.Rate.String(), Time: s.Duration.String()})
	}
	if asJSON {
		return json.NewEncoder(a.stdout).Encode(all)
	}
	// A tabwriter writes, and fails, in Flush.
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, s := range all {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", s.Name, s.Rate, s.Time, s.Title)
	}
	return w.Flush()
}

func (a *app) scenarioShowCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "show NAME",
		Short:   "Print a built-in scenario, as a copy to start from",
		Example: "  ewsbench scenario show oof-sweep > mine.yaml",
		Args:    argsBetween(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			source, err := scenarios.Source(args[0])
			if err != nil {
				return scenarioError(err)
			}
			_, err = a.stdout.Write(source)
			return err
		},
	}
}

func (a *app) scenarioLintCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "lint FILE...",
		Short: "Check scenario files; every problem is told as file:line:column",
		Args:  argsBetween(1, -1),
		RunE:  func(_ *cobra.Command, args []string) error { return a.lint(args) },
	}
}

func (a *app) lint(names []string) error {
	bad := 0
	for _, name := range names {
		s, err := scenarios.Load(name)
		if err != nil {
			a.complain(scenarioError(err))
			bad++
			continue
		}
		if _, err := fmt.Fprintf(a.stdout, "%s: ok: %s, %s for %s, %d steps, %d arms\n",
			name, s.Name, s.Rate, s.Duration, len(s.Steps), len(s.Arms)); err != nil {
			return failure(err, "is stdout still open?")
		}
	}
	if bad > 0 {
		return verdict(exitUsage)
	}
	return nil
}

func (a *app) scenarioSchemaCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of scenario files, for editors",
		Args:  argsBetween(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := a.stdout.Write(scenarios.Schema())
			return err
		},
	}
}

// scenarioError gives an error of the loader its exit code: whatever is wrong
// with a scenario, the user's file or word is to be put right.
func scenarioError(err error) error {
	if _, known := errors.AsType[*exitError](err); known {
		return err
	}
	return usageError(err, "ewsbench scenario list names the built-in ones, scenario show NAME prints a copy to start from")
}
