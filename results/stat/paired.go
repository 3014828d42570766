package stat

import "math"

// BlockFigures returns for each block of two pools the figure that speaks of
// their q-quantile, NaN for an empty block. For the median it is the median of
// the block. For a higher quantile, which a single block is too small for, it is
// the share of the block's values above the q-quantile of both pools together,
// which stays what it is when sides are exchanged; a value on it counts half.
func BlockFigures(base, other *Pool, q float64) (bases, others []float64) {
	if q == 0.50 {
		return base.blockQuantiles(q), other.blockQuantiles(q)
	}
	limit := jointQuantile(base, other, q)
	return base.exceedances(limit), other.exceedances(limit)
}

// Differences returns other - base, element by element.
func Differences(base, other []float64) []float64 {
	out := make([]float64, len(base))
	for i := range out {
		out[i] = other[i] - base[i]
	}
	return out
}

// blockQuantiles are the blocks' own q-quantiles.
func (p *Pool) blockQuantiles(q float64) []float64 {
	out := make([]float64, len(p.sizes))
	only := make([]uint16, len(p.sizes))
	for b := range out {
		only[b] = 1
		v, ok := p.resampled(only, q)
		only[b] = 0
		out[b] = v
		if !ok {
			out[b] = math.NaN()
		}
	}
	return out
}

// exceedances are the shares of the blocks' values above a limit.
func (p *Pool) exceedances(limit float64) []float64 {
	out := p.above(limit)
	for b := range out {
		out[b] /= float64(p.sizes[b])
	}
	return out
}

// jointQuantile is the q-quantile of two pools together.
func jointQuantile(a, b *Pool, q float64) float64 {
	if a.n+b.n == 0 {
		return math.NaN()
	}
	i, j := 0, 0
	for left := int64(Rank(a.n+b.n, q)); ; {
		from, k := a, &i
		if i == len(a.values) || (j < len(b.values) && b.values[j] < a.values[i]) {
			from, k = b, &j
		}
		if left -= from.times(*k); left <= 0 {
			return from.values[*k]
		}
		*k++
	}
}
