package report

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// textWidth is the most columns that the text takes.
const textWidth = 100

// TextOptions says what the text cannot know from the analysis.
type TextOptions struct {
	Folder string // run directory that holds report.html, for the last line; empty: not said
}

// Text writes the report for a terminal: the verdict first, then the figures that
// people ask for; the rest is in the page. It fits 100 columns and holds no colour
// codes. The error is w's.
func Text(w io.Writer, a *results.Analysis, o TextOptions) error {
	var b strings.Builder
	say(&b, label(&a.Summary), verdict(a))
	for _, f := range further(a) {
		b.WriteString(wrap(f, textWidth, "  ") + "\n")
	}
	if len(a.Summary.Arms) > 0 {
		say(&b, "errors", errorsSentence(&a.Summary))
	}
	for _, p := range remarks(a) {
		say(&b, p.what, p.words)
	}
	textGates(&b, &a.Summary)
	for _, warning := range warnings(a) {
		say(&b, "warning", warning)
	}
	for _, t := range textTables(a) {
		fmt.Fprintf(&b, "\n%s\n%s", t.Caption, t.text())
	}
	b.WriteByte('\n')
	if ofTheMock(a) {
		say(&b, "note", mockNote)
	}
	say(&b, "scenario", orNone(oneLine(a.Run.Scenario))+", "+totalRate(&a.Run))
	say(&b, "assigned", assignment(&a.Run).how)
	say(&b, "seed", fmt.Sprint(a.Run.Seed))
	if o.Folder != "" {
		fmt.Fprintf(&b, "report: %s\n", oneLine(filepath.Join(o.Folder, "report.html")))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func say(b *strings.Builder, what, sentence string) {
	b.WriteString(wrap(what+": "+sentence, textWidth, "  ") + "\n")
}

// textGates has a line for each gate.
func textGates(b *strings.Builder, s *results.Summary) {
	if len(s.Gates) == 0 {
		return
	}
	if label(s) == "failed" {
		b.WriteString("gates:\n") // the verdict has counted them
	} else {
		say(b, "gates", gatesSentence(s))
	}
	for _, g := range s.Gates {
		b.WriteString("  " + wrap(gateResult(s, g)+": "+gateWords(g), textWidth-2, "    ") + "\n")
	}
}

// Widths that names from outside are held to, in columns.
const (
	firstColumn = 26
	headColumn  = 16
	leastColumn = 13 // "95 % interval"
)

// narrow clips names from outside until the table fits: first to the usual
// widths, then, if its figures are long, further.
func narrow(t table) table {
	n := clipNames(t, firstColumn, headColumn)
	if over := n.width() - textWidth; over > 0 {
		n = clipNames(t, max(firstColumn-over, leastColumn), leastColumn)
	}
	return n
}

func clipNames(t table, first, head int) table {
	n := t
	n.Head, n.Rows = clipRow(t.Head, first, head), nil
	for _, row := range t.Rows {
		n.Rows = append(n.Rows, clipRow(row, first, headColumn+4))
	}
	return n
}

func clipRow(row []string, first, others int) []string {
	cells := slices.Clone(row)
	for i := range cells {
		if i == 0 {
			cells[i] = clip(cells[i], first)
			continue
		}
		cells[i] = clip(cells[i], others)
	}
	return cells
}
