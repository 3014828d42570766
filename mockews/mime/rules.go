package mime

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Which of the days of a month a pattern means, as EWS says it, and as calendars do by their position.
func positions() map[string]int {
	return map[string]int{"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": -1}
}

// dayGroups are names for several days of the week (MS docs: DaysOfWeek).
func dayGroups() map[string]string {
	return map[string]string{"Day": "SU,MO,TU,WE,TH,FR,SA", "Weekday": "MO,TU,WE,TH,FR", "WeekendDay": "SA,SU"}
}

func shortDay(name string) string { return strings.ToUpper(name[:min(2, len(name))]) }

// shortDays are days of the week as calendars have them.
func shortDays(names string) string {
	if group := dayGroups()[names]; group != "" {
		return group
	}
	var short []string
	for d := range strings.FieldsSeq(names) {
		short = append(short, shortDay(d))
	}
	return strings.Join(short, ",")
}

// ruleOf is a pattern as calendars have it (RFC 5545, section 3.3.10; MS-OXCICAL, section 2.1.3.2.2), of a series that begins at start.
func ruleOf(r ews.Recurrence, start time.Time, allDay bool) string {
	parts := patternParts(r)
	if parts == nil {
		return ""
	}
	if r.Numbered != nil {
		parts = append(parts, "COUNT="+strconv.Itoa(r.Numbered.NumberOfOccurrences))
	}
	if r.EndDate != nil {
		parts = append(parts, "UNTIL="+untilOf(r.EndDate.EndDate.UTC(), start, allDay))
	}
	return strings.Join(parts, ";")
}

// untilOf is the last day of a series: an instant in UTC, unless days are meant (RFC 5545, section 3.3.10).
func untilOf(last, start time.Time, allDay bool) string {
	if allDay {
		return last.Format(formDate)
	}
	y, m, d := last.Date()
	return time.Date(y, m, d, start.Hour(), start.Minute(), start.Second(), 0, start.Location()).UTC().Format(formUTC)
}

func patternParts(r ews.Recurrence) []string {
	every := func(freq string, p *ews.Pattern, more ...string) []string {
		parts := append([]string{"FREQ=" + freq, "INTERVAL=" + strconv.Itoa(max(p.Interval, 1))}, more...)
		if p.FirstDayOfWeek != "" {
			parts = append(parts, "WKST="+shortDay(p.FirstDayOfWeek))
		}
		return parts
	}
	nth := func(p *ews.Pattern) []string {
		return []string{"BYDAY=" + shortDays(p.DaysOfWeek), "BYSETPOS=" + strconv.Itoa(positions()[p.DayOfWeekIndex])}
	}
	switch {
	case r.Daily != nil:
		return every("DAILY", r.Daily)
	case r.Weekly != nil:
		return every("WEEKLY", r.Weekly, "BYDAY="+shortDays(r.Weekly.DaysOfWeek))
	case r.AbsoluteMonthly != nil:
		return every("MONTHLY", r.AbsoluteMonthly, monthDay(r.AbsoluteMonthly))
	case r.RelativeMonthly != nil:
		return every("MONTHLY", r.RelativeMonthly, nth(r.RelativeMonthly)...)
	case r.AbsoluteYearly != nil:
		return every("YEARLY", r.AbsoluteYearly, monthDay(r.AbsoluteYearly), monthPart(r.AbsoluteYearly))
	case r.RelativeYearly != nil:
		return every("YEARLY", r.RelativeYearly, append(nth(r.RelativeYearly), monthPart(r.RelativeYearly))...)
	}
	return nil
}

// monthDay is a day of a month: the 31st is the last one in EWS, -1 in calendars (MS-OXCICAL, section 2.1.3.2.2.3).
func monthDay(p *ews.Pattern) string {
	if p.DayOfMonth == 31 {
		return "BYMONTHDAY=-1"
	}
	return "BYMONTHDAY=" + strconv.Itoa(p.DayOfMonth)
}

func monthPart(p *ews.Pattern) string {
	month := slices.IndexFunc(months(), func(name string) bool { return name == p.Month }) + 1
	return "BYMONTH=" + strconv.Itoa(month)
}

func months() (names []string) {
	for m := time.January; m <= time.December; m++ {
		names = append(names, m.String())
	}
	return names
}

// rule is a pattern of a calendar by its parts.
type rule map[string]string

func parseRule(text string) rule {
	r := rule{}
	for part := range strings.SplitSeq(text, ";") {
		k, v, _ := strings.Cut(part, "=")
		r[strings.ToUpper(k)] = v
	}
	return r
}

