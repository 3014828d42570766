package admin

import (
	"fmt"

	"github.com/ewsbench/ewsbench/mockews/route"
)

// place, activation and service are what is asked for of a mailbox, a database and a back end.
type place struct {
	Database string `yaml:"database" json:"database"`
}

type activation struct {
	BackEnd string `yaml:"back_end" json:"back_end"`
}

type service struct {
	Up bool `yaml:"up" json:"up"`
}

// whereabouts is where a mailbox is. BackEnd is empty while no copy of the database is active.
type whereabouts struct {
	Address  string `json:"address"`
	Database string `json:"database"`
	GUID     string `json:"guid"`
	BackEnd  string `json:"back_end"`
}

// state is whether the mock answers.
type state struct {
	Status string `json:"status"`
}

func (a *api) health(*call) (any, error) { return state{"ok"}, nil }

// facts are what is served.
type facts struct {
	Profile   string `json:"profile"`
	URL       string `json:"url"`
	Version   string `json:"version"`
	Seed      uint64 `json:"seed"`
	Flavour   string `json:"flavour"`
	Domain    string `json:"domain"`
	Mailboxes int    `json:"mailboxes"`
}

func (a *api) about(*call) (any, error) {
	t := a.server.Organisation().Topology()
	return facts{a.info.Profile, a.info.URL, a.info.Version, t.Seed, string(t.Flavour), t.Domain, t.Mailboxes}, nil
}

func (a *api) reset(*call) (any, error) {
	a.injected.remove(func(injection) bool { return true })
	a.server.Reset()
	return nil, nil
}

func (a *api) mailbox(c *call) (any, error) {
	org := a.server.Organisation()
	p, _ := org.Find(c.PathValue("address"))
	d, ok := org.DatabaseOf(p)
	if !ok {
		return nil, fmt.Errorf("%s: %w", c.PathValue("address"), route.ErrNoMailbox)
	}
	return whereabouts{org.Address(p), d.Name, d.GUID, d.BackEnd}, nil
}

func (a *api) moveMailbox(c *call) (any, error) {
	var to place
	if err := decode(c, &to); err != nil {
		return nil, err
	}
	if err := a.server.MoveMailbox(c.PathValue("address"), to.Database); err != nil {
		return nil, err
	}
	return a.mailbox(c)
}

// database is one, as it is listed.
type database struct {
	Name    string `json:"name"`
	GUID    string `json:"guid"`
	BackEnd string `json:"back_end"`
}

func (a *api) databases(*call) (any, error) {
	all := []database{}
	for _, d := range a.server.Databases() {
		all = append(all, database{d.Name, d.GUID, d.BackEnd})
	}
	return all, nil
}

func (a *api) moveDatabase(c *call) (any, error) {
	var to activation
	if err := decode(c, &to); err != nil {
		return nil, err
	}
	if err := a.server.MoveDatabase(c.PathValue("name"), to.BackEnd); err != nil {
		return nil, err
	}
	return a.databases(c)
}

// host is a back end, as it is listed.
type host struct {
	Name string `json:"name"`
	Site string `json:"site"`
	Up   bool   `json:"up"`
}

func (a *api) backEnds(*call) (any, error) {
	org := a.server.Organisation()
	all := []host{}
	for i := range org.BackEnds() {
		h := org.BackEnd(i)
		all = append(all, host{h.Name, org.Site(h), org.Up(i)})
	}
	return all, nil
}

func (a *api) setBackEnd(c *call) (any, error) {
	var to service
	if err := decode(c, &to); err != nil {
		return nil, err
	}
	if err := a.server.SetBackEnd(c.PathValue("name"), to.Up); err != nil {
		return nil, err
	}
	return a.backEnds(c)
}
