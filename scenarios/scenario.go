package scenarios

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// SchemaVersion is the version of the file format that this package reads.
const SchemaVersion = 1

// Anchor says which mailbox the X-AnchorMailbox header of an arm names.
type Anchor string

// The anchor policies. Impersonated calls "must always use" the header, with
// the impersonated SMTP address (MS docs: Authenticate an EWS application by
// using OAuth); the others are the mistakes to be measured.
const (
	AnchorCorrect        Anchor = "correct"         // the mailbox that the call is about
	AnchorMissing        Anchor = "missing"         // no header at all
	AnchorWrong          Anchor = "wrong"           // another mailbox of the directory
	AnchorServiceAccount Anchor = "service-account" // the caller's own mailbox
)

// Anchors returns all policies.
func Anchors() []Anchor {
	return []Anchor{AnchorCorrect, AnchorMissing, AnchorWrong, AnchorServiceAccount}
}

// Order says how the calls of a plan go over the mailboxes.
type Order string

const (
	// OrderMix sends each call to the next mailbox and deals its step from a
	// shuffled deck of the weights, so that proportions are exact in every
	// deck. It is the default.
	OrderMix Order = "mix"
	// OrderVisit takes each mailbox through all steps in the order of the
	// file, weight times each, with Visits mailboxes interleaved: an answer has
	// Visits-1 other calls' time to arrive before the next call needs it. The
	// first visits of a run end early, so that the steps are spread in time.
	OrderVisit Order = "visit"
	// OrderShuffle is OrderVisit, but in an order drawn for each visit: the calls
	// of the first step, which should find what the others need, are spread evenly
	// over the visit, from its beginning on, and all others are shuffled.
	OrderShuffle Order = "shuffle"
)

// Orders returns all orders.
func Orders() []Order { return []Order{OrderMix, OrderVisit, OrderShuffle} }

// visits says whether a mailbox gets all steps before it is left.
func (o Order) visits() bool { return o == OrderVisit || o == OrderShuffle }

// Arrival says how the due times of the calls are spread.
type Arrival string

// The arrival processes.
const (
	ArrivalConstant Arrival = "constant" // evenly spaced: the default
	ArrivalPoisson  Arrival = "poisson"  // independent arrivals, the rate being their mean
	ArrivalRamp     Arrival = "ramp"     // from RampFrom to Rate over the whole run, warm-up included
	ArrivalSteps    Arrival = "steps"    // one of Levels after the other
	ArrivalSpike    Arrival = "spike"    // Rate, but for one burst
	ArrivalSine     Arrival = "sine"     // up and down around Rate
)

// Arrivals returns all arrival processes.
func Arrivals() []Arrival {
	return []Arrival{ArrivalConstant, ArrivalPoisson, ArrivalRamp, ArrivalSteps, ArrivalSpike, ArrivalSine}
}

// Metrics returns the metrics that a comparison has. Latencies (from the due
// time) and service times (from the start) are in ms, the error rate is a
// fraction of all samples, the throughput in answers/s.
func Metrics() []string {
	return []string{
		"latency_p50", "latency_p90", "latency_p95", "latency_p99",
		"service_p50", "service_p95", "service_p99", metricErrorRate, "throughput",
	}
}

// GateMetrics returns the metrics that a gate may name: those of a comparison,
// and two that count samples, by their code and by their HTTP status.
func GateMetrics() []string { return append(Metrics(), metricOutcome, metricHTTP) }

const (
	metricErrorRate = "error_rate"
	metricOutcome   = "outcome"
	metricHTTP      = "http"
)

// Shapes returns the base shapes of MS-OXWSCDATA 2.2.5.10
// (DefaultShapeNamesType) that a step may ask for.
func Shapes() []string { return []string{"IdOnly", "Default", "AllProperties"} }

// Folders returns the distinguished folders that a step may name
// (MS-OXWSFOLD, DistinguishedFolderIdNameType): those which hold items of
// every mailbox.
func Folders() []string {
	return []string{
		"msgfolderroot", "root", "inbox", "outbox", "sentitems", "deleteditems",
		"drafts", "junkemail", "calendar", "contacts", "tasks", "notes", "journal",
	}
}

// Destinations returns the folders that items may be moved to: those of the
// mailbox, and the top of its archive.
func Destinations() []string { return append(Folders(), "archivemsgfolderroot", "archivedeleteditems") }

