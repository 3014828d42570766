package results

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Names of the files that make a directory a run.
const (
	runFile     = "run.json"
	samplesFile = "samples.ewsb"
)

// runJSON is Run as run.json holds it: durations as text, times as RFC 3339.
type runJSON struct {
	Schema         int        `json:"schema"`
	Versions       Versions   `json:"versions"`
	Scenario       string     `json:"scenario"`
	Title          string     `json:"title,omitempty"`
	ScenarioDigest string     `json:"scenario_digest"`
	PlanDigest     string     `json:"plan_digest"`
	Seed           uint64     `json:"seed"`
	Primary        string     `json:"primary"`
	Rate           float64    `json:"rate"`
	Arrival        string     `json:"arrival"`
	Duration       duration   `json:"duration"`
	Warmup         duration   `json:"warmup"`
	AA             duration   `json:"aa,omitempty"`
	Washout        duration   `json:"washout,omitempty"`
	Timeout        duration   `json:"timeout"`
	Blocks         int        `json:"blocks"`
	Assign         string     `json:"assign"`
	Mailboxes      int        `json:"mailboxes"`
	MaxWorkers     int        `json:"max_workers"`
	Arms           []Arm      `json:"arms"`
	Gates          []Gate     `json:"gates"`
	Beside         []string   `json:"beside,omitempty"`
	Cause          string     `json:"cause,omitempty"`
	Groups         []Groups   `json:"groups,omitempty"`
	Shard          *Shard     `json:"shard,omitempty"`
	Queue          *Queue     `json:"queue,omitempty"`
	Cores          int        `json:"cores,omitempty"`
	Host           Host       `json:"host"`
	Started        time.Time  `json:"started"`
	Ended          *time.Time `json:"ended,omitempty"`
	End            End        `json:"end"`
	Reason         string     `json:"reason,omitempty"`
	Warnings       []string   `json:"warnings"`
}

// duration is a time.Duration written as "30s".
type duration time.Duration

func (d duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = duration(v)
	return err
}

// MarshalJSON writes the run as run.json.
func (r Run) MarshalJSON() ([]byte, error) {
	j := runJSON{
		Schema: r.Schema, Versions: r.Versions, Scenario: r.Scenario, Title: r.Title, ScenarioDigest: r.ScenarioDigest,
		PlanDigest: r.PlanDigest, Seed: r.Seed, Primary: r.Primary, Rate: r.Rate, Arrival: r.Arrival,
		Duration: duration(r.Duration), Warmup: duration(r.Warmup), AA: duration(r.AA), Washout: duration(r.Washout),
		Timeout: duration(r.Timeout), Blocks: r.Blocks, Assign: r.Assign, Mailboxes: r.Mailboxes, MaxWorkers: r.MaxWorkers,
		Arms: orEmpty(r.Arms), Gates: orEmpty(r.Gates), Beside: r.Beside, Cause: r.Cause, Groups: r.Groups, Cores: r.Cores, Host: r.Host, Started: r.Started, End: r.End,
		Reason: r.Reason, Warnings: orEmpty(r.Warnings),
	}
	if r.Shard != (Shard{}) {
		j.Shard = &r.Shard
	}
	if r.Queue.HighWater > 0 || len(r.Queue.Behind) > 0 {
		j.Queue = &r.Queue
	}
	if !r.Ended.IsZero() {
		j.Ended = &r.Ended
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes. Keys that it does not know are
// left out: a later version may have added them.
func (r *Run) UnmarshalJSON(data []byte) error {
	var j runJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*r = Run{
		Schema: j.Schema, Versions: j.Versions, Scenario: j.Scenario, Title: j.Title, ScenarioDigest: j.ScenarioDigest,
		PlanDigest: j.PlanDigest, Seed: j.Seed, Primary: j.Primary, Rate: j.Rate, Arrival: j.Arrival,
		Duration: time.Duration(j.Duration), Warmup: time.Duration(j.Warmup), AA: time.Duration(j.AA),
		Washout: time.Duration(j.Washout), Timeout: time.Duration(j.Timeout), Blocks: j.Blocks, Assign: j.Assign,
		Mailboxes: j.Mailboxes, MaxWorkers: j.MaxWorkers, Arms: j.Arms, Gates: j.Gates, Beside: j.Beside, Cause: j.Cause, Groups: j.Groups, Cores: j.Cores, Host: j.Host,
		Started: j.Started, End: j.End, Reason: j.Reason, Warnings: j.Warnings,
	}
	if j.Shard != nil {
		r.Shard = *j.Shard
	}
	if j.Queue != nil {
		r.Queue = *j.Queue
	}
	if j.Ended != nil {
		r.Ended = *j.Ended
	}
	return nil
}

// spanJSON is a Span with durations as text.
type spanJSON struct {
	From duration `json:"from"`
	To   duration `json:"to"`
}

// queueJSON is Queue as run.json holds it.
type queueJSON struct {
	HighWater int        `json:"high_water"`
	Behind    []spanJSON `json:"behind,omitempty"`
}

// MarshalJSON writes the queue as a part of run.json.
func (q Queue) MarshalJSON() ([]byte, error) {
	j := queueJSON{HighWater: q.HighWater}
	for _, s := range q.Behind {
		j.Behind = append(j.Behind, spanJSON{duration(s.From), duration(s.To)})
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (q *Queue) UnmarshalJSON(data []byte) error {
	var j queueJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*q = Queue{HighWater: j.HighWater}
	for _, s := range j.Behind {
		q.Behind = append(q.Behind, Span{time.Duration(s.From), time.Duration(s.To)})
	}
	return nil
}

// orEmpty makes a list that is written as [] and never as null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// writeRun puts run.json in its place by a rename, so that whoever looks finds
// the old one or the new one, whole.
func writeRun(dir string, r Run) error {
	r.Schema = Schema
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", runFile, err)
	}
	path := filepath.Join(dir, runFile)
	if err := os.WriteFile(path+".tmp", append(data, '\n'), 0o644); err != nil {
		_ = os.Remove(path + ".tmp") // half a file helps nobody
		return err
	}
	return os.Rename(path+".tmp", path)
}

// readRun reads run.json. Whatever keeps it from being one of ours makes the
// folder not a run.
func readRun(dir string) (Run, error) {
	data, err := os.ReadFile(filepath.Join(dir, runFile))
	if err != nil {
		return Run{}, fmt.Errorf("%s: %w: %w", dir, ErrNotARun, err)
	}
	var r Run
	if err := json.Unmarshal(data, &r); err != nil {
		return Run{}, fmt.Errorf("%s: %w: %s: %w", dir, ErrNotARun, runFile, err)
	}
	if r.Schema != Schema {
		return Run{}, fmt.Errorf("%s: %w: %s has schema %d, this version reads %d", dir, ErrNotARun, runFile, r.Schema, Schema)
	}
	return r, nil
}
