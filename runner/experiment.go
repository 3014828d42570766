package runner

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// Bounds and defaults of an experiment.
const (
	// DefaultTimeout bounds a request for which the experiment sets no bound.
	DefaultTimeout = 30 * time.Second
	// DefaultMaxWorkers is the number of requests under way when there is
	// neither a schedule nor a number of workers.
	DefaultMaxWorkers = 32
	// DefaultBlocks is the number of blocks of the measured time.
	DefaultBlocks = 30
	// MinBlock is the shortest block: a duration too short for the number of
	// blocks is cut into fewer of them.
	MinBlock = 300 * time.Millisecond
	// MaxArms bounds the number of arms.
	MaxArms = 16
	// maxWashout is the longest washout that is not asked for.
	maxWashout = time.Second
)

// Target is an EWS endpoint and the way to it.
type Target struct {
	// URL of the endpoint, such as https://mail.example.org/EWS/Exchange.asmx.
	// Arms with the same URL have one target: they share what was learned from
	// its answers and they share its back-off.
	URL string
	// Transport carries requests, with whatever credentials and certificates
	// they need. Arms that shall not share connections need a transport each.
	// Nil is a new [NewTransport] for this arm alone.
	Transport http.RoundTripper
	// ObeyBackOff withholds the calls that fall into the time for which the
	// target asked for quiet, by BackOffMilliseconds or Retry-After, up to
	// [MaxBackOff].
	ObeyBackOff bool
	// Autodiscover is asked which mailboxes belong together, in an experiment with
	// notifications.
	Autodiscover Autodiscover
}

// Autodiscover is where the service of that name answers in SOAP, and the way to it.
type Autodiscover struct {
	URL       string            // empty: autodiscover.PathSOAP at the host of the target
	Transport http.RoundTripper // nil: the target's
}

// Arm is one way of sending the workload.
type Arm struct {
	Name   string
	Target Target
	Anchor scenarios.Anchor // policy for X-AnchorMailbox; empty is correct
	// Affinity sends X-PreferServerAffinity: true and keeps the cookies of each
	// mailbox (MS docs: Maintain affinity between a group of subscriptions and
	// the Mailbox server). Without it no cookie is ever sent.
	Affinity bool
}

// Experiment says what is sent, where to, when, and for how long.
type Experiment struct {
	Plan *scenarios.Plan // the calls; required
	Arms []Arm           // the first is the base of comparisons; at least one
	// Schedule says when slots are due, in total over all arms. Nil: as fast as
	// MaxWorkers allow.
	Schedule Schedule
	Duration time.Duration // of the measured part; required unless Calls is set
	Warmup   time.Duration // before the measured part
	// AA is the length of an A/A phase between the two: all arms send as the first
	// does, to its target. What they differ by is the error of the measurement.
	AA time.Duration
	// Assign says how calls are given to the arms; empty: AssignRequest.
	Assign Assign
	// Washout is the beginning of each period of AssignSwitchback that is not
	// measured. 0: a tenth of the period, a second at most.
	Washout time.Duration
	Shard   Shard // of the plan; the zero value sends all of it
	// Calls ends the run after so many calls of the plan, each sent once by
	// every arm. 0: the duration ends it. The earlier of both ends it.
	Calls      uint64
	Blocks     int    // 0: DefaultBlocks, or fewer in a short run
	Seed       uint64 // of the arms' order in each group
	MaxWorkers int    // requests under way at once; 0: unbounded, or DefaultMaxWorkers without a schedule
	// Think is how long a worker of a closed plan (scenarios.Plan.Workers) waits
	// between an answer and its next request. Such a plan needs no schedule.
	Think     time.Duration
	Timeout   time.Duration // of a request, from its start to the end of its answer; 0: DefaultTimeout
	Caller    string        // SMTP address of the service account, for the anchor policy that names it
	Version   ews.Version   // RequestServerVersion; empty: what the session binds
	UserAgent string        // empty: ewsbench
	// Observe sees each sample before the sink does, one at a time, from one
	// goroutine; nil: nobody looks.
	Observe func(results.Sample)
	// Notify makes the calls of the plan mails, and measures when their arrival is
	// heard of; nil: the calls themselves are measured.
	Notify *Notify
}

// Reasons for which an experiment is not run.
var (
	errNoPlan    = errors.New("runner: experiment has no plan: set Experiment.Plan")
	errNoArms    = errors.New("runner: experiment has no arms: set at least one")
	errEndless   = errors.New("runner: experiment has no end: set a duration or a number of calls")
	errManyArms  = fmt.Errorf("runner: experiment has more than %d arms: leave some out", MaxArms)
	errNegative  = errors.New("runner: duration, warm-up, A/A phase, washout, think time and timeout must not be negative")
	errOwnPace   = errors.New("runner: arms at their own pace have no schedule, no A/A phase, no other assignment than request, no shards and no other workers: leave those out")
	errPeriods   = errors.New("runner: assignment switchback without a schedule or a duration: its periods need both")
	errWashout   = errors.New("runner: washout leaves nothing of a period: make it shorter, or the blocks fewer")
	errParts     = errors.New("runner: assignment mailbox with fewer blocks than arms: each part of the run needs one")
	errAssign    = errors.New("runner: unknown assignment")
	errNoCaller  = errors.New("runner: anchor policy service-account without Experiment.Caller: set the address of the service account")
	errNameTwice = errors.New("runner: two arms have the same name: rename one")
)

