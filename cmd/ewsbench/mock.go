package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ewsbench/ewsbench/conformance"
	"github.com/ewsbench/ewsbench/mockews/route"
	"github.com/ewsbench/ewsbench/scenarios"
)

type mockFlags struct {
	listen       string
	listenRemote bool
	profile      string
	mailboxes    int
	seed         uint64
	env          bool
	failOn       []string
	tls          bool
	caOut        string
	schemaDir    string
	sabotage     string
	admin        string
	given        func(flag string) bool
}

func (a *app) mockCmd() *cobra.Command {
	var f mockFlags
	cmd := &cobra.Command{
		Use:   "mock [flags] [-- COMMAND ARGS...]",
		Short: "Serve the mock Exchange until interrupted, or while a command runs",
		Long: `Serves mockews, a mock of Exchange Web Services that models why calls without
X-AnchorMailbox are slow. With a command after --, the command runs with
EWS_URL, EWS_USER, EWS_PASS and EWS_TARGETS set, the mock ends with it, and its
exit code is returned. At the end the mock says what the requests did wrong;
--fail-on makes that the exit code, 3.`,
		Example: `  ewsbench mock
  ewsbench mock --profile hostile --listen 127.0.0.1:0 --env
  ewsbench mock --profile exo-like --tls --ca-out ca.pem --admin 127.0.0.1:8081
  ewsbench mock -- go test ./...
  ewsbench mock --fail-on anchor-missing,backoff-ignored -- ./my-program`,
		Args: onlyAfterDash,
		RunE: func(cmd *cobra.Command, args []string) error { return a.mock(cmd.Context(), f, args) },
	}
	fs := cmd.Flags()
	f.given = fs.Changed
	fs.StringVar(&f.listen, "listen", "127.0.0.1:8080", "`address` to listen on; port 0 takes a free one")
	fs.BoolVar(&f.listenRemote, "listen-remote", false, "allow --listen to name an address beyond loopback")
	fs.StringVar(&f.profile, "profile", defaultProfile, "topology: ideal, onprem-1site, onprem-2site, exo-like, hostile, or a `file`")
	fs.IntVar(&f.mailboxes, "mailboxes", mockUsers, "mailboxes of the organisation, user000001@contoso.com onwards; in place of the profile's")
	fs.Uint64Var(&f.seed, "seed", 1, "seed of every draw: placement, content, service times, stalls; in place of the profile's")
	fs.BoolVar(&f.env, "env", false, "print EWS_URL, EWS_USER, EWS_PASS and EWS_TARGETS on stdout as soon as the mock answers")
	fs.StringVar(&f.admin, "admin", "", "`address` of the admin API, such as 127.0.0.1:8081: journal, faults, accounts, moves, metrics")
	fs.BoolVar(&f.tls, "tls", false, "serve https, with a certificate of an authority that is made for this run")
	fs.StringVar(&f.caOut, "ca-out", "", "write that authority's certificate to a PEM `file`, for clients to trust")
	fs.StringVar(&f.schemaDir, "schema-dir", "", "`folder` with your copies of Services.wsdl, messages.xsd and types.xsd, to be served under /EWS/")
	fs.StringVar(&f.sabotage, "sabotage", "", "give the mock the defect of a `CLAUSE` of docs/conformance.md, to see whether a suite of yours notices")
	fs.StringSliceVar(&f.failOn, "fail-on", nil, "exit with 3 if one of these verdicts was given: `CODE,...` of docs/verdicts.md")
	return cmd
}

// onlyAfterDash refuses words that are not behind a --: they would otherwise
// be taken for a command, or silently ignored.
func onlyAfterDash(cmd *cobra.Command, args []string) error {
	dash := cmd.ArgsLenAtDash()
	if len(args) == 0 && dash < 0 || dash == 0 && len(args) > 0 {
		return nil
	}
	if dash == 0 {
		return usageError(errors.New("no command after --"), "usage: %s", cmd.UseLine())
	}
	return usageError(fmt.Errorf("unexpected argument %q", args[0]), "a command to run goes behind --: %s", cmd.UseLine())
}

