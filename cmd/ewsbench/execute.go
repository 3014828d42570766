package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/report"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/runner"
)

// probe sends one request in each arm, so that a wrong URL or password costs a
// second and no run directory.
func (j *job) probe(ctx context.Context) error {
	err := runner.Probe(ctx, j.exp)
	var refused *runner.ProbeError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return &exitError{code: exitInterrupted, err: errors.New("interrupted before the load began")}
	case errors.As(err, &refused):
		return failure(err, "%s", refused.Hint)
	}
	return failure(err, "nothing was sent but this probe")
}

// execute sends the load, stores it, and prints what it came to. The code is
// the verdict; the error is what kept it from one.
func (a *app) execute(ctx context.Context, j *job) (int, error) {
	stats, err := a.load(ctx, j)
	if err != nil {
		return exitFailed, err
	}
	analysis, err := analyse(j.dir)
	if err != nil {
		return exitFailed, failure(err, "the samples are kept in %s", j.dir)
	}
	if err := a.publish(j, analysis); err != nil {
		return exitFailed, failure(err, "the samples are kept: ewsbench report %s", j.dir)
	}
	if err := remember(j.history, analysis); err != nil {
		return exitFailed, failure(fmt.Errorf("--history: %w", err), "the run itself is kept in %s", j.dir)
	}
	if stats.Interrupted {
		a.say("interrupted: the partial run is kept in %s", j.dir)
		return exitInterrupted, nil
	}
	return a.holdAgainst(j.baseline, j.dir, analysis.Summary.ExitCode)
}

// load stores what the run sends, while it sends it.
func (a *app) load(ctx context.Context, j *job) (runner.Stats, error) {
	writer, err := results.Create(j.dir, j.run)
	if err != nil {
		return runner.Stats{}, failure(fmt.Errorf("--out: %w", err), "name a new or empty directory that can be written")
	}
	a.announce(j)
	bar := a.startProgress(j)
	j.exp.Observe = bar.observe
	stats, runErr := runner.Run(ctx, j.exp, writer)
	bar.stop()
	j.finish(stats, runErr)
	for _, line := range stats.Advice {
		a.say("%s", line)
	}
	if err := cmp.Or(runErr, writer.Finish(j.run)); err != nil {
		if refused := (*runner.ProbeError)(nil); errors.As(err, &refused) {
			return stats, failure(err, "%s", refused.Hint)
		}
		return stats, failure(err, "what was stored until then can be read: ewsbench report %s", j.dir)
	}
	return stats, nil
}

// remember appends the run to a history, also one that was interrupted: that a
// night is missing is worth knowing.
func remember(history string, analysis *results.Analysis) error {
	if history == "" {
		return nil
	}
	return results.AppendNight(history, results.NightOf(analysis))
}

// announce says on stderr what is about to be sent, with the seed that
// reproduces it.
func (a *app) announce(j *job) {
	rate := "as fast as possible"
	switch {
	case j.run.Rate > 0:
		rate = fmt.Sprintf("%g requests/s", j.run.Rate)
	case j.scenario.Closed():
		rate = fmt.Sprintf("%d workers in each arm", j.scenario.Workers)
	}
	if j.scenario.Notify != nil {
		a.say("%d mailboxes are subscribed to in every arm before that", min(j.scenario.Mailboxes, j.run.Mailboxes))
		rate = fmt.Sprintf("%g notifications/s", j.run.Rate)
	}
	var arms []string
	for _, arm := range j.run.Arms {
		arms = append(arms, arm.Name)
	}
	a.say("%s: %s for %s after %s of warm-up, arms %s, seed %d, target %s",
		j.run.Scenario, rate, j.run.Duration, j.run.Warmup, strings.Join(arms, " and "), j.run.Seed, j.run.Arms[0].Target)
}

// finish writes into the description how the run ended.
func (j *job) finish(stats runner.Stats, err error) {
	j.run.Started, j.run.Ended, j.run.Queue = stats.Started, stats.Ended, stats.Queue
	j.run.Warmup += stats.Setup
	j.run.Groups = stats.Groups
	if stats.Left > 0 {
		j.run.Warnings = append(j.run.Warnings, fmt.Sprintf(
			"%d mails or subscriptions of this run are still there: they could not be deleted", stats.Left))
	}
	for i, arm := range stats.Arms {
		j.run.Arms[i].Connections = results.Connections{Opened: arm.Opened, Reused: arm.Reused}
	}
	if stats.Unsent > 0 && err == nil && !stats.Interrupted {
		j.run.Warnings = append(j.run.Warnings, fmt.Sprintf(
			"%d calls were still waiting for a worker one timeout after the end, and were not sent", stats.Unsent))
	}
	switch {
	case err != nil:
		j.run.End, j.run.Reason = results.EndFailed, err.Error()
	case stats.Interrupted:
		j.run.End, j.run.Reason = results.EndInterrupted, "interrupted after "+stats.Ended.Sub(stats.Started).Round(time.Second).String()
	default:
		j.run.End = results.EndComplete
	}
}

// analyse derives the figures of a stored run.
func analyse(dir string) (*results.Analysis, error) {
	reader, err := results.Open(dir)
	if err != nil {
		return nil, err
	}
	return results.Summarize(reader)
}

// publish writes the reports and prints one of them.
func (a *app) publish(j *job, analysis *results.Analysis) error {
	if err := report.WriteAll(j.dir, analysis); err != nil {
		return err
	}
	if j.json {
		return report.JSON(a.stdout, analysis)
	}
	return report.Text(a.stdout, analysis, report.TextOptions{Folder: j.dir})
}
