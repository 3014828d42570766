package calendar

// A cycle is a pattern as days in periods of equal number: every period has size days, in order, and those of one period
// come before those of the next. So the n-th day of a series decades away is a division, and no walk.
type cycle interface {
	size() int
	// at is the i-th day, from 0, of a period. Period 0 is the one that the series begins in.
	at(period, i int) day
	// of is the period that a day falls into.
	of(d day) int
}

// daily recurs every so many days.
type daily struct {
	first    day
	interval int
}

func (c daily) size() int            { return 1 }
func (c daily) at(period, _ int) day { return c.first + day(period*c.interval) }
func (c daily) of(d day) int         { return floorDiv(int(d-c.first), c.interval) }

// weekly recurs on some days of every so many weeks. Which day a week begins with matters from an interval of two on.
type weekly struct {
	week     day // the first day of the week that the series begins in
	interval int
	offsets  []int // of the days in a week, from 0
}

func newWeekly(first day, interval int, on weekdays, begins int) weekly {
	c := weekly{week: first - day(mod(int(first.weekday())-begins, 7)), interval: interval}
	for i := range 7 {
		if on.has((c.week + day(i)).weekday()) {
			c.offsets = append(c.offsets, i)
		}
	}
	return c
}

func (c weekly) size() int            { return len(c.offsets) }
func (c weekly) at(period, i int) day { return c.week + day(7*c.interval*period+c.offsets[i]) }
func (c weekly) of(d day) int         { return floorDiv(int(d-c.week), 7*c.interval) }

// monthly recurs on a day of every so many months; years are twelve of them.
type monthly struct {
	month    int
	interval int
	pick     func(first, last day) day
}

func (c monthly) size() int { return 1 }

func (c monthly) at(period, _ int) day {
	month := c.month + period*c.interval
	return c.pick(monthStart(month), monthStart(month+1)-1)
}

func (c monthly) of(d day) int { return floorDiv(d.month()-c.month, c.interval) }

// onDay picks a date. In shorter months it is the last day (MS-OXOCAL, section 2.2.1.44.1; MS docs: DayOfMonth).
func onDay(n int) func(first, last day) day {
	return func(first, last day) day { return min(first+day(n-1), last) }
}

// lastOf stands for the last one where others are counted from 1.
const lastOf = -1

// onNth picks the n-th of the days of a month that are in a set.
func onNth(n int, set weekdays) func(first, last day) day {
	if n == lastOf {
		return func(_, last day) day {
			for !set.has(last.weekday()) {
				last--
			}
			return last
		}
	}
	return func(d, _ day) day {
		for left := n; ; d++ {
			if set.has(d.weekday()) {
				if left--; left == 0 {
					return d
				}
			}
		}
	}
}