// Scenario is a workload, as a file says it. The tags are the file's keys.
type Scenario struct {
	Schema    int           `yaml:"schema,required"`          // SchemaVersion
	Name      string        `yaml:"name,required"`            // lower case, digits and dashes: it becomes part of a folder's name
	Title     string        `yaml:"title"`                    // one line for lists and reports
	Mailboxes int           `yaml:"mailboxes,required"`       // how many of the directory take part
	Rate      Rate          `yaml:"rate,required"`            // total over all arms
	Duration  time.Duration `yaml:"duration,required"`        // measured time, after the warm-up
	Warmup    time.Duration `yaml:"warmup"`                   // load before it, stored but in no statistic
	AA        time.Duration `yaml:"aa" json:",omitempty"`     // between the two, all arms sending as the first one does; in no statistic but its own
	Arrival   Arrival       `yaml:"arrival"`                  // default constant
	RampFrom  Rate          `yaml:"ramp_from"`                // where a ramp begins, default 0/s
	Levels    []float64     `yaml:"levels" json:",omitempty"` // arrival steps, required there: shares of Rate, each for an equal part of the measured time
	Spike     *Spike        `yaml:"spike" json:",omitempty"`  // arrival spike, required there
	Sine      *Sine         `yaml:"sine" json:",omitempty"`   // arrival sine, required there; arrival poisson
	Order     Order         `yaml:"order"`                    // default mix
	Visits    int           `yaml:"visits"`                   // mailboxes in progress at once, orders visit and shuffle only; default DefaultVisits
	// Workers make the model a closed one, with rate max: in each arm there are so
	// many, and each of them takes one mailbox after another through all steps,
	// sending its next request Think after the last one was answered.
	Workers int           `yaml:"workers" json:",omitzero"`
	Think   time.Duration `yaml:"think" json:",omitzero"`
	Steps   []Step        `yaml:"steps"`                           // what is called; required, unless it is notifications
	Notify  *Notify       `yaml:"notifications" json:",omitempty"` // in place of steps: what is waited for
	Arms    []Arm         `yaml:"arms,required"`
	Expect  []Gate        `yaml:"expect"`
	Primary string        `yaml:"primary"` // the metric that decides a comparison, default latency_p50
}

// Closed says whether a request waits for the answer to the one before it.
func (s *Scenario) Closed() bool { return s.Workers > 0 }

// Open makes the model an open one at a rate: each worker becomes a visit in
// progress.
func (s *Scenario) Open(rate Rate) {
	if s.Closed() {
		s.Visits, s.Workers, s.Think = s.Workers, 0, 0
	}
	s.Rate = rate
}

// Step is one kind of call. Each operation uses some of the keys; a key that
// it does not use is an error in a file.
type Step struct {
	Op     ews.Op `yaml:"op,required"`
	Weight int    `yaml:"weight"` // calls for each deck or visit, default 1
	// Folder is a distinguished folder. GetFolder and FindItem: default inbox,
	// calendar for a view of days. SyncFolderItems: by default the folders that an
	// earlier SyncFolderHierarchy step found, one after another; inbox without one.
	// CreateItem: default sentitems for what is sent to people, else drafts.
	Folder     string `yaml:"folder"`
	Batch      int    `yaml:"batch"`                   // ids in a call, default 1
	MaxChanges int    `yaml:"max_changes"`             // SyncFolderItems: MaxChangesReturned, default 512
	Page       int    `yaml:"page"`                    // FindItem: MaxEntriesReturned, default 100
	Shape      string `yaml:"shape"`                   // base shape; default IdOnly for finding and syncing, Default for getting
	To         string `yaml:"to" json:",omitzero"`     // MoveItem: the folder to move to, required there
	Before     Day    `yaml:"before" json:",omitzero"` // FindItem: only what was received before this day, the oldest first
	// From and Days are a time. FindItem: a calendar view of it. CreateItem in the
	// calendar: appointments that begin in it. GetUserAvailability: when people are
	// free in it. The last two require it.
	From   Day `yaml:"from" json:",omitzero"`
	Days   int `yaml:"days" json:",omitzero"`
	People int `yaml:"people" json:",omitzero"` // CreateItem: to whom it goes, default nobody; GetUserAvailability: whose calendars, required there
	Size   int `yaml:"size" json:",omitzero"`   // CreateItem: bytes of the text, default 1024
}

// Arm is one way of sending the workload.
type Arm struct {
	Name     string `yaml:"name,required"`
	Anchor   Anchor `yaml:"anchor,required"`
	Affinity bool   `yaml:"affinity"` // keep cookies for each mailbox and send X-PreferServerAffinity
	Optional bool   `yaml:"optional"` // not run unless chosen
}
