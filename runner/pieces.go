package runner

import (
	"sort"
	"time"
)

// Steps is a schedule whose rate goes through levels, in slots/s, each of which
// holds for an equal time. The first of them also holds for a lead before that,
// and the last for ever.
func Steps(levels []float64, lead, each time.Duration) Schedule {
	p := new(pieces)
	from := 0.0
	for i, rate := range levels {
		to := (lead + time.Duration(i+1)*each).Seconds()
		p.add(rate, from, to)
		from = to
	}
	return p
}

// Spike is a schedule with one rate, in slots/s, but for a burst at another, which
// begins at a time since the run's start and lasts for some.
func Spike(rate, burst float64, at, lasts time.Duration) Schedule {
	from, to := at.Seconds(), (at + lasts).Seconds()
	p := new(pieces)
	p.add(rate, 0, from)
	p.add(burst, from, to)
	p.add(rate, to, to+1)
	return p
}

// pieces is a schedule of level pieces, the last of which goes on for ever.
type pieces struct{ list []piece }

type piece struct {
	rate     float64 // slots/s
	from, to float64 // s
	due      float64 // slots that are due by its beginning
}

// slots is how many slots are due by the end of the piece.
func (p piece) slots() float64 { return p.due + p.rate*(p.to-p.from) }

func (p *pieces) add(rate, from, to float64) {
	due := 0.0
	if n := len(p.list); n > 0 {
		due = p.list[n-1].slots()
	}
	p.list = append(p.list, piece{max(rate, 0), from, max(from, to), due})
}

func (p *pieces) At(n uint64) time.Duration {
	last := len(p.list) - 1
	if n == 0 || last < 0 {
		return constant(0).At(n)
	}
	slot := float64(n)
	in := p.list[sort.Search(last, func(i int) bool { return p.list[i].slots() >= slot })]
	if in.rate <= 0 {
		return never
	}
	return seconds(in.from + (slot-in.due)/in.rate)
}

func (p *pieces) Rate(t time.Duration) float64 {
	last := len(p.list) - 1
	if last < 0 {
		return 0
	}
	return p.list[sort.Search(last, func(i int) bool { return p.list[i].to > t.Seconds() })].rate
}
