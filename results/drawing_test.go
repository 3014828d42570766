package results

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results/stat"
)

func TestCurve(t *testing.T) {
	t.Parallel()
	sorted := make([]float64, 1_000_000)
	for i := range sorted {
		sorted[i] = float64(i + 1)
	}
	c := curveOf("a", stat.NewPool([][]float64{sorted}))
	assert.Equal(t, "a", c.Arm)
	assert.InDelta(t, 200, len(c.Points), 20)
	assert.Equal(t, CurvePoint{Q: 0, MS: 1}, c.Points[0])
	assert.Equal(t, CurvePoint{Q: 1, MS: 1e6}, c.Points[len(c.Points)-1])
	assert.Contains(t, c.Points, CurvePoint{Q: 0.5, MS: 500_000})
	assert.Contains(t, c.Points, CurvePoint{Q: 0.99, MS: 990_000})
	above := 0
	for i, p := range c.Points[1:] {
		assert.Greater(t, p.Q, c.Points[i].Q)
		assert.Greater(t, p.MS, c.Points[i].MS, "a rank once")
		if p.Q > 0.999 {
			above++
		}
	}
	assert.Greater(t, above, 50, "the high nines keep their points")
	assert.Empty(t, curveOf("a", stat.NewPool(nil)).Points)
	assert.Equal(t, []CurvePoint{{1, 7}}, curveOf("a", stat.NewPool([][]float64{{7}})).Points)
}

func TestShift(t *testing.T) {
	t.Parallel()
	// GetItem takes 31 ms and GetFolder 21; arm b is slower by 5 in GetItem alone.
	a := analysed(t, twoArms(), func(s *Sample) {
		if s.Op == "GetItem" {
			s.End += 10 * time.Millisecond
			slowB(5 * time.Millisecond)(s)
		}
	})
	require.Len(t, a.Shifts, 1)
	shift := a.Shifts[0]
	assert.Equal(t, "a", shift.Base)
	assert.Equal(t, "b", shift.Other)
	require.Len(t, shift.Points, 99)
	for i, p := range shift.Points {
		assert.InDelta(t, float64(i+1)/100, p.Q, 1e-12)
		assert.LessOrEqual(t, p.Low, p.Difference)
		assert.GreaterOrEqual(t, p.High, p.Difference)
	}
	assert.InDelta(t, 0, shift.Points[20].High, 1e-9)
	assert.InDelta(t, 5, shift.Points[80].Low, 1e-9)

	short := twoArms()
	short.Duration = 6 * time.Second
	assert.Less(t, len(analysed(t, short, nil).Shifts[0].Points), 99, "the outer percentiles have too few samples")
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	a := analysed(t, twoArms(), func(s *Sample) {
		if s.Due >= 6*time.Second {
			slowB(20 * time.Millisecond)(s)
			failB(5)(s)
		}
	})
	line := a.Timeline
	assert.Equal(t, time.Second, line.From, "the end of the warm-up")
	assert.Equal(t, 60, len(line.Arms[1].Buckets))
	assert.InDelta(t, 10.0/60, line.Width.Seconds(), 1e-6)
	b := line.Arms[1]
	assert.Equal(t, "b", b.Arm)
	samples, errors := 0, 0
	for i, bucket := range b.Buckets {
		assert.Equal(t, line.From+time.Duration(i)*line.Width, bucket.At)
		samples += bucket.Samples
		errors += bucket.Errors
	}
	assert.Equal(t, 600, samples)
	assert.Equal(t, 60, errors)
	assert.Equal(t, 60, b.Failed)
	assert.InDelta(t, 21, *b.Buckets[0].P50, 0.011)
	assert.InDelta(t, 41, *b.Buckets[59].P99, 0.021)
	require.Len(t, b.Errors, 60)
	assert.Equal(t, ClassError, b.Errors[0].Class)
	assert.Equal(t, "http_503", b.Errors[0].Code)
	assert.InDelta(t, 1, b.Errors[0].MS, 0)
	assert.GreaterOrEqual(t, b.Errors[0].At, 6*time.Second)
	assert.Len(t, b.Points, 540)
	assert.Empty(t, line.Arms[0].Errors)
}

