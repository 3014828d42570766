package route

import (
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// HasMailbox reports whether there is a mailbox behind the principal.
func (o *Organisation) HasMailbox(p Principal) bool { return o.database(p) >= 0 }

// Of each user a display name, an office and so on are drawn from these.
var (
	displayNames = []string{
		"Alex Berger", "Bela Novak", "Chris Olsen", "Dana Petrov", "Eden Quist", "Flora Rossi", "Gerd Sato", "Hana Tran",
		"Imre Ueda", "Jana Vogel", "Kim Weber", "Lea Xu", "Mika Young", "Noa Zeller",
	}
	departments = []string{"Engineering", "Finance", "Human Resources", "Legal", "Marketing", "Operations", "Sales", "Support"}
	cities      = []string{"Bergen", "Graz", "Lyon", "Porto", "Tampere"}
	companies   = []string{"Contoso", "Fabrikam", "Northwind"}
	titles      = []string{"Analyst", "Assistant", "Consultant", "Director", "Engineer", "Manager"}
	grades      = []string{"A", "B", "C", "D"}
)

// officeFloors is how many floors, and rooms on each, every city's office has.
const officeFloors = 4

// DisplayName is the name of somebody, as address lists show it.
func (o *Organisation) DisplayName(p Principal) string {
	if a := o.account(p); a != nil {
		return a.Name
	}
	if p <= 0 {
		return ""
	}
	if o.isRoom(p) {
		return o.roomName(p)
	}
	if o.isPublic(p) {
		return "Public Folders " + publicDigits(p)
	}
	return displayNames[int(p)%len(displayNames)]
}

// Recipient is what recipient filters see of somebody. The attributes of users are drawn from the seed, a city with its office and
// each of the rest by itself; service accounts have a name and no more, and are hidden from address lists.
func (o *Organisation) Recipient(p Principal) access.Recipient {
	address := o.Address(p)
	r := access.Recipient{PrimarySMTPAddress: address, DisplayName: o.DisplayName(p), RecipientTypeDetails: "User"}
	r.Alias, _, _ = strings.Cut(address, "@")
	if i := o.database(p); i >= 0 {
		r.RecipientTypeDetails, r.Database = "UserMailbox", o.databases[i].name
	}
	if r.Hidden = p < 0; p <= 0 {
		return r
	}
	if o.isRoom(p) {
		r.RecipientTypeDetails, r.City = "RoomMailbox", o.topology.RoomLists[o.places[int(p)-roomBase-1]].Name
		return r
	}
	if o.isPublic(p) {
		r.RecipientTypeDetails, r.Hidden = "PublicFolderMailbox", true
		return r
	}
	r.Department, r.Company = o.draw("department", p, departments), o.draw("company", p, companies)
	r.City, r.Title = o.draw("city", p, cities), o.draw("title", p, titles)
	r.Office = r.City + " " + strconv.Itoa(1+o.dice.Pick("office", uint64(p), officeFloors))
	for i := range r.CustomAttributes {
		r.CustomAttributes[i] = o.attribute(i, p)
	}
	return r
}

func (o *Organisation) draw(what string, p Principal, from []string) string {
	return from[o.dice.Pick(what, uint64(p), len(from))]
}

// attribute is a custom attribute, which half of the users lack.
func (o *Organisation) attribute(i int, p Principal) string {
	nth := o.dice.Pick("custom attribute", uint64(p)<<8^uint64(i), 2*len(grades))
	if nth >= len(grades) {
		return ""
	}
	return grades[nth]
}
