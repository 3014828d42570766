package route

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// placement is what is not where it was at the start. It is never changed, but replaced.
type placement struct {
	mailboxes map[Principal]int // databases of mailboxes that were moved
	active    []int             // the back end on which each database is active, or none
	down      []bool            // by back end
	moves     map[Principal]move
	failovers []time.Time // when each database was last activated; zero: at the start
}

// move is the last move of a mailbox.
type move struct {
	from       int // the database that it was in
	begin, end time.Time
}

// none stands for no back end.
const none = -1

func (p *placement) clone() *placement {
	return &placement{
		mailboxes: maps.Clone(p.mailboxes), active: slices.Clone(p.active), down: slices.Clone(p.down), moves: maps.Clone(p.moves),
		failovers: slices.Clone(p.failovers),
	}
}

// ResetPlacement puts everything back where it was at the start, and every back end in service.
func (o *Organisation) ResetPlacement() {
	o.changing.Lock()
	defer o.changing.Unlock()
	p := &placement{
		mailboxes: map[Principal]int{}, down: make([]bool, len(o.backEnds)), moves: map[Principal]move{},
		failovers: make([]time.Time, len(o.databases)),
	}
	for _, d := range o.databases {
		p.active = append(p.active, d.backEnd)
	}
	o.placement.Store(p)
}

// change replaces the placement by what f makes of a copy.
func (o *Organisation) change(f func(*placement) error) error {
	o.changing.Lock()
	defer o.changing.Unlock()
	p := o.placement.Load().clone()
	if err := f(p); err != nil {
		return fmt.Errorf("route: %w", err)
	}
	o.placement.Store(p)
	return nil
}

// Errors of changes to the placement.
var (
	ErrNoMailbox  = errors.New("no such mailbox")
	ErrNoDatabase = errors.New("no such database")
	ErrNoBackEnd  = errors.New("no such back end")
	ErrDown       = errors.New("the back end is down")
)

// Move moves a mailbox to another database, which takes from one instant to another: requests in between are told that
// the mailbox is on its way.
func (o *Organisation) Move(p Principal, database string, begin time.Time, takes time.Duration) error {
	to, ok := o.findDatabase(database)
	from := o.database(p)
	switch {
	case from < 0:
		return fmt.Errorf("route: %w", ErrNoMailbox)
	case !ok:
		return fmt.Errorf("route: %q: %w (there are %s)", database, ErrNoDatabase, strings.Join(o.databaseNames(), ", "))
	}
	return o.change(func(in *placement) error {
		in.mailboxes[p] = to
		in.moves[p] = move{from: from, begin: begin, end: begin.Add(takes)}
		return nil
	})
}

// Activate makes a database active on another back end, as a fail-over does.
func (o *Organisation) Activate(database, backEnd string, now time.Time) error {
	d, ok := o.findDatabase(database)
	if !ok {
		return fmt.Errorf("route: %q: %w (there are %s)", database, ErrNoDatabase, strings.Join(o.databaseNames(), ", "))
	}
	to, ok := o.findBackEnd(backEnd)
	if !ok {
		return fmt.Errorf("route: %q: %w (there are %s)", backEnd, ErrNoBackEnd, strings.Join(o.backEndNames(), ", "))
	}
	return o.change(func(in *placement) error {
		if in.down[to] {
			return fmt.Errorf("%s: %w", backEnd, ErrDown)
		}
		in.active[d], in.failovers[d] = to, now
		return nil
	})
}

// SetUp takes a back end out of service or puts it back. The databases of one that goes down are activated on the others of
// its site, by turns, or on those of other sites if there are none; those that find none are active nowhere. A back end that
// comes up takes on databases that are active nowhere, and no other.
func (o *Organisation) SetUp(backEnd string, up bool, now time.Time) error {
	i, ok := o.findBackEnd(backEnd)
	if !ok {
		return fmt.Errorf("route: %q: %w (there are %s)", backEnd, ErrNoBackEnd, strings.Join(o.backEndNames(), ", "))
	}
	return o.change(func(in *placement) error {
		in.down[i] = !up
		candidates := o.standIns(in, i)
		next := 0
		for d, on := range in.active {
			switch {
			case up && on == none:
				in.active[d], in.failovers[d] = i, now
			case !up && on == i && len(candidates) == 0:
				in.active[d], in.failovers[d] = none, now
			case !up && on == i:
				in.active[d], in.failovers[d] = candidates[next%len(candidates)], now
				next++
			}
		}
		return nil
	})
}

// standIns are the back ends that take over from one, those of its own site if any is up.
func (o *Organisation) standIns(in *placement, from int) []int {
	var near, far []int
	for i, h := range o.backEnds {
		switch {
		case in.down[i] || i == from:
		case h.site == o.backEnds[from].site:
			near = append(near, i)
		default:
			far = append(far, i)
		}
	}
	if len(near) > 0 {
		return near
	}
	return far
}

