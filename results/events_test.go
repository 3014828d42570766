package results

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// longRun is a run of thirty blocks of one second at 120 requests/s.
func longRun() Run {
	r := twoArms()
	r.Duration, r.Blocks = 30*time.Second, 30
	return r
}

// noisy gives latencies a spread, the same in both arms of a pair but for a little.
func noisy(seed uint64) func(*Sample) {
	return func(s *Sample) {
		call, own := rand.New(rand.NewPCG(seed, s.Call)), rand.New(rand.NewPCG(seed+1, s.Seq))
		millis := 20 * math.Exp(0.5*call.NormFloat64()+0.2*own.NormFloat64())
		s.Start = s.Due + 50*time.Microsecond
		s.End = s.Start + time.Duration(millis*float64(time.Millisecond))
	}
}

// both does one thing to a sample and then another.
func both(changes ...func(*Sample)) func(*Sample) {
	return func(s *Sample) {
		for _, change := range changes {
			change(s)
		}
	}
}

// stalled holds every answer back while the server stands still.
func stalled(from, to time.Duration) func(*Sample) {
	return func(s *Sample) {
		if s.Due < to && s.End > from {
			s.End = max(s.End, to+s.Service()/2)
		}
	}
}

// frozen holds everything back while the machine stands still.
func frozen(from, to time.Duration) func(*Sample) {
	return func(s *Sample) {
		if s.Due >= from && s.Due < to {
			late := to - s.Start
			s.Start, s.End = s.Start+late, s.End+late
		} else if s.Due < from && s.End > from {
			s.End += to - from
		}
	}
}

// restarted cuts what is under way when a server goes down, and refuses what
// comes until it is up again.
func restarted(from, to time.Duration) func(*Sample) {
	return func(s *Sample) {
		switch {
		case s.Start < from && s.End > from:
			s.Class, s.Code, s.Status, s.End = ClassError, "eof", 0, from
		case s.Start >= from && s.Start < to:
			s.Class, s.Code, s.Status, s.End = ClassError, "refused", 0, s.Start+time.Millisecond
		}
	}
}

// behind makes the load generator fall behind for a while.
func behind(from, to, by time.Duration) func(*Sample) {
	return func(s *Sample) {
		if s.Due < from || s.Due >= to {
			return
		}
		// It falls behind bit by bit, and catches up likewise.
		ramp := min(s.Due-from, to-s.Due, by)
		s.Start, s.End = s.Start+ramp, s.End+ramp
	}
}

// backEnds have stalls of their own, each for its share of the mailboxes.
func backEnds(n uint64, every, length time.Duration) func(*Sample) {
	return func(s *Sample) {
		end := rand.New(rand.NewPCG(9, s.Call)).Uint64N(n)
		period := uint64(s.Start / every)
		stop := time.Duration(period)*every + time.Duration(rand.New(rand.NewPCG(end, period)).Int64N(int64(every-length)))
		if s.Start < stop+length && s.End > stop {
			s.End = stop + length + s.Service()
		}
	}
}

// TestEvents holds that what strikes all arms is told apart and left out: the
// figures are those of the rest of the run.
func TestEvents(t *testing.T) {
	t.Parallel()
	at := func(seconds float64) time.Duration { return time.Duration(seconds * float64(time.Second)) }
	tests := []struct {
		name   string
		change func(*Sample)
		queue  Queue
		kind   EventKind
		from   time.Duration
		to     time.Duration
		blocks []int
		says   string
	}{
		{"the server stands still", stalled(at(11.2), at(12.5)), Queue{}, EventStall, at(11.2), at(12.5), []int{10, 11}, "not one answer"},
		{"shortly", stalled(at(11.2), at(11.8)), Queue{}, EventStall, at(11.2), at(11.8), []int{10}, "not one answer"},
		{"the machine stands still", frozen(at(11.2), at(12.5)), Queue{}, EventStall, at(11.2), at(12.5), []int{10, 11}, "the load generator stood still"},
		{"the server restarts", restarted(at(11.2), at(13.5)), Queue{}, EventRestart, at(11.2), at(13.5), []int{10, 11, 12}, "a server restart"},
		{"at once", restarted(at(11.2), at(11.4)), Queue{}, EventRestart, at(11.2), at(11.4), []int{10}, "a server restart"},
		{"the generator is saturated", behind(at(11), at(13), 300*time.Millisecond), Queue{}, EventSaturated, at(11), at(13), []int{10, 11}, "more than 100ms late"},
		{"the store is behind", nil, Queue{HighWater: 5000, Behind: []Span{{at(11.2), at(12.5)}}}, EventSlowConsumer, at(11.2), at(12.5), []int{10, 11}, "at most 5000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			run := longRun()
			run.Queue = tt.queue
			change := noisy(1)
			if tt.change != nil {
				change = both(change, tt.change)
			}
			s := analysed(t, run, change).Summary
			require.Len(t, s.Events, 1, "%+v", s.Events)
			e := s.Events[0]
			assert.Equal(t, tt.kind, e.Kind)
			assert.Equal(t, tt.blocks, e.Blocks)
			assert.InDelta(t, tt.from.Seconds(), e.From.Seconds(), 0.06)
			assert.InDelta(t, tt.to.Seconds(), e.To.Seconds(), 0.06)
			assert.Contains(t, e.Text, tt.says)
			assert.True(t, s.Valid, s.Reason)
			assert.Equal(t, VerdictPass, s.Verdict)
			assert.True(t, len(s.Reason) > 0 && s.Reason[:len(e.Text)] == e.Text, "it is named first: %s", s.Reason)
			assert.Contains(t, s.Warnings[0], "are left out of every figure")
			assert.Equal(t, 30-len(tt.blocks), s.Blocks)
			left := 1800 - 60*len(tt.blocks)
			assert.Equal(t, left, s.Arms[0].Samples)
			assert.Equal(t, 60*len(tt.blocks), s.Arms[0].Struck)
			assert.Zero(t, s.Arms[0].ErrorRate)
			assert.InDelta(t, 60, s.Arms[0].Throughput, 0.1, "over the time that is left")
			assert.Less(t, *s.Arms[0].Latency.Max, 250.0)
		})
	}
}

