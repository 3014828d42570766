package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/ewsbench/ewsbench/results"
)

// JSON writes summary.json.
func JSON(w io.Writer, a *results.Analysis) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(a.Summary); err != nil {
		return fmt.Errorf("write summary as JSON: %w", err)
	}
	return nil
}
