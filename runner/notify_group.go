package runner

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// group is mailboxes whose subscriptions are kept together.
type group struct {
	members []string // sorted; the first is the anchor
	first   int      // number of the first among all mailboxes
	wrong   string   // somebody outside, for arms that name the wrong one
}

// call is what the anchor policy and the cookies of a group go by.
func (g *group) call() scenarios.Call {
	return scenarios.Call{N: uint64(g.first), Mailbox: g.members[0], Wrong: g.wrong}
}

// Request ids of what is sent beside the mails are those of calls that no run gets to.
const (
	askPlace uint64 = (iota + 1) << 56
	askSubscription
	askStream
	askEnd
	askDeletion
)

// atOnce bounds what is asked at the same time to make ready and to clear away.
const atOnce = 8

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

// group finds out which mailboxes are on one server, by one call for each with its
// own anchor: the answer's headers name the server that the front end chose. Those
// for which nothing is known are taken to be together.
func (f *office) group(ctx context.Context) {
	boxes := f.Plan.Mailboxes()
	places := make([]string, len(boxes))
	f.paced(ctx, len(boxes), func(i int, due time.Duration) {
		f.ask(f.mailer, inquiry{
			body:  ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "inbox"}}},
			box:   boxes[i],
			about: scenarios.Call{N: uint64(i), Mailbox: boxes[i]},
			id:    askPlace + uint64(i),
			due:   due,
			learn: func(_ ews.Outcome, l *lane) {
				places[i] = cmp.Or(l.header.Get(ews.HeaderCalculatedBETarget), l.header.Get(ews.HeaderBEServer))
			},
		})
	})
	f.groups = groupsIn(boxes, places, f.Notify.GroupSize, f.Seed)
}

// groupsIn puts sorted mailboxes of one place into groups.
func groupsIn(boxes, places []string, size int, seed uint64) (groups []*group) {
	byPlace := map[string][]int{}
	for i, place := range places {
		byPlace[place] = append(byPlace[place], i)
	}
	for _, place := range slices.Sorted(maps.Keys(byPlace)) {
		for members := range slices.Chunk(byPlace[place], size) {
			g := &group{first: members[0]}
			for _, i := range members {
				g.members = append(g.members, boxes[i])
			}
			g.wrong = wrongFor(g.members, boxes, mix(seed^mix(uint64(g.first))))
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
