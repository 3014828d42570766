package results

// Verdict is what a run or a comparison comes to.
type Verdict string

// Verdicts of a run, and below them those of a comparison.
const (
	VerdictPass    Verdict = "pass"
	VerdictFail    Verdict = "fail"
	VerdictInvalid Verdict = "invalid"

	VerdictBetter Verdict = "better"
	VerdictSame   Verdict = "same"
	VerdictWorse  Verdict = "worse"

	// VerdictInconclusive is shared: a comparison whose interval reaches over the
	// margin, or a run that is valid so far but did not come to its end.
	VerdictInconclusive Verdict = "inconclusive"

	// VerdictIncomparable is that of two runs which did not do the same thing.
	VerdictIncomparable Verdict = "incomparable"
)

// AllOps is the op of figures over all operations together.
const AllOps = "*"

// Metrics that comparisons and gates are made of.
const (
	MetricLatencyP50 = "latency_p50"
	MetricLatencyP90 = "latency_p90"
	MetricLatencyP95 = "latency_p95"
	MetricLatencyP99 = "latency_p99"
	MetricServiceP50 = "service_p50"
	MetricServiceP95 = "service_p95"
	MetricServiceP99 = "service_p99"
	MetricErrorRate  = "error_rate"
	MetricThroughput = "throughput"
	MetricOutcome    = "outcome" // of gates alone: samples with a code
	MetricHTTP       = "http"    // of gates alone: samples with an HTTP status
)

// Summary is summary.json: the figures of a run and what they come to. Figures
// that could not be computed are nil and absent from the file.
type Summary struct {
	Schema      int          `json:"schema"`
	Scenario    string       `json:"scenario"`
	Seed        uint64       `json:"seed"`
	Valid       bool         `json:"valid"`
	Reason      string       `json:"reason,omitempty"` // what struck the run, and why it is invalid or has no verdict: one sentence
	Verdict     Verdict      `json:"verdict"`          // pass, fail, inconclusive or invalid
	ExitCode    int          `json:"exit_code"`        // that `ewsbench run` ended with
	End         End          `json:"end"`              // how the run ended
	Primary     string       `json:"primary"`          // the metric that decides
	Blocks      int          `json:"blocks"`           // blocks that hold samples and were not left out
	Events      []Event      `json:"events,omitempty"` // what struck the run as a whole; its blocks are left out
	AA          []Comparison `json:"aa,omitempty"`     // of the A/A phase: each arm against the first, all operations together
	Arms        []ArmSummary `json:"arms"`
	Ops         []OpSummary  `json:"ops"`              // each arm's operations
	Beside      []OpSummary  `json:"beside,omitempty"` // what was sent beside the schedule, over the whole run with its warm-up: in no other figure
	Groups      []Groups     `json:"groups,omitempty"` // as the run has them
	Comparisons []Comparison `json:"comparisons"`
	Gates       []GateResult `json:"gates"`
	Warnings    []string     `json:"warnings"`
}

// ArmSummary holds the figures of one arm over its measured time.
type ArmSummary struct {
	Name         string         `json:"name"`
	Anchor       string         `json:"anchor,omitempty"`
	Target       string         `json:"target,omitempty"`
	Samples      int            `json:"samples"`                   // sent in the measured time
	Warmup       int            `json:"warmup_samples"`            // sent in the warm-up: in no other figure
	AA           int            `json:"aa_samples,omitempty"`      // sent in the A/A phase: in Summary.AA alone
	Washout      int            `json:"washout_samples,omitempty"` // sent in a washout: in no other figure
	Struck       int            `json:"struck_samples,omitempty"`  // sent in blocks that an event struck: in the achieved rate alone
	AskedRate    float64        `json:"asked_rate"`                // requests/s, 0: as fast as possible
	AchievedRate float64        `json:"achieved_rate"`             // requests/s
	Throughput   float64        `json:"throughput"`                // ok answers/s
	Latency      Quantiles      `json:"latency_ms"`                // from the due time; ok samples, and timeouts at the timeout
	LatencyCI    Intervals      `json:"latency_ci_ms"`             // 95 % by order statistics, as if requests were independent
	Service      Quantiles      `json:"service_ms"`                // from the start
	Lag          Quantiles      `json:"lag_ms"`                    // all samples sent
	SinceCause   *Quantiles     `json:"since_cause_ms,omitempty"`  // ok samples: from when the answer to what they tell of was read, which may be later
	HTTP         map[string]int `json:"http"`                      // answers by HTTP status
	Outcomes     map[string]int `json:"outcomes"`                  // samples by code
	ErrorRate    float64        `json:"error_rate"`                // errors and timeouts / samples
	ErrorRateCI  *Interval      `json:"error_rate_ci,omitempty"`
	ChainLate    int            `json:"chain_late"`
	Withheld     int            `json:"withheld"` // not sent: the server had asked for back-off
	BytesIn      int64          `json:"bytes_in"`
	BytesOut     int64          `json:"bytes_out"`
	Connections  Connections    `json:"connections"`
}

