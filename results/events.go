package results

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"
)

const (
	minStall   = 250 * time.Millisecond // a shorter pause is weather
	minSilent  = 20                     // requests without an answer that a stall needs
	minRefused = 6                      // failed connections that a restart needs
	maxApart   = time.Second            // outages that are closer to each other are one event
	tardyShare = 0.10                   // of an arm's samples in a block: more sent late is a saturated generator
	maxStruck  = 0.25                   // of the blocks: an invalid run if events touch more
	patienceOf = 2                      // times the upper quartile of the service time: an ordinary answer is there
	slowOf     = 4                      // times the same: an answer is out of the ordinary
)

// findEvents finds what struck the run as a whole, in order of time. What
// touches no block is of no interest.
func (d *dataset) findEvents() []Event {
	events := d.outageEvents()
	touched := map[int]bool{}
	for _, e := range events {
		for _, b := range e.Blocks {
			touched[b] = true
		}
	}
	events = append(events, d.saturations(touched)...)
	for _, s := range d.run.Queue.Behind {
		events = append(events, Event{
			Kind: EventSlowConsumer, From: s.From, To: s.To, Blocks: d.touched(s.From, s.To),
			Text: fmt.Sprintf("a slow consumer: samples waited longer than %v for the store %s, at most %d of them", BehindAfter, stretch(s.From, s.To), d.run.Queue.HighWater),
		})
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return len(e.Blocks) == 0 })
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Compare(a.From, b.From) })
	return events
}

// outageEvents finds stalls and restarts.
func (d *dataset) outageEvents() []Event {
	answered, refused := d.pulse.shares()
	silent := max(minSilent, surprise(1-0.9*answered))
	refusals := max(minRefused, surprise(refused))
	var events []Event
	var last outage
	for _, o := range d.pulse.outages(d.patience()) {
		restart := o.refused >= refusals && bits.OnesCount64(o.refusing) >= min(len(d.arms), 64)
		if !restart && !d.isStall(o, silent) {
			continue
		}
		kind := EventStall
		if restart {
			kind = EventRestart
		}
		if n := len(events); n > 0 && d.pulse.width*time.Duration(o.from-last.to) < maxApart {
			o = outage{last.from, o.to, last.due + o.due, last.sent + o.sent, last.refused + o.refused, last.refusing | o.refusing}
			if events[n-1].Kind == EventRestart {
				kind = EventRestart
			}
			events = events[:n-1]
		}
		last = o
		events = append(events, d.outageEvent(kind, o))
	}
	return events
}

// isStall says whether chance does not explain that nobody was answered.
func (d *dataset) isStall(o outage, silent int) bool {
	length := d.pulse.width * time.Duration(o.to-o.from)
	expected := o.due
	if d.run.Rate == 0 {
		// Nothing is due while every worker waits: what is usual must tell.
		answered, _ := d.pulse.shares()
		usual := answered * float64(d.pulse.due(0, len(d.pulse.beats))) / float64(len(d.pulse.beats))
		expected = int(usual * float64((length-d.patience())/d.pulse.width))
	}
	return length >= max(minStall, 2*d.patience()) && expected >= silent
}

func (d *dataset) outageEvent(kind EventKind, o outage) Event {
	e := Event{Kind: kind, From: d.pulse.width * time.Duration(o.from), To: d.pulse.width * time.Duration(o.to)}
	from, to := d.pulse.spread(o.from, o.to)
	e.Blocks = d.touched(d.pulse.width*time.Duration(from), d.pulse.width*time.Duration(to)-1)
	switch {
	case kind == EventRestart:
		e.Text = fmt.Sprintf("a server restart: the connections of every arm were refused or cut (%d of them) %s", o.refused, stretch(e.From, e.To))
	case o.sent == 0 && o.due > 0:
		e.Text = fmt.Sprintf("a stall in all arms: the load generator stood still %s, %d requests that were due were sent later", stretch(e.From, e.To), o.due)
	default:
		e.Text = fmt.Sprintf("a stall in all arms: not one answer %s", stretch(e.From, e.To))
	}
	return e
}

