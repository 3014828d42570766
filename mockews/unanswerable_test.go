package mockews_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// What is wrong with the whole of a question when people are free is a fault, since none of them can be answered for.
func TestQuestionsWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	at := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	ask := func(people int, window time.Duration, view string, interval int) ews.GetUserAvailability {
		b := ews.GetUserAvailability{FreeBusy: &ews.FreeBusyOptions{
			View: view, Interval: interval, Window: ews.TimeWindow{Start: ews.WindowTime{Time: at}, End: ews.WindowTime{Time: at.Add(window)}},
		}}
		for range people {
			b.Mailboxes = append(b.Mailboxes, ews.MailboxData{Email: ews.AvailabilityAddress{Address: target}, AttendeeType: "Required"})
		}
		return b
	}
	const day = 24 * time.Hour
	nowhere := ask(1, day, "FreeBusy", 30)
	nowhere.TimeZone = &ews.SerializableTimeZone{Bias: 3000, Standard: ews.ZoneTime{Time: "02:00:00", DayOfWeek: "Sunday"}, Daylight: ews.ZoneTime{Time: "02:00:00", DayOfWeek: "Sunday"}}
	for _, c := range []struct {
		name string
		ask  ews.GetUserAvailability
		want ews.Code
	}{
		{"nobody", ask(0, day, "FreeBusy", 30), "ErrorMailboxDataArrayEmpty"},
		{"100 people", ask(100, day, "FreeBusy", 30), ews.NoError},
		{"101 people", ask(101, day, "FreeBusy", 30), "ErrorMailboxDataArrayTooBig"},
		{"no view", ask(1, day, "None", 30), "ErrorInvalidFreeBusyViewType"},
		{"no time at all", ask(1, 0, "FreeBusy", 30), "ErrorInvalidTimeInterval"},
		{"62 days", ask(1, 62*day, "FreeBusy", 30), ews.NoError},
		{"63 days", ask(1, 63*day, "FreeBusy", 30), "ErrorTimeIntervalTooBig"},
		{"4 minutes", ask(1, day, "MergedOnly", 4), "ErrorInvalidMergedFreeBusyInterval"},
		{"5 minutes", ask(1, day, "MergedOnly", 5), ews.NoError},
		{"1440 minutes", ask(1, day, "MergedOnly", 1440), ews.NoError},
		{"1441 minutes", ask(1, 2*day, "MergedOnly", 1441), "ErrorInvalidMergedFreeBusyInterval"},
		{"a longer interval than the window", ask(1, 20*time.Minute, "MergedOnly", 30), "ErrorInvalidMergedFreeBusyInterval"},
		{"a window without intervals", ask(1, 20*time.Minute, "FreeBusy", 30), ews.NoError},
		{"a zone that there is not", nowhere, "ErrorTimeZone"},
	} {
		outcome, _ := do(t, s, target, c.ask)
		if c.want == ews.NoError {
			assert.True(t, outcome.OK(), c.name)
			continue
		}
		require.NotNil(t, outcome.Fault, c.name)
		assert.Equal(t, http.StatusInternalServerError, outcome.HTTP, c.name)
		assert.Equal(t, c.want, outcome.Fault.Code, c.name)
		assert.NotEmpty(t, outcome.Fault.Text, c.name)
	}
	nothing := soap(target, ask(0, day, "FreeBusy", 30))
	const empty = "<m:MailboxDataArray/>"
	require.Contains(t, string(nothing.body), empty)
	nothing.body = []byte(strings.Replace(string(nothing.body), empty, "", 1))
	outcome := nothing.send(t, s.Transport()).outcome()
	require.NotNil(t, outcome.Fault)
	assert.Equal(t, ews.ErrorSchemaValidation, outcome.Fault.Code, "the schema demands the array")
}

// Both replies have to be in settings of automatic replies, though they may be empty (MS docs, ResponseCode: ErrorInvalidUserOofSettings).
func TestRepliesThatAreMissing(t *testing.T) {
	t.Parallel()
	s := newServer(t, route.Topology{})
	set := ews.SetUserOofSettings{Mailbox: target, Settings: ews.OofSettings{State: ews.OofDisabled}}
	outcome, _ := do(t, s, target, set)
	assert.True(t, outcome.OK())
	const external = "<t:ExternalReply><t:Message></t:Message></t:ExternalReply>"
	bare := soap(target, set)
	require.Contains(t, string(bare.body), external)
	bare.body = []byte(strings.Replace(string(bare.body), external, "", 1))
	outcome = bare.send(t, s.Transport()).outcome()
	require.Len(t, outcome.Messages, 1)
	assert.Equal(t, ews.Code("ErrorInvalidUserOofSettings"), outcome.Messages[0].Code)
}
