package calendar_test

import (
	"testing"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/calendar"
)

func FuzzSeries(f *testing.F) {
	f.Add(uint8(1), 2, "Monday Day", "Friday", "Last", 31, "May", int64(0), int64(3600), int64(9e8), 5)
	f.Fuzz(func(t *testing.T, kind uint8, interval int, days, first, index string, day int, month string, start, end, until int64, n int) {
		p := &ews.Pattern{
			Interval: interval, DaysOfWeek: days, FirstDayOfWeek: first, DayOfWeekIndex: index, DayOfMonth: day, Month: month,
		}
		var r ews.Recurrence
		*[]**ews.Pattern{
			&r.Daily, &r.Weekly, &r.AbsoluteMonthly, &r.RelativeMonthly, &r.AbsoluteYearly, &r.RelativeYearly,
			&r.DailyRegeneration, &r.MonthlyRegeneration,
		}[kind%8] = p
		extent := &ews.Range{EndDate: ews.Date{Time: time.Unix(until, 0)}, NumberOfOccurrences: n}
		*[]**ews.Range{&r.EndDate, &r.Numbered, &r.NoEnd}[kind/8%3] = extent
		s := calendar.Series{Start: time.Unix(start, 0), End: time.Unix(end, 0), Recurrence: r}
		s.Between(time.Unix(until, 0), time.Unix(until+1e6, 0))
		calendar.Regenerate(r, s.Start)
		if slot, ok := s.First(); ok && s.Check() == nil && slot.End.Before(slot.Start) {
			t.Fatalf("%v ends before it starts", slot)
		}
	})
}

func FuzzFromSerializable(f *testing.F) {
	f.Add(480, 0, "02:00:00", 1, 11, "Sunday", "", -60, "02:00:00", 2, 3, "Sunday", "2026", int64(1e9))
	f.Fuzz(func(t *testing.T, bias, b1 int, t1 string, o1, m1 int, d1, y1 string, b2 int, t2 string, o2, m2 int, d2, y2 string, now int64) {
		z, err := calendar.FromSerializable(ews.SerializableTimeZone{
			Bias:     bias,
			Standard: ews.ZoneTime{Bias: b1, Time: t1, DayOrder: o1, Month: m1, DayOfWeek: d1, Year: y1},
			Daylight: ews.ZoneTime{Bias: b2, Time: t2, DayOrder: o2, Month: m2, DayOfWeek: d2, Year: y2},
		})
		if err != nil {
			return
		}
		at := time.Unix(now%(1<<36), 0).UTC()
		if off := z.Local(at).Sub(at); off > 24*time.Hour || off < -24*time.Hour {
			t.Fatalf("%v from UTC", off)
		}
		calendar.Serializable(z.Location(), 2026)
	})
}

func FuzzFromDefinition(f *testing.F) {
	f.Add("Period", "a", "b", int64(60), int64(-60), int64(120), 3, "Sunday", -1, 2007, int64(1e9))
	f.Fuzz(func(t *testing.T, kind, a, b string, biasA, biasB, clock int64, month int, weekday string, nth, year int, now int64) {
		offset := ews.XMLDuration(clock)
		to := func(id string, month int) ews.Transition {
			return ews.Transition{
				To: ews.TransitionTarget{Kind: kind, ID: id}, TimeOffset: &offset, Month: month, DayOfWeek: weekday, Occurrence: nth, Day: nth,
			}
		}
		at := time.Date(year%10000, 1, 1, 0, 0, 0, 0, time.UTC)
		group := ews.TransitionTarget{Kind: "Group", ID: "0"}
		z, err := calendar.FromDefinition(ews.TimeZoneDefinition{
			Periods:     []ews.Period{{ID: a, Bias: ews.XMLDuration(biasA)}, {ID: b, Bias: ews.XMLDuration(biasB)}},
			Groups:      []ews.TransitionsGroup{{ID: "0", Transitions: ews.Transitions{Recurring: []ews.Transition{to(a, month), to(b, month+3)}}}},
			Transitions: &ews.Transitions{At: []ews.Transition{{To: group}}, Dates: []ews.Transition{{To: group, DateTime: &at}}},
		})
		if err == nil {
			z.UTC(z.Local(time.Unix(now%(1<<36), 0)))
		}
	})
}
