package mailbox

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// personas are the operations on people as they are put together out of contacts and the directory.
func (j *job) personas(body ews.Body) ews.Response {
	switch b := body.(type) {
	case ews.FindPeople:
		return j.findPeople(b)
	case ews.GetPersona:
		return j.getPersona(b)
	}
	return nil
}

// peopleSearch is a FindPeople under way.
type peopleSearch struct {
	*job
	ews.FindPeople
	tests []test
	by    []sort
	words string // what is looked for, in lower case
	shape view
}

// directoryName is the folder that stands for the directory (MS docs: FindPeople operation).
const directoryName = "directory"

func (j *job) findPeople(b ews.FindPeople) ews.Response {
	r := ews.FindPeopleResponse{}
	r.Message = j.try(func() ews.Code {
		s := peopleSearch{job: j, FindPeople: b, words: strings.ToLower(strings.TrimSpace(b.Query))}
		code := s.prepare()
		if code != ews.NoError {
			return code
		}
		found, code := s.find()
		if code == ews.NoError {
			s.answer(found, &r)
		}
		return code
	})
	return r
}

// prepare reads what is looked for and in which order.
func (s *peopleSearch) prepare() (code ews.Code) {
	for _, r := range []*ews.Restriction{s.Restriction, s.Aggregated} {
		if r == nil {
			continue
		}
		t, code := compile(&r.Expression, 0)
		if code != ews.NoError {
			return code
		}
		s.tests = append(s.tests, t)
	}
	orders := s.Sort
	if len(orders) == 0 {
		orders = []ews.FieldOrder{{Order: ews.Ascending, Path: ews.Path{URI: "persona:DisplayName"}}}
	}
	if s.by, code = sorts(orders); code != ews.NoError {
		return code
	}
	if !some(s.Page.Max) {
		return "ErrorInvalidPagingMaxRows"
	}
	if s.Page.Offset < 0 {
		return "ErrorInvalidIndexedPagingParameters"
	}
	shape := ews.ItemShape{Base: ews.ShapeDefault}
	if s.Shape != nil {
		shape = ews.ItemShape{Base: s.Shape.Base, Additional: s.Shape.Additional}
	}
	s.shape = s.view(shape, false)
	return ews.NoError
}

// find looks where the request says: in a folder, in the directory, or, if it does not, in the mailbox and, for something in
// particular, in the directory too. Nobody leafs through the directory (MS docs: FindPeople operation).
func (s *peopleSearch) find() (found []*persona, code ews.Code) {
	switch {
	case s.Folder != nil && s.Folder.ID.Distinguished == directoryName:
		if s.words == "" {
			return nil, s.say("ErrorMissingArgument", "The directory is searched by a query string alone.")
		}
		return s.inDirectory(nil), ews.NoError
	case s.Folder != nil:
		code = s.visit(s.Folder.ID, access.Read, func(p place) ews.Code {
			found = s.aggregate(s.contacts(p.box, p.folder), nil)
			return ews.NoError
		})
		return found, code
	}
	owner, code := s.mailboxFor("")
	if code == ews.NoError {
		code = s.roam(owner, func(b *box) ews.Code {
			found = s.aggregate(s.contacts(b, nil), nil)
			return ews.NoError
		})
	}
	if s.words != "" {
		return s.inDirectory(found), ews.NoError
	}
	return found, code
}

// contacts are those in a folder, or, without one or in the folder that stands for them all, those of all folders of contacts.
func (j *job) contacts(b *box, in *folder) (all []member) {
	for _, f := range b.folders {
		if f == nil || f.kind != ews.KindContactsFolder {
			continue
		}
		if in != nil && in.distinguished != "mycontacts" && f.number != in.number {
			continue
		}
		at, ok := j.look(b, f)
		if !ok {
			continue
		}
		for _, uid := range b.list(f) {
			if it := b.item(f, uid); it != nil && (it.kind == ews.KindContact || it.kind == ews.KindDistributionList) {
				all = append(all, member{at, it})
			}
		}
	}
	return all
}