// saturations finds the blocks, but for those that an outage explains, in which
// every arm was sent late.
func (d *dataset) saturations(explained map[int]bool) []Event {
	if d.run.Rate == 0 || len(d.arms) == 0 {
		return nil
	}
	var events []Event
	for b := range d.blocks {
		if explained[b] || !d.allTardy(b) {
			continue
		}
		if n := len(events); n > 0 && events[n-1].Blocks[len(events[n-1].Blocks)-1] == b-1 {
			events[n-1].Blocks, events[n-1].To = append(events[n-1].Blocks, b), d.blocks[b].To
			continue
		}
		events = append(events, Event{Kind: EventSaturated, From: d.blocks[b].From, To: d.blocks[b].To, Blocks: []int{b}})
	}
	for i := range events {
		e := &events[i]
		e.Text = fmt.Sprintf("a saturated load generator: every arm was sent more than %v late %s", maxLag, stretch(e.From, e.To))
	}
	return events
}

// allTardy says whether each arm was sent late in a block.
func (d *dataset) allTardy(block int) bool {
	for _, a := range d.arms {
		var sent, tardy int
		for _, op := range d.ops {
			if c := a.cells[cellKey{op, block}]; c != nil {
				sent, tardy = sent+c.sent, tardy+c.tardy
			}
		}
		if sent == 0 || float64(tardy) <= tardyShare*float64(sent) {
			return false
		}
	}
	return true
}

// touched are the blocks in which something was due in a stretch of the run.
func (d *dataset) touched(from, to time.Duration) []int {
	var blocks []int
	for b, span := range d.blocks {
		if span.From >= 0 && span.From <= to && span.To >= from {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// leaveOut leaves out the blocks that events touched, unless they are so many
// that what is left would not be the run that was asked for.
func (d *dataset) leaveOut() {
	d.struck = map[int]bool{}
	for _, e := range d.events {
		for _, b := range e.Blocks {
			d.struck[b] = true
		}
	}
	if d.tooMuchStruck() {
		d.struck = map[int]bool{}
	}
}

// tooMuchStruck says whether events touched too many blocks to leave them out.
func (d *dataset) tooMuchStruck() bool {
	return float64(d.touchedBlocks()) > maxStruck*float64(len(d.blocks))
}

// touchedBlocks is how many blocks the events touched together.
func (d *dataset) touchedBlocks() int {
	touched := map[int]bool{}
	for _, e := range d.events {
		for _, b := range e.Blocks {
			touched[b] = true
		}
	}
	return len(touched)
}

// struckText names the events and what became of their blocks; "" without any.
func (d *dataset) struckText() string {
	if len(d.events) == 0 {
		return ""
	}
	const named = 4
	var texts []string
	for i, e := range d.events {
		if i == named {
			texts = append(texts, fmt.Sprintf("and %d more", len(d.events)-named))
			break
		}
		texts = append(texts, e.Text)
	}
	fate := "left out of every figure"
	if d.tooMuchStruck() {
		fate = fmt.Sprintf("more than %.0f %%, too many to leave out", 100*maxStruck)
	}
	return fmt.Sprintf("%s (%d of %d blocks, %s)", strings.Join(texts, "; "), d.touchedBlocks(), len(d.blocks), fate)
}

// patience is how long an ordinary answer takes at most.
func (d *dataset) patience() time.Duration { return patienceOf * d.quartile }

// stretch is a time of the run in words.
func stretch(from, to time.Duration) string {
	return fmt.Sprintf("from %.2f s to %.2f s", from.Seconds(), to.Seconds())
}

// eventWarnings says that figures leave blocks out.
func (d *dataset) eventWarnings() []string {
	if len(d.struck) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d of %d blocks are left out of every figure because of what struck all arms in them: see the events", len(d.struck), len(d.blocks))}
}
