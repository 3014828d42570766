package mailbox

import (
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Limits of the availability service (MS docs: GetUserAvailability operation; TimeWindow; MergedFreeBusyIntervalInMinutes).
const (
	maxPeople   = 100
	maxWindow   = 62 * day // TimeWindow has 42 days, which can be modified; servers have 62 (microsoft-graph-docs #19703)
	minInterval = 5 * time.Minute
	maxInterval = 1440 * time.Minute
)

// Unanswerable is the fault for a question about people's availability that has no answer for any of them, nil for every other request. That
// it is a fault of the whole request a capture shows (ews-javascript-api #235, ErrorInvalidTimeInterval). Texts for which there is no
// capture are the mock's own.
func Unanswerable(body ews.Body) *ews.Fault {
	b, ok := body.(ews.GetUserAvailability)
	if !ok {
		return nil
	}
	code, text := whom(b)
	if code == ews.NoError {
		code, text = times(b)
	}
	if code == ews.NoError {
		return nil
	}
	f := ews.NewFault(code)
	f.Text = text
	return f
}

// whom says what is wrong with the people that are asked for (MS docs: ResponseCode).
func whom(b ews.GetUserAvailability) (ews.Code, string) {
	switch n := len(b.Mailboxes); {
	case n == 0:
		return "ErrorMailboxDataArrayEmpty", "The request asks about nobody."
	case n > maxPeople:
		return "ErrorMailboxDataArrayTooBig", fmt.Sprintf("The request asks about %d mailboxes. At most %d can be asked about at once.", n, maxPeople)
	}
	return ews.NoError, ""
}

// times says what is wrong with the times that are asked for, and with how they are to be shown (MS docs: ResponseCode).
func times(b ews.GetUserAvailability) (ews.Code, string) {
	zone, err := zoneOfRequest(b.TimeZone)
	o := optionsOf(b)
	if err != nil {
		return "ErrorTimeZone", "The time zone of the request makes no sense: " + err.Error()
	}
	if o == nil || o.View == "None" {
		return "ErrorInvalidFreeBusyViewType", "The view of free and busy times that is asked for is None, or there is none."
	}
	interval, window := intervalOf(o), instant(o.Window.End, zone).Sub(instant(o.Window.Start, zone))
	switch {
	case window <= 0:
		return "ErrorInvalidTimeInterval", "The time duration specified for FreeBusyViewOptions.TimeWindow is invalid."
	case window > maxWindow:
		return "ErrorTimeIntervalTooBig", fmt.Sprintf("The requested time duration specified for FreeBusyViewOptions.TimeWindow is too long. The allowed limit = %d days; the actual limit = %d days.", maxWindow/day, (window+day-1)/day)
	case interval < minInterval || interval > maxInterval || merged(o.View) && interval > window:
		return "ErrorInvalidMergedFreeBusyInterval", "The interval of the merged view has to be from 5 to 1440 minutes, and no longer than the time window."
	}
	return ews.NoError, ""
}

// optionsOf are how somebody's times are to be shown: who asks for suggestions alone sees what they come from.
func optionsOf(b ews.GetUserAvailability) *ews.FreeBusyOptions {
	if b.FreeBusy == nil && b.Suggestions != nil {
		return &ews.FreeBusyOptions{Window: b.Suggestions.Window, View: "FreeBusyMerged"}
	}
	return b.FreeBusy
}

// intervalOf is how long each figure of a merged view stands for.
func intervalOf(o *ews.FreeBusyOptions) time.Duration {
	if o.Interval == 0 {
		return 30 * time.Minute
	}
	return time.Duration(o.Interval) * time.Minute
}

// merged reports whether a view has a figure for each interval.
func merged(view string) bool {
	return view == "MergedOnly" || view == "FreeBusyMerged" || view == "DetailedMerged"
}
