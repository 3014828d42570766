package access

import (
	"strconv"
	"strings"
)

// Recipient is what recipient filters see of somebody (MS docs: Filterable properties for the Filter parameter). An empty
// string is no value, $null.
type Recipient struct {
	Alias, PrimarySMTPAddress, DisplayName string
	Department, Office, City               string
	Company, Title                         string
	CustomAttributes                       [15]string
	RecipientTypeDetails                   string
	Database                               string // name of the mailbox database
	Hidden                                 bool   // from address lists
}

// property is a property that filters may name: of text, or of yes and no.
type property struct {
	name string
	text func(*Recipient) string
	flag func(*Recipient) bool
}

// properties lists what filters may name.
func properties() []property {
	all := []property{
		{name: "Alias", text: func(r *Recipient) string { return r.Alias }},
		{name: "PrimarySmtpAddress", text: func(r *Recipient) string { return r.PrimarySMTPAddress }},
		{name: "UserPrincipalName", text: func(r *Recipient) string { return r.PrimarySMTPAddress }},
		{name: "DisplayName", text: func(r *Recipient) string { return r.DisplayName }},
		{name: "Department", text: func(r *Recipient) string { return r.Department }},
		{name: "Office", text: func(r *Recipient) string { return r.Office }},
		{name: "City", text: func(r *Recipient) string { return r.City }},
		{name: "Company", text: func(r *Recipient) string { return r.Company }},
		{name: "Title", text: func(r *Recipient) string { return r.Title }},
		{name: "RecipientTypeDetails", text: func(r *Recipient) string { return r.RecipientTypeDetails }},
		{name: "Database", text: func(r *Recipient) string { return r.Database }},
		{name: "HiddenFromAddressListsEnabled", flag: func(r *Recipient) bool { return r.Hidden }},
	}
	for i := range len(Recipient{}.CustomAttributes) {
		all = append(all, property{name: "CustomAttribute" + strconv.Itoa(i+1), text: func(r *Recipient) string { return r.CustomAttributes[i] }})
	}
	return all
}

// findProperty is the property of that name, in any spelling of upper and lower case.
func findProperty(name string) (property, bool) {
	for _, p := range properties() {
		if strings.EqualFold(p.name, name) {
			return p, true
		}
	}
	return property{}, false
}

// PropertyNames lists the properties that filters may name.
func PropertyNames() (names []string) {
	for _, p := range properties() {
		names = append(names, p.name)
	}
	return names
}