// aggregate puts contacts together that have the same address or, without one, the same name: all, or those that are wanted.
func (j *job) aggregate(contacts []member, wanted func(member) bool) (all []*persona) {
	byKey := map[string]*persona{}
	for _, c := range contacts {
		if wanted != nil && !wanted(c) {
			continue
		}
		key := sameness(c.it)
		p := byKey[key]
		if p == nil {
			p = &persona{id: c.personaID(key), address: addressOf(c.it)}
			byKey[key] = p
			all = append(all, p)
		}
		p.contacts = append(p.contacts, c)
	}
	for _, p := range all {
		if who, _ := j.dir.Find(p.address); who > 0 {
			p.contacts = append(p.contacts, j.inGAL(who))
		}
		p.describe()
	}
	return all
}

// sameness is equal for contacts that are the same person.
func sameness(it *item) string {
	if address := addressOf(it); address != "" {
		return address
	}
	name, _ := deriveContact(it, contactKeys.display).(string)
	return strings.ToLower(name)
}

// addressOf is the first address of a contact, in lower case.
func addressOf(it *item) string {
	e, _ := it.get("contacts:EmailAddresses").(ews.EmailAddresses)
	if len(e.Entries) == 0 {
		return ""
	}
	return strings.ToLower(plainAddress(e.Entries[0].Address))
}

// personaID names a persona of a mailbox.
func (b *box) personaID(key string) ews.ItemID {
	return ews.ItemID{ID: reference{mailbox: b.guid, storage: storageConversation, thread: threadOf(key, "persona")}.encode()}
}

// inGAL is what the directory says of somebody, as a contact.
func (s *Store) inGAL(who access.Principal) member {
	it := &item{kind: ews.KindContact, props: *s.directoryEntry(who)}
	return member{it: it}
}

// objectOf is the name of somebody's object in the directory: its first four bytes are the number, covered with bits of the
// seed, as in the GUID of a mailbox.
func (s *Store) objectOf(who access.Principal) (object thread) {
	binary.BigEndian.PutUint32(object[:], uint32(who)^uint32(s.dir.Bits("objects", 0)))
	key := uint64(uint32(who))
	binary.BigEndian.PutUint64(object[4:], s.dir.Bits("object", key))
	binary.BigEndian.PutUint32(object[12:], uint32(s.dir.Bits("object tail", key)))
	return object
}

// whoIs is whose object that is, 0 for nobody's.
func (s *Store) whoIs(object thread) access.Principal {
	who := access.Principal(int32(binary.BigEndian.Uint32(object[:]) ^ uint32(s.dir.Bits("objects", 0))))
	if who < 1 || int(who) > s.dir.Users() || s.objectOf(who) != object {
		return 0
	}
	return who
}

// directoryPersona is somebody of the directory.
func (s *Store) directoryPersona(who access.Principal) *persona {
	id := reference{storage: storageDirectory, thread: s.objectOf(who)}.encode()
	p := &persona{id: ews.ItemID{ID: id}, address: s.dir.Address(who), contacts: []member{s.inGAL(who)}}
	p.describe()
	return p
}

// inDirectory adds those of the directory who are looked for, but for those who have been found among the contacts.
func (s *peopleSearch) inDirectory(found []*persona) []*persona {
	known := map[string]bool{}
	for _, p := range found {
		known[p.address] = true
	}
	if who, _ := s.dir.Find(s.words); who > 0 && !known[strings.ToLower(s.dir.Address(who))] {
		return append(found, s.directoryPersona(who))
	}
	for who := access.Principal(1); int(who) <= min(s.dir.Users(), mostUsers); who++ {
		address := strings.ToLower(s.dir.Address(who))
		if known[address] || !begins(s.dir.DisplayName(who), s.words) && !strings.HasPrefix(address, s.words) {
			continue
		}
		if found = append(found, s.directoryPersona(who)); len(found) == maxPage {
			break
		}
	}
	return found
}

