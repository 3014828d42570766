package throttle

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Policy is how much a caller may ask for. The zero value limits nothing.
type Policy struct {
	// Enabled puts the policy in force. What the other keys leave out is then as the flavour has it.
	Enabled bool `yaml:"enabled" json:"enabled"`
	// Concurrency is how many requests may be under way for one budget.
	Concurrency Limit `yaml:"max_concurrency" json:"max_concurrency,omitzero"`
	// Found and FoundRestricted are how many objects the searches under way may hold, without a restriction and with one.
	Found           Limit `yaml:"find_count" json:"find_count,omitzero"`
	FoundRestricted Limit `yaml:"restricted_find_count" json:"restricted_find_count,omitzero"`
	// Syncs is how many synchronisations may be under way.
	Syncs Limit `yaml:"sync_calls" json:"sync_calls,omitzero"`
	// Streams and Subscriptions are how many streaming connections may be open, and how many subscriptions there may be.
	Streams       Limit `yaml:"streams" json:"streams,omitzero"`
	Subscriptions Limit `yaml:"subscriptions" json:"subscriptions,omitzero"`
	// Messages is how many messages may be sent in a minute before they are delayed.
	Messages Limit `yaml:"messages_per_minute" json:"messages_per_minute,omitzero"`
	// Burst is the working time that may be used before there are delays. Zero: 300 s, a value that circulates and that no
	// document states.
	Burst time.Duration `yaml:"burst" json:"burst,omitzero"`
	// Recharge is the working time that a budget regains in an hour. Zero: 900 s, as above.
	Recharge time.Duration `yaml:"recharge" json:"recharge,omitzero"`
	// Cutoff is the debt beyond which requests are refused. Zero: 3000 s, as above.
	Cutoff time.Duration `yaml:"cutoff" json:"cutoff,omitzero"`
	// MaxDelay is the micro-delay at the cut-off; it grows with the debt. Zero: 1 s; how long real ones are is not documented.
	MaxDelay time.Duration `yaml:"max_delay" json:"max_delay,omitzero"`
	// CostThreshold is the working time up to which a call is not charged. Zero: every call is. That EwsCostThreshold exists is
	// all that documents say of it (MS docs: Set-ThrottlingPolicy); what it does here is a guess.
	CostThreshold time.Duration `yaml:"cost_threshold" json:"cost_threshold,omitzero"`
	// BatchTime is how long a request with several parts may take, delays included; parts that it does not get to fail. Zero: a
	// minute (MS docs: EWS throttling in Exchange, Throttling implications for EWS batch requests).
	BatchTime time.Duration `yaml:"batch_time" json:"batch_time,omitzero"`
	// Busy is the shape in which a refusal comes. Empty: BusyFault.
	Busy Busy `yaml:"busy" json:"busy,omitempty"`
}

// Limit is a number, or Unlimited. Zero stands for what the flavour has.
type Limit int

// Unlimited is no limit; in a file it is the word unlimited.
const Unlimited Limit = -1

var errLimit = errors.New("must be a positive number or the word unlimited")

// UnmarshalText reads a number or the word.
func (l *Limit) UnmarshalText(text []byte) error {
	if string(text) == "unlimited" {
		*l = Unlimited
		return nil
	}
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 1 {
		return errLimit
	}
	*l = Limit(n)
	return nil
}

// MarshalText writes the number or the word.
func (l Limit) MarshalText() ([]byte, error) {
	if l == Unlimited {
		return []byte("unlimited"), nil
	}
	return strconv.AppendInt(nil, int64(l), 10), nil
}

// or is the limit, or the flavour's; 0 is none.
func (l Limit) or(flavours int) int {
	switch l {
	case 0:
		return flavours
	case Unlimited:
		return 0
	}
	return int(l)
}

// Busy is the shape of a refusal (MS docs: EWS throttling in Exchange).
type Busy string

// The shapes.
const (
	// BusyFault is HTTP 500 with the SOAP fault ErrorServerBusy.
	BusyFault Busy = "fault"
	// BusyMessage is HTTP 200 with ErrorServerBusy for each part of the request.
	BusyMessage Busy = "message"
	// BusyInner is HTTP 200 with ErrorInternalServerError, inside of which is ErrorServerBusy.
	BusyInner Busy = "inner"
	// BusyPage is HTTP 503 in HTML, without a time to wait.
	BusyPage Busy = "page"
)

// Shapes are the shapes of a refusal.
func Shapes() []Busy { return []Busy{BusyFault, BusyMessage, BusyInner, BusyPage} }

// Defaults of what no document gives a value for.
const (
	defaultBurst    = 300 * time.Second
	defaultRecharge = 900 * time.Second
	defaultCutoff   = 3000 * time.Second
	defaultMaxDelay = time.Second
)

// defaultBatch is how long a batch may take; that is documented.
const defaultBatch = time.Minute

// Check reports what is wrong with the policy, below path.
func (p Policy) Check(r *strictyaml.Report, path string) {
	for _, d := range []struct {
		key   string
		value time.Duration
	}{{"burst", p.Burst}, {"recharge", p.Recharge}, {"cutoff", p.Cutoff}, {"max_delay", p.MaxDelay}, {"cost_threshold", p.CostThreshold}, {"batch_time", p.BatchTime}} {
		if d.value < 0 {
			r.Add(path+"."+d.key, "%s is %v: it must not be negative", d.key, d.value)
		}
	}
	for _, l := range []struct {
		key   string
		value Limit
	}{
		{"max_concurrency", p.Concurrency},
		{"find_count", p.Found},
		{"restricted_find_count", p.FoundRestricted},
		{"sync_calls", p.Syncs},
		{"streams", p.Streams},
		{"subscriptions", p.Subscriptions},
		{"messages_per_minute", p.Messages},
	} {
		if l.value < Unlimited {
			r.Add(path+"."+l.key, "%s %v", l.key, errLimit)
		}
	}
	if p.Busy != "" && !slices.Contains(Shapes(), p.Busy) {
		r.Add(path+".busy", "busy is %q: write one of %v", p.Busy, Shapes())
	}
}

// Clone is a copy that shares nothing.
func (p Policy) Clone() Policy { return p }

// rules are what a policy comes to, with nothing left out. Limits of 0 are none.
type rules struct {
	policy Policy
	limits flavour.Limits
	burst  time.Duration
	rate   float64 // working time regained in a unit of time
	cutoff time.Duration
	delay  time.Duration
	batch  time.Duration
}

func compile(p Policy, f flavour.Limits) *rules {
	or := func(d, instead time.Duration) time.Duration {
		if d == 0 {
			return instead
		}
		return d
	}
	if p.Busy == "" {
		p.Busy = BusyFault
	}
	return &rules{
		policy: p,
		limits: flavour.Limits{
			Concurrency: p.Concurrency.or(f.Concurrency), Streams: p.Streams.or(f.Streams), Subscriptions: p.Subscriptions.or(f.Subscriptions),
			Found: p.Found.or(f.Found), FoundRestricted: p.FoundRestricted.or(f.FoundRestricted), Syncs: p.Syncs.or(f.Syncs), Messages: p.Messages.or(f.Messages),
		},
		burst: or(p.Burst, defaultBurst), cutoff: or(p.Cutoff, defaultCutoff), delay: or(p.MaxDelay, defaultMaxDelay), batch: or(p.BatchTime, defaultBatch),
		rate: float64(or(p.Recharge, defaultRecharge)) / float64(time.Hour),
	}
}
