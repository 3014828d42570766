package results

import (
	"fmt"
	"time"
)

// Class says how a request ended.
type Class string

// The classes of a sample.
const (
	// ClassOK is an answer without an error of any kind.
	ClassOK Class = "ok"
	// ClassError is a SOAP fault, an error message inside an HTTP 200, an HTTP
	// error status or a transport error.
	ClassError Class = "error"
	// ClassTimeout is a request that was given up after the timeout; its latency
	// enters the quantiles.
	ClassTimeout Class = "timeout"
	// ClassWithheld is a request that was not sent because the server had asked
	// for back-off. It enters no quantile and no error rate.
	ClassWithheld Class = "withheld"
)

// Codes that the analysis knows by name. All others are counted as they come.
const (
	CodeOK       = "ok"
	CodeTimeout  = "timeout"
	CodeWithheld = "withheld"
	CodeMissed   = "missed" // a notification that did not come: an error that no connection is to blame for
)

// OpNotification is the operation of samples that are notifications: nothing was sent
// for them. Such a sample is due when its mail was, starts when that was sent, and
// ends when its arm was told of it.
const OpNotification = "Notification"

// Phase says what part of a run a sample belongs to. Only measured samples enter
// figures.
type Phase uint8

// The phases of a run.
const (
	// PhaseMeasured is the measured time, cut into blocks.
	PhaseMeasured Phase = iota
	// PhaseWarmup comes first; its samples are only counted.
	PhaseWarmup
	// PhaseAA comes between the warm-up and the measured time. All arms send as the
	// first one does: what they differ by is the error of the measurement.
	PhaseAA
	// PhaseWashout is the beginning of each period of a switchback assignment, in
	// which what the arm before left behind dies down; its samples are only counted.
	PhaseWashout
)

// String returns measured, warmup, aa or washout.
func (p Phase) String() string {
	switch p {
	case PhaseMeasured:
		return "measured"
	case PhaseWarmup:
		return "warmup"
	case PhaseAA:
		return "aa"
	case PhaseWashout:
		return "washout"
	}
	return fmt.Sprintf("phase(%d)", uint8(p))
}

// WarmupBlock is the block number of a sample that is not measured.
const WarmupBlock = -1

// Sample is one request. Times count from the run's start, which is the start
// of the warm-up.
type Sample struct {
	Arm    string        // name of the arm that sent it
	Block  int           // slice of the measured time, from 0; WarmupBlock in the other phases
	Phase  Phase         // of the run in which it was due
	Seq    uint64        // slot: unique in the run
	Call   uint64        // ordinal in the plan: equal in the arms of a pair
	Op     string        // name of the operation
	Status int           // HTTP status, 0 if there was no answer
	Due    time.Duration // when it should have started
	Start  time.Duration // when it started
	End    time.Duration // when its answer was read, or when it was given up
	Class  Class         // how it ended
	Code   string        // "ok", a response code, http_503, timeout, refused, reset, ...: the key in the summary's outcomes
	In     int64         // bytes received
	Out    int64         // bytes sent
	Late   bool          // chain_late: the answer that it depends on was not there yet
}

// Latency is the time from when the request was due: what a user of a busy
// system waits. Coordinated omission cannot hide in it.
func (s Sample) Latency() time.Duration { return s.End - s.Due }

// Service is the time from when the request was sent.
func (s Sample) Service() time.Duration { return s.End - s.Start }

// Lag is how late the load generator sent it.
func (s Sample) Lag() time.Duration { return s.Start - s.Due }

// Sink takes the samples of a run as they come. Put is called by one goroutine
// at a time; an error means that nothing more can be stored.
type Sink interface {
	Put(Sample) error
}
