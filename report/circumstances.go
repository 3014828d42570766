package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/results"
)

// A remark is a sentence with the word that says what it is about.
type remark struct{ what, words string }

// remarks are what has to be known about a run beside its verdict: what struck it,
// if the verdict has not named it, what arms that send the same differ by, and how
// mailboxes were grouped.
func remarks(a *results.Analysis) []remark {
	var all []remark
	said := verdict(a)
	for _, e := range a.Summary.Events {
		if words := eventWords(e); !strings.Contains(said, words) {
			all = append(all, remark{"event", words + inBlocks(e.Blocks)})
		}
	}
	for _, c := range a.Summary.AA {
		if c.Metric == primary(&a.Summary) && overall(c) {
			all = append(all, remark{"A/A", aaSentence(c)})
		}
	}
	if words := groupsWords(a); words != "" {
		all = append(all, remark{"groups", words})
	}
	return all
}

// eventWords say what struck all arms, and when.
func eventWords(e results.Event) string {
	if words := strings.TrimSuffix(oneLine(e.Text), "."); words != "" {
		return words
	}
	return fmt.Sprintf("%s from %s to %s", oneLine(string(e.Kind)), span(e.From), span(e.To))
}

func inBlocks(blocks []int) string {
	if len(blocks) == 0 {
		return ""
	}
	return fmt.Sprintf(" (%s %s)", plural(len(blocks), "block", "blocks"), ranges(blocks))
}

// ranges writes ascending numbers with those that follow each other put together: 3, 7 to 9.
func ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		part := strconv.Itoa(numbers[i])
		if j > i {
			part += " to " + strconv.Itoa(numbers[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// eventTable has a row for each event.
func eventTable(a *results.Analysis) table {
	t := table{
		Caption: "What struck the run",
		Head:    []string{"what", "from", "to", "blocks", "what was seen"},
		Words:   true,
		Note:    "It struck all arms at once and says nothing about any of them: its blocks are left out of every figure or, if they are too many, the run is invalid. Times count from the run's start.",
	}
	for _, e := range a.Summary.Events {
		t.Rows = append(t.Rows, []string{oneLine(string(e.Kind)), span(e.From), span(e.To), orNone(ranges(e.Blocks)), eventWords(e)})
	}
	return t
}

// aaSentence says what two arms that sent the same differed by.
func aaSentence(c results.Comparison) string {
	size, interval := effect(c)
	differed := "was " + size + " times that of " + oneLine(c.Base)
	if metricUnit(c.Metric) == unitShare {
		differed = "differed by " + size
	}
	return fmt.Sprintf("while all arms sent the same, the %s of %s %s (95 %% interval %s): %s",
		metricName(c.Metric), oneLine(c.Other), differed, interval, c.Verdict)
}

// aaTable has the comparisons of the A/A phase.
func aaTable(a *results.Analysis) table {
	t := table{
		Caption: "The A/A phase",
		Head:    []string{"metric", "arm", "first arm", "the arm", "effect", "95 % interval", "verdict"},
		Note:    "All arms sent as the first one does: what they differ by here is the error of the measurement.",
	}
	for _, c := range a.Summary.AA {
		row := comparisonRow(c)
		t.Rows = append(t.Rows, []string{row[0], oneLine(c.Other), row[1], row[2], row[3], row[4], row[6]})
	}
	return t
}

// moment is what latency counts from: when a call was due, or, where nothing is,
// when it was sent.
func moment(r *results.Run) string {
	if r.Rate == 0 {
		return "was sent"
	}
	return "was due"
}

// assigned says how calls came to arms, and why it matters.
type assigned struct{ how, why string }

func assignment(r *results.Run) assigned {
	switch r.Assign {
	case "", "request":
		return assigned{
			"by request, in pairs of equal calls moments apart",
			"both arms meet the same weather, so that it cancels; but they share mailboxes and servers, and one may find warm what the other has just read",
		}
	case "mailbox":
		return assigned{
			"by mailbox, to matched groups of mailboxes that the arms swap",
			"no arm finds a mailbox warm that another has just read; they still share the servers, and matched mailboxes are not the same, which is why they are swapped",
		}
	case "switchback":
		return assigned{
			"by switchback, one arm at a time, the first " + span(r.Washout) + " of each turn left out",
			"arms cannot disturb each other; but they meet different weather, and what changes faster than a turn does not cancel",
		}
	case results.AssignPace:
		return assigned{
			fmt.Sprintf("each arm at its own pace, with %d workers", r.MaxWorkers/max(len(r.Arms), 1)),
			"both arms meet the same weather, but not in the same calls: who is served faster gets further",
		}
	default:
		return assigned{oneLine("by " + r.Assign), "how this assignment treats noise is not known to this version"}
	}
}
