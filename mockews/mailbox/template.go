package mailbox

import (
	"slices"
	"sync"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// row is a folder that every mailbox has.
type row struct {
	distinguished string // its name in requests, "" for one that a user made
	name          string // for people
	class         string
	parent        string // distinguished name, or the name of one that a user made
	items         int    // about how many items it holds
}

const (
	note        = "IPF.Note"
	appointment = "IPF.Appointment"
	contact     = "IPF.Contact"
	task        = "IPF.Task"
	sticky      = "IPF.StickyNote"
)

// rows list the folders of a mailbox (MS docs: DistinguishedFolderId), with the sizes of a mailbox that is at work.
func rows() []row {
	return slices.Concat(mailRows(), ownRows(), hiddenRows(), archiveRows())
}

func mailRows() []row {
	const top = "msgfolderroot"
	return []row{
		{"root", "root", "", "", 0},
		{top, "Top of Information Store", note, "root", 0},
		{"inbox", "Inbox", note, top, 120},
		{"sentitems", "Sent Items", note, top, 90},
		{"drafts", "Drafts", note, top, 6},
		{"deleteditems", "Deleted Items", note, top, 60},
		{"outbox", "Outbox", note, top, 0},
		{"junkemail", "Junk Email", note, top, 20},
		{"calendar", "Calendar", appointment, top, 60},
		{"contacts", "Contacts", contact, top, 40},
		{"tasks", "Tasks", task, top, 12},
		{"notes", "Notes", sticky, top, 8},
		{"journal", "Journal", "IPF.Journal", top, 0},
		{"conversationhistory", "Conversation History", note, top, 15},
		{"syncissues", "Sync Issues", note, top, 0},
		{"conflicts", "Conflicts", note, "syncissues", 0},
		{"localfailures", "Local Failures", note, "syncissues", 0},
		{"serverfailures", "Server Failures", note, "syncissues", 0},
		{"recipientcache", "Recipient Cache", "IPF.Contact.RecipientCache", "contacts", 0},
		{"quickcontacts", "Quick Contacts", "IPF.Contact.MOC.QuickContacts", "contacts", 0},
		{"imcontactlist", "IM Contact List", "IPF.Contact.MOC.ImContactList", "contacts", 0},
	}
}

// ownRows are those that a user made.
func ownRows() []row {
	return []row{
		{"", "Archive", note, "msgfolderroot", 200},
		{"", "2024", note, "Archive", 150},
		{"", "2025", note, "Archive", 150},
		{"", "Projects", note, "inbox", 10},
		{"", "Migration", note, "Projects", 40},
		{"", "Budget", note, "Projects", 25},
		{"", "Hiring", note, "Projects", 30},
		{"", "Customers", note, "inbox", 45},
		{"", "Newsletters", note, "inbox", 80},
		{"", "Travel", note, "inbox", 12},
		{"", "Receipts", note, "inbox", 35},
		{"", "Alerts", note, "inbox", 100},
	}
}

// hiddenRows are those that users do not see.
func hiddenRows() []row {
	return []row{
		{"searchfolders", "Finder", "", "root", 0},
		{"allitems", "AllItems", note, "searchfolders", 0},
		{"mycontacts", "MyContacts", contact, "searchfolders", 0},
		{"favorites", "Favorites", note, "root", 0},
		{"peopleconnect", "PeopleConnect", contact, "contacts", 0},
		{"adminauditlogs", "AdminAuditLogs", note, "root", 0},
		{"voicemail", "Voice Mail", "IPF.Note.Microsoft.Voicemail", "searchfolders", 0},
		{"todosearch", "To-Do Search", "IPF.Task", "searchfolders", 0},
		{"recoverableitemsroot", "Recoverable Items", "", "root", 0},
		{"recoverableitemsdeletions", "Deletions", "", "recoverableitemsroot", 0},
		{"recoverableitemsversions", "Versions", "", "recoverableitemsroot", 0},
		{"recoverableitemspurges", "Purges", "", "recoverableitemsroot", 0},
		{"recoverableitemsdiscoveryholds", "DiscoveryHolds", "", "recoverableitemsroot", 0},
	}
}

func archiveRows() []row {
	const top = "archivemsgfolderroot"
	return []row{
		{"archiveroot", "root", "", "", 0},
		{top, "Top of Information Store", note, "archiveroot", 0},
		{"archiveinbox", "Inbox", note, top, 0},
		{"archivedeleteditems", "Deleted Items", note, top, 0},
		{"archiverecoverableitemsroot", "Recoverable Items", "", "archiveroot", 0},
		{"archiverecoverableitemsdeletions", "Deletions", "", "archiverecoverableitemsroot", 0},
		{"archiverecoverableitemsversions", "Versions", "", "archiverecoverableitemsroot", 0},
		{"archiverecoverableitemspurges", "Purges", "", "archiverecoverableitemsroot", 0},
		{"archiverecoverableitemsdiscoveryholds", "DiscoveryHolds", "", "archiverecoverableitemsroot", 0},
	}
}

// plan is what rows come to: the folders by number, and the numbers of those that are distinguished.
type plan struct {
	folders []*folder
	numbers map[string]uint32
	public  []*folder // those of the hierarchy of public folders, whose numbers go on behind the others
}

// planned is made once, and never changed.
var planned = sync.OnceValue(func() plan {
	p := plan{folders: []*folder{nil}, numbers: map[string]uint32{}}
	byName := map[string]uint32{}
	for _, r := range slices.Concat(rows(), publicRows()) {
		f := &folder{
			number: uint32(len(p.folders)), parent: byName[r.parent], distinguished: r.distinguished, name: r.name, class: r.class,
			kind: folderKind(r.class), about: r.items, pristine: true,
		}
		f.path = access.Folder(r.distinguished)
		byName[r.name] = f.number
		if r.distinguished != "" {
			p.numbers[r.distinguished], byName[r.distinguished] = f.number, f.number
		}
		p.folders = append(p.folders, f)
	}
	for _, f := range p.folders[1:] {
		if f.distinguished == "" {
			f.path = pathOf(p.folders, f)
		}
	}
	at := len(rows()) + 1
	p.folders, p.public = p.folders[:at:at], p.folders[at:]
	return p
})

// template is a list of the folders that a mailbox has, by number.
func (s *Store) template(owner access.Principal) []*folder {
	if owner == s.hierarchy() {
		return slices.Concat(planned().folders, planned().public)
	}
	return slices.Clone(planned().folders)
}

// numbers are those of the distinguished folders.
func numbers() map[string]uint32 { return planned().numbers }

// pathOf is the path of a folder that a user has made, by the names of those that it is in, up to the root of the mailbox.
func pathOf(folders []*folder, f *folder) access.Folder {
	path := ""
	top := f.distinguished
	for f.parent != 0 && top != "msgfolderroot" {
		path = "/" + f.name + path
		f = folders[f.parent]
		top = f.distinguished
	}
	if top == string(access.PublicRoot) {
		path = top + path
	}
	return access.Folder(path)
}

// folderKind is the element of a folder of a class.
func folderKind(class string) ews.Kind {
	switch {
	case has(class, appointment):
		return ews.KindCalendarFolder
	case has(class, contact):
		return ews.KindContactsFolder
	case has(class, task):
		return ews.KindTasksFolder
	}
	return ews.KindFolder
}

// has reports whether a class is another one or one of its own.
func has(class, of string) bool {
	return len(class) >= len(of) && class[:len(of)] == of && (len(class) == len(of) || class[len(of)] == '.')
}
