package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// people are the personas that a search finds.
func (c client) people(find ews.FindPeople) ews.FindPeopleResponse {
	c.tb.Helper()
	r, code := do[ews.FindPeopleResponse](c, find)
	require.Equal(c.tb, ews.NoError, code)
	return r
}

func personaNames(r ews.FindPeopleResponse) (all []string) {
	for _, p := range *r.People {
		all = append(all, p.Text("persona:DisplayName"))
	}
	return all
}

func personaID(o ews.Object) ews.ItemID {
	id, _ := o.Get(path("persona:PersonaId")).(ews.ItemID)
	return id
}

// person makes a contact.
func (c client) person(first, last, address string, more ...any) ews.ItemID {
	return c.create(named("contacts"), object(ews.KindContact, append([]any{
		"contacts:GivenName", first, "contacts:Surname", last, "contacts:DisplayName", first + " " + last, "contacts:CompanyName", "Litware",
		"contacts:EmailAddresses",
		ews.EmailAddresses{Entries: []ews.EmailEntry{{Key: "EmailAddress1", Address: address}}},
	}, more...)...))
}

func TestFindPeople(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 20, noGrants)
	me := as(t, s, 1)
	contacts, directory := &ews.TargetFolder{ID: named("contacts")}, &ews.TargetFolder{ID: named("directory")}
	me.person("Zora", "Quist", "zora@litware.example", "contacts:Nickname", "Zo")
	me.person("Zora B.", "Quist", "Zora@litware.example")
	me.person("Yan", "Quist", "yan@litware.example")
	whole := me.people(ews.FindPeople{Folder: contacts})
	contactsThere := len(me.found(named("contacts"), ews.FindItem{}))
	assert.Less(t, *whole.Total, contactsThere, "contacts with one address are one persona")
	assert.IsNonDecreasing(t, personaNames(whole))
	assert.Equal(t, 0, *whole.First)

	surname := func(is ews.Comparison, uri string) *ews.Restriction {
		return &ews.Restriction{Expression: ews.Expression{Is: is, Path: path(uri), Value: "Quist", Mode: "FullString", Compare: "IgnoreCase"}}
	}
	for name, c := range map[string]struct {
		find ews.FindPeople
		want []string
	}{
		"by a word of the name":          {ews.FindPeople{Folder: contacts, Query: "quis"}, []string{"Yan Quist", "Zora Quist"}},
		"by address":                     {ews.FindPeople{Folder: contacts, Query: "ZORA@"}, []string{"Zora Quist"}},
		"by nickname":                    {ews.FindPeople{Folder: contacts, Query: "zo"}, []string{"Zora Quist"}},
		"by company":                     {ews.FindPeople{Folder: contacts, Query: "litware"}, []string{"Yan Quist", "Zora Quist"}},
		"by restriction":                 {ews.FindPeople{Folder: contacts, Restriction: surname(ews.IsEqualTo, "persona:Surname")}, []string{"Yan Quist", "Zora Quist"}},
		"by restriction on a contact":    {ews.FindPeople{Folder: contacts, Restriction: surname(ews.Contains, "contacts:Surname")}, []string{"Yan Quist", "Zora Quist"}},
		"by aggregated restriction":      {ews.FindPeople{Folder: contacts, Aggregated: surname(ews.Contains, "persona:Surname"), Query: "yan"}, []string{"Yan Quist"}},
		"in all contacts":                {ews.FindPeople{Folder: &ews.TargetFolder{ID: named("mycontacts")}, Query: "yan"}, []string{"Yan Quist"}},
		"in another folder":              {ews.FindPeople{Folder: &ews.TargetFolder{ID: named("quickcontacts")}}, nil},
		"in no folder of contacts":       {ews.FindPeople{Folder: &ews.TargetFolder{ID: named("inbox")}}, nil},
		"in the directory":               {ews.FindPeople{Folder: directory, Query: "user 1"}, []string{"User 1", "User 10", "User 11", "User 12", "User 13", "User 14", "User 15", "User 16", "User 17", "User 18", "User 19"}},
		"in the directory, by address":   {ews.FindPeople{Folder: directory, Query: two}, []string{"User 2"}},
		"in the directory, nobody":       {ews.FindPeople{Folder: directory, Query: "quist"}, nil},
		"everywhere":                     {ews.FindPeople{Query: "user 20"}, []string{"User 20"}},
		"everywhere, a contact":          {ews.FindPeople{Query: "yan"}, []string{"Yan Quist"}},
		"sorted by name, the last first": {ews.FindPeople{Folder: contacts, Query: "quist", Sort: []ews.FieldOrder{{Order: ews.Descending, Path: path("persona:GivenName")}}}, []string{"Zora Quist", "Yan Quist"}},
	} {
		assert.Equal(t, c.want, personaNames(me.people(c.find)), name)
	}

	page := me.people(ews.FindPeople{Folder: contacts, Page: ews.IndexedView{Max: new(3), Offset: 2}})
	assert.Equal(t, personaNames(whole)[2:5], personaNames(page))
	assert.Equal(t, []int{*whole.Total, 0, 2}, []int{*page.Total, *page.First, *page.Loaded})
	short := me.people(ews.FindPeople{Folder: contacts, Query: "yan", Shape: &ews.PersonaShape{
		Base: ews.ShapeIDOnly, Additional: []ews.Path{path("persona:CompanyName"), path("persona:Attributions")},
	}})
	assert.Equal(t, 3, (*short.People)[0].Len())
	assert.Equal(t, "Litware", (*short.People)[0].Text("persona:CompanyName"))

	for name, c := range map[string]struct {
		find ews.FindPeople
		code ews.Code
	}{
		"leafing through the directory": {ews.FindPeople{Folder: directory}, "ErrorMissingArgument"},
		"a page before it":              {ews.FindPeople{Page: ews.IndexedView{Offset: -1}}, "ErrorInvalidIndexedPagingParameters"},
		"another's contacts":            {ews.FindPeople{Folder: &ews.TargetFolder{ID: ews.FolderID{Distinguished: "contacts", Mailbox: two}}}, ews.ErrorFolderNotFound},
		"no such folder":                {ews.FindPeople{Folder: &ews.TargetFolder{ID: ews.FolderID{ID: "x"}}}, ews.ErrorInvalidIdMalformed},
		"by what nobody looks for":      {ews.FindPeople{Restriction: surname(ews.IsEqualTo, "item:MimeContent")}, "ErrorUnsupportedPathForQuery"},
		"sorted by what has no order":   {ews.FindPeople{Sort: []ews.FieldOrder{{Path: path("no:such")}}}, "ErrorUnsupportedPathForSortGroup"},
	} {
		r, code := do[ews.FindPeopleResponse](me, c.find)
		assert.Equal(t, c.code, code, name)
		assert.Equal(t, c.code, r.Code, name)
		assert.Nil(t, r.People, name)
	}
	service := me
	service.call.Actor, service.call.Caller = -1, -1
	_, code := do[ews.FindPeopleResponse](service, ews.FindPeople{})
	assert.Equal(t, ews.ErrorMissingEmailAddress, code)
	assert.Equal(t, []string{"User 2"}, personaNames(service.people(ews.FindPeople{Query: two})), "the directory is there for who has no mailbox, too")
}

