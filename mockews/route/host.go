package route

import "time"

// host is the state of a back end.
type host struct {
	// outer and all are how many workers calls from clients and calls from other back ends may fill. 0: any number.
	outer, all int
	workers    gate
	identities identities
	stalls     stalls
}

func newHost(o *Organisation, i int) *host {
	h := &host{
		workers:    gate{queue: -1},
		identities: identities{Identity: o.topology.Identity, entries: map[Principal]identity{}},
		stalls:     stalls{Stalls: o.topology.Stalls, dice: o.dice, backEnd: i},
	}
	spec := o.backEnds[i].spec
	if spec.Workers > 0 {
		h.outer, h.all = spec.Workers, spec.Workers+max(spec.Inbound, 1)
	}
	if spec.Queue > 0 {
		h.workers.queue = spec.Queue
	}
	return h
}

// identities is a back end's cache of impersonated users.
type identities struct {
	Identity
	entries map[Principal]identity
	order   []Principal // by age, for making room
}

// identity is an entry: when its look-up is or was done, and when it expires.
type identity struct{ ready, expires time.Duration }

// lookUp is what finding a user costs at an instant. A look-up under way is waited for, not made again.
func (c *identities) lookUp(p Principal, now time.Duration) time.Duration {
	if c.Cold == 0 {
		return 0
	}
	known, ok := c.entries[p]
	if ok && (c.TTL == 0 || now < known.expires) {
		return max(0, known.ready-now)
	}
	if !ok {
		c.makeRoom()
		c.order = append(c.order, p)
	}
	c.entries[p] = identity{ready: now + c.Cold, expires: now + c.TTL}
	return c.Cold
}

func (c *identities) makeRoom() {
	if c.Entries == 0 || len(c.order) < c.Entries {
		return
	}
	delete(c.entries, c.order[0])
	c.order = c.order[1:]
}

// stalls are a back end's episodes: pure functions of the seed, the back end and the time.
type stalls struct {
	Stalls
	dice    Dice
	backEnd int
}

// finish is when work is done that begins at an instant: it stands still in an episode.
func (s stalls) finish(at, work time.Duration) time.Duration {
	if s.Every == 0 {
		return at + work
	}
	for {
		stop, resume := s.next(at)
		if at+work <= stop {
			return at + work
		}
		work -= max(0, stop-at)
		at = resume
	}
}

// resumes is when the back end is not in an episode: the instant itself, or the end of the one that it is in.
func (s stalls) resumes(at time.Duration) time.Duration {
	if s.Every == 0 {
		return at
	}
	if stop, resume := s.next(at); stop <= at {
		return resume
	}
	return at
}

// next is the first episode that is not over at an instant.
func (s stalls) next(at time.Duration) (stop, resume time.Duration) {
	period := at / s.Every
	stop, resume = s.episode(period)
	if resume <= at {
		stop, resume = s.episode(period + 1)
	}
	return stop, resume
}

// episode is the one of a period. It lies within the period.
func (s stalls) episode(period time.Duration) (stop, resume time.Duration) {
	key := mix(uint64(s.backEnd)<<40 + uint64(period))
	length := min(s.dice.Duration(Lognormal{Median: s.Median, Sigma: s.Sigma}, "stall-length", key), s.Every)
	stop = period*s.Every + time.Duration(s.dice.Uniform("stall", key)*float64(s.Every-length))
	return stop, stop + length
}
