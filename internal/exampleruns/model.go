package exampleruns

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// model is what an example's samples are drawn from.
type model struct {
	run     results.Run
	anchors []string      // policy of each arm
	fixed   time.Duration // latency of every request, if it is not 0
	slow    float64       // share of a slot's time by which each start falls behind
	until   time.Duration // nothing is due from here on
	stall   results.Span  // in which the server answers nobody
}

// modelOf describes an example.
func modelOf(k Kind) (*model, error) {
	m := &model{anchors: []string{"correct", "missing"}}
	rate, limit := 120.0, 0.001
	m.run = results.Run{
		Versions: results.Versions{Ewsbench: "0.1.0", Go: "go1.26", Vegeta: "v12.13.0"},
		Scenario: "anchor-penalty", Title: "What leaving out X-AnchorMailbox costs",
		ScenarioDigest: "5c1e", PlanDigest: "a9f0", Seed: 1, Primary: results.MetricLatencyP50,
		Arrival: "constant", Duration: 30 * time.Second, Warmup: 2 * time.Second, Timeout: 2 * time.Second,
		Blocks: 30, Assign: "request", Mailboxes: 1000, Host: results.Host{OS: "linux", Arch: "amd64", CPUs: 2},
		Started: started(), End: results.EndComplete,
		Gates: []results.Gate{{Metric: results.MetricErrorRate, Arm: "anchored", Max: &limit}},
	}
	switch k {
	case Anchor:
	case Same:
		m.anchors[1] = "correct"
	case Identical:
		m.anchors[1], m.fixed = "correct", 20*time.Millisecond
	case Overloaded:
		m.slow = 0.4
	case Short:
		rate, m.run.Duration, m.run.Blocks = 60, time.Second, 3
	case FailedGate:
		m.run.Gates[0].Arm = "unanchored"
	case Interrupted:
		m.until, m.run.End, m.run.Reason = 17*time.Second, results.EndInterrupted, "stopped by Ctrl-C after 17 s"
	case Cutoff:
		m.until, m.run.End = 20*time.Second, results.EndCutOff
	case FourArms:
		m.anchors = append(m.anchors, "wrong", "service-account")
	case OneArm:
		m.anchors = m.anchors[:1]
	case Stalled:
		m.stall = results.Span{From: 12300 * time.Millisecond, To: 13600 * time.Millisecond}
	case UnequalAA:
		m.run.AA = 5 * time.Second
	default:
		return nil, fmt.Errorf("no example %q, choose one of %q", k, Kinds())
	}
	m.run.Rate = rate
	m.addArms()
	return m, nil
}

func (m *model) addArms() {
	names := []string{"anchored", "unanchored", "wrong", "service-account"}
	for i, anchor := range m.anchors {
		m.run.Arms = append(m.run.Arms, results.Arm{
			Name: names[i], Anchor: anchor, Target: "mock:onprem-2site", AskedRate: m.run.Rate / float64(len(m.anchors)),
			Connections: results.Connections{Opened: 12, Reused: 1908},
		})
	}
	if m.until == 0 {
		m.until = m.run.MeasuredFrom() + m.run.Duration
	}
}

// samples draws the example's samples, in the order in which they ended.
func (m *model) samples() []results.Sample {
	var out []results.Sample
	for slot := uint64(0); m.due(slot) < m.until; slot++ {
		out = append(out, m.sample(slot))
	}
	slices.SortFunc(out, func(a, b results.Sample) int { return int(a.End - b.End) })
	return out
}

// due is when a slot is due.
func (m *model) due(slot uint64) time.Duration {
	return time.Duration(float64(slot) * float64(time.Second) / m.run.Rate)
}

// sample draws the sample of a slot. Equal calls meet the same weather.
func (m *model) sample(slot uint64) results.Sample {
	arms := uint64(len(m.anchors))
	call, turn := slot/arms, slot%arms
	weather := rand.New(rand.NewPCG(m.run.Seed, call))
	arm := (turn + weather.Uint64N(arms)) % arms
	own := rand.New(rand.NewPCG(m.run.Seed+arm+1, call))
	due, first := m.due(slot), m.due(call*arms)
	s := results.Sample{
		Arm: m.run.Arms[arm].Name, Seq: slot, Call: call, Op: []string{"GetFolder", "FindItem", "GetItem", "GetItem"}[call%4],
		Status: 200, Class: results.ClassOK, Code: results.CodeOK, Due: due,
		In: 1800 + weather.Int64N(4000), Out: 1250,
	}
	m.place(&s, first)
	lag := 30*time.Microsecond + time.Duration(own.ExpFloat64()*float64(60*time.Microsecond))
	s.Start = due + lag + time.Duration(m.slow*float64(due))
	s.End = s.Start + m.service(m.anchors[arm], weather, own)
	m.spoil(&s, m.anchors[arm], own)
	if s.Start < m.stall.To && s.End > m.stall.From {
		s.End = m.stall.To + s.Service()
	}
	return s
}

// place puts a sample into the phase and block in which its group begins.
func (m *model) place(s *results.Sample, first time.Duration) {
	s.Block = results.WarmupBlock
	switch from := m.run.MeasuredFrom(); {
	case first < m.run.Warmup:
		s.Phase = results.PhaseWarmup
	case first < from:
		s.Phase = results.PhaseAA
	default:
		s.Block = int((first - from) * time.Duration(m.run.Blocks) / m.run.Duration)
	}
}

// service draws a service time: the server's own, and for an anchor that is not
// correct mostly a hop to another server.
func (m *model) service(anchor string, weather, own *rand.Rand) time.Duration {
	if m.fixed != 0 {
		return m.fixed
	}
	millis := 14 * math.Exp(0.45*weather.NormFloat64()+0.05*own.NormFloat64())
	if anchor != "correct" && weather.Float64() < 0.8 {
		millis += 22 * math.Exp(0.3*own.NormFloat64())
	}
	return time.Duration(millis * float64(time.Millisecond))
}

// spoil makes an error of about one sample in fifty without a correct anchor.
func (m *model) spoil(s *results.Sample, anchor string, own *rand.Rand) {
	if anchor == "correct" {
		return
	}
	switch draw := own.Float64(); {
	case draw < 0.008:
		s.Status, s.Class, s.Code = 500, results.ClassError, "ErrorProxyCallFailed"
		s.End = s.Start + 400*time.Millisecond
	case draw < 0.016:
		s.Status, s.Class, s.Code, s.End = 503, results.ClassError, "http_503", s.Start+3*time.Millisecond
	case draw < 0.018:
		s.Status, s.Class, s.Code, s.In, s.End = 0, results.ClassTimeout, results.CodeTimeout, 0, s.Start+m.run.Timeout
	case draw < 0.028:
		s.Late = true
	}
}
