package results

import "time"

// Schema is the version of run.json, of the sample store and of summary.json.
const Schema = 1

// End says how a run ended.
type End string

// How a run ended. A run that was killed never came to write its end: EndCutOff.
const (
	EndCutOff      End = ""
	EndComplete    End = "complete"
	EndInterrupted End = "interrupted"
	EndFailed      End = "failed"
)

// How calls are assigned to arms.
const (
	AssignRequest    = "request"    // every call is sent by each arm
	AssignMailbox    = "mailbox"    // arms have mailboxes of their own and change them during the run
	AssignSwitchback = "switchback" // arms take turns, for a period each
	AssignPace       = "pace"       // a closed model: every arm goes through the calls at its own pace
)

// Run is what is known about a run besides its samples: run.json.
type Run struct {
	Schema         int           // version of the format; Create fills it in
	Versions       Versions      // of the programs that made the run
	Scenario       string        // name
	Title          string        // one line for people
	ScenarioDigest string        // sha256 of the scenario's canonical form, hex
	PlanDigest     string        // scenario, seed and number of mailboxes
	Seed           uint64        // of the plan, of the arms' order and of the bootstrap
	Primary        string        // metric that decides, latency_p50 if empty
	Rate           float64       // asked requests/s over all arms; 0: as fast as possible
	Arrival        string        // constant, poisson, ramp, steps, spike or sine
	Duration       time.Duration // measured time, without the warm-up; 0: bounded by a count of calls
	Warmup         time.Duration // first of all
	AA             time.Duration // phase in which all arms send as the first one does, between the warm-up and the measured time; 0: none
	Washout        time.Duration // beginning of each period of a switchback assignment that is not measured
	Timeout        time.Duration // after which a request was given up
	Blocks         int           // number of slices of the measured time
	Assign         string        // how calls were assigned to arms: AssignRequest and so on
	Mailboxes      int           // size of the directory
	MaxWorkers     int           // bound of the requests under way; 0: none
	Arms           []Arm         // in the order of the scenario: the first is the base of each comparison
	Gates          []Gate        // what the run was expected to hold
	Beside         []string      // operations that no schedule asks for: see Summary.Beside
	Cause          string        // one of them: what a scheduled sample of the same call tells of, as a notification tells of a mail
	Groups         []Groups      // of notifications: how mailboxes were put together
	Shard          Shard         // which calls of the plan were sent; all of them if its Count is 0
	Queue          Queue         // how far the store fell behind the load
	Cores          int           // that the load generator could use at once; 0: not known
	Host           Host          // the machine that sent the load
	Started, Ended time.Time     // wall clock; Ended is zero until the run has ended
	End            End           // how it ended
	Reason         string        // why it ended so, unless it is complete
	Warnings       []string      // what qualifies its samples
}

// MeasuredFrom is when the measured time begins, since the run's start.
func (r *Run) MeasuredFrom() time.Duration { return r.Warmup + r.AA }

// By what mailboxes were found to belong together.
const (
	GroupedByAutodiscover = "autodiscover" // what Autodiscover says of them
	GroupedByServer       = "server"       // the server that a call of their own was answered from
	GroupedByNothing      = "nothing"      // nothing says where they are
)

// Groups says how the mailboxes of some arms were put into groups, whose subscriptions
// are kept together. There is one entry for each way that was gone.
type Groups struct {
	Arms      []string `json:"arms"` // those of one target
	By        string   `json:"by"`   // GroupedByAutodiscover and so on
	Groups    int      `json:"groups"`
	Mailboxes int      `json:"mailboxes"`
	Reason    string   `json:"reason,omitempty"` // why not by Autodiscover
}

// Shard says that of the plan's calls those with call%Count == Index were sent.
type Shard struct {
	Index int `json:"index"`
	Count int `json:"count"`
}

// BehindAfter is how long a sample may wait for the store before the store counts
// as behind the load: a slow disk takes memory and processor time from the load
// generator.
const BehindAfter = time.Second

// Queue says how far the store fell behind the load.
type Queue struct {
	HighWater int    // most samples that waited at once
	Behind    []Span // when samples waited longer than BehindAfter, in order
}

// Span is a stretch of a run, since its start.
type Span struct {
	From, To time.Duration
}

// Arm is one way of sending the workload.
type Arm struct {
	Name        string      `json:"name"`
	Anchor      string      `json:"anchor"`             // policy for X-AnchorMailbox
	Affinity    bool        `json:"affinity,omitempty"` // cookies kept for each mailbox
	Target      string      `json:"target"`             // URL without credentials, or mock:PROFILE
	AskedRate   float64     `json:"asked_rate"`         // requests/s; 0: as fast as possible
	Connections Connections `json:"connections"`
}

// Connections counts what an arm's client did with its connections.
type Connections struct {
	Opened int64 `json:"opened"`
	Reused int64 `json:"reused"`
}

// What a gate holds an arm's figure against.
const (
	OfOwn        = ""           // the figure itself
	OfRatio      = "ratio"      // the figure / that of the first arm
	OfDifference = "difference" // the figure - that of the first arm
)

// Gate is a limit that a run is expected to hold. An empty Arm means every arm
// (of a ratio or difference: every arm but the first), an empty Op or "*" all
// operations together. Units: ms, fraction, requests/s, samples; none for a ratio.
//
// A limit is missed only by a figure that lies beyond it by more than Margin and
// by more than Floor.
type Gate struct {
	Metric  string   `json:"metric"`
	Arm     string   `json:"arm,omitempty"`
	Op      string   `json:"op,omitempty"`
	Of      string   `json:"of,omitempty"`      // ratio or difference to the first arm; empty: the arm's own figure
	Outcome string   `json:"outcome,omitempty"` // code whose samples the metric outcome counts
	Status  int      `json:"status,omitempty"`  // HTTP status whose samples the metric http counts
	Min     *float64 `json:"min,omitempty"`
	Max     *float64 `json:"max,omitempty"`
	Margin  float64  `json:"margin,omitempty"` // share of the limit
	Floor   float64  `json:"floor,omitempty"`  // in the metric's unit, also for a ratio
}

// Host is the machine that sent the load. Its name is deliberately not stored.
type Host struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	CPUs int    `json:"cpus"`
}

// Versions names the programs that made a run.
type Versions struct {
	Ewsbench string `json:"ewsbench"`
	Commit   string `json:"commit,omitempty"`
	Go       string `json:"go"`
	Vegeta   string `json:"vegeta,omitempty"`
}
