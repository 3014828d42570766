package results

import (
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/results/stat"
)

// missing collects the quantiles that were left out for want of samples.
type missing struct {
	rows [len(summaryQuantiles)][]string
}

// summaryQuantiles are those that a summary gives.
var summaryQuantiles = [...]struct {
	name string
	q    float64
}{{"p50", 0.50}, {"p90", 0.90}, {"p95", 0.95}, {"p99", 0.99}}

// note enters the row of an arm and operation with n samples.
func (m *missing) note(arm, op string, n int) {
	for i, s := range summaryQuantiles {
		if !stat.Enough(n, s.q) {
			m.rows[i] = append(m.rows[i], fmt.Sprintf("%s %s (%d)", arm, op, n))
		}
	}
}

// warnings names the rows of each quantile, the first few of them.
func (m *missing) warnings() []string {
	const named = 4
	var out []string
	for i, s := range summaryQuantiles {
		rows, more := m.rows[i], ""
		if len(rows) == 0 {
			continue
		}
		if len(rows) > named {
			rows, more = rows[:named], fmt.Sprintf(" and %d more", len(rows)-named)
		}
		out = append(out, fmt.Sprintf("%s is left out where fewer than %d samples have a latency: %s%s",
			s.name, stat.Needed(s.q), strings.Join(rows, ", "), more))
	}
	return out
}
