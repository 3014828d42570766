package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/results"
)

// exampleNotify is an analysis of notifications: the second arm misses half of them,
// the third all.
func exampleNotify() *results.Analysis {
	a := example("anchored", "unanchored", "wrong")
	a.Run.Scenario, a.Run.Beside, a.Run.Cause = "notifications", []string{"Subscribe", "GetStreamingEvents", "StreamError", "CreateItem"}, "CreateItem"
	a.Summary.Primary, a.Summary.Ops = results.MetricErrorRate, nil
	for i, share := range []float64{1, 0.5, 0} {
		s := &a.Summary.Arms[i]
		ok := int(share * 1200)
		s.Samples, s.ErrorRate = 1200, 1-share
		s.Outcomes = map[string]int{results.CodeOK: ok, results.CodeMissed: 1200 - ok}
		if ok > 0 {
			s.SinceCause = &results.Quantiles{P50: new(float64(i) + 0.25), Max: new(float64(i) + 300)}
		}
		a.Summary.Ops = append(a.Summary.Ops, results.OpSummary{Arm: s.Name, Op: results.OpNotification, Samples: 1200, Errors: 1200 - ok, ErrorRate: 1 - share})
		a.Summary.Beside = append(a.Summary.Beside, results.OpSummary{
			Arm: s.Name, Op: "Subscribe", Samples: 240 + 100*i, Errors: 100 * i,
			Outcomes: map[string]int{results.CodeOK: 240, "ErrorProxyCallFailed": 100 * i},
		})
	}
	a.Summary.Beside = append(a.Summary.Beside,
		results.OpSummary{Arm: "unanchored", Op: "StreamError", Samples: 2, Errors: 2, Outcomes: map[string]int{"eof": 2}},
		results.OpSummary{Arm: "mailer", Op: "CreateItem", Samples: 1280, Outcomes: map[string]int{results.CodeOK: 1280}, Latency: results.Quantiles{P50: new(21.5)}})
	a.Curves[2].Points = nil
	for i := range a.Summary.Comparisons {
		c := &a.Summary.Comparisons[i]
		if c.Metric == results.MetricErrorRate && c.Op == results.AllOps && c.Other == "unanchored" {
			c.BaseValue, c.OtherValue, c.Difference = new(0.0), new(0.5), new(0.5)
			c.DifferenceLow, c.DifferenceHigh = new(0.47), new(0.53)
		}
	}
	return a
}

// What was missed is the finding, in every form of the report.
func TestNotificationsInEveryForm(t *testing.T) {
	t.Parallel()
	a := exampleNotify()
	var text, markdown, page bytes.Buffer
	require.NoError(t, Text(&text, a, TextOptions{}))
	require.NoError(t, Markdown(&markdown, a))
	require.NoError(t, HTML(&page, a))
	finding := "without X-AnchorMailbox 50.0 % of the notifications never come, against 0 % (95 % interval of the difference 47.0 to 53.0 pt)"
	assert.Contains(t, strings.Join(strings.Fields(text.String()), " "), finding)
	assert.Contains(t, markdown.String(), finding)
	for name, out := range map[string]string{"text": text.String(), "markdown": markdown.String(), "html": page.String()} {
		assert.Contains(t, out, "The notifications", name)
		assert.Contains(t, out, "share missed", name)
		assert.Contains(t, out, "after the mail p50", name)
		assert.Contains(t, out, "Subscribe refused", name)
	}
	for name, out := range map[string]string{"markdown": markdown.String(), "html": page.String()} {
		assert.Contains(t, out, "Beside the schedule", name)
		assert.Contains(t, out, "mailer", name)
		assert.Contains(t, out, "ErrorProxyCallFailed", name)
	}
	assert.Contains(t, page.String(), `<h2 id="delivery">Told of: anchored 100 %, unanchored 50.0 %, wrong 0 %</h2>`)
	for line := range strings.Lines(text.String()) {
		assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), textWidth)
	}
}

// How mailboxes came together is said in every form, and why not by Autodiscover.
func TestGroupsAreSaid(t *testing.T) {
	t.Parallel()
	a := exampleNotify()
	assert.Empty(t, groupsWords(a), "a run of before")
	arms := []string{"anchored", "unanchored", "wrong"}
	a.Run.Groups = []results.Groups{{Arms: arms, By: results.GroupedByAutodiscover, Groups: 12, Mailboxes: 240}}
	assert.Equal(t, "12 by Autodiscover, of 240 mailboxes", groupsWords(a))
	a.Run.Groups = append(a.Run.Groups,
		results.Groups{Arms: arms[:1], By: results.GroupedByServer, Groups: 1, Mailboxes: 1, Reason: "HTTP 404\nthere"},
		results.Groups{Arms: arms, By: results.GroupedByNothing, Groups: 2, Mailboxes: 2}, results.Groups{Arms: arms, By: "moonlight"})
	words := "12 by Autodiscover, of 240 mailboxes; in anchored 1 by the server that answers, of 1 mailbox (HTTP 404 there); " +
		"2 by nothing that is known, of 2 mailboxes; 0 by moonlight, of 0 mailboxes"
	assert.Equal(t, words, groupsWords(a))
	assert.Contains(t, strings.Join(strings.Fields(render(t, formats[0].write, a)), " "), " groups: "+words)
	assert.Contains(t, render(t, Markdown, a), "- groups: "+words)
	assert.Contains(t, render(t, HTML, a), "<dt>groups</dt><dd>"+words)
}

// The line of an arm ends at the share that it was told of.
func TestDeliveryFigure(t *testing.T) {
	t.Parallel()
	a := exampleNotify()
	f, ok := deliveryFigure(a)
	require.True(t, ok)
	assert.Equal(t, "delivery", f.Name)
	all := deliveries(a)
	require.Len(t, all, 3)
	for i, share := range []float64{100, 50, 0} {
		line := all[i].line(1, 2000)
		assert.InDelta(t, share, line[len(line)-1].Y, 1e-9)
		for n := 1; n < len(line); n++ {
			assert.GreaterOrEqual(t, line[n].Y, line[n-1].Y, "what was told stays told")
			assert.GreaterOrEqual(t, line[n].X, line[n-1].X)
		}
	}
	rows := f.Data.Rows
	assert.Equal(t, []string{"ever", "100 %", "50.0 %", "0 %"}, rows[len(rows)-1])
	plot, err := f.both()
	require.NoError(t, err)
	assert.NotEmpty(t, plot.PNG)
	for d := xml.NewDecoder(bytes.NewReader(plot.SVG)); ; {
		if _, err = d.Token(); err != nil {
			break
		}
	}
	assert.ErrorIs(t, err, io.EOF, "the SVG is well-formed")
}

// A run of calls has none of it.
func TestNoNotificationsInARunOfCalls(t *testing.T) {
	t.Parallel()
	a := example()
	_, ok := deliveryFigure(a)
	assert.False(t, ok)
	assert.True(t, notifyTable(a).empty())
	assert.True(t, besideTable(a).empty())
	assert.Equal(t, "call", sampleNoun(a))
}
