package calendar

import (
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Busy is a time at which somebody is taken up.
type Busy struct {
	Start, End time.Time
	Type       ews.BusyType
}

// digit is a busy type in a merged view (MS docs: MergedFreeBusy): 0 free, 1 tentative, 2 busy, 3 out of office, 4 no data.
// Working elsewhere counts as free there, since who does can meet (MS-OXWAVLS, section 2.2.4.10).
func digit(t ews.BusyType) byte {
	switch t {
	case ews.Tentative:
		return '1'
	case ews.Busy:
		return '2'
	case ews.OutOfOffice:
		return '3'
	case ews.NoData:
		return '4'
	case ews.Free, ews.WorkingElsewhere:
	}
	return '0'
}

// Merge is a merged view of a time: a digit for each interval, that of the most binding thing in it.
func Merge(from, to time.Time, interval time.Duration, busy []Busy) string {
	n := int(to.Sub(from) / interval)
	view := make([]byte, n)
	for i := range view {
		view[i] = '0'
	}
	for _, b := range busy {
		d := digit(b.Type)
		first := max(0, int(b.Start.Sub(from)/interval))
		for i := first; i < n && from.Add(time.Duration(i)*interval).Before(b.End); i++ {
			if from.Add(time.Duration(i+1) * interval).After(b.Start) {
				view[i] = max(view[i], d)
			}
		}
	}
	return string(view)
}