// wanted reports whether a persona is one that is looked for.
func (s *peopleSearch) wanted(look *subject) bool {
	p := look.whole
	matches := s.words == ""
	for _, uri := range []string{"persona:DisplayName", "persona:GivenName", "persona:Surname", "persona:CompanyName", "persona:Nickname"} {
		matches = matches || begins(p.Text(uri), s.words)
	}
	addresses, _ := p.Get(ews.Path{URI: "persona:EmailAddresses"}).(ews.PersonaAddresses)
	for _, m := range addresses.Addresses {
		matches = matches || strings.HasPrefix(strings.ToLower(m.Address), s.words)
	}
	for _, t := range s.tests {
		matches = matches && t(look)
	}
	return matches
}

// answer fills the answer with a page of what was found.
func (s *peopleSearch) answer(found []*persona, r *ews.FindPeopleResponse) {
	found = slices.DeleteFunc(found, func(p *persona) bool { return !s.wanted(p.subject(s.job)) })
	s.sort(found)
	total, first := len(found), 0
	from, to := indexed(s.Page, total)
	people := make([]ews.Object, 0, to-from)
	for _, p := range found[from:to] {
		people = append(people, s.shape.pick(&p.whole))
	}
	r.People, r.Total, r.First, r.Loaded = &people, &total, &first, &from
}

func (s *peopleSearch) sort(found []*persona) {
	keys := map[*persona][]any{}
	for _, p := range found {
		look := p.subject(s.job)
		for _, by := range s.by {
			keys[p] = append(keys[p], by.get(look))
		}
	}
	slices.SortStableFunc(found, func(a, b *persona) int {
		for i, by := range s.by {
			n, _ := compare(keys[a][i], keys[b][i])
			if n != 0 && by.descending {
				return -n
			}
			if n != 0 {
				return n
			}
		}
		return 0
	})
}

func (j *job) getPersona(b ews.GetPersona) ews.Response {
	r := ews.GetPersonaResponse{}
	r.Message = j.try(func() ews.Code {
		p, code := j.personaOf(b)
		if code != ews.NoError {
			return code
		}
		shape := j.view(ews.ItemShape{Base: ews.ShapeAllProperties, Additional: b.Additional}, false)
		r.Persona = &ews.PersonaContent{Persona: shape.pick(&p.whole)}
		return ews.NoError
	})
	return r
}

// personaOf is the one that a request names: by an id, or by an address, of the actor's contacts or of the directory.
func (j *job) personaOf(b ews.GetPersona) (*persona, ews.Code) {
	switch {
	case b.ID != nil:
		return j.personaByID(b.ID.ID)
	case b.Email == nil || b.Email.Address == "":
		return nil, j.say("ErrorMissingArgument", "A persona is named by its id or by an address.")
	}
	address := strings.ToLower(b.Email.Address)
	if j.dir.HasMailbox(j.Actor) {
		if p, code := j.personaIn(j.Actor, func(c member) bool { return addressOf(c.it) == address }); code == ews.NoError {
			return p, code
		}
	}
	if who, _ := j.dir.Find(address); who > 0 {
		return j.directoryPersona(who), ews.NoError
	}
	return nil, ews.ErrorItemNotFound
}

func (j *job) personaByID(id string) (*persona, ews.Code) {
	r, ok := decode(id)
	switch {
	case ok && r.storage == storageDirectory:
		if who := j.whoIs(r.thread); who != 0 {
			return j.directoryPersona(who), ews.NoError
		}
	case ok && r.storage == storageConversation:
		if owner := j.ownerOf(r.mailbox); owner != 0 {
			return j.personaIn(owner, func(c member) bool { return threadOf(sameness(c.it), "persona") == r.thread })
		}
	}
	return nil, ews.ErrorInvalidIdMalformed
}

// personaIn is the one of a mailbox of which some contacts are.
func (j *job) personaIn(owner access.Principal, wanted func(member) bool) (p *persona, code ews.Code) {
	code = j.roam(owner, func(b *box) ews.Code {
		all := j.aggregate(j.contacts(b, nil), wanted)
		if len(all) == 0 {
			return ews.ErrorItemNotFound
		}
		p = all[0]
		return ews.NoError
	})
	return p, code
}
