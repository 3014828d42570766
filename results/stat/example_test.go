package stat_test

import (
	"fmt"

	"github.com/ewsbench/ewsbench/results/stat"
)

// Six blocks of two arms that met the same weather: the values differ widely
// from block to block, their ratio does not.
func Example() {
	base := stat.NewPool([][]float64{{10, 12}, {20, 22}, {11, 13}, {30, 33}, {12, 14}, {10, 11}})
	other := stat.NewPool([][]float64{{20, 24}, {40, 44}, {22, 26}, {60, 66}, {24, 28}, {20, 22}})
	r := stat.NewResampler(6, 2000, 1)
	e := r.Effect(base.Quantile(0.5), other.Quantile(0.5), r.Quantiles(base, 0.5), r.Quantiles(other, 0.5))
	fmt.Printf("%.1f times, 95 %% interval %.1f to %.1f\n", e.Ratio, e.RatioLow, e.RatioHigh)
	fmt.Printf("p = %.3f\n", stat.SignFlip(stat.Differences(stat.BlockFigures(base, other, 0.5)), 1))
	// Output:
	// 2.0 times, 95 % interval 2.0 to 2.0
	// p = 0.031
}
