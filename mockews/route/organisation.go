package route

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ewsbench/ewsbench/mockews/auth"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Organisation is a topology with everything in its place. It is safe for concurrent use; places may change while calls go
// on, and everything else stays as it is.
type Organisation struct {
	topology  Topology
	dice      Dice
	flavour   flavour.Flavour
	sid       string
	frontEnds []string
	backEnds  []Host
	databases []database
	accounts  *roster
	roomLists []Rooms
	places    []int // of each room: its list
	public    []Principal
	traits    map[Principal]Traits

	placement atomic.Pointer[placement] // where everything is now
	changing  sync.Mutex                // of whoever changes it
}

// Host is a back end.
type Host struct {
	// Name is the short name and FQDN the full one.
	Name, FQDN string
	site       int
	spec       BackEnd
}

// database is a mailbox database. BackEnd is the one that it is active on at the start.
type database struct {
	name, guid string
	backEnd    int
}

// Build puts everything of a topology in its place. The error says what the topology lacks.
func Build(t Topology) (*Organisation, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	return assemble(t), nil
}

// assemble puts everything of a valid topology in its place.
func assemble(t Topology) *Organisation {
	t = t.withDefaults()
	o := &Organisation{topology: t, dice: Dice(t.Seed), accounts: newRoster(t.Accounts, t.Domain)}
	o.flavour, _ = flavour.Of(t.Flavour)
	domain := hash(t.Domain)
	o.sid = fmt.Sprintf("S-1-5-21-%d-%d-%d-", uint32(domain), uint32(domain>>32), uint32(mix(domain)))
	for site, s := range t.Sites {
		o.addSite(site, s)
	}
	o.ResetPlacement()
	o.furnish()
	o.publish()
	o.know()
	return o
}

func (o *Organisation) addSite(site int, s Site) {
	prefix := strings.ToUpper(s.Name)
	for i := range s.FrontEnds {
		o.frontEnds = append(o.frontEnds, o.hostName(prefix, "FE", "CA", i))
	}
	for i, b := range s.BackEnds {
		host := Host{Name: o.hostName(prefix, "BE", "MB", i), site: site, spec: b}
		host.FQDN = strings.ToLower(host.Name) + "." + o.topology.Domain
		if o.flavour.Cloud {
			host.FQDN = host.Name + "." + strings.ToLower(s.Name) + "prd01.prod.outlook.com"
		}
		for range max(b.Databases, 1) {
			o.databases = append(o.databases, database{
				name: fmt.Sprintf("DB%02d", len(o.databases)+1), guid: o.guid("database", len(o.databases)), backEnd: len(o.backEnds),
			})
		}
		o.backEnds = append(o.backEnds, host)
	}
}

// hostName is the short name of the nth server of a site, in Exchange Online one such as EURPR01MB0002.
func (o *Organisation) hostName(site, role, cloudRole string, nth int) string {
	if o.flavour.Cloud {
		return fmt.Sprintf("%sPR01%s%04d", site, cloudRole, nth+1)
	}
	return fmt.Sprintf("%s-%s%d", site, role, nth+1)
}

// guid draws the nth GUID of a kind.
func (o *Organisation) guid(kind string, nth int) string {
	a, b := o.dice.Bits(kind, uint64(nth)), o.dice.Bits(kind, mix(uint64(nth)))
	return fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", uint32(a), uint16(a>>32), a>>52, 0x8000|b>>50, b&(1<<48-1))
}

// Dice makes the draws of the organisation's seed.
func (o *Organisation) Dice() Dice { return o.dice }

// Flavour is the version of Exchange that the servers play.
func (o *Organisation) Flavour() flavour.Flavour { return o.flavour }

// Topology returns what the organisation was built from, with all defaults filled in.
func (o *Organisation) Topology() Topology { return o.topology }

// FrontEnds is how many front ends there are.
func (o *Organisation) FrontEnds() int { return len(o.frontEnds) }

// BackEnds is how many back ends there are.
func (o *Organisation) BackEnds() int { return len(o.backEnds) }

// FrontEnd is the short name of a front end.
func (o *Organisation) FrontEnd(i int) string { return o.frontEnds[i] }

// BackEnd is a back end.
func (o *Organisation) BackEnd(i int) Host { return o.backEnds[i] }

// Site is the name of a back end's site.
func (o *Organisation) Site(h Host) string { return o.topology.Sites[h.site].Name }

// Place is what the rules of faults may speak of.
func (o *Organisation) Place() fault.Place {
	p := fault.Place{Knows: func(address string) bool {
		_, primary := o.Find(address)
		return primary
	}}
	apps := o.topology.Authentication.Apps
	if len(apps) == 0 {
		apps = auth.DefaultApps()
	}
	for _, app := range apps {
		p.Apps = append(p.Apps, app.ID)
	}
	for _, h := range o.backEnds {
		p.BackEnds = append(p.BackEnds, h.Name)
	}
	for _, s := range o.topology.Sites {
		p.Sites = append(p.Sites, s.Name)
	}
	return p
}

// RTT is the round trip between two back ends.
func (o *Organisation) RTT(a, b int) time.Duration {
	from, to := o.topology.Sites[o.backEnds[a].site], o.topology.Sites[o.backEnds[b].site]
	if from.Name == to.Name {
		return from.RTT
	}
	for _, l := range o.topology.Links {
		if l.joins(from.Name, to.Name) {
			return l.RTT
		}
	}
	return 0
}

func (l Link) joins(a, b string) bool {
	return l.Between[0] == a && l.Between[1] == b || l.Between[0] == b && l.Between[1] == a
}

// Instant reports whether nothing in the organisation takes simulated time or has a bound, so that a call's way can be
// told without taking it.
func (o *Organisation) Instant() bool {
	t := o.topology
	idle := t.FrontEnd.Median == 0 && t.Parse == 0 && t.Service.instant() && t.Identity.Cold == 0 && t.Hop.Token == 0 && t.Hop.TLS == 0
	if !idle || t.Stalls.Every != 0 {
		return false
	}
	for a := range o.backEnds {
		for b := range o.backEnds {
			if a != b && o.RTT(a, b) != 0 {
				return false
			}
		}
	}
	return true
}

func (s Service) instant() bool {
	for _, l := range s.Ops {
		if l.Median != 0 {
			return false
		}
	}
	return s.Default.Median == 0
}