// TestTimelineGaps has buckets without samples, and a run bounded by a count.
func TestTimelineGaps(t *testing.T) {
	t.Parallel()
	run := twoArms()
	samples := slices.DeleteFunc(played(run, nil), func(s Sample) bool { return s.Block > 0 && s.Block < 9 })
	run.Duration = 0
	a, err := summarize(stored(t, run, samples), testDraws, exactSamples)
	require.NoError(t, err)
	buckets := a.Timeline.Arms[0].Buckets
	assert.NotNil(t, buckets[0].P50)
	assert.Nil(t, buckets[30].P50)
	assert.Nil(t, buckets[30].P99)
	assert.NotNil(t, buckets[len(buckets)-1].P50)
}

func TestThinned(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 9, 10, 11, 100, 1000, 12345} {
		thin := thinned[int]{limit: 10}
		for i := range n {
			thin.add(i)
		}
		assert.Equal(t, n, thin.added)
		assert.LessOrEqual(t, len(thin.kept), 10)
		assert.GreaterOrEqual(t, len(thin.kept), min(n, 5))
		for i, v := range thin.kept {
			assert.Equal(t, i*(thin.skips+1), v, "evenly spread over %d", n)
		}
	}
}

func TestLive(t *testing.T) {
	t.Parallel()
	l := NewLive(5*time.Second, "a", "b")
	assert.Equal(t, []LiveArm{{Name: "a"}, {Name: "b"}}, l.View(0), "before anything was sent")
	// 10/s of 20 ms for ten seconds, then 100 ms.
	for i := range 200 {
		end := time.Duration(i) * 100 * time.Millisecond
		s := Sample{Arm: "a", Class: ClassOK, Due: end - 20*time.Millisecond, Start: end, End: end}
		if end >= 10*time.Second {
			s.Due = end - 100*time.Millisecond
		}
		if i%50 == 0 {
			s.Class = ClassError
		}
		l.Observe(s)
		if i == 99 {
			a := l.View(10 * time.Second)[0]
			assert.Equal(t, 100, a.Sent)
			assert.Equal(t, 2, a.Errors)
			assert.InDelta(t, 20, a.P50, 0.2)
			assert.InDelta(t, 20, a.P99, 0.2)
			assert.InDelta(t, 10, a.Rate, 0.01)
		}
	}
	a := l.View(20 * time.Second)[0]
	assert.InDelta(t, 100, a.P50, 1, "the window has moved on")
	assert.Equal(t, 200, a.Sent)
	assert.Equal(t, LiveArm{Name: "a", Sent: 200, Errors: 4}, l.View(time.Hour)[0], "nothing lately")
	assert.Equal(t, LiveArm{Name: "b"}, l.View(20 * time.Second)[1])
}

// TestLiveOddSamples takes what no histogram holds.
func TestLiveOddSamples(t *testing.T) {
	t.Parallel()
	l := NewLive(0, "a")
	l.Observe(Sample{Arm: "a", Class: ClassOK, Due: time.Second, End: 0})                         // negative
	l.Observe(Sample{Arm: "a", Class: ClassTimeout, Due: -100 * time.Hour, End: 6 * time.Second}) // out of range
	l.Observe(Sample{Arm: "a", Class: ClassOK, End: 0})                                           // too late for the window
	l.Observe(Sample{Arm: "a", Class: ClassWithheld})
	l.Observe(Sample{Arm: "nobody", Class: ClassOK})
	a := l.View(6 * time.Second)[0]
	assert.Equal(t, 3, a.Sent)
	assert.Equal(t, 1, a.Errors)
	assert.InDelta(t, liveMax.Seconds()*1000, a.P99, liveMax.Seconds()*10)
}

func BenchmarkLive(b *testing.B) {
	l := NewLive(0, "a", "b")
	s := sampleAt(1)
	b.ReportAllocs()
	for b.Loop() {
		l.Observe(s)
	}
}
