package route

import (
	"cmp"
	"time"
)

// step is one step of a call, taken at the engine's instant.
type step func(*Engine, *flight)

// event is a step that is planned.
type event struct {
	at     time.Duration
	rank   rank
	flight *flight
	do     step
}

// rank orders steps of the same instant.
type rank int

const (
	rankLeave  rank = iota // what frees a place comes first,
	rankJoin               // then what takes one,
	rankGiveUp             // then who has waited long enough
)

// agenda is a heap of events, the next one first. The order is total and depends on nothing but the calls themselves.
type agenda []event

func (a agenda) Len() int      { return len(a) }
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(event)) }

func (a agenda) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(a[i].at, a[j].at), cmp.Compare(a[i].rank, a[j].rank), a[i].flight.call.compare(a[j].flight.call)) < 0
}

// compare orders calls whose turn comes at the same instant.
func (c Call) compare(d Call) int {
	return cmp.Or(cmp.Compare(c.Key, d.Key), cmp.Compare(c.First, d.First), cmp.Compare(c.Target, d.Target), cmp.Compare(c.Tie, d.Tie))
}

func (a *agenda) Pop() any {
	last := len(*a) - 1
	x := (*a)[last]
	(*a)[last] = event{}
	*a = (*a)[:last]
	return x
}
