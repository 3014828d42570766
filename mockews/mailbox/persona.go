package mailbox

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// persona is somebody, put together out of contacts, one of which may be the directory's.
type persona struct {
	id       ews.ItemID
	address  string // the first, in lower case
	contacts []member
	whole    ews.Object
}

// subject is the persona as something that is looked for. Clients name its properties by those of contacts as well, which are
// the first contact's (exchangelib, folder.people().filter()).
func (p *persona) subject(j *job) *subject {
	return &subject{place: p.contacts[0].place, job: j, it: p.contacts[0].it, whole: &p.whole}
}

var contactKeys = struct{ display, fileAs ews.Key }{mustKey("contacts:DisplayName"), mustKey("contacts:FileAs")}

// mostRelevant is the score of whoever is found by what was asked for (MS docs: FindPeople operation, the answer in it).
const mostRelevant = 1<<31 - 1

// describe works out what the persona shows.
func (p *persona) describe() {
	p.whole.Kind = ews.KindPersona
	p.put("PersonaId", p.id)
	p.put("PersonaType", "Person")
	if p.contacts[0].it.kind == ews.KindDistributionList {
		p.put("PersonaType", "DistributionList")
	}
	p.put("RelevanceScore", mostRelevant)
	if at, ok := timeOf(p.contacts[0].it.get("item:DateTimeCreated")); ok {
		p.put("CreationTime", at)
	}
	for _, t := range personaTexts() {
		p.texts(t)
	}
	p.names()
	p.addresses()
	p.phones()
	p.places()
	p.attributions()
}

func (p *persona) put(name string, v any) { p.whole.Set(ews.Path{URI: "persona:" + name}, v) }

// personaText is a text of contacts, in a persona as one and as all that there are.
type personaText struct{ contact, one, all string }

func personaTexts() []personaText {
	return []personaText{
		{"contacts:DisplayName", "DisplayName", "DisplayNames"},
		{"contacts:FileAs", "FileAs", "FileAses"},
		{"contacts:GivenName", "GivenName", "GivenNames"},
		{"contacts:MiddleName", "MiddleName", "MiddleNames"},
		{"contacts:Surname", "Surname", "Surnames"},
		{"contacts:Generation", "Generation", "Generations"},
		{"contacts:Nickname", "Nickname", "Nicknames"},
		{"contacts:Initials", "", "Initials"},
		{"contacts:JobTitle", "Title", "Titles"},
		{"contacts:Department", "Department", "Departments"},
		{"contacts:CompanyName", "CompanyName", "CompanyNames"},
		{"contacts:OfficeLocation", "Location", "OfficeLocations"},
		{"contacts:BusinessHomePage", "", "BusinessHomePages"},
		{"contacts:Manager", "", "Managers"},
		{"contacts:AssistantName", "", "AssistantNames"},
		{"contacts:Profession", "", "Professions"},
		{"contacts:SpouseName", "", "SpouseNames"},
		{"contacts:WeddingAnniversary", "", "WeddingAnniversaries"},
		{"contacts:Birthday", "", "Birthdays"},
	}
}

func (p *persona) texts(t personaText) {
	key := mustKey(t.contact)
	var all ews.AttributedTexts
	for i, c := range p.contacts {
		text := ""
		switch v := deriveContact(c.it, key).(type) {
		case string:
			text = v
		case time.Time:
			text = v.UTC().Format(ews.DateTime)
		}
		if text == "" {
			continue
		}
		n := slices.IndexFunc(all.Values, func(v ews.AttributedText) bool { return v.Value == text })
		if n < 0 {
			n, all.Values = len(all.Values), append(all.Values, ews.AttributedText{Value: text})
		}
		all.Values[n].Of = append(all.Values[n].Of, strconv.Itoa(i))
	}
	if len(all.Values) == 0 {
		return
	}
	p.put(t.all, all)
	if t.one != "" {
		p.put(t.one, all.Values[0].Value)
	}
}

// names are the display name in both orders.
func (p *persona) names() {
	first, last := p.whole.Text("persona:GivenName"), p.whole.Text("persona:Surname")
	name := p.whole.Text("persona:DisplayName")
	if name == "" {
		return
	}
	inOrder := strings.TrimSpace(first + " " + last)
	if inOrder == "" {
		inOrder = name
	}
	p.put("DisplayNameFirstLast", inOrder)
	p.put("DisplayNameLastFirst", strings.TrimSpace(last+" "+first))
	if last+first == "" {
		p.put("DisplayNameLastFirst", name)
	}
}

