package stat

import (
	"cmp"
	"slices"
)

// stride is the distance of the ranks at which a [Pool] keeps the counts of its
// blocks: a resample's quantile is a binary search over those and a walk of at
// most one stride.
const stride = 256

// Pool is a sample in blocks, sorted once, so that the quantile of any
// resampling of its blocks is found without sorting again. It does not change
// after [NewPool].
type Pool struct {
	values []float64 // of all blocks, ascending
	owner  []uint16  // block of each value
	sizes  []int32   // values in each block
	counts []int32   // len(sizes) counts for each stride: values of the block before it
}

// NewPool pools blocks, which it does not keep. There may be at most 65536 of
// them, and some may be empty.
func NewPool(blocks [][]float64) *Pool {
	type owned struct {
		value float64
		block uint16
	}
	p := &Pool{sizes: make([]int32, len(blocks))}
	n := 0
	for b, block := range blocks {
		p.sizes[b] = int32(len(block))
		n += len(block)
	}
	all := make([]owned, 0, n)
	for b, block := range blocks {
		for _, v := range block {
			all = append(all, owned{v, uint16(b)})
		}
	}
	slices.SortFunc(all, func(a, b owned) int { return cmp.Compare(a.value, b.value) })
	p.values, p.owner = make([]float64, n), make([]uint16, n)
	for i, o := range all {
		p.values[i], p.owner[i] = o.value, o.block
	}
	p.count()
	return p
}

// count fills in the counts at each stride.
func (p *Pool) count() {
	running := make([]int32, len(p.sizes))
	for i, b := range p.owner {
		if i%stride == 0 {
			p.counts = append(p.counts, running...)
		}
		running[b]++
	}
}

// Len returns the number of values.
func (p *Pool) Len() int { return len(p.values) }

// Sorted returns the values in ascending order. They belong to the pool.
func (p *Pool) Sorted() []float64 { return p.values }

// Quantile returns the q-quantile of all values, NaN if there are none.
func (p *Pool) Quantile(q float64) float64 { return Quantile(p.values, q) }

// above counts the values of each block that exceed limit, and half of those
// that equal it.
func (p *Pool) above(limit float64) []float64 {
	above := make([]float64, len(p.sizes))
	from, _ := slices.BinarySearch(p.values, limit)
	for i, b := range p.owner[from:] {
		if p.values[from+i] == limit {
			above[b] += 0.5
		} else {
			above[b]++
		}
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
		passed += int64(times[p.owner[i]])
		if passed >= rank {
			return p.values[i], true
		}
	}
}

func dot(times []uint16, counts []int32) int64 {
	var sum int64
	for i, c := range counts {
		sum += int64(times[i]) * int64(c)
	}
	return sum
}
