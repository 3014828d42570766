package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// app is the process as the verbs see it. Data goes to stdout, talk to
// stderr; nothing else in the module touches either.
type app struct {
	stdout, stderr io.Writer
	env            func(string) string
}

// main runs one command line and returns its exit code.
func (a *app) main(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	a.complain(err)
	return exitCode(err)
}

// complain says what failed, and on a line of its own what to try.
func (a *app) complain(err error) {
	var e *exitError
	if errors.As(err, &e) && e.silent {
		return
	}
	for line := range strings.Lines(err.Error()) {
		a.say("%s", strings.TrimSuffix(line, "\n"))
	}
	if errors.As(err, &e) && e.hint != "" {
		a.hint("%s", e.hint)
	}
}

// say writes one line of talk: lower case, no full stop, on stderr.
func (a *app) say(format string, args ...any) {
	fmt.Fprintf(a.stderr, "ewsbench: "+format+"\n", args...)
}

func (a *app) hint(format string, args ...any) {
	fmt.Fprintf(a.stderr, "ewsbench: hint: "+format+"\n", args...)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "ewsbench",
		Short: "Load and conformance harness for Exchange Web Services",
		Long: `ewsbench shows what a program on EWS impersonation pays for a missing
X-AnchorMailbox header: it replays the same calls with and without the header,
interleaved, against a bundled mock server or a real Exchange Server.

Start with:

  ewsbench run                    the main job, on the bundled mock, in half a minute
  ewsbench scenario list          the workloads that are built in
  ewsbench mock                   the mock server alone, for a program of your own
  ewsbench conform client -- CMD  what your program does wrong, clause by clause
  ewsbench conform server         what a server does wrong, clause by clause`,
		SilenceErrors: true,
		SilenceUsage:  true,
		// How far off a word may be and still be guessed; cobra leaves it at 0
		// where it does not make the guess itself.
		SuggestionsMinimumDistance: 2,
		Args:                       noVerb,
		RunE:                       func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError(err, "%s --help shows the flags", cmd.CommandPath())
	})
	root.AddCommand(a.runCmd(), a.mockCmd(), a.reportCmd(), a.conformCmd(), a.compareCmd(), a.trendCmd(), a.powerCmd(),
		a.scenarioCmd(), a.versionCmd())
	return root
}

// noVerb refuses a word that is no verb; cobra itself would only show the help
// and call that a success.
func noVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("unknown verb %q for %q", args[0], cmd.CommandPath())
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usageError(err, "did you mean %s?", strings.Join(near, " or "))
	}
	return usageError(err, "%s --help lists the verbs", cmd.CommandPath())
}

// argsBetween is cobra's RangeArgs with our exit code and hint.
func argsBetween(lowest, highest int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= lowest && (highest < 0 || len(args) <= highest) {
			return nil
		}
		return usageError(fmt.Errorf("%s: unexpected number of arguments: %d", cmd.CommandPath(), len(args)),
			"usage: %s", cmd.UseLine())
	}
}
