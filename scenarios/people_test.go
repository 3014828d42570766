package scenarios_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// peopleIn returns whom a request names, the mailbox's owner left out.
func peopleIn(t testing.TB, r ews.Request) []string {
	t.Helper()
	var addresses []string
	switch body := r.Body.(type) {
	case ews.CreateItem:
		to, _ := body.Items[0].Get(ews.Path{URI: "message:ToRecipients"}).(ews.Recipients)
		for _, m := range to.Mailboxes {
			addresses = append(addresses, m.Address)
		}
		invited, _ := body.Items[0].Get(ews.Path{URI: "calendar:RequiredAttendees"}).(ews.Attendees)
		for _, a := range invited.Attendees {
			addresses = append(addresses, a.Mailbox.Address)
		}
	case ews.GetUserAvailability:
		require.Equal(t, r.Impersonate.Value, body.Mailboxes[0].Email.Address, "the owner comes first")
		for _, m := range body.Mailboxes[1:] {
			addresses = append(addresses, m.Email.Address)
		}
	default:
		require.Failf(t, "no people", "%T", r.Body)
	}
	return addresses
}

// TestPeople: others than the owner, nobody twice, the same in each arm, and of
// a small directory all that there are.
func TestPeople(t *testing.T) {
	t.Parallel()
	day := dayOf(t, "2026-06-15")
	for _, tc := range []struct {
		name      string
		step      scenarios.Step
		mailboxes int
		want      int
	}{
		{"message", scenarios.Step{Op: ews.OpCreateItem, People: 5}, 20, 5},
		{"invitation", scenarios.Step{Op: ews.OpCreateItem, Folder: "calendar", From: day, Days: 9, People: 2}, 20, 2},
		{"availability", scenarios.Step{Op: ews.OpGetUserAvailability, From: day, Days: 9, People: 10}, 20, 9},
		{"more than there are", scenarios.Step{Op: ews.OpCreateItem, People: 50}, 20, 19},
		{"alone", scenarios.Step{Op: ews.OpCreateItem, People: 5}, 1, 0},
		{"alone with one's calendar", scenarios.Step{Op: ews.OpGetUserAvailability, From: day, Days: 9, People: 5}, 1, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := sample()
			s.Steps, s.Mailboxes, s.Arms = []scenarios.Step{tc.step}, tc.mailboxes, s.Arms[:1]
			p := planOf(t, s, 1)
			session := p.NewSession(2)
			sets := map[string]bool{}
			for n := range uint64(100) {
				r, late := session.Request(0, p.At(n))
				assert.False(t, late)
				other, _ := session.Request(1, p.At(n))
				assert.Equal(t, r, other)
				people := peopleIn(t, r)
				assert.Len(t, people, tc.want)
				slices.Sort(people)
				assert.Len(t, slices.Compact(slices.Clone(people)), tc.want)
				assert.NotContains(t, people, r.Impersonate.Value)
				sets[fmt.Sprint(people)] = true
			}
			assert.Equal(t, tc.want > 0 && tc.want < 19, len(sets) > 20, "others each time")
		})
	}
}

func dayOf(t testing.TB, text string) (d scenarios.Day) {
	t.Helper()
	require.NoError(t, d.UnmarshalText([]byte(text)))
	return d
}

func TestDay(t *testing.T) {
	t.Parallel()
	text, err := dayOf(t, "2026-06-15").MarshalText()
	require.NoError(t, err)
	assert.Equal(t, "2026-06-15", string(text))
	for _, bad := range []string{"", "2026-6-15", "2026-06-31", "15.06.2026", "2026-06-15T00:00:00Z", "0001-01-01"} {
		var d scenarios.Day
		assert.ErrorContains(t, d.UnmarshalText([]byte(bad)), "must be a day such as 2026-07-01", bad)
	}
}
