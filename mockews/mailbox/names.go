package mailbox

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// maxResolved is how many a name is taken to mean at the most (MS docs: ResolveNames operation).
const maxResolved = 100

// mostUsers is how many users of the directory are looked at.
const mostUsers = 100_000

func (j *job) resolveNames(b ews.ResolveNames) ews.Response {
	m := ews.ResolveNamesMessage{}
	m.Message = j.try(func() ews.Code {
		entry := strings.TrimSpace(b.Entry)
		if entry == "" || entry == "," || entry == "-" {
			return "ErrorInvalidNameForNameResolution"
		}
		if code := j.contactsAlone(b.Folders); code != ews.NoError {
			return code
		}
		set, more := j.resolve(b, entry)
		if len(set) == 0 {
			return "ErrorNameResolutionNoResults"
		}
		m.Set = &ews.ResolutionSet{Total: len(set), Last: !more, Resolutions: set}
		return ews.NoError
	})
	if m.Set != nil && m.Set.Total > 1 {
		m.Message = ews.NewMessage("ErrorNameResolutionMultipleResults")
		m.Class = ews.Warning
		m.Text = "Multiple results were found."
	}
	return ews.ResolveNamesResponse{Messages: []ews.ResolveNamesMessage{m}}
}

// contactsAlone says what is wrong with the folders in which contacts are looked for (MS docs: ResponseCode).
func (j *job) contactsAlone(folders []ews.FolderID) ews.Code {
	if len(folders) > 1 {
		return "ErrorResolveNamesOnlyOneContactsFolderAllowed"
	}
	for _, id := range folders {
		if code := j.visit(id, access.Read, func(p place) ews.Code {
			if p.folder.kind != ews.KindContactsFolder {
				return "ErrorResolveNamesInvalidFolderType"
			}
			return ews.NoError
		}); code != ews.NoError {
			return code
		}
	}
	return ews.NoError
}

// resolve is whom a name may mean, by scope.
func (j *job) resolve(b ews.ResolveNames, entry string) (set []ews.Resolution, more bool) {
	entry = strings.TrimPrefix(strings.TrimPrefix(entry, "smtp:"), "SMTP:")
	if b.Scope != "Contacts" {
		set, more = j.inDirectory(entry, b.FullContact)
	}
	if b.Scope == "Contacts" || b.Scope == "ActiveDirectoryContacts" || b.Scope == "ContactsActiveDirectory" || b.Scope == "" {
		own := j.inContacts(b, entry)
		if b.Scope == "ContactsActiveDirectory" {
			set = append(own, set...)
		} else {
			set = append(set, own...)
		}
	}
	if len(set) > maxResolved {
		return set[:maxResolved], true
	}
	return set, more
}

// inDirectory looks among the users: by address at once, by the beginning of a name or an address one by one.
func (j *job) inDirectory(entry string, full bool) (set []ews.Resolution, more bool) {
	if p, _ := j.dir.Find(entry); p != 0 {
		return []ews.Resolution{j.resolution(p, full)}, false
	}
	if list, ok := j.roomList(entry); ok {
		return []ews.Resolution{{Mailbox: list.mailbox()}}, false
	}
	lower := strings.ToLower(entry)
	for p := access.Principal(1); int(p) <= min(j.dir.Users(), mostUsers); p++ {
		if j.beginsWith(p, lower) {
			if len(set) == maxResolved {
				return set, true
			}
			set = append(set, j.resolution(p, full))
		}
	}
	return append(set, j.roomsNamed(lower, full)...), false
}

func (j *job) beginsWith(p access.Principal, lower string) bool {
	return begins(j.dir.DisplayName(p), lower) || strings.HasPrefix(j.dir.Address(p), lower)
}

// roomsNamed are the rooms and the lists of rooms with such a name or address.
func (j *job) roomsNamed(lower string, full bool) (set []ews.Resolution) {
	for _, list := range j.dir.RoomLists() {
		if begins(list.Name, lower) || strings.HasPrefix(list.Address, lower) {
			set = append(set, ews.Resolution{Mailbox: list.mailbox()})
		}
		for _, room := range list.Rooms {
			if j.beginsWith(room, lower) {
				set = append(set, j.resolution(room, full))
			}
		}
	}
	return set
}

