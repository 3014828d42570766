package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/results"
)

// caseLimit is how long a program may take for a case, unless --limit says otherwise.
const caseLimit = 30 * time.Second

type conformClientFlags struct {
	recordFlags
	listen      string
	profile     string
	upstream    string
	allowRemote string
	caFile      string
	limit       time.Duration // 0: caseLimit for a case, none for what passes through
}

func (a *app) conformClientCmd() *cobra.Command {
	var f conformClientFlags
	cmd := &cobra.Command{
		Use:   "client [CLAUSE...] [-- CMD ARGS...]",
		Short: "Check what a client sends, clause by clause",
		Long: `Judges an EWS client by what it sends. CLAUSE is an id, the beginning of one, or
a case: anchor-missing, anchor, group.

With a command, it is run once for each case, against a mock in which something
happens: it is busy, it loses a subscription, it gives short pages. EWS_CASE and
EWS_TASK say which case it is and what to do; EWS_URL, EWS_USER, EWS_PASS and
EWS_TARGETS how to get there. A program that ends with 89 does not know the case.
What did not come up is skipped: a rule that nobody tried has not been kept.

Without one, the mock answers until it is interrupted, and all clauses are
judged by whatever came. With --upstream it is a real server that answers, and
the requests pass through here; with a command too, which is then run once.

Exit codes: 0 no MUST is violated; 3 one is, or the list of known failures is not
true any more; 4 nothing was judged.`,
		Example: `  ewsbench conform client -- ./my-program
  ewsbench conform client anchor back-off -- ./my-program
  ewsbench conform client --upstream https://mail.contoso.com/EWS/Exchange.asmx --allow-remote mail.contoso.com`,
		RunE: func(cmd *cobra.Command, args []string) error {
			words, command := args, []string(nil)
			if dash := cmd.ArgsLenAtDash(); dash >= 0 {
				if words, command = args[:dash], args[dash:]; len(command) == 0 {
					return usageError(errors.New("no command after --"), "usage: %s", cmd.UseLine())
				}
			}
			return a.conformClient(cmd.Context(), f, words, command)
		},
	}
	f.recordFlags.register(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.listen, "listen", "127.0.0.1:8080", "`address` at which the mock or the proxy answers, if there are no cases; port 0 takes a free one")
	fs.StringVar(&f.profile, "profile", "ideal", "profile of the mock, if there are no cases: `NAME` or FILE")
	fs.StringVar(&f.upstream, "upstream", "", "`URL` of a real server that answers in the mock's place")
	fs.StringVar(&f.allowRemote, "allow-remote", "", "`host` beyond loopback that may be the upstream: exactly the host of its URL")
	fs.StringVar(&f.caFile, "ca-file", "", "PEM `file` of the authorities to trust for the upstream, instead of the system's")
	fs.DurationVar(&f.limit, "limit", 0, "how long the program may take for one case, then it is interrupted (30s; with --upstream as long as it likes)")
	return cmd
}

func (a *app) conformClient(ctx context.Context, f conformClientFlags, words, command []string) error {
	clauses, err := selectClientClauses(words, f.level)
	if err != nil {
		return err
	}
	if f.list {
		return a.listClauses(clientCatalogue(clauses), f.json)
	}
	known, err := f.readKnown(clientIDs(conformance.ForClients()))
	if err != nil {
		return err
	}
	suite := &conformance.ClientSuite{Clauses: clauses, Known: known, Found: a.progressOf(len(clauses), f.quiet)}
	var c results.Conformity
	switch {
	case f.upstream != "":
		c, err = a.auditUpstream(ctx, f, suite, command)
	case len(command) > 0:
		suite.Try = func(ctx context.Context, c conformance.Case) (conformance.Trial, error) {
			return a.tryCase(ctx, f, c, command)
		}
		c = suite.Run(ctx)
		c.Target = strings.Join(command, " ")
	default:
		c, err = a.auditMock(ctx, f, suite)
	}
	if err != nil {
		return err
	}
	if err := a.record(&c, f.recordFlags, len(words) == 0 && f.level == "all"); err != nil {
		return err
	}
	if ctx.Err() != nil && len(command) > 0 {
		return verdict(exitInterrupted)
	}
	return verdict(conformExit(&c))
}

// selectClientClauses chooses by words and level.
func selectClientClauses(words []string, level string) ([]conformance.ClientClause, error) {
	least, err := parseLevel(level)
	if err != nil {
		return nil, err
	}
	chosen, unmatched := conformance.SelectClient(conformance.ForClients(), words)
	if len(unmatched) > 0 {
		return nil, usageError(fmt.Errorf("no clause and no case is called %s", strings.Join(unmatched, ", ")), "ewsbench conform client --list shows them")
	}
	if chosen = conformance.ClientAtLeast(chosen, least); len(chosen) == 0 {
		return nil, usageError(errors.New("the selection holds no clause of that level"), "ewsbench conform client --list shows the levels")
	}
	return chosen, nil
}

func clientIDs(clauses []conformance.ClientClause) (ids []string) {
	for i := range clauses {
		ids = append(ids, string(clauses[i].ID))
	}
	return ids
}

// clientCatalogue lists clauses for clients.
func clientCatalogue(clauses []conformance.ClientClause) (all []entry) {
	cases := map[string]conformance.Case{}
	for _, c := range conformance.Cases() {
		cases[c.Name] = c
	}
	for i := range clauses {
		c := &clauses[i]
		all = append(all, entry{
			Clause: string(c.ID), Scope: string(conformance.OfClient), Level: string(c.Level), Rule: c.Advice, Source: c.Source,
			Admissible: "no request that breaks the rule, and one in its situation: " + c.Situation,
			Defect:     fmt.Sprintf("a client that breaks it in the case %s: %s; the server %s", c.Case, cases[c.Case].Task, cases[c.Case].Server),
		})
	}
	return all
}
