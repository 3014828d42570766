package report

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// csvHead names the columns of CSV, which are also the keys of JSONL. Times
// ending in _ms are milliseconds with fractions; due, start and end count from the
// start of the run. Only what the phase "measured" holds enters figures.
var csvHead = []string{
	"seq", "call", "arm", "op", "block", "warmup", "class", "code", "status",
	"due_ms", "start_ms", "end_ms", "latency_ms", "service_ms", "lag_ms", "in_bytes", "out_bytes", "late", "phase",
}

// CSV streams samples as comma-separated values (RFC 4180, lines end in LF)
// with a line of headings. An error of the samples or of w ends it; what came
// before is written.
func CSV(w io.Writer, samples iter.Seq2[results.Sample, error]) error {
	c := csv.NewWriter(w)
	if err := c.Write(csvHead); err != nil {
		return err
	}
	row := make([]string, len(csvHead))
	for s, err := range samples {
		if err == nil {
			err = c.Write(csvRow(row, s))
		}
		if err != nil {
			c.Flush()
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func csvRow(row []string, s results.Sample) []string {
	row = row[:0]
	return append(row,
		strconv.FormatUint(s.Seq, 10), strconv.FormatUint(s.Call, 10), s.Arm, s.Op,
		strconv.Itoa(s.Block), strconv.FormatBool(s.Phase == results.PhaseWarmup), string(s.Class), s.Code, strconv.Itoa(s.Status),
		exactMillis(s.Due), exactMillis(s.Start), exactMillis(s.End),
		exactMillis(s.Latency()), exactMillis(s.Service()), exactMillis(s.Lag()),
		strconv.FormatInt(s.In, 10), strconv.FormatInt(s.Out, 10), strconv.FormatBool(s.Late), s.Phase.String(),
	)
}

func inMillis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// exactMillis loses no nanosecond in any run shorter than a hundred days.
func exactMillis(d time.Duration) string { return strconv.FormatFloat(inMillis(d), 'f', -1, 64) }

// sampleLine is a sample as JSONL writes it.
type sampleLine struct {
	Seq     uint64        `json:"seq"`
	Call    uint64        `json:"call"`
	Arm     string        `json:"arm"`
	Op      string        `json:"op"`
	Block   int           `json:"block"`
	Warmup  bool          `json:"warmup"`
	Class   results.Class `json:"class"`
	Code    string        `json:"code"`
	Status  int           `json:"status"`
	Due     float64       `json:"due_ms"`
	Start   float64       `json:"start_ms"`
	End     float64       `json:"end_ms"`
	Latency float64       `json:"latency_ms"`
	Service float64       `json:"service_ms"`
	Lag     float64       `json:"lag_ms"`
	In      int64         `json:"in_bytes"`
	Out     int64         `json:"out_bytes"`
	Late    bool          `json:"late"`
	Phase   string        `json:"phase"`
}

// JSONL streams samples as one JSON object a line. An error of the samples or
// of w ends it; what came before is written.
func JSONL(w io.Writer, samples iter.Seq2[results.Sample, error]) error {
	b := bufio.NewWriter(w)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	for s, err := range samples {
		if err == nil {
			err = e.Encode(line(s))
		}
		if err != nil {
			_ = b.Flush() // the first error is the one that says why
			return err
		}
	}
	return b.Flush()
}

func line(s results.Sample) sampleLine {
	return sampleLine{
		Seq: s.Seq, Call: s.Call, Arm: s.Arm, Op: s.Op, Block: s.Block, Warmup: s.Phase == results.PhaseWarmup,
		Class: s.Class, Code: s.Code, Status: s.Status,
		Due: inMillis(s.Due), Start: inMillis(s.Start), End: inMillis(s.End),
		Latency: inMillis(s.Latency()), Service: inMillis(s.Service()), Lag: inMillis(s.Lag()),
		In: s.In, Out: s.Out, Late: s.Late, Phase: s.Phase.String(),
	}
}
