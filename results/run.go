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
	Arrival        string        // constant, poisson or ramp
	Duration       time.Duration // measured time, without the warm-up; 0: bounded by a count of calls
	Warmup         time.Duration // before the measured time
	Timeout        time.Duration // after which a request was given up
	Blocks         int           // number of slices of the measured time
	Assign         string        // how calls were assigned to arms: request
	Mailboxes      int           // size of the directory
	MaxWorkers     int           // bound of the requests under way; 0: none
	Arms           []Arm         // in the order of the scenario: the first is the base of each comparison
	Gates          []Gate        // what the run was expected to hold
	Host           Host          // the machine that sent the load
	Started, Ended time.Time     // wall clock; Ended is zero until the run has ended
	End            End           // how it ended
	Reason         string        // why it ended so, unless it is complete
	Warnings       []string      // what qualifies its samples
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

// Gate is a limit that a run is expected to hold. An empty Arm means every arm,
// an empty Op or "*" all operations together. Units: ms, fraction, requests/s.
type Gate struct {
	Metric string   `json:"metric"`
	Arm    string   `json:"arm,omitempty"`
	Op     string   `json:"op,omitempty"`
	Min    *float64 `json:"min,omitempty"`
	Max    *float64 `json:"max,omitempty"`
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
