package route

import "strings"

// Grouping is the name of the group of mailboxes that somebody's belongs to, as Autodiscover's GroupingInformation has it: those
// of one site, whose subscriptions can live on one server (MS docs: How to maintain affinity between a group of subscriptions and
// the Mailbox server). On premises it is the site's name, in Exchange Online one such as VE1PR03. "" is for somebody without a
// mailbox.
func (o *Organisation) Grouping(p Principal) string {
	d := o.database(p)
	if d < 0 {
		return ""
	}
	name := strings.ToUpper(o.Site(o.backEnds[o.activeOn(d)]))
	if o.flavour.Cloud {
		return name + "PR01"
	}
	return name
}

// DeploymentID is the GUID of the organisation.
func (o *Organisation) DeploymentID() string { return o.guid("deployment", 0) }

// Domain is the mail domain.
func (o *Organisation) Domain() string { return o.topology.Domain }