// OpSummary holds the figures of one operation in one arm.
type OpSummary struct {
	Arm        string         `json:"arm"`
	Op         string         `json:"op"`
	Samples    int            `json:"samples"`
	Errors     int            `json:"errors"` // timeouts among them
	ErrorRate  float64        `json:"error_rate"`
	Throughput float64        `json:"throughput"` // ok answers/s
	Latency    Quantiles      `json:"latency_ms"`
	Service    Quantiles      `json:"service_ms"`
	HTTP       map[string]int `json:"http"`     // answers by HTTP status
	Outcomes   map[string]int `json:"outcomes"` // samples by code
}

// Quantiles in ms. A quantile with too few samples is nil.
type Quantiles struct {
	P50 *float64 `json:"p50,omitempty"`
	P90 *float64 `json:"p90,omitempty"`
	P95 *float64 `json:"p95,omitempty"`
	P99 *float64 `json:"p99,omitempty"`
	Max *float64 `json:"max,omitempty"`
}

// Intervals are the 95 % intervals of quantiles, in ms.
type Intervals struct {
	P50 *Interval `json:"p50,omitempty"`
	P90 *Interval `json:"p90,omitempty"`
	P95 *Interval `json:"p95,omitempty"`
	P99 *Interval `json:"p99,omitempty"`
}

// Interval is a 95 % confidence interval.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Comparison sets one metric of an arm against the first arm. The ratio is
// other/base; its interval and that of the difference come from resampling
// whole blocks, which keeps the pairing of equal calls. Ratio is nil where the
// base is zero.
type Comparison struct {
	Arm            string   `json:"arm,omitempty"` // of two runs: the arm whose figures these are; Base and Other are the runs
	Base           string   `json:"base"`
	Other          string   `json:"other"`
	Metric         string   `json:"metric"`
	Op             string   `json:"op"`
	BaseValue      *float64 `json:"base_value,omitempty"`  // in the metric's unit: ms, fraction or requests/s
	OtherValue     *float64 `json:"other_value,omitempty"` // likewise
	Ratio          *float64 `json:"ratio,omitempty"`
	CILow          *float64 `json:"ci_low,omitempty"`  // of the ratio
	CIHigh         *float64 `json:"ci_high,omitempty"` // of the ratio
	DifferenceMS   *float64 `json:"difference_ms,omitempty"`
	Difference     *float64 `json:"difference,omitempty"`      // other - base in the metric's unit
	DifferenceLow  *float64 `json:"difference_low,omitempty"`  // 95 % interval of Difference
	DifferenceHigh *float64 `json:"difference_high,omitempty"` // likewise
	P              *float64 `json:"p,omitempty"`               // sign-flip permutation over blocks
	PHolm          *float64 `json:"p_holm,omitempty"`          // adjusted over the secondary metrics; nil for the primary one
	Verdict        Verdict  `json:"verdict"`                   // better, same, worse or inconclusive
	Warnings       []string `json:"warnings,omitempty"`        // what qualifies this comparison
}

// GateResult is what came of a gate.
type GateResult struct {
	Name     string   `json:"name"` // such as "error_rate of anchored <= 0.001"
	Metric   string   `json:"metric"`
	Arm      string   `json:"arm,omitempty"`
	Op       string   `json:"op"`
	Passed   bool     `json:"passed"`
	Observed *float64 `json:"observed,omitempty"` // nil: nothing was measured, and the gate failed
	Limit    float64  `json:"limit"`
	Bound    string   `json:"bound"` // min or max
	Of       string   `json:"of,omitempty"`
	Reason   string   `json:"reason"` // why it passed or failed, with both figures: one sentence
}
