package results

import (
	"slices"
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
	span := max(r.Duration, lastDue-r.Warmup+1)
	width := max((span+gridBuckets-1)/gridBuckets, time.Millisecond)
	return grid{from: r.Warmup, width: width, buckets: int((span + width - 1) / width)}
}

// bucket is where a due time lies; those outside lie in the nearest one.
func (g grid) bucket(due time.Duration) int {
	return min(max(int((due-g.from)/g.width), 0), max(g.buckets-1, 0))
}

// timelineOf draws the timeline of a dataset.
func timelineOf(d *dataset) Timeline {
	t := Timeline{From: d.timeline.from, Width: d.timeline.width}
	for _, a := range d.arms {
		t.Arms = append(t.Arms, ArmTimeline{
			Arm: a.summary.Name, Buckets: bucketsOf(a, d.timeline),
			Points: a.points.kept, Errors: a.errors.kept, Failed: a.errors.added,
		})
	}
	return t
}

func bucketsOf(a *armData, g grid) []Bucket {
	buckets := make([]Bucket, g.buckets)
	values := make([][]float64, g.buckets)
	for i := range a.records {
		r := &a.records[i]
		b := &buckets[r.bucket]
		b.Samples++
		if r.class&failedSample != 0 {
			b.Errors++
		}
		if r.class&timedSample != 0 {
			values[r.bucket] = append(values[r.bucket], ms(r.latency))
		}
	}
	for i := range buckets {
		buckets[i].At = g.from + time.Duration(i)*g.width
		slices.Sort(values[i])
		buckets[i].P50 = figure(stat.Quantile(values[i], 0.50))
		buckets[i].P99 = figure(stat.Quantile(values[i], 0.99))
	}
	return buckets
}