// Normalized returns e with its defaults filled in, or says what is wrong with it.
// [Run] and [Probe] do so themselves.
func (e Experiment) Normalized() (Experiment, error) {
	if err := e.validate(); err != nil {
		return e, err
	}
	if e.Timeout == 0 {
		e.Timeout = DefaultTimeout
	}
	if e.MaxWorkers <= 0 && e.Schedule == nil {
		e.MaxWorkers = cmp.Or(e.Plan.Workers()*len(e.Arms), DefaultMaxWorkers)
	}
	if e.Blocks <= 0 {
		e.Blocks = DefaultBlocks
	}
	if fit := int(e.Duration / MinBlock); e.Duration > 0 {
		e.Blocks = max(min(e.Blocks, fit), 1)
	}
	if e.UserAgent == "" {
		e.UserAgent = "ewsbench"
	}
	return e.assigned()
}

// assigned is the part of Normalized that is about the assignment.
func (e Experiment) assigned() (Experiment, error) {
	if e.Notify != nil {
		return e.notifying()
	}
	switch e.Assign {
	case "":
		e.Assign = AssignRequest
	case AssignRequest:
	case AssignMailbox:
		if e.Blocks < len(e.Arms) {
			return e, fmt.Errorf("%w: %d blocks, %d arms", errParts, e.Blocks, len(e.Arms))
		}
		if _, err := e.Plan.Cells(len(e.Arms)); err != nil {
			return e, fmt.Errorf("runner: assignment mailbox: %w", err)
		}
	case AssignSwitchback:
		return e.washed()
	default:
		return e, fmt.Errorf("%w %q: use one of %v", errAssign, e.Assign, Assigns())
	}
	return e, nil
}

// washed is the part of Normalized that is about the periods of a switchback.
func (e Experiment) washed() (Experiment, error) {
	if e.Schedule == nil || e.Duration == 0 {
		return e, errPeriods
	}
	period := e.period()
	if e.Washout == 0 {
		e.Washout = min(period/10, maxWashout)
	}
	if e.Washout >= period {
		return e, fmt.Errorf("%w: washout %s, period %s", errWashout, e.Washout, period)
	}
	return e, nil
}

// period is how long an arm sends at a time in a switchback.
func (e Experiment) period() time.Duration {
	return e.Duration / time.Duration(e.Blocks*len(e.Arms))
}

func (e Experiment) validate() error {
	switch {
	case e.Plan == nil:
		return errNoPlan
	case len(e.Arms) == 0:
		return errNoArms
	case len(e.Arms) > MaxArms:
		return errManyArms
	case min(e.Duration, e.Warmup, e.AA, e.Washout, e.Think, e.Timeout) < 0:
		return errNegative
	case e.Duration == 0 && e.Calls == 0:
		return errEndless
	}
	if err := e.Shard.validate(); err != nil {
		return err
	}
	if err := e.validatePace(); err != nil {
		return err
	}
	names := make(map[string]bool, len(e.Arms))
	for _, arm := range e.Arms {
		if names[arm.Name] {
			return fmt.Errorf("%w: %q", errNameTwice, arm.Name)
		}
		names[arm.Name] = true
		if err := arm.validate(e.Caller); err != nil {
			return err
		}
	}
	return nil
}

// validatePace refuses what needs arms that send the same calls at the same time,
// if the plan is a closed one.
func (e Experiment) validatePace() error {
	if e.Plan.Workers() == 0 {
		return nil
	}
	other := e.Assign != "" && e.Assign != AssignRequest
	workers := e.MaxWorkers != 0 && e.MaxWorkers != e.Plan.Workers()*len(e.Arms)
	if e.Schedule != nil || e.AA != 0 || other || workers || e.Shard.Count > 1 {
		return errOwnPace
	}
	return nil
}

func (a Arm) validate(caller string) error {
	if a.Anchor == scenarios.AnchorServiceAccount && caller == "" {
		return fmt.Errorf("%w: arm %s", errNoCaller, a.Name)
	}
	u, err := url.Parse(a.Target.URL)
	if err != nil {
		return fmt.Errorf("runner: arm %s: target: %w", a.Name, err)
	}
	if u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Errorf("runner: arm %s: target %q is no http or https URL with a host", a.Name, a.Target.URL)
	}
	return nil
}
