package stat

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// stride is the distance of the places at which a [Pool] keeps the counts of its
// blocks: a resample's quantile is a binary search over those and a walk of at
// most one stride.
const stride = 256

// Pool is a sample in blocks, sorted once, so that the quantile of any
// resampling of its blocks is found without sorting again. It does not change
// after it was made.
type Pool struct {
	values []float64 // of all blocks, ascending
	owner  []uint16  // block of each value
	weight []uint32  // how often each value is there; nil: once
	passed []int64   // values before each stride
	sizes  []int64   // values in each block
	counts []int32   // len(sizes) counts for each stride: values of the block before it
	n      int
}

// Parts collects what a [Pool] is made of.
type Parts struct {
	blocks int
	all    []part
	tally  bool
}

type part struct {
	value float64
	times uint32
	block uint16
}

// NewParts begins a pool of at most 65536 blocks, with room for values.
func NewParts(blocks, room int) *Parts {
	return &Parts{blocks: blocks, all: make([]part, 0, room)}
}

// Add adds values to a block.
func (p *Parts) Add(block int, values ...float64) {
	for _, v := range values {
		p.all = append(p.all, part{v, 1, uint16(block)})
	}
}

// AddTally adds counted values to a block.
func (p *Parts) AddTally(block int, t *Tally) {
	p.tally = true
	for place, times := range t.counts {
		p.all = append(p.all, part{at(place), times, uint16(block)})
	}
}

// Pool sorts what was added.
func (p *Parts) Pool() *Pool {
	slices.SortFunc(p.all, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.block, b.block))
	})
	pool := &Pool{sizes: make([]int64, p.blocks), values: make([]float64, len(p.all)), owner: make([]uint16, len(p.all))}
	if p.tally {
		pool.weight = make([]uint32, len(p.all))
	}
	running := make([]int32, p.blocks)
	for i, part := range p.all {
		if i%stride == 0 {
			pool.counts = append(pool.counts, running...)
			pool.passed = append(pool.passed, int64(pool.n))
		}
		pool.values[i], pool.owner[i] = part.value, part.block
		if p.tally {
			pool.weight[i] = part.times
		}
		running[part.block] += int32(part.times)
		pool.sizes[part.block] += int64(part.times)
		pool.n += int(part.times)
	}
	return pool
}

// NewPool pools blocks, which it does not keep. Some may be empty.
func NewPool(blocks [][]float64) *Pool {
	n := 0
	for _, values := range blocks {
		n += len(values)
	}
	parts := NewParts(len(blocks), n)
	for b, values := range blocks {
		parts.Add(b, values...)
	}
	return parts.Pool()
}

// Len returns the number of values.
func (p *Pool) Len() int { return p.n }

// Value returns the value of a 1-based rank among all values in ascending order.
func (p *Pool) Value(rank int) float64 {
	if p.weight == nil {
		return p.values[rank-1]
	}
	s := sort.Search(len(p.passed), func(s int) bool { return p.passed[s] >= int64(rank) }) - 1
	passed := p.passed[s]
	for i := s * stride; ; i++ {
		if passed += int64(p.weight[i]); passed >= int64(rank) {
			return p.values[i]
		}
	}
}

// Quantile returns the q-quantile of all values, NaN if there are none.
func (p *Pool) Quantile(q float64) float64 {
	if p.n == 0 {
		return math.NaN()
	}
	return p.Value(Rank(p.n, q))
}

// QuantileInterval returns the interval between two order statistics that holds
// the true q-quantile with at least the given confidence, if the values are
// independent. It is not ok when there are too few values for such an interval.
func (p *Pool) QuantileInterval(q, confidence float64) (low, high float64, ok bool) {
	from, to, ok := intervalRanks(p.n, q, confidence)
	if !ok {
		return 0, 0, false
	}
	return p.Value(from), p.Value(to), true
}

// times is how often value i is there.
func (p *Pool) times(i int) int64 {
	if p.weight == nil {
		return 1
	}
	return int64(p.weight[i])
}

// above counts the values of each block that exceed limit, and half of those
// that equal it.
func (p *Pool) above(limit float64) []float64 {
	above := make([]float64, len(p.sizes))
	from, _ := slices.BinarySearch(p.values, limit)
	for i := from; i < len(p.values); i++ {
		times := float64(p.times(i))
		if p.values[i] == limit {
			times /= 2
		}
		above[p.owner[i]] += times
	}
	return above
}

// resampled returns the q-quantile of the sample in which block b is repeated
// times[b] times, exactly as if it had been written out and sorted. It is not
// ok when nothing is left.
func (p *Pool) resampled(times []uint16, q float64) (value float64, ok bool) {
	total := dot(times, p.sizes)
	if total == 0 {
		return 0, false
	}
	rank := int64(Rank(int(total), q))
	// The last stride before which fewer than rank values lie.
	n := len(p.sizes)
	low, high := 0, len(p.counts)/n
	for high-low > 1 {
		if mid := (low + high) / 2; dot(times, p.counts[mid*n:(mid+1)*n]) < rank {
			low = mid
		} else {
			high = mid
		}
	}
	passed := dot(times, p.counts[low*n:(low+1)*n])
	for i := low * stride; ; i++ {
		passed += int64(times[p.owner[i]]) * p.times(i)
		if passed >= rank {
			return p.values[i], true
		}
	}
}

func dot[N int32 | int64](times []uint16, counts []N) int64 {
	var sum int64
	for i, c := range counts {
		sum += int64(times[i]) * int64(c)
	}
	return sum
}
