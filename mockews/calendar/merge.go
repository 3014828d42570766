package calendar

import (
	"bytes"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Window is a time from an instant to before another.
type Window struct{ Start, End time.Time }

// Busy is a time at which somebody is taken up.
type Busy struct {
	Start, End time.Time
	Type       ews.BusyType
}

// DefaultInterval is the interval of requests that give none (MS-OXWAVLS, section 3.1.4.1.3.13).
const DefaultInterval = 30 * time.Minute

// maxDigits bounds a merged stream: a minute each for the 62 days that a request may ask for.
const maxDigits = 62 * 24 * 60

// Merge writes a free/busy stream: a digit for each whole interval of the window, the highest where several apply (MS docs:
// MergedFreeBusy). 0 is free, 1 tentative, 2 busy, 3 out of office, 4 no data.
//
// The documentation has no digit for working elsewhere, which came later; it is 4 here, as among the busy states of
// calendars (MS-OXOCAL, section 2.2.1.2), but gives way to 1, 2 and 3: it keeps nobody from meeting.
func Merge(window Window, interval time.Duration, busy []Busy) string {
	if interval <= 0 {
		interval = DefaultInterval
	}
	length := int64(window.End.Sub(window.Start) / interval)
	if length <= 0 {
		return ""
	}
	ranks := make([]byte, min(length, maxDigits))
	for _, b := range busy {
		from, to := span(window.Start, interval, len(ranks), b)
		for i := from; i < to; i++ {
			ranks[i] = max(ranks[i], rank(b.Type))
		}
	}
	return string(bytes.Map(func(r rune) rune { return rune(digits[r]) }, ranks))
}

// span is which intervals a busy time touches, from one to before another.
func span(start time.Time, interval time.Duration, length int, b Busy) (from, to int) {
	if !b.End.After(b.Start) || !b.End.After(start) {
		return 0, 0
	}
	begin := max(b.Start.Sub(start), 0)
	end := b.End.Sub(start)
	return int(min(int64(begin/interval), int64(length))), int(min(int64((end-1)/interval)+1, int64(length)))
}

// digits are the digits by rank.
const digits = "041234"

// rank orders the states by how much they keep somebody from meeting, free first.
func rank(b ews.BusyType) byte {
	switch b {
	case ews.WorkingElsewhere:
		return 1
	case ews.Tentative:
		return 2
	case ews.Busy:
		return 3
	case ews.OutOfOffice:
		return 4
	case ews.NoData:
		return 5
	case ews.Free:
	}
	return 0
}
