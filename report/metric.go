package report

import (
	"math"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// unit is what a metric is measured in.
type unit int

const (
	unitMillis unit = iota
	unitShare
	unitRate
	unitCount
)

func metricUnit(metric string) unit {
	switch metric {
	case results.MetricErrorRate:
		return unitShare
	case results.MetricThroughput:
		return unitRate
	case results.MetricOutcome, results.MetricHTTP:
		return unitCount
	default:
		return unitMillis
	}
}

// inUnit writes a metric's value with its unit.
func inUnit(metric string, v float64) string {
	switch metricUnit(metric) {
	case unitShare:
		return percent(v)
	case unitRate:
		return perSecond(v)
	case unitCount:
		return whole(v)
	case unitMillis:
	}
	return millis(v)
}

// whole writes a count that comes as a float.
func whole(v float64) string {
	if !finite(v) {
		return none
	}
	return count(int64(math.Round(v)))
}

// metricName writes latency_p50 as "latency p50".
func metricName(metric string) string { return oneLine(strings.ReplaceAll(metric, "_", " ")) }

// rowName names a comparison: "latency p50", or "GetItem p50" for one operation.
func rowName(c results.Comparison) string {
	if overall(c) {
		return metricName(c.Metric)
	}
	return oneLine(c.Op) + " " + strings.TrimPrefix(metricName(c.Metric), "latency ")
}

// effect is what a comparison shows as its size and its interval: a ratio, or
// percentage points for the error rate, whose base is often zero.
func effect(c results.Comparison) (size, interval string) {
	if metricUnit(c.Metric) == unitShare {
		return signedPoints(c.Difference), between(c.DifferenceLow, c.DifferenceHigh, points)
	}
	return value(c.Ratio, ratio), between(c.CILow, c.CIHigh, ratio)
}

func signedPoints(v *float64) string {
	if v == nil || !finite(*v) {
		return none
	}
	sign := ""
	if *v > 0 {
		sign = "+"
	}
	return sign + points(*v) + " pt"
}

// between writes an interval, or a dash if either end is missing.
func between(low, high *float64, format func(float64) string) string {
	if low == nil || high == nil || !finite(*low) || !finite(*high) {
		return none
	}
	return format(*low) + " to " + format(*high)
}
