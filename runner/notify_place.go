package runner

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
	"github.com/ewsbench/ewsbench/scenarios"
)

// group finds out which mailboxes belong together, and puts them into groups. The
// error is for a run that is to ask Autodiscover alone, and gets nothing from it.
func (f *office) group(ctx context.Context, stats *Stats) error {
	boxes := f.Plan.Mailboxes()
	places := make([]place, len(boxes))
	why := "notifications.groups is " + string(f.Notify.Groups)
	if f.Notify.Groups != scenarios.GroupsServer {
		all, whole := f.discover(ctx, boxes)
		if ctx.Err() != nil {
			return nil
		}
		if err := f.required(all, whole); err != nil {
			return err
		}
		why = f.settle(boxes, all, whole, places, stats)
	}
	if f.Notify.Groups == scenarios.GroupsAutodiscover {
		isolate(boxes, places)
	} else {
		f.sight(ctx, boxes, places)
	}
	f.groups = groupsIn(boxes, places, f.Notify.GroupSize, f.Seed)
	stats.Groups = append(stats.Groups, f.formed(why)...)
	return nil
}

// settle puts those in their places that Autodiscover has placed, and says why not the
// others. What it says of them by name goes to the advice: a stored run has no addresses.
func (f *office) settle(boxes []string, all []said, whole lack, places []place, stats *Stats) (why string) {
	if whole != (lack{}) {
		why = fmt.Sprintf("Autodiscover at %s has no answer: %s", f.guide.where(), whole)
		stats.Advice = append(stats.Advice, why+": "+whole.try())
		return why
	}
	for i, s := range all {
		if s.key != "" {
			places[i] = place{results.GroupedByAutodiscover, s.key}
		}
	}
	stats.Advice = append(stats.Advice, adviceOn(boxes, all)...)
	return "Autodiscover does not place them: " + countsOf(all)
}

// isolate makes everybody without a place a group of their own: nothing says that they
// can share a server with anybody, and an anchor that is not there would lose the others.
func isolate(boxes []string, places []place) {
	for i := range places {
		if places[i] == (place{}) {
			places[i] = place{results.GroupedByNothing, boxes[i]}
		}
	}
}

// sight finds out on which server the mailboxes without a place are, by one call for
// each with its own anchor: the answer's headers name the server that the front end
// chose. Those for which nothing is known are taken to be together.
func (f *office) sight(ctx context.Context, boxes []string, places []place) {
	var rest []int
	for i := range places {
		if places[i] == (place{}) {
			places[i].by = results.GroupedByNothing
			rest = append(rest, i)
		}
	}
	if len(rest) == 0 || f.Notify.Groups != scenarios.GroupsServer && !f.breathe(ctx) {
		return
	}
	f.paced(ctx, len(rest), func(n int, due time.Duration) {
		i := rest[n]
		f.ask(f.mailer, inquiry{
			body:  ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{{Distinguished: "inbox"}}},
			box:   boxes[i],
			about: scenarios.Call{N: uint64(i), Mailbox: boxes[i]},
			id:    askPlace + uint64(i),
			due:   due,
			learn: func(_ ews.Outcome, l *lane) {
				if server := cmp.Or(l.header.Get(ews.HeaderCalculatedBETarget), l.header.Get(ews.HeaderBEServer)); server != "" {
					places[i] = place{results.GroupedByServer, server}
				}
			},
		})
	})
}

// formed says how the groups came about, and of those that were not formed by
// Autodiscover why not.
func (f *office) formed(why string) (rows []results.Groups) {
	var arms []string
	for _, i := range f.arms {
		arms = append(arms, f.Arms[i].Name)
	}
	for _, by := range []string{results.GroupedByAutodiscover, results.GroupedByServer, results.GroupedByNothing} {
		row := results.Groups{Arms: slices.Clone(arms), By: by}
		for _, g := range f.groups {
			if g.by == by {
				row.Groups++
				row.Mailboxes += len(g.members)
			}
		}
		if by != results.GroupedByAutodiscover {
			row.Reason = why
		}
		if row.Groups > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}
