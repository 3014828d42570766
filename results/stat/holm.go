package stat

import (
	"cmp"
	"slices"
)

// Holm returns the p-values adjusted for their number, in their order (Holm,
// 1979): rejecting those at most 0.05 keeps the chance of any false rejection
// among them at 5 %.
func Holm(ps []float64) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[a], ps[b]) })
	adjusted := make([]float64, len(ps))
	floor := 0.0
	for k, i := range order {
		floor = max(floor, min(1, ps[i]*float64(len(ps)-k)))
		adjusted[i] = floor
	}
	return adjusted
}
