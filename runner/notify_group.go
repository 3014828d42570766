package runner

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/scenarios"
)

// group is mailboxes whose subscriptions are kept together.
type group struct {
	members []string // sorted; the first is the anchor
	numbers []int    // theirs among all mailboxes
	by      string   // what says that they belong together: results.GroupedByAutodiscover and so on
	wrong   string   // somebody outside, for arms that name the wrong one
}

// call is what the anchor policy and the cookies of a group go by.
func (g *group) call() scenarios.Call {
	return scenarios.Call{N: g.first(), Mailbox: g.members[0], Wrong: g.wrong}
}

// first is the number of the anchor.
func (g *group) first() uint64 { return uint64(g.numbers[0]) }

// Request ids of what is sent beside the mails are those of calls that no run gets to.
const (
	askPlace uint64 = (iota + 1) << 56
	askSubscription
	askStream
	askEnd
	askWay
)

// atOnce bounds what is asked at the same time to make ready and to clear away.
const atOnce = 8

// breathe waits between two requests beside the mails, false if the context ends before.
func (o *lookout) breathe(ctx context.Context) bool {
	return o.await(ctx, o.clock.now()+o.spacing())
}

// paced does something n times, no faster than requests beside the mails may be.
func (o *lookout) paced(ctx context.Context, n int, do func(i int, due time.Duration)) {
	var all sync.WaitGroup
	places := make(chan struct{}, atOnce)
	begin := o.clock.now()
	for i := range n {
		all.Go(func() {
			due := begin + time.Duration(i)*o.spacing()
			if !o.await(ctx, due) {
				return
			}
			places <- struct{}{}
			do(i, due)
			<-places
		})
	}
	all.Wait()
}

// place is where a mailbox is: those of one place may be in one group.
type place struct {
	by  string // results.GroupedByAutodiscover and so on
	key string
}

// groupsIn puts sorted mailboxes of one place into groups.
func groupsIn(boxes []string, places []place, size int, seed uint64) (groups []*group) {
	byPlace := map[place][]int{}
	for i, p := range places {
		byPlace[p] = append(byPlace[p], i)
	}
	for p, all := range byPlace {
		for members := range slices.Chunk(all, size) {
			g := &group{by: p.by, numbers: members}
			for _, i := range members {
				g.members = append(g.members, boxes[i])
			}
			g.wrong = wrongFor(g.members, boxes, mix(seed^mix(g.first())))
			groups = append(groups, g)
		}
	}
	slices.SortFunc(groups, func(a, b *group) int { return cmp.Compare(a.members[0], b.members[0]) })
	return groups
}

// wrongFor draws the mailbox that an arm names as the anchor which names a wrong one:
// any that is not in the group; of a group that has all of them, its last member.
func wrongFor(members, boxes []string, draw uint64) string {
	others := len(boxes) - len(members)
	if others == 0 {
		return members[len(members)-1]
	}
	left := int(draw % uint64(others))
	for _, box := range boxes {
		if _, own := slices.BinarySearch(members, box); own {
			continue
		}
		if left == 0 {
			return box
		}
		left--
	}
	return ""
}
