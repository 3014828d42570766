package runner

import (
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// stage is what part of the run a group belongs to: a block of the measured time,
// counted from 0, or one of those that are not measured.
type stage int

const (
	stageWashout stage = iota - 3
	stageWarmup
	stageAA
)

func (s stage) measured() bool { return s > stageAA }

// block is the block of the samples.
func (s stage) block() int {
	if s.measured() {
		return int(s)
	}
	return results.WarmupBlock
}

// phase is the phase of the samples.
func (s stage) phase() results.Phase {
	switch s {
	case stageWarmup:
		return results.PhaseWarmup
	case stageAA:
		return results.PhaseAA
	case stageWashout:
		return results.PhaseWashout
	}
	return results.PhaseMeasured
}

// stages are those of a run: the warm-up, the A/A phase, and the measured time,
// cut into blocks of equal length.
type stages struct {
	warmup, lead, duration time.Duration // lead: warm-up and A/A phase
	blocks                 int
}

func stagesOf(e Experiment) stages {
	return stages{warmup: e.Warmup, lead: e.Warmup + e.AA, duration: e.Duration, blocks: e.Blocks}
}

// at is the stage at a time since the run's start.
func (m stages) at(t time.Duration) stage {
	switch {
	case t < m.warmup:
		return stageWarmup
	case t < m.lead:
		return stageAA
	case m.duration <= 0:
		return 0
	}
	share := float64(t-m.lead) / float64(m.duration)
	return stage(min(int(share*float64(m.blocks)), m.blocks-1))
}

// end is when the last block ends.
func (m stages) end() time.Duration { return m.lead + m.duration }
