package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// defaultScenario and defaultProfile are what `ewsbench run` does when it is
// told nothing.
const (
	defaultScenario = "anchor-penalty"
	defaultProfile  = "onprem-2site"
)

type runFlags struct {
	accessFlags
	targets    []string
	arms       []string
	rate       string
	duration   time.Duration
	blocks     int
	assign     string
	aa         time.Duration
	seed       uint64
	maxWorkers int
	timeout    time.Duration
	out        string
	json       bool
	progress   string
	baseline   string
	history    string
	service    string                 // Autodiscover's URL
	given      func(flag string) bool // whether the user set it
}

func (a *app) runCmd() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run [SCENARIO]",
		Short: "The main job: replay a workload in every arm, and say what the difference is",
		Long: `Replays a workload once for each arm, interleaved call by call, writes a run
directory and prints the verdict. Without arguments: ` + defaultScenario + `, against the
mock that is bundled. SCENARIO is a built-in name, or a file (a / or .yaml in it).

Exit codes: 0 done; 1 could not do it; 2 usage or invalid file; 3 a gate failed;
4 the run is invalid (rate not kept, too few samples); 130 interrupted.`,
		Example: `  ewsbench run
  ewsbench run oof-sweep --target mock:hostile --timeout 2s
  ewsbench run --target https://mail.contoso.com/EWS/Exchange.asmx --allow-remote mail.contoso.com \
      --user svc@contoso.com --mailboxes-file mailboxes.txt`,
		Args: argsBetween(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.given = cmd.Flags().Changed
			return a.run(cmd.Context(), f, strings.Join(args, ""))
		},
	}
	f.register(cmd)
	return cmd
}

func (f *runFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringArrayVar(&f.targets, "target", nil, "`[ARM=]URL` or mock:[PROFILE], for every arm or for one (default mock:"+defaultProfile+")")
	fs.StringVar(&f.service, "autodiscover", "", "`URL` of Autodiscover, which says what mailboxes of notifications belong together (default at the target's host)")
	fs.StringArrayVar(&f.arms, "arm", nil, "`name` of an arm of the scenario to run; repeatable (default those that are not optional)")
	fs.StringVar(&f.rate, "rate", "", "requests in all arms together, such as 120/s, or max (default the scenario's)")
	fs.DurationVar(&f.duration, "duration", 0, "measured time (default the scenario's)")
	fs.IntVar(&f.blocks, "blocks", 30, "slices of the measured time, at least 300ms each, that intervals are made from")
	fs.StringVar(&f.assign, "assign", "request", "request, mailbox or switchback: how calls are divided among the arms")
	fs.DurationVar(&f.aa, "aa", 0, "phase before the measured time in which all arms send alike (default the scenario's)")
	fs.Uint64Var(&f.seed, "seed", 1, "seed of the plan, of the arms' order and of the mock")
	fs.IntVar(&f.maxWorkers, "max-workers", 0, "requests under way at once, over all arms (default unlimited; 32 with --rate max)")
	fs.DurationVar(&f.timeout, "timeout", 30*time.Second, "time after which a request is given up")
	fs.StringVar(&f.out, "out", "", "run `directory`, new or empty (default results/runs/<UTC>-<scenario>)")
	fs.BoolVar(&f.json, "json", false, "print summary.json on stdout, and nothing else")
	fs.StringVar(&f.baseline, "baseline", "", "stored `run` to hold this one against; exit 3 if this one is worse")
	fs.StringVar(&f.history, "history", "", "`file` of nightly ratios to append this run to; ewsbench trend reads it")
	fs.StringVar(&f.progress, "progress", "auto", "auto, plain or none")
	f.accessFlags.register(cmd)
}

// run is the main job from the command line to the exit code.
func (a *app) run(ctx context.Context, f runFlags, name string) error {
	if name == "" {
		name = defaultScenario
	}
	job, err := a.prepare(f, name)
	if err != nil {
		return err
	}
	defer job.close()
	if err := job.probe(ctx); err != nil {
		return err
	}
	code, err := a.execute(ctx, job)
	if err != nil {
		return err
	}
	return verdict(code)
}
