package route

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
	"github.com/ewsbench/ewsbench/mockews/fault"
	"github.com/ewsbench/ewsbench/mockews/flavour"
)

// Parse reads a topology from YAML. Name is what errors call the file; they have the form file:line:column: message.
func Parse(name string, data []byte) (Topology, error) {
	var t Topology
	doc, err := strictyaml.Parse(name, data)
	if err != nil {
		return t, err
	}
	if err := doc.Decode(&t); err != nil {
		return Topology{}, err
	}
	report := doc.Report()
	t.check(report)
	if err := report.Err(); err != nil {
		return Topology{}, err
	}
	return t, nil
}

// withDefaults fills in what was left out. The result shares nothing with the original that anybody could change.
func (t Topology) withDefaults() Topology {
	if t.Schema == 0 {
		t.Schema = schema
	}
	t.Domain = cmp.Or(t.Domain, DefaultDomain)
	if t.Mailboxes == 0 {
		t.Mailboxes = 1000
	}
	t.PublicFolderMailboxes = cmp.Or(t.PublicFolderMailboxes, defaultPublicMailboxes)
	if t.UnknownAnchor == "" {
		t.UnknownAnchor = UnknownAnchorIdentity
	}
	if t.InboxRules == "" {
		t.InboxRules = InboxRulesValid
	}
	if len(t.Sites) == 0 {
		t.Sites = []Site{{Name: "site", FrontEnds: 1, BackEnds: []BackEnd{{}}}}
	}
	if len(t.Accounts) == 0 {
		t.Accounts = DefaultAccounts()
	}
	t.Service.Ops = maps.Clone(t.Service.Ops)
	t.Sites = slices.Clone(t.Sites)
	for i := range t.Sites {
		t.Sites[i].BackEnds = slices.Clone(t.Sites[i].BackEnds)
	}
	t.Links = slices.Clone(t.Links)
	for i := range t.Links {
		t.Links[i].Between = slices.Clone(t.Links[i].Between)
	}
	t.Accounts = slices.Clone(t.Accounts)
	for i := range t.Accounts {
		t.Accounts[i].Password = cmp.Or(t.Accounts[i].Password, DefaultPassword)
	}
	if t.RoomLists == nil {
		t.RoomLists = DefaultRoomLists()
	}
	t.RoomLists, t.Recipients = slices.Clone(t.RoomLists), slices.Clone(t.Recipients)
	t.Flavour = cmp.Or(t.Flavour, flavour.Exchange2019)
	t.Access, t.Authentication, t.Throttling = t.Access.Clone(), t.Authentication.Clone(), t.Throttling.Clone()
	t.Autodiscover = t.Autodiscover.Clone()
	t.Notifications = t.Notifications.filled()
	t.Faults = fault.Clone(t.Faults)
	return t
}
