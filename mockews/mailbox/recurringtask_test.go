package mailbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// To delete an occurrence of a task is to go on to the next one, until there is none.
func TestOccurrencesOfTasks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := newStore(t, 1, noGrants)
		me, first := as(t, s, 1), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
		begins := ews.Date{Time: first}
		today := time.Now().UTC().Truncate(24 * time.Hour)
		for name, c := range map[string]struct {
			r    ews.Recurrence
			want []time.Time // when it starts, after each deletion
		}{
			"weekly, three times": {ews.Recurrence{Weekly: &ews.Pattern{Interval: 1, DaysOfWeek: "Monday Thursday"}, Numbered: &ews.Range{StartDate: begins, NumberOfOccurrences: 3}}, []time.Time{first.AddDate(0, 0, 3), first.AddDate(0, 0, 7)}},
			"until a date":        {ews.Recurrence{Daily: &ews.Pattern{Interval: 2}, EndDate: &ews.Range{StartDate: begins, EndDate: ews.Date{Time: first.AddDate(0, 0, 3)}}}, []time.Time{first.AddDate(0, 0, 2)}},
			"so long after":       {ews.Recurrence{WeeklyRegeneration: &ews.Pattern{Interval: 2}, Numbered: &ews.Range{StartDate: begins, NumberOfOccurrences: 2}}, []time.Time{today.AddDate(0, 0, 14)}},
			"once":                {ews.Recurrence{Daily: &ews.Pattern{Interval: 1}, Numbered: &ews.Range{StartDate: begins, NumberOfOccurrences: 1}}, nil},
		} {
			id := me.create(named("tasks"), object(ews.KindTask, "task:StartDate", first, "task:DueDate", first.AddDate(0, 0, 1), "task:Status", ews.TaskStatus("InProgress"), "task:Recurrence", c.r))
			remove := func() {
				_, code := do[ews.DeleteItemResponse](me, ews.DeleteItem{Disposal: ews.HardDelete, Tasks: "SpecifiedOccurrenceOnly", Items: []ews.ItemRef{id.Ref()}})
				require.Equal(t, ews.NoError, code, name)
			}
			for _, want := range c.want {
				remove()
				o, code := me.get(id.Ref())
				require.Equal(t, ews.NoError, code, name)
				assert.Equal(t, want, o.Get(path("task:StartDate")), name)
				assert.Equal(t, want.AddDate(0, 0, 1), o.Get(path("task:DueDate")), name)
				assert.Equal(t, ews.TaskStatus("NotStarted"), o.Get(path("task:Status")), name)
			}
			remove()
			_, code := me.get(id.Ref())
			assert.Equal(t, ews.ErrorItemNotFound, code, name)
		}
	})
}
