package report

import (
	"errors"
	"io"
	"iter"

	"github.com/ewsbench/ewsbench/results"
)

var errUnfinished = errors.New("unfinished")

// TextOptions says what the text cannot know from the analysis.
type TextOptions struct {
	Folder string // run directory that holds report.html, for the last line; empty: not said
}

// Text writes the report for a terminal: the verdict first, then tables.
func Text(w io.Writer, a *results.Analysis, o TextOptions) error { return errUnfinished }

// HTML writes the self-contained page.
func HTML(w io.Writer, a *results.Analysis) error { return errUnfinished }

// Markdown writes the report for a CI job summary.
func Markdown(w io.Writer, a *results.Analysis) error { return errUnfinished }

// JUnit writes one case for each gate, and one for validity.
func JUnit(w io.Writer, a *results.Analysis) error { return errUnfinished }

// JSON writes summary.json.
func JSON(w io.Writer, a *results.Analysis) error { return errUnfinished }

// CSV streams samples.
func CSV(w io.Writer, samples iter.Seq2[results.Sample, error]) error { return errUnfinished }

// JSONL streams samples.
func JSONL(w io.Writer, samples iter.Seq2[results.Sample, error]) error { return errUnfinished }

// Plot is one figure in both of its forms.
type Plot struct {
	Name     string // file name without its ending
	SVG, PNG []byte
}

// Plots draws the figures of a run.
func Plots(a *results.Analysis) ([]Plot, error) { return nil, errUnfinished }

// WriteAll writes every report of a run into its directory.
func WriteAll(dir string, a *results.Analysis) error { return errUnfinished }