// TestOrdinaryRunsHaveNoEvents goes through weather that is not an event: it
// strikes a share of the mailboxes, or one arm alone.
func TestOrdinaryRunsHaveNoEvents(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*Sample)
	}{
		{"calm", func(*Sample) {}},
		{"three back ends that stall", backEnds(3, 8*time.Second, 600*time.Millisecond)},
		{"four back ends that stall for long", backEnds(4, 15*time.Second, 3*time.Second)},
		{"an arm that is ten times as slow", slowB(400 * time.Millisecond)},
		{"an arm that fails", failB(1)},
		{"an arm that is refused", func(s *Sample) {
			if s.Arm == "b" && s.Block >= 3 && s.Block < 6 {
				s.Class, s.Code, s.Status, s.End = ClassError, "refused", 0, s.Start+time.Millisecond
			}
		}},
		{"half of all answers fail", func(s *Sample) {
			if rand.New(rand.NewPCG(4, s.Seq)).IntN(2) == 0 {
				s.Class, s.Code, s.Status, s.End = ClassError, "http_503", 503, s.Start+time.Millisecond
			}
		}},
		{"a hiccup of 150 ms", stalled(11*time.Second, 11*time.Second+150*time.Millisecond)},
		{"one arm is sent late", func(s *Sample) {
			if s.Arm == "b" {
				behind(11*time.Second, 12*time.Second, 300*time.Millisecond)(s)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(simulatedRuns / 4) {
				d, err := load(stored(t, longRun(), played(longRun(), both(noisy(100*seed), tt.change))), exactSamples)
				require.NoError(t, err)
				assert.Empty(t, d.events, "seed %d", seed)
			}
		})
	}
}

// TestTooManyEvents is a run of which too little is left.
func TestTooManyEvents(t *testing.T) {
	t.Parallel()
	s := analysed(t, longRun(), both(noisy(1), stalled(5*time.Second, 9*time.Second), stalled(15*time.Second, 19*time.Second+500*time.Millisecond))).Summary
	assert.Len(t, s.Events, 2)
	assert.False(t, s.Valid)
	assert.Equal(t, 4, s.ExitCode)
	assert.Equal(t, 1800, s.Arms[0].Samples, "nothing is left out")
	assert.Regexp(t, `^a stall in all arms: not one answer from .*; a stall in all arms: .*too many to leave out\); the run is invalid: what struck it touches 11 of its 30 blocks`, s.Reason)
}

// TestUnpacedStall has no due times to go by.
func TestUnpacedStall(t *testing.T) {
	t.Parallel()
	run := longRun()
	unpaced(&run)
	samples := slices.DeleteFunc(played(run, noisy(1)), func(s Sample) bool {
		return s.Due >= 11*time.Second && s.Due < 13*time.Second // every worker waits
	})
	a, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	require.Len(t, a.Summary.Events, 1)
	assert.Equal(t, EventStall, a.Summary.Events[0].Kind)
}

// TestNeighbouringOutagesAreOneEvent has a server that comes back for a moment.
func TestNeighbouringOutagesAreOneEvent(t *testing.T) {
	t.Parallel()
	change := both(noisy(1), restarted(11*time.Second, 12*time.Second), restarted(12*time.Second+300*time.Millisecond, 13*time.Second))
	s := analysed(t, longRun(), change).Summary
	require.Len(t, s.Events, 1)
	assert.Equal(t, []int{10, 11, 12}, s.Events[0].Blocks, "its last second ends in the next block's first moment")
	assert.Greater(t, s.Events[0].To, 12900*time.Millisecond)
}

func TestEventJSON(t *testing.T) {
	t.Parallel()
	e := Event{EventStall, 1500 * time.Millisecond, 2 * time.Second, []int{1}, "text"}
	data, err := json.Marshal(e)
	require.NoError(t, err)
	assert.JSONEq(t, `{"kind":"stall-in-all-arms","from":"1.5s","to":"2s","blocks":[1],"text":"text"}`, string(data))
	var back Event
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, e, back)
	require.Error(t, json.Unmarshal([]byte(`{"from":1}`), &back))
}