func TestGetPersona(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 9, access.Grants{Folders: []access.FolderGrant{{Mailbox: one, Folder: "contacts", User: three, Level: access.LevelReviewer}}})
	me := as(t, s, 1)
	first := me.person("Uma", "Reis", two, "contacts:JobTitle", "Baker",
		"contacts:PhoneNumbers", ews.Entries{Entries: []ews.Entry{{Key: "MobilePhone", Value: "1"}, {Key: "HomePhone", Value: "2"}}},
		"contacts:ImAddresses", ews.Entries{Entries: []ews.Entry{{Key: "ImAddress1", Value: "uma@chat"}}},
		"contacts:PhysicalAddresses", ews.PhysicalAddresses{Entries: []ews.PhysicalAddress{{Key: "Business", City: "Oslo", CountryOrRegion: "Norway"}}})
	second := me.person("Uma", "Reis-Berg", two, "contacts:JobTitle", "Baker")
	get := func(c client, b ews.GetPersona) (ews.Object, ews.Code) {
		r, code := do[ews.GetPersonaResponse](c, b)
		if code != ews.NoError {
			assert.Equal(t, code, r.Code)
			return ews.Object{}, code
		}
		return r.Persona.Persona, code
	}
	id := personaID((*me.people(ews.FindPeople{Query: "uma"}).People)[0])
	p, code := get(me, ews.GetPersona{ID: &id})
	require.Equal(t, ews.NoError, code)
	attributed := func(values ...ews.AttributedText) ews.AttributedTexts { return ews.AttributedTexts{Values: values} }
	for name, want := range map[string]any{
		"PersonaId": id, "PersonaType": "Person", "DisplayName": "Uma Reis", "DisplayNameLastFirst": "Reis Uma", "Title": "Baker",
		"Surnames": attributed(ews.AttributedText{Value: "Reis", Of: []string{"0"}}, ews.AttributedText{Value: "Reis-Berg", Of: []string{"1"}},
			ews.AttributedText{Value: "2", Of: []string{"2"}}),
		"Titles":       attributed(ews.AttributedText{Value: "Baker", Of: []string{"0", "1"}}),
		"MobilePhones": ews.AttributedPhones{Values: []ews.AttributedPhone{{Value: ews.PersonaPhone{Number: "1", Type: "Mobile"}, Of: []string{"0"}}}},
		"PhoneNumber":  ews.PersonaPhone{Number: "1", Type: "Mobile"}, "ImAddress": "uma@chat", "WorkCity": "Oslo",
		"EmailAddress": ews.Mailbox{Name: two, Address: two, RoutingType: "SMTP"},
	} {
		assert.Equal(t, want, p.Get(path("persona:"+name)), name)
	}
	of, _ := p.Get(path("persona:Attributions")).(ews.Attributions)
	require.Len(t, of.Attributions, 3)
	assert.Equal(t, []ews.ItemID{first, second}, []ews.ItemID{of.Attributions[0].Source, of.Attributions[1].Source})
	assert.Equal(t, "GAL", of.Attributions[2].DisplayName, "the directory knows the address")

	byAddress, code := get(me, ews.GetPersona{Email: &ews.Mailbox{Address: "USER2@contoso.com"}})
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, id, personaID(byAddress))
	user, code := get(me, ews.GetPersona{Email: &ews.Mailbox{Address: three}})
	require.Equal(t, ews.NoError, code)
	again := personaID(user)
	user, code = get(as(t, s, 9), ews.GetPersona{ID: &again})
	require.Equal(t, ews.NoError, code, "everybody sees the directory")
	assert.Equal(t, "User 3", user.Text("persona:DisplayName"))

	_, code = get(as(t, s, 3), ews.GetPersona{ID: &id})
	assert.Equal(t, ews.NoError, code, "who may read the contacts sees their personas")
	item := first
	for name, c := range map[string]struct {
		by   access.Principal
		b    ews.GetPersona
		code ews.Code
	}{
		"nobody in particular":   {1, ews.GetPersona{}, "ErrorMissingArgument"},
		"no id":                  {1, ews.GetPersona{ID: &ews.ItemID{ID: "DUMMY"}}, ews.ErrorInvalidIdMalformed},
		"an item's id":           {1, ews.GetPersona{ID: &item}, ews.ErrorInvalidIdMalformed},
		"nobody's address":       {1, ews.GetPersona{Email: &ews.Mailbox{Address: "nobody@nowhere.example"}}, ews.ErrorItemNotFound},
		"a stranger's persona":   {4, ews.GetPersona{ID: &id}, ews.ErrorItemNotFound},
		"another organisation's": {1, ews.GetPersona{ID: &ews.ItemID{ID: "AAUQAAAAAAAAAAAAAAAAAAAAAAAAAAA="}}, ews.ErrorInvalidIdMalformed},
	} {
		_, code := get(as(t, s, c.by), c.b)
		assert.Equal(t, c.code, code, name)
	}
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, first.Ref(), second.Ref()))
	_, code = get(me, ews.GetPersona{ID: &id})
	assert.Equal(t, ews.ErrorItemNotFound, code)
}
