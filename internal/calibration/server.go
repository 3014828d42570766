package calibration

import (
	"math"
	"math/rand/v2"
	"time"
)

// The simulated run: 15,000 requests at 50 requests/s, half of them in each arm.
const (
	requests = 15_000
	rate     = 50 // requests/s over both arms
	blocks   = 30
)

// A latency is 20 ms times a log-normal factor. Of its spread, which is 0.5, a
// part belongs to the call, which is the same in both arms, and the rest to the
// request.
const (
	median     = 20.0 // ms
	callSpread = 0.4
	ownSpread  = 0.3
)

// Server is a simulated server. Its speed drifts by 10 % (standard deviation) and
// forgets what it was within Tau: an autoregression of first order by the second.
type Server struct {
	Name string
	Tau  time.Duration // 0: no drift
}

// Servers are those that the statistics are calibrated on.
func Servers() []Server {
	return []Server{{"no drift", 0}, {"drift, tau 20 s", 20 * time.Second}, {"drift, tau 120 s", 120 * time.Second}}
}

const driftSpread = 0.10

// drift is the logarithm of how slow the server is in each second.
func (s Server) drift(gen *rand.Rand) []float64 {
	out := make([]float64, requests/rate)
	if s.Tau == 0 {
		return out
	}
	keep := math.Exp(-float64(time.Second) / float64(s.Tau))
	now := driftSpread * gen.NormFloat64()
	for i := range out {
		out[i] = now
		now = keep*now + driftSpread*math.Sqrt(1-keep*keep)*gen.NormFloat64()
	}
	return out
}

// Design says which arm sends in which slot.
type Design string

// The designs.
const (
	PerRequest Design = "per request"     // pairs of equal calls in an order that is drawn: what ewsbench does
	Switchback Design = "switchback 10 s" // arms take turns of ten seconds, AB or BA, with calls of their own
	BackToBack Design = "back to back"    // one arm, then the other, with calls of its own: two runs
)

// turns is how many slots in a row an arm has in a design.
func (d Design) turns() int {
	switch d {
	case PerRequest:
		return 1
	case Switchback:
		return 10 * rate
	case BackToBack:
		return requests / 2
	}
	return 1
}

// Sent is what two arms of a run measured, in ms, in the order of their calls.
type Sent struct{ Base, Other []float64 }

// Send simulates a run. The other arm's latencies are longer by effect.
func (s Server) Send(d Design, effect float64, seed uint64) Sent {
	gen := rand.New(rand.NewPCG(seed, uint64(s.Tau)))
	drift, turns := s.drift(gen), d.turns()
	var calls [2][]float64
	for arm := range calls {
		calls[arm] = make([]float64, requests/2)
		for i := range calls[arm] {
			calls[arm][i] = callSpread * gen.NormFloat64()
		}
	}
	if d == PerRequest {
		calls[1] = calls[0]
	}
	out := Sent{make([]float64, requests/2), make([]float64, requests/2)}
	for first := 0; first < requests; first += 2 * turns {
		swap := gen.IntN(2)
		for i := range 2 * turns {
			slot, call, arm := first+i, first/2+i%turns, i/turns^swap
			latency := median * math.Exp(drift[slot/rate]+calls[arm][call]+ownSpread*gen.NormFloat64())
			if arm == 0 {
				out.Base[call] = latency
			} else {
				out.Other[call] = latency
			}
		}
	}
	for i := range out.Other {
		out.Other[i] *= 1 + effect
	}
	return out
}
