package runner

import (
	"time"

	"github.com/ewsbench/ewsbench/results"
)

// maxSpans bounds the spans that are kept; what comes later lengthens the last.
const maxSpans = 256

// backlog notes when samples waited too long for the sink.
type backlog struct {
	spans []results.Span
}

// handed notes that a sample which had been there since a time got its turn at
// another.
func (b *backlog) handed(since, at time.Duration) {
	if at-since <= results.BehindAfter {
		return
	}
	last := len(b.spans) - 1
	if last >= 0 && (since <= b.spans[last].To || last == maxSpans-1) {
		b.spans[last].To = at
		return
	}
	b.spans = append(b.spans, results.Span{From: since, To: at})
}
