package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/runner"
	"github.com/ewsbench/ewsbench/scenarios"
)

// A remote target is held to this rate until the user asks for another.
const remoteRate = 5 // requests/s

// job is a run that is ready to start.
type job struct {
	scenario *scenarios.Scenario
	targets  *targets
	exp      runner.Experiment
	run      results.Run
	dir      string
	json     bool
	progress string
	baseline string
	history  string
}

func (j *job) close() { j.targets.close() }

// prepare turns the flags into a job. Whatever is wrong with them is told
// before anything is sent or written.
func (a *app) prepare(f runFlags, name string) (*job, error) {
	s, err := f.scenario(name)
	if err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	if err := checkBaseline(f.baseline); err != nil {
		return nil, err
	}
	if err := f.checkGuide(s); err != nil {
		return nil, err
	}
	t, err := a.openTargets(f, s)
	if err != nil {
		return nil, err
	}
	j := &job{scenario: s, targets: t, json: f.json, progress: f.progress, dir: f.out, baseline: f.baseline, history: f.history}
	if err := j.plan(f); err != nil {
		t.close()
		return nil, err
	}
	return j, nil
}

// scenario loads a scenario and lays the flags over it.
func (f *runFlags) scenario(name string) (*scenarios.Scenario, error) {
	s, err := scenarios.Load(name)
	if err != nil {
		return nil, scenarioError(err)
	}
	if f.given("duration") {
		s.Duration = f.duration
	}
	if f.given("aa") {
		s.AA = f.aa
	}
	if f.given("rate") {
		rate, err := scenarios.ParseRate(f.rate)
		if err != nil {
			return nil, usageError(fmt.Errorf("--rate: %w", err), "leave it out for the scenario's own rate")
		}
		if !s.Closed() || !rate.Max {
			s.Open(rate)
		}
	}
	if err := s.Validate(); err != nil {
		return nil, usageError(fmt.Errorf("--duration, --rate: %w", err), "leave both out for the scenario's own")
	}
	s.Arms, err = f.chooseArms(s.Arms)
	return s, err
}

func (f *runFlags) check() error {
	switch {
	case f.blocks < 1:
		return usageError(fmt.Errorf("--blocks %d: want at least one", f.blocks), "leave it out for 30")
	case f.timeout <= 0:
		return usageError(fmt.Errorf("--timeout %s: want more than nothing", f.timeout), "such as 30s")
	case f.maxWorkers < 0:
		return usageError(fmt.Errorf("--max-workers %d: want 0 for no bound, or more", f.maxWorkers), "leave it out for an open model")
	case !slices.Contains(runner.Assigns(), runner.Assign(f.assign)):
		return usageError(fmt.Errorf("--assign %q is unknown", f.assign), "request, mailbox or switchback")
	case f.aa < 0:
		return usageError(fmt.Errorf("--aa %s: want 0 for none, or more", f.aa), "such as 10s")
	case !slices.Contains([]string{"auto", "plain", "none"}, f.progress):
		return usageError(fmt.Errorf("--progress %q is unknown", f.progress), "auto, plain or none")
	}
	return nil
}

// plan works out the experiment and the description that is stored with it.
func (j *job) plan(f runFlags) error {
	s := j.scenario
	if j.targets.remote && !f.given("rate") {
		s.HoldTo(remoteRate)
	}
	blocks, err := f.blockCount(s.Duration)
	if err != nil {
		return err
	}
	plan, err := s.Plan(f.seed, j.targets.directory)
	if err != nil {
		return usageError(err, "ewsbench scenario show %s prints the scenario", s.Name)
	}
	v := readVersions()
	j.exp = runner.Experiment{
		Plan: plan, Arms: j.targets.arms, Schedule: runner.ScheduleOf(s, f.seed),
		Duration: s.Duration, Warmup: s.Warmup, AA: s.AA, Blocks: blocks, Seed: f.seed,
		Assign: runner.Assign(f.assign), MaxWorkers: f.maxWorkers, Think: s.Think, Timeout: f.timeout, Caller: j.targets.caller,
		UserAgent: "ewsbench/" + v.Version,
	}
	j.exp.Notify = notifyOf(s)
	if j.exp, err = j.exp.Normalized(); err != nil {
		return usageError(err, "see --assign, --aa, --duration, --blocks and --max-workers")
	}
	j.run = j.describe(f, plan, v, blocks)
	if j.dir == "" {
		j.dir = fmt.Sprintf("results/runs/%s-%s", time.Now().UTC().Format("20060102T150405Z"), s.Name)
	}
	return nil
}