// addresses are those for mail and for messages, each once.
func (p *persona) addresses() {
	var all ews.PersonaAddresses
	byPlace := map[string]*ews.AttributedEmails{}
	chats := map[string]*ews.AttributedTexts{}
	for i, c := range p.contacts {
		e, _ := c.it.get("contacts:EmailAddresses").(ews.EmailAddresses)
		for _, entry := range e.Entries {
			m := ews.Mailbox{Name: entry.Name, Address: plainAddress(entry.Address), RoutingType: "SMTP"}
			if m.Name == "" {
				m.Name = m.Address
			}
			name := "Emails" + strings.TrimPrefix(entry.Key, "EmailAddress")
			if byPlace[name] == nil {
				byPlace[name] = &ews.AttributedEmails{}
			}
			byPlace[name].Values = append(byPlace[name].Values, ews.AttributedEmail{Value: m, Of: []string{strconv.Itoa(i)}})
			if !slices.ContainsFunc(all.Addresses, func(o ews.Mailbox) bool { return strings.EqualFold(o.Address, m.Address) }) {
				all.Addresses = append(all.Addresses, m)
			}
		}
		ims, _ := c.it.get("contacts:ImAddresses").(ews.Entries)
		for _, entry := range ims.Entries {
			name := strings.TrimSuffix("ImAddresses"+strings.TrimPrefix(entry.Key, "ImAddress"), "1")
			if chats[name] == nil {
				chats[name] = &ews.AttributedTexts{}
			}
			chats[name].Values = append(chats[name].Values, ews.AttributedText{Value: entry.Value, Of: []string{strconv.Itoa(i)}})
		}
	}
	for name, v := range byPlace {
		p.put(name, *v)
	}
	for name, v := range chats {
		p.put(name, *v)
	}
	if first := chats["ImAddresses"]; first != nil {
		p.put("ImAddress", first.Values[0].Value)
	}
	if len(all.Addresses) > 0 {
		p.put("EmailAddress", all.Addresses[0])
		p.put("EmailAddresses", all)
	}
}

// plainAddress is an address without the type that the directory puts before it.
func plainAddress(address string) string {
	if len(address) > 5 && strings.EqualFold(address[:5], "smtp:") {
		return address[5:]
	}
	return address
}

// phoneKind is where a persona has the numbers of a key, and what it calls them.
type phoneKind struct{ key, name, kind string }

func phoneKinds() []phoneKind {
	return []phoneKind{
		{"BusinessPhone", "BusinessPhoneNumbers", "Business"},
		{"BusinessPhone2", "BusinessPhoneNumbers2", "Business"},
		{"MobilePhone", "MobilePhones", "Mobile"},
		{"HomePhone", "HomePhones", "Home"},
		{"HomePhone2", "HomePhones2", "Home"},
		{"OtherTelephone", "OtherTelephones", "Other"},
		{"AssistantPhone", "AssistantPhoneNumbers", "Assistant"},
		{"Callback", "CallbackPhones", "Callback"},
		{"CarPhone", "CarPhones", "Car"},
		{"CompanyMainPhone", "OrganizationMainPhones", "OrganizationMain"},
		{"BusinessFax", "WorkFaxes", "WorkFax"},
		{"HomeFax", "HomeFaxes", "HomeFax"},
		{"OtherFax", "OtherFaxes", "OtherFax"},
		{"Pager", "Pagers", "Pager"},
		{"RadioPhone", "RadioPhones", "Radio"},
		{"Telex", "TelexNumbers", "Telex"},
		{"TtyTddPhone", "TTYTDDPhoneNumbers", "TTYTDD"},
	}
}

func (p *persona) phones() {
	first := true
	for _, k := range phoneKinds() {
		var all ews.AttributedPhones
		for i, c := range p.contacts {
			numbers, _ := c.it.get("contacts:PhoneNumbers").(ews.Entries)
			for _, e := range numbers.Entries {
				if e.Key == k.key && e.Value != "" {
					v := ews.PersonaPhone{Number: e.Value, Type: k.kind}
					all.Values = append(all.Values, ews.AttributedPhone{Value: v, Of: []string{strconv.Itoa(i)}})
				}
			}
		}
		if len(all.Values) == 0 {
			continue
		}
		p.put(k.name, all)
		if first {
			p.put("PhoneNumber", all.Values[0].Value)
			first = false
		}
	}
}

func (p *persona) places() {
	for _, k := range []struct{ key, name, city string }{
		{"Business", "BusinessAddresses", "WorkCity"}, {"Home", "HomeAddresses", "HomeCity"}, {"Other", "OtherAddresses", ""},
	} {
		var all ews.AttributedAddresses
		for i, c := range p.contacts {
			places, _ := c.it.get("contacts:PhysicalAddresses").(ews.PhysicalAddresses)
			for _, e := range places.Entries {
				if e.Key == k.key {
					all.Values = append(all.Values, ews.AttributedAddress{Of: []string{strconv.Itoa(i)}, Value: ews.PersonaPlace{
						Street: e.Street, City: e.City, State: e.State, Country: e.CountryOrRegion, PostalCode: e.PostalCode, Type: k.key,
					}})
				}
			}
		}
		if len(all.Values) == 0 {
			continue
		}
		p.put(k.name, all)
		if city := all.Values[0].Value.City; city != "" && k.city != "" {
			p.put(k.city, city)
		}
	}
}

// attributions say of which contacts the persona is, and in which folders they are.
func (p *persona) attributions() {
	var all ews.Attributions
	var folders ews.FolderIDList
	for i, c := range p.contacts {
		a := ews.Attribution{ID: strconv.Itoa(i), DisplayName: "GAL", Source: ews.ItemID{ID: p.id.ID}}
		if c.box != nil {
			a.DisplayName, a.IsWritable = "Outlook", true
			a.Source, a.Folder = c.itemID(c.it), c.folderID(c.folder)
			if !slices.Contains(folders.IDs, a.Folder) {
				folders.IDs = append(folders.IDs, a.Folder)
			}
		}
		all.Attributions = append(all.Attributions, a)
	}
	p.put("Attributions", all)
	if len(folders.IDs) > 0 {
		p.put("FolderIds", folders)
	}
}
