package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/results"
)

// gentle is the least time between two requests to a server beyond loopback, unless --pause says otherwise.
const gentle = 200 * time.Millisecond

type conformServerFlags struct {
	accessFlags
	recordFlags
	target  string
	world   string
	control string
	admin   string
	limit   time.Duration
	pause   time.Duration
	seed    uint64
}

func (a *app) conformServerCmd() *cobra.Command {
	var f conformServerFlags
	cmd := &cobra.Command{
		Use:   "server [CLAUSE...]",
		Short: "Check an EWS endpoint, clause by clause",
		Long: `Asks an EWS endpoint about each clause, one after the other, and takes away what
it made there. CLAUSE is an id or the beginning of one: imp, imp.role,
imp.role.required. Without --target it is the bundled mock.

What the endpoint offers stands in a world file (--world): which accounts play
which parts, and which mailboxes may be changed. What of it can be changed, a
mock's admin API does (--admin) or a command of yours (--control). A clause that
needs what is not there is skipped, and says what was missing.

Exit codes: 0 no MUST is violated; 3 one is, or the list of known failures is not
true any more; 4 a MUST could not be judged, or nothing was.`,
		Example: `  ewsbench conform server
  ewsbench conform server --target mock:exo-like --html findings.html
  ewsbench conform server imp anchor --target https://mail.contoso.com/EWS/Exchange.asmx \
    --allow-remote mail.contoso.com --user svc@contoso.com --password-file pw --mailboxes-file boxes`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.pauseGiven = cmd.Flags().Changed("pause")
			return a.conformServer(cmd.Context(), f, args)
		},
	}
	f.accessFlags.register(cmd)
	f.recordFlags.register(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.target, "target", mockPrefix, "`URL` of the endpoint, or mock:[PROFILE]")
	fs.StringVar(&f.world, "world", "", "`file` that says which accounts and mailboxes there are (docs/conformance.md)")
	fs.StringVar(&f.control, "control", "", "`command` that changes the endpoint: called with an action, its arguments as JSON on stdin")
	fs.StringVar(&f.admin, "admin", "", "`URL` of a mock's admin API, which can change it")
	fs.DurationVar(&f.limit, "limit", conformance.DefaultLimit, "how long one clause may take")
	fs.DurationVar(&f.pause, "pause", 0, "least time between two requests (200ms for a target beyond loopback)")
	fs.Uint64Var(&f.seed, "seed", 1, "seed of the bundled mock")
	return cmd
}

func (a *app) conformServer(ctx context.Context, f conformServerFlags, words []string) error {
	if f.list {
		clauses, err := selectClauses(conformance.Server(), words, f.level)
		if err != nil {
			return err
		}
		return a.listClauses(serverCatalogue(clauses), f.json)
	}
	clauses, err := selectClauses(conformance.Server(), words, f.level)
	if err != nil {
		return err
	}
	known, err := f.readKnown(serverIDs(conformance.Server()))
	if err != nil {
		return err
	}
	w, stop, err := a.openWorld(&f)
	if err != nil {
		return err
	}
	defer stop()
	suite := conformance.Suite{World: *w, Clauses: clauses, Limit: f.limit, Pause: f.pause, Known: known, Found: a.progressOf(len(clauses), f.quiet)}
	server, err := suite.Meet(ctx)
	if err != nil {
		return failure(fmt.Errorf("conform: %w", err), "is %s an EWS endpoint, and may the account impersonate %s?", w.URL, first(w.Mailboxes))
	}
	a.say("%s at %s, %d clauses", server, f.target, len(clauses))
	c := suite.Run(ctx, server)
	c.Target = f.target
	if err := a.record(&c, f.recordFlags, len(words) == 0 && f.level == "all"); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return verdict(exitInterrupted)
	}
	return verdict(conformExit(&c))
}

// conformExit is the exit code of what was found.
func conformExit(c *results.Conformity) int {
	switch c.Verdict() {
	case "pass":
		return exitOK
	case "fail":
		return exitBad
	}
	return exitInvalid
}

// progressOf shows on stderr what does not pass, as it is found.
func (a *app) progressOf(total int, quiet bool) func(results.Finding) {
	n := 0
	return func(f results.Finding) {
		n++
		if quiet || f.Status == results.Pass || f.Status == results.Skip {
			return
		}
		a.say("%d of %d: %s %s", n, total, f.Status, f.Clause)
	}
}

func serverIDs(clauses []conformance.Clause) (ids []string) {
	for i := range clauses {
		ids = append(ids, clauses[i].ID)
	}
	return ids
}

func first(all []string) string {
	if len(all) == 0 {
		return "a mailbox"
	}
	return all[0]
}

// readFile reads a file that a flag names.
func readFile(flag, name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, usageError(fmt.Errorf("%s: %w", flag, err), "name a readable file")
	}
	return data, nil
}
