package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// maxMarkdown is what a GitHub job summary holds at most for one step (1 MiB;
// GitHub docs: "Workflow commands for GitHub Actions", step isolation and
// limits), less room for the line that says that something was cut.
const maxMarkdown = 1<<20 - 1024

// Markdown writes the report for a CI job summary. It stays under 1 MiB. The
// error is w's.
func Markdown(w io.Writer, a *results.Analysis) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## ewsbench: %s\n\n", markdown(orNone(oneLine(a.Run.Scenario))))
	fmt.Fprintf(&b, "**%s %s:** %s.\n\n", badge(&a.Summary), label(&a.Summary), markdown(verdict(a)))
	markdownPoints(&b, a)
	for _, t := range comparisonTables(a.Summary.Comparisons, overall) {
		fmt.Fprintf(&b, "### %s\n\n%s", markdown(t.Caption), t.markdown())
	}
	b.WriteString(markdownBars(a))
	for _, t := range detailTables(a) {
		fmt.Fprintf(&b, "<details><summary>%s</summary>\n\n%s</details>\n\n", markdown(t.Caption), t.markdown())
	}
	_, err := io.WriteString(w, cutMarkdown(b.String()))
	return err
}

// badge is a mark that shows without colour as well.
func badge(s *results.Summary) string {
	switch label(s) {
	case "valid":
		return "✅"
	case "failed", "invalid":
		return "❌"
	default:
		return "⚠️"
	}
}

func markdownPoints(b *strings.Builder, a *results.Analysis) {
	for _, f := range further(a) {
		fmt.Fprintf(b, "- %s\n", markdown(f))
	}
	if len(a.Summary.Arms) > 0 {
		fmt.Fprintf(b, "- errors: %s\n", markdown(errorsSentence(&a.Summary)))
	}
	for _, r := range remarks(a) {
		fmt.Fprintf(b, "- %s: %s\n", r.what, markdown(r.words))
	}
	if len(a.Summary.Gates) > 0 && label(&a.Summary) != "failed" {
		fmt.Fprintf(b, "- gates: %s\n", markdown(gatesSentence(&a.Summary)))
	}
	for _, w := range warnings(a) {
		fmt.Fprintf(b, "- ⚠️ %s\n", markdown(w))
	}
	if ofTheMock(a) {
		fmt.Fprintf(b, "- note: %s\n", markdown(mockNote))
	}
	fmt.Fprintf(b, "- assigned: %s\n", markdown(assignment(&a.Run).how))
	fmt.Fprintf(b, "- seed: %d\n\n", a.Run.Seed)
}

// markdown writes the table with the first column to the left, and words too.
func (t table) markdown() string {
	var b strings.Builder
	line := func(cells []string) {
		for _, c := range cells {
			fmt.Fprintf(&b, "| %s ", markdown(c))
		}
		b.WriteString("|\n")
	}
	line(t.Head)
	last := "|--:"
	if t.Words {
		last = "|:--"
	}
	b.WriteString("|:--" + strings.Repeat("|--:", len(t.Head)-2) + last + "|\n")
	for _, row := range t.Rows {
		line(row)
	}
	b.WriteByte('\n')
	if t.Note != "" {
		b.WriteString(markdown(t.Note) + "\n\n")
	}
	return b.String()
}

// markdownBars draws the latency of the arms with characters, where no picture can be shown.
func markdownBars(a *results.Analysis) string {
	longest := 0.0
	for i := range a.Summary.Arms {
		for _, q := range quantileNames {
			if v := q.of(&a.Summary.Arms[i].Latency); v != nil && q.name != "max" && finite(*v) {
				longest = math.Max(longest, *v)
			}
		}
	}
	if longest == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("| latency | | |\n|:--|:--|--:|\n")
	for _, q := range quantileNames[:len(quantileNames)-1] {
		for i := range a.Summary.Arms {
			arm := &a.Summary.Arms[i]
			if v := q.of(&arm.Latency); v != nil && finite(*v) {
				fmt.Fprintf(&b, "| %s %s | %s | %s |\n", q.name, markdown(arm.Name), bar(*v/longest), millis(*v))
			}
		}
	}
	return b.String() + "\n"
}

// bar is a row of blocks, in eighths, for a share of the longest one.
func bar(share float64) string {
	const longest = 30
	eighths := int(math.Round(min(max(share, 0), 1) * longest * 8))
	text := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		text += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	if text == "" {
		return "▏"
	}
	return text
}

// markdown escapes what would be read as markup, and what would end a cell.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range oneLine(s) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_{}[]#|~", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cutMarkdown keeps whole lines within the limit, and says so.
func cutMarkdown(s string) string {
	if len(s) <= maxMarkdown {
		return s
	}
	kept := s[:maxMarkdown]
	return kept[:strings.LastIndexByte(kept, '\n')+1] + "\n\nThe rest was cut: a job summary holds 1 MiB. See report.html.\n"
}