// notifyOf is the part of the experiment that is about notifications, nil without
// any. All that is sent together stays within the scenario's rate: what the mails
// leave of it is for subscribing.
func notifyOf(s *scenarios.Scenario) *runner.Notify {
	if s.Notify == nil {
		return nil
	}
	mails := s.Peak() / float64(len(s.Arms))
	return &runner.Notify{
		GroupSize: s.Notify.GroupSize, Groups: s.Notify.Groups, Patience: s.Notify.Patience, Retry: s.Notify.Retry,
		Calls: max(s.Peak()-mails, s.Peak()/10),
	}
}

// blockCount shortens a default that does not fit into the measured time; a
// number that was asked for is not changed silently.
func (f *runFlags) blockCount(measured time.Duration) (int, error) {
	most := max(1, int(measured/runner.MinBlock))
	if f.blocks <= most {
		return f.blocks, nil
	}
	if f.given("blocks") {
		return 0, usageError(fmt.Errorf("--blocks %d: %s holds only %d blocks of %s", f.blocks, measured, most, runner.MinBlock),
			"run longer with --duration, or ask for fewer blocks")
	}
	return most, nil
}

func (j *job) describe(f runFlags, plan *scenarios.Plan, v versions, blocks int) results.Run {
	s := j.scenario
	r := results.Run{
		Versions: results.Versions{Ewsbench: v.Version, Commit: v.Commit, Go: v.Go, Vegeta: v.Vegeta},
		Scenario: s.Name, Title: s.Title, ScenarioDigest: s.Digest(), PlanDigest: plan.Digest(),
		Seed: f.seed, Primary: s.Primary, Arrival: string(s.Arrival), Assign: f.assign, AA: s.AA, Washout: j.exp.Washout,
		Duration: s.Duration, Warmup: s.Warmup, Timeout: f.timeout, Blocks: blocks,
		Mailboxes: j.targets.directory.Len(), MaxWorkers: j.exp.MaxWorkers,
		Host: results.Host{OS: runtime.GOOS, Arch: runtime.GOARCH, CPUs: runtime.NumCPU()},
	}
	if !s.Rate.Max {
		r.Rate = s.Rate.PerSecond
	}
	if s.Notify != nil {
		r.Beside, r.Cause = runner.BesideOps(), string(ews.OpCreateItem)
	}
	if s.Closed() {
		r.Assign = results.AssignPace
	}
	for i, arm := range s.Arms {
		r.Arms = append(r.Arms, results.Arm{
			Name: arm.Name, Anchor: string(arm.Anchor), Affinity: arm.Affinity,
			Target: j.targets.names[i], AskedRate: r.Rate / float64(len(s.Arms)),
		})
	}
	for _, g := range s.Expect {
		if g.Arm != "" && !hasArm(s.Arms, g.Arm) {
			r.Warnings = append(r.Warnings, fmt.Sprintf("the limit on %s of %s was not judged: that arm took no part", g.Metric, g.Arm))
			continue
		}
		r.Gates = append(r.Gates, results.Gate{
			Metric: g.Metric, Arm: g.Arm, Op: g.Op, Of: string(g.Of), Outcome: g.Outcome, Status: g.Status,
			Min: g.Min, Max: g.Max, Margin: g.Margin, Floor: g.Floor,
		})
	}
	return r
}