// Up reports whether a back end is in service.
func (o *Organisation) Up(backEnd int) bool { return !o.placement.Load().down[backEnd] }

// Database is where a database is.
type Database struct {
	Name, GUID string
	// BackEnd is the short name of the back end that it is active on, "" for none.
	BackEnd string
}

// Databases are all databases, in their order.
func (o *Organisation) Databases() []Database {
	in := o.placement.Load()
	all := make([]Database, len(o.databases))
	for i, d := range o.databases {
		all[i] = Database{Name: d.name, GUID: d.guid}
		if on := in.active[i]; on != none {
			all[i].BackEnd = o.backEnds[on].Name
		}
	}
	return all
}

// DatabaseOf is where a mailbox is; false for a principal without one.
func (o *Organisation) DatabaseOf(p Principal) (Database, bool) {
	i := o.database(p)
	if i < 0 {
		return Database{}, false
	}
	return o.Databases()[i], true
}

// Database is the GUID of the database that holds a mailbox, or "" for a principal without one.
func (o *Organisation) Database(p Principal) string {
	if i := o.database(p); i >= 0 {
		return o.databases[i].guid
	}
	return ""
}

// Home is the back end on which a mailbox is active; false for a principal without a mailbox, and for one whose database is
// active nowhere.
func (o *Organisation) Home(p Principal) (backEnd int, ok bool) {
	i := o.database(p)
	if i < 0 {
		return 0, false
	}
	on := o.placement.Load().active[i]
	return max(on, 0), on != none
}

// Moving reports whether a mailbox is on its way to another database.
func (o *Organisation) Moving(p Principal, now time.Time) bool {
	m, moved := o.placement.Load().moves[p]
	return moved && !now.Before(m.begin) && now.Before(m.end)
}

// database is the index of the database that holds a mailbox, or -1.
func (o *Organisation) database(p Principal) int {
	in := o.placement.Load()
	if len(in.mailboxes) > 0 {
		if d, moved := in.mailboxes[p]; moved {
			return d
		}
	}
	return o.firstDatabase(p)
}

// firstDatabase is the one that held it at the start.
func (o *Organisation) firstDatabase(p Principal) int {
	if p > roomBase && !o.isRoom(p) && !o.isPublic(p) {
		return -1
	}
	if p > 0 {
		return o.dice.Pick("placement", uint64(p), len(o.databases))
	}
	a := o.account(p)
	if a == nil || a.BackEnd == 0 {
		return -1
	}
	for i, d := range o.databases {
		if d.backEnd == a.BackEnd-1 {
			return i
		}
	}
	return -1
}

// activeOn is the back end of a database, its first one if it is active nowhere.
func (o *Organisation) activeOn(database int) int {
	if on := o.placement.Load().active[database]; on != none {
		return on
	}
	return o.databases[database].backEnd
}

func (o *Organisation) findDatabase(name string) (int, bool) {
	i := slices.IndexFunc(o.databases, func(d database) bool { return strings.EqualFold(d.name, name) || strings.EqualFold(d.guid, name) })
	return i, i >= 0
}

func (o *Organisation) findBackEnd(name string) (int, bool) {
	i := slices.IndexFunc(o.backEnds, func(h Host) bool { return strings.EqualFold(h.Name, name) || strings.EqualFold(h.FQDN, name) })
	return i, i >= 0
}

// FindBackEnd is the number of the back end of that short name.
func (o *Organisation) FindBackEnd(name string) (backEnd int, ok bool) { return o.findBackEnd(name) }

func (o *Organisation) databaseNames() (names []string) {
	for _, d := range o.databases {
		names = append(names, d.name)
	}
	return names
}

func (o *Organisation) backEndNames() (names []string) {
	for _, h := range o.backEnds {
		names = append(names, h.Name)
	}
	return names
}

// Outdated reports whether the back end still takes itself for that of a mailbox which has been moved away from it.
func (o *Organisation) Outdated(p Principal, backEnd int, now time.Time) bool {
	m, moved := o.placement.Load().moves[p]
	return moved && !now.Before(m.end) && now.Before(m.end.Add(o.topology.Moves.Outdated)) && o.activeOn(m.from) == backEnd && o.database(p) != m.from
}

// SameForest reports whether the back end is in the forest of the mailbox's.
func (o *Organisation) SameForest(p Principal, backEnd int) bool {
	home, ok := o.Home(p)
	if !ok {
		return true
	}
	sites := o.topology.Sites
	return sites[o.backEnds[home].site].Forest == sites[o.backEnds[backEnd].site].Forest
}
