package report

import (
	"strings"
	"unicode/utf8"
)

// A table is what the text, the Markdown and the page all show: a heading for
// each column, and rows whose first cell names the row. Cells are plain text of
// one line; each format escapes them in its own way.
type table struct {
	Caption string
	Head    []string
	Rows    [][]string
	Note    string // one sentence below it
	Words   bool   // the last column holds words, not figures
}

// Headed says whether a page needs the headings: names and words explain themselves.
func (t table) Headed() bool { return !t.Words || len(t.Head) > 2 }

// empty says that there is nothing to show.
func (t table) empty() bool { return len(t.Rows) == 0 }

// widths is the number of characters of the widest cell of each column.
func (t table) widths() []int {
	widths := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

// width is the number of columns that the table takes in a terminal.
func (t table) width() int {
	total := 0
	for _, w := range t.widths() {
		total += w + len(columnGap)
	}
	return total
}

// columnGap stands before each column.
const columnGap = "  "

// text aligns the table for a terminal: the first column to the left, figures to the right.
func (t table) text() string {
	widths := t.widths()
	var b strings.Builder
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				cell, pad = pad, cell
			}
			line.WriteString(columnGap + pad + cell)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// clip shortens a name to so many characters.
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "~"
}

// wrap breaks words into lines of at most width characters. Following lines
// begin with the indent. A longer word is cut into pieces.
func wrap(words string, width int, indent string) string {
	var b strings.Builder
	used := 0
	for _, word := range pieces(words, width-len(indent)) {
		n := utf8.RuneCountInString(word)
		switch {
		case used == 0:
		case used+1+n > width:
			b.WriteString("\n" + indent)
			used = len(indent)
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}

// pieces splits text into words none of which is longer than width.
func pieces(text string, width int) []string {
	var words []string
	for word := range strings.FieldsSeq(text) {
		runes := []rune(word)
		for len(runes) > width {
			words = append(words, string(runes[:width]))
			runes = runes[width:]
		}
		words = append(words, string(runes))
	}
	return words
}
