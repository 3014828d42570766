package results

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Night is one line of a history: the ratios of one run. Ratios and not
// milliseconds, since what makes a machine slow for a night makes both arms slow.
type Night struct {
	Schema   int          `json:"schema"`
	Time     time.Time    `json:"time"`
	Commit   string       `json:"commit,omitempty"`
	Scenario string       `json:"scenario"`
	Plan     string       `json:"plan"` // digest of the plan: only nights of one plan are comparable
	Seed     uint64       `json:"seed"`
	Primary  string       `json:"primary,omitempty"` // the metric that decides, latency_p50 if empty
	Valid    bool         `json:"valid"`             // valid and complete
	Reason   string       `json:"reason,omitempty"`
	Ratios   []NightRatio `json:"ratios"`
	Host     Host         `json:"host"`
}

// NightRatio is a metric of an arm relative to the first arm.
type NightRatio struct {
	Other  string  `json:"other"`
	Metric string  `json:"metric"`
	Op     string  `json:"op"`
	Ratio  float64 `json:"ratio"`
	Low    float64 `json:"low"` // 95 % interval
	High   float64 `json:"high"`
}

// maxLine bounds a line of a history.
const maxLine = 1 << 20

// NightOf makes the history's line of a run: the ratios that have intervals.
func NightOf(a *Analysis) Night {
	r, s := a.Run, a.Summary
	n := Night{
		Schema: Schema, Time: r.Started.UTC(), Commit: r.Versions.Commit, Scenario: r.Scenario, Plan: r.PlanDigest, Seed: r.Seed,
		Primary: s.Primary,
		Valid:   s.Valid && r.End == EndComplete, Reason: s.Reason, Ratios: []NightRatio{}, Host: r.Host,
	}
	for _, c := range s.Comparisons {
		if c.Ratio != nil && c.CILow != nil && c.CIHigh != nil {
			n.Ratios = append(n.Ratios, NightRatio{c.Other, c.Metric, c.Op, *c.Ratio, *c.CILow, *c.CIHigh})
		}
	}
	return n
}

// AppendNight adds a line to a history, which it creates if need be. The line is
// written at once and begins on a new one, also after a line that was cut off.
func AppendNight(path string, n Night) (err error) {
	n.Schema = Schema
	line, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("append to history %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("append to history: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	torn, err := endsTorn(f)
	if err != nil {
		return fmt.Errorf("append to history: %w", err)
	}
	if torn {
		line = append([]byte{'\n'}, line...)
	}
	_, err = f.Write(append(line, '\n'))
	return err
}

// endsTorn says whether a file's last line has no end.
func endsTorn(f *os.File) (bool, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return false, err
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, size-1)
	return last[0] != '\n', err
}

// ReadHistory reads a history, in the file's order. What is no line of one, such
// as a line that was cut off, becomes a warning. An empty file is an empty
// history.
func ReadHistory(path string) (nights []Night, warnings []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read history: %w", err)
	}
	defer f.Close()
	return readHistory(f)
}

func readHistory(src io.Reader) (nights []Night, warnings []string, err error) {
	lines := bufio.NewScanner(src)
	lines.Buffer(nil, maxLine)
	number := 0
	for lines.Scan() {
		number++
		text := bytes.TrimSpace(lines.Bytes())
		if len(text) == 0 {
			continue
		}
		var n Night
		switch err := json.Unmarshal(text, &n); {
		case err != nil:
			warnings = append(warnings, fmt.Sprintf("line %d of the history is left out: it is cut off or damaged (%v)", number, err))
		case n.Schema != Schema:
			warnings = append(warnings, fmt.Sprintf("line %d of the history is left out: it has schema %d, this version reads %d", number, n.Schema, Schema))
		default:
			nights = append(nights, n)
		}
	}
	if err := lines.Err(); err != nil {
		return nights, warnings, fmt.Errorf("read history after line %d: %w", number, err)
	}
	return nights, warnings, nil
}