func (r rule) number(key string, otherwise int) int {
	n, err := strconv.Atoi(r[key])
	if err != nil || n < 1 {
		return otherwise
	}
	return n
}

// recurrence is the pattern of a series that begins at start, by the clock of its zone; false for one that EWS does not have, which is
// left out (MS-OXCICAL, section 2.1.3.2.2).
func (r rule) recurrence(start time.Time) (out ews.Recurrence, ok bool) {
	p := &ews.Pattern{Interval: r.number("INTERVAL", 1)}
	relative := r["BYDAY"] != ""
	switch freq := strings.ToUpper(r["FREQ"]); {
	case freq == "DAILY" && !relative:
		out.Daily = p
	case freq == "DAILY" && p.Interval == 1: // every one of these days
		out.Weekly, p.DaysOfWeek = p, weekdays(r["BYDAY"], start)
	case freq == "WEEKLY":
		out.Weekly, p.DaysOfWeek, p.FirstDayOfWeek = p, weekdays(r["BYDAY"], start), longDay(r["WKST"])
	case freq == "MONTHLY" && relative:
		out.RelativeMonthly = p
	case freq == "MONTHLY":
		out.AbsoluteMonthly, p.DayOfMonth = p, r.dayOfMonth(start)
	case freq == "YEARLY" && relative:
		out.RelativeYearly, p.Month = p, months()[min(r.number("BYMONTH", int(start.Month())), 12)-1]
	case freq == "YEARLY":
		out.AbsoluteYearly, p.DayOfMonth, p.Month = p, r.dayOfMonth(start), months()[min(r.number("BYMONTH", int(start.Month())), 12)-1]
	default:
		return out, false
	}
	if out.RelativeMonthly != nil || out.RelativeYearly != nil {
		if p.DayOfWeekIndex, p.DaysOfWeek, ok = r.nth(); !ok {
			return out, false
		}
	}
	if strings.EqualFold(r["FREQ"], "YEARLY") && p.Interval == 1 {
		p.Interval = 0 // EWS gives years no interval
	}
	r.limit(&out, start)
	return out, true
}

func (r rule) dayOfMonth(start time.Time) int {
	if r["BYMONTHDAY"] == "-1" {
		return 31
	}
	return r.number("BYMONTHDAY", start.Day())
}

// nth is which days of a month are meant: BYDAY=SU;BYSETPOS=3, or BYDAY=3SU.
func (r rule) nth() (index, days string, ok bool) {
	short, position := r["BYDAY"], r["BYSETPOS"]
	if position == "" && len(short) > 2 && !strings.Contains(short, ",") {
		short, position = short[len(short)-2:], short[:len(short)-2]
	}
	n, err := strconv.Atoi(position)
	for name, p := range positions() {
		if err == nil && p == n {
			index = name
		}
	}
	for name, group := range dayGroups() {
		if sameDays(group, short) {
			return index, name, index != ""
		}
	}
	return index, longDay(short), index != "" && longDay(short) != ""
}

func sameDays(a, b string) bool {
	x, y := strings.Split(a, ","), strings.Split(strings.ToUpper(b), ",")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// limit is how long a series goes on. Its days are those of the clocks there.
func (r rule) limit(out *ews.Recurrence, start time.Time) {
	y, m, d := start.Date()
	rng := &ews.Range{StartDate: ews.Date{Time: time.Date(y, m, d, start.Hour(), start.Minute(), start.Second(), 0, time.UTC)}}
	until, ok := untilDay(r["UNTIL"], start.Location())
	switch {
	case r["COUNT"] != "":
		rng.NumberOfOccurrences, out.Numbered = r.number("COUNT", 1), rng
	case ok:
		rng.EndDate, out.EndDate = ews.Date{Time: until}, rng
	default:
		out.NoEnd = rng
	}
}

func untilDay(text string, loc *time.Location) (time.Time, bool) {
	if t, err := time.Parse(formUTC, text); err == nil {
		y, m, d := t.In(loc).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), true
	}
	t, err := time.Parse(formDate, text[:min(8, len(text))])
	return t, err == nil
}

func weekdays(short string, start time.Time) string {
	var names []string
	for d := range strings.SplitSeq(short, ",") {
		if name := longDay(d[max(len(d)-2, 0):]); name != "" {
			names = append(names, name)
		}
	}
	if names == nil {
		return start.Weekday().String()
	}
	return strings.Join(names, " ")
}

// longDay is a day of the week by its two letters, empty if it is none.
func longDay(short string) string {
	for w := time.Sunday; w <= time.Saturday; w++ {
		if strings.EqualFold(shortDay(w.String()), short) {
			return w.String()
		}
	}
	return ""
}