func (a *app) mock(ctx context.Context, f mockFlags, command []string) error {
	if err := f.check(); err != nil {
		return err
	}
	failOn, err := parseFailOn(f.failOn)
	if err != nil {
		return err
	}
	t, err := topology(f.profile)
	if err != nil {
		return err
	}
	f.change(&t)
	authority, err := f.authority(t)
	if err != nil {
		return err
	}
	defect, err := f.defect()
	if err != nil {
		return err
	}
	server, err := serve(t, f.listen, authority, f.options()...)
	if err != nil {
		return err
	}
	defer server.stop()
	if defect.Defect != "" {
		server.http.Handler = defect.Wrap(server.http.Handler)
		a.say("sabotage %s: %s", f.sabotage, defect.Defect)
	}
	t = server.mock.Organisation().Topology()
	a.say("mock %s answers at %s (seed %d, %d mailboxes); its figures are the mock's own", f.profile, server.url, t.Seed, t.Mailboxes)
	adminVariables, closeAdmin, err := f.administer(a, server)
	if err != nil {
		return err
	}
	defer closeAdmin()
	vars := slices.Concat(mockVariables(server.url, t), f.trustVariables(), adminVariables, tokenVariables(server))
	if f.env {
		if _, err := fmt.Fprintln(a.stdout, strings.Join(vars, "\n")); err != nil {
			return failure(err, "is stdout still open?")
		}
	}
	if len(command) > 0 {
		err = a.runBeside(ctx, command, vars)
	} else {
		err = server.wait(ctx)
	}
	server.stop() // so that all that came is judged
	server.mock.FinishAudit()
	a.summarize(server.mock)
	return settle(err, server.mock, failOn)
}

func (f *mockFlags) check() error {
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return usageError(fmt.Errorf("--listen: %w", err), "such as 127.0.0.1:8080")
	}
	if !f.listenRemote && !isLoopback(host) {
		return usageError(fmt.Errorf("--listen %s is not a loopback address", f.listen),
			"the mock has published passwords; if others shall reach it, say --listen-remote")
	}
	if host, _, err := net.SplitHostPort(f.admin); f.admin != "" && (err != nil || !f.listenRemote && !isLoopback(host)) {
		return usageError(fmt.Errorf("--admin %s is not a loopback address", f.admin),
			"such as 127.0.0.1:8081; whoever reaches the API controls the mock: if others shall, say --listen-remote")
	}
	if f.caOut != "" && !f.tls {
		return usageError(errors.New("--ca-out without --tls"), "without TLS there is no authority to trust")
	}
	if info, err := os.Stat(f.schemaDir); f.schemaDir != "" && (err != nil || !info.IsDir()) {
		return usageError(fmt.Errorf("--schema-dir %s is no folder that can be read", f.schemaDir), "it should hold Services.wsdl, messages.xsd and types.xsd")
	}
	if f.mailboxes < 1 {
		return usageError(fmt.Errorf("--mailboxes %d: want at least one", f.mailboxes), "leave it out for %d", mockUsers)
	}
	return nil
}

// change has the flags decide in place of the profile's own keys: those that were given.
func (f *mockFlags) change(t *route.Topology) {
	if f.given("mailboxes") {
		t.Mailboxes = f.mailboxes
	}
	if f.given("seed") {
		t.Seed = f.seed
	}
}

// defect is that of --sabotage.
func (f *mockFlags) defect() (conformance.Saboteur, error) {
	if f.sabotage == "" {
		return conformance.Saboteur{}, nil
	}
	s, err := conformance.Sabotage(f.sabotage)
	if err != nil {
		return s, usageError(fmt.Errorf("--sabotage: %w", err), "%s", clauseHint(conformance.Server(), f.sabotage))
	}
	return s, nil
}

// mockVariables is what a program needs to work against the mock: the names
// that `mock --env` prints and `mock -- COMMAND` sets.
func mockVariables(url string, t route.Topology) []string {
	users := scenarios.Users(min(t.Mailboxes, 10), t.Domain)
	targets := make([]string, users.Len())
	for i := range targets {
		targets[i] = users.At(i)
	}
	return []string{
		"EWS_URL=" + url,
		"EWS_USER=" + strings.TrimSuffix(mockAccount, mockDomain) + t.Domain,
		"EWS_PASS=" + mockPassword,
		"EWS_TARGETS=" + strings.Join(targets, ","),
	}
}

// runBeside runs a command while the mock answers. The command's own exit code
// is passed on, as a wrapper's users expect.
func (a *app) runBeside(ctx context.Context, command, vars []string) error {
	child := exec.CommandContext(ctx, command[0], command[1:]...)
	child.Stdin, child.Stdout, child.Stderr = os.Stdin, a.stdout, a.stderr
	child.Env = append(os.Environ(), vars...)
	child.Cancel = func() error { return child.Process.Signal(os.Interrupt) }
	child.WaitDelay = 5 * time.Second
	err := child.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return verdict(exitInterrupted)
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return verdict(exit.ExitCode())
	}
	return failure(fmt.Errorf("mock: %w", err), "is %s on the PATH?", command[0])
}
