package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/ewsbench/ewsbench/results"
)

// JSON writes summary.json.
func JSON(w io.Writer, a *results.Analysis) error { return writeJSON(w, "summary", a.Summary) }

// CompareJSON writes the comparison of two runs.
func CompareJSON(w io.Writer, c *results.RunComparison) error {
	return writeJSON(w, "comparison", c)
}

// TrendJSON writes what a history comes to.
func TrendJSON(w io.Writer, t *results.Trend) error { return writeJSON(w, "trend", t) }

// PowerJSON writes the power table of a run.
func PowerJSON(w io.Writer, powers []results.Power) error {
	if powers == nil {
		powers = []results.Power{}
	}
	return writeJSON(w, "power", powers)
}

func writeJSON(w io.Writer, what string, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write %s as JSON: %w", what, err)
	}
	return nil
}