// begins reports whether one of a name's words begins so, or the name does.
func begins(name, lower string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, lower) || strings.Contains(name, " "+lower)
}

func (j *job) resolution(p access.Principal, full bool) ews.Resolution {
	r := ews.Resolution{Mailbox: j.mailboxOf(p)}
	if full {
		r.Contact = j.directoryEntry(p)
	}
	return r
}

// directoryEntry is what the directory says of somebody, as a contact.
func (s *Store) directoryEntry(p access.Principal) *ews.Properties {
	var c ews.Properties
	set := func(uri string, v any) { c.Set(ews.Path{URI: uri}, v) }
	who, address := s.dir.Recipient(p), s.dir.Address(p)
	name := s.dir.DisplayName(p)
	first, last, _ := strings.Cut(name, " ")
	set("contacts:DisplayName", name)
	set("contacts:GivenName", first)
	set("contacts:Surname", last)
	set("contacts:EmailAddresses", ews.EmailAddresses{Entries: []ews.EmailEntry{{Key: "EmailAddress1", Address: "SMTP:" + address}}})
	set("contacts:ContactSource", "ActiveDirectory")
	set("contacts:Alias", strings.Split(address, "@")[0])
	for uri, v := range map[string]string{
		"contacts:Department": who.Department, "contacts:CompanyName": who.Company, "contacts:OfficeLocation": who.Office, "contacts:JobTitle": who.Title,
	} {
		if v != "" {
			set(uri, v)
		}
	}
	return &c
}

// inContacts looks among the actor's contacts.
func (j *job) inContacts(b ews.ResolveNames, entry string) (set []ews.Resolution) {
	folder := ews.FolderID{Distinguished: "contacts"}
	if len(b.Folders) > 0 {
		folder = b.Folders[0]
	}
	lower := strings.ToLower(entry)
	_ = j.visit(folder, access.Read, func(p place) ews.Code {
		for _, uid := range p.list(p.folder) {
			it := p.item(p.folder, uid)
			if it == nil || it.kind != ews.KindContact {
				continue
			}
			if m, ok := contactMailbox(it); ok && (begins(m.Name, lower) || strings.HasPrefix(strings.ToLower(m.Address), lower)) {
				id := p.itemID(it)
				m.ItemID = &id
				set = append(set, ews.Resolution{Mailbox: m})
			}
		}
		return ews.NoError
	})
	return set
}

func contactMailbox(it *item) (ews.Mailbox, bool) {
	e, _ := it.get("contacts:EmailAddresses").(ews.EmailAddresses)
	name := it.text("contacts:DisplayName")
	if name == "" {
		name = fullName(it)
	}
	if len(e.Entries) == 0 {
		return ews.Mailbox{}, false
	}
	return ews.Mailbox{Name: name, Address: e.Entries[0].Address, RoutingType: "SMTP", MailboxType: "Contact"}, true
}

// expandDL shows who is on a list that a user keeps among the contacts, or which rooms are on a list of rooms; the organisation
// has no other lists.
func (j *job) expandDL(b ews.ExpandDL) ews.Response {
	m := ews.ExpandDLMessage{}
	m.Message = j.try(func() ews.Code {
		if list, ok := j.roomList(b.Mailbox.Address); ok && b.Mailbox.ItemID == nil {
			m.Expansion = &ews.Expansion{Total: len(list.Rooms), Last: true}
			for _, room := range list.Rooms {
				m.Expansion.Mailboxes = append(m.Expansion.Mailboxes, j.mailboxOf(room))
			}
			return ews.NoError
		}
		if b.Mailbox.ItemID == nil {
			return "ErrorNameResolutionNoResults"
		}
		return j.find(b.Mailbox.ItemID.Ref(), access.Read, func(p place, it *item) ews.Code {
			if it.kind != ews.KindDistributionList {
				return "ErrorInvalidItemForOperationExpandDL"
			}
			members, _ := it.get("distributionlist:Members").(ews.Members)
			x := &ews.Expansion{Total: len(members.Members), Last: true}
			for _, member := range members.Members {
				x.Mailboxes = append(x.Mailboxes, j.known(member.Mailbox))
			}
			m.Expansion = x
			return ews.NoError
		})
	})
	return ews.ExpandDLResponse{Messages: []ews.ExpandDLMessage{m}}
}
