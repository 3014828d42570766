package stat

import (
	"maps"
	"math"
	"slices"
)

// gridBits is how many of a value's binary digits after the first a [Tally]
// keeps: 2^10 steps from one power of two to the next.
const gridBits = 10

// Tally counts values on a grid of three significant digits, as an HDR histogram
// does: what it says of a value is off by 0.05 % at most. Its memory grows with
// the range of the values and not with their number. The zero Tally is empty.
type Tally struct {
	counts map[uint32]uint32 // by place on the grid
	n      int
}

// Add counts a value. Negative values count as zero.
func (t *Tally) Add(v float64) {
	if t.counts == nil {
		t.counts = map[uint32]uint32{}
	}
	t.counts[place(v)]++
	t.n++
}

// Len returns the number of values.
func (t *Tally) Len() int { return t.n }

// Quantile returns the q-quantile of the values, NaN if there are none.
func (t *Tally) Quantile(q float64) float64 {
	if t.n == 0 {
		return math.NaN()
	}
	left := Rank(t.n, q)
	for _, place := range slices.Sorted(maps.Keys(t.counts)) {
		if left -= int(t.counts[place]); left <= 0 {
			return at(place)
		}
	}
	return math.NaN()
}

// place is where a value lies on the grid: its exponent and its first digits,
// which ascend with the value.
func place(v float64) uint32 {
	if !(v > 0) {
		return 0
	}
	return uint32(math.Float64bits(v) >> (52 - gridBits))
}

// at is the middle of a place on the grid.
func at(place uint32) float64 {
	if place == 0 {
		return 0
	}
	low := math.Float64frombits(uint64(place) << (52 - gridBits))
	return (low + math.Float64frombits(uint64(place+1)<<(52-gridBits))) / 2
}

// Places returns how many places of the grid are taken: what the tally's memory
// grows with.
func (t *Tally) Places() int { return len(t.counts) }
