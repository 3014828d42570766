package results

import (
	"time"

	"github.com/ewsbench/ewsbench/results/stat"
)

const (
	maxPoints   = 2000 // of each kind in an arm's timeline
	gridBuckets = 60
)

// grid cuts the measured time into the timeline's buckets.
type grid struct {
	from, width time.Duration
	buckets     int
}

// newGrid spans the measured time of a run, or what was due in it where the run
// was bounded otherwise.
func newGrid(r Run, lastDue time.Duration) grid {
	from := r.MeasuredFrom()
	span := max(r.Duration, lastDue-from+1)
	width := max((span+gridBuckets-1)/gridBuckets, time.Millisecond)
	return grid{from: from, width: width, buckets: max(int((span+width-1)/width), 1)}
}

// bucket is where a due time lies; those outside lie in the nearest one.
func (g grid) bucket(due time.Duration) int {
	return min(max(int((due-g.from)/g.width), 0), g.buckets-1)
}

// bucketData is what is counted of a bucket. Its latencies are drawn and decide
// nothing, so they are never kept exactly.
type bucketData struct {
	samples, errors int
	latencies       stat.Tally
}

func (b *bucketData) add(s *Sample) {
	b.samples++
	if s.Class != ClassOK {
		b.errors++
	}
	if isTimed(s) {
		b.latencies.Add(ms(s.Latency()))
	}
}

// timelineOf draws the timeline of a dataset.
func timelineOf(d *dataset) Timeline {
	t := Timeline{From: d.timeline.from, Width: d.timeline.width}
	for _, a := range d.arms {
		line := ArmTimeline{Arm: a.summary.Name, Points: a.points.kept, Errors: a.errors.kept, Failed: a.errors.added}
		for i := range a.buckets {
			line.Buckets = append(line.Buckets, a.buckets[i].drawn(t.From+time.Duration(i)*t.Width))
		}
		t.Arms = append(t.Arms, line)
	}
	return t
}

func (b *bucketData) drawn(at time.Duration) Bucket {
	parts := stat.NewParts(1, 0)
	parts.AddTally(0, &b.latencies)
	p := parts.Pool()
	return Bucket{At: at, Samples: b.samples, Errors: b.errors, P50: figure(p.Quantile(0.50)), P99: figure(p.Quantile(0.99))}
}
