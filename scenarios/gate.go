package scenarios

// Gate is a limit that a run must keep. It is missed only by a figure that lies
// beyond it by more than Margin and by more than Floor.
type Gate struct {
	Metric  string   `yaml:"metric,required"` // one of GateMetrics
	Arm     string   `yaml:"arm"`             // "": each arm that ran; with Of, each but the first
	Op      string   `yaml:"op"`              // "" or "*": all operations together
	Of      Of       `yaml:"of"`              // what is held against the limit, default the arm's own figure
	Outcome string   `yaml:"outcome"`         // metric outcome, required there: the code of the samples to count, such as timeout
	Status  int      `yaml:"status"`          // metric http, required there: the HTTP status of the samples to count
	Min     *float64 `yaml:"min"`             // in the metric's unit, see Metrics; of a ratio, a factor
	Max     *float64 `yaml:"max"`
	Margin  float64  `yaml:"margin"` // share of the limit
	Floor   float64  `yaml:"floor"`  // in the metric's unit, also of a ratio
}

// Of says what a gate holds against its limit.
type Of string

// What a gate may hold against its limit.
const (
	OfOwn        Of = ""           // the figure of the arm
	OfRatio      Of = "ratio"      // that figure, divided by the one of the first arm
	OfDifference Of = "difference" // that figure, less the one of the first arm
)

// Ofs returns what a file may say; left out, it is the arm's own figure.
func Ofs() []Of { return []Of{OfRatio, OfDifference} }
