package mockews

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

// folderKind is a folder that every mailbox has.
type folderKind struct {
	distinguished string // the name that stands for its id, "" for one that a user made
	name          string
	class         string
	parent        int // index in the table, -1 for none
	items         int // about how many items it holds
}

const (
	rootFolder  = 0 // the folder that the user's folders are in: msgfolderroot
	inboxFolder = 1
)

// folderTable lists the folders of a mailbox; a folder's number is its index.
var folderTable = []folderKind{
	{"msgfolderroot", "Top of Information Store", "IPF.Note", -1, 0},
	{"inbox", "Inbox", "IPF.Note", rootFolder, 120},
	{"sentitems", "Sent Items", "IPF.Note", rootFolder, 90},
	{"drafts", "Drafts", "IPF.Note", rootFolder, 6},
	{"deleteditems", "Deleted Items", "IPF.Note", rootFolder, 60},
	{"outbox", "Outbox", "IPF.Note", rootFolder, 0},
	{"junkemail", "Junk Email", "IPF.Note", rootFolder, 20},
	{"calendar", "Calendar", "IPF.Appointment", rootFolder, 0},
	{"contacts", "Contacts", "IPF.Contact", rootFolder, 0},
	{"tasks", "Tasks", "IPF.Task", rootFolder, 0},
	{"notes", "Notes", "IPF.StickyNote", rootFolder, 0},
	{"journal", "Journal", "IPF.Journal", rootFolder, 0},
	{"conversationhistory", "Conversation History", "IPF.Note", rootFolder, 15},
	{"", "Archive", "IPF.Note", rootFolder, 200},
	{"", "2024", "IPF.Note", 13, 150},
	{"", "2025", "IPF.Note", 13, 150},
	{"", "Projects", "IPF.Note", inboxFolder, 10},
	{"", "Migration", "IPF.Note", 16, 40},
	{"", "Budget", "IPF.Note", 16, 25},
	{"", "Hiring", "IPF.Note", 16, 30},
	{"", "Customers", "IPF.Note", inboxFolder, 45},
	{"", "Newsletters", "IPF.Note", inboxFolder, 80},
	{"", "Travel", "IPF.Note", inboxFolder, 12},
	{"", "Receipts", "IPF.Note", inboxFolder, 35},
	{"", "Alerts", "IPF.Note", inboxFolder, 100},
}

// children counts the folders in each folder of the table.
var children = func() []int {
	counts := make([]int, len(folderTable))
	for _, f := range folderTable {
		if f.parent >= 0 {
			counts[f.parent]++
		}
	}
	return counts
}()

// paths are the names by which the guard knows the folders of the table.
var paths = func() []access.Folder {
	var all []access.Folder
	for _, f := range folderTable {
		path := access.Folder(f.distinguished)
		if path == "" {
			path = below(f)
		}
		all = append(all, path)
	}
	return all
}()

// below is the path of a folder that a user has made, by the names of those that it is in.
func below(f folderKind) access.Folder {
	path := ""
	for ; f.parent >= 0; f = folderTable[f.parent] {
		path = "/" + f.name + path
	}
	return access.Folder(path)
}

// room is a folder that the guard has let somebody into: the content of a mailbox is reached through one.
type room struct {
	*store
	at     access.Opened
	number int
}

// enter asks the guard for a folder. Named is true if the request names an item of it.
func (s *store) enter(actor, owner route.Principal, number int, verb access.Verb, named bool) (room, ews.Code) {
	d := s.guard.Decide(actor, owner, access.Right{Verb: verb, Folder: paths[number], Item: named})
	if !d.Allowed {
		return room{}, d.Code
	}
	return room{s, d.Opened, number}, ews.NoError
}

// visit enters the folder that an id names.
func (s *store) visit(actor route.Principal, id ews.FolderID, verb access.Verb) (room, ews.Code) {
	owner, number, code := s.locate(actor, id)
	if code != ews.NoError {
		return room{}, code
	}
	return s.enter(actor, owner, number, verb, false)
}

// count is how many items the folder holds, and how many of them, the newest, are unread.
func (r room) count() (total, unread int) {
	about, owner := folderTable[r.number].items, r.owner()
	if about == 0 {
		return 0, 0
	}
	total = about/2 + r.dice.Pick("items", place(owner, r.number, 0), about) + 1
	return total, total / 8
}

func (r room) owner() route.Principal { return r.store.owner(r.at) }

// folder is the folder as the shape shows it.
func (r room) folder(shape ews.Shape) ews.Folder {
	kind, owner := folderTable[r.number], r.owner()
	total, unread := r.count()
	f := ews.Folder{
		ID: r.folderID(owner, r.number), Class: kind.class, DisplayName: kind.name,
		TotalCount: total, UnreadCount: unread, ChildFolderCount: children[r.number],
	}
	if kind.parent >= 0 && shape == ews.ShapeAllProperties {
		f.Parent = r.folderID(owner, kind.parent)
	}
	return f
}

// locate is the place that an id names: whose mailbox, and which of its folders. Ids hold their mailbox; the name of a
// distinguished folder has it beside it, unless it is the actor's own (MS docs: Delegate access and EWS in Exchange).
func (s *store) locate(actor route.Principal, id ews.FolderID) (owner route.Principal, number int, code ews.Code) {
	if id.Distinguished == "" {
		o, ok := s.decode(kindFolder, id.ID)
		switch {
		case !ok:
			return 0, 0, ews.ErrorInvalidIdMalformed
		case o.folder >= len(folderTable):
			return 0, 0, ews.ErrorFolderNotFound
		}
		return o.owner, o.folder, ews.NoError
	}
	owner, code = s.mailboxOf(actor, id.Mailbox)
	if code != ews.NoError {
		return 0, 0, code
	}
	for i := range folderTable {
		if folderTable[i].distinguished == id.Distinguished {
			return owner, i, ews.NoError
		}
	}
	return 0, 0, ews.ErrorFolderNotFound
}

// mailboxOf is whose mailbox the address beside a distinguished folder names: without one, the actor's own.
func (s *store) mailboxOf(actor route.Principal, address string) (route.Principal, ews.Code) {
	owner, missing := actor, ews.ErrorMissingEmailAddress
	if address != "" {
		owner, _ = s.org.Find(address)
		missing = ews.ErrorNonExistentMailbox
	}
	if !s.org.HasMailbox(owner) {
		return 0, missing
	}
	return owner, ews.NoError
}

func (s *store) getFolder(actor route.Principal, b ews.GetFolder) (ews.Response, ews.Code) {
	first := ews.NoError
	r := ews.GetFolderResponse{Shape: b.Shape, Messages: make([]ews.FolderMessage, len(b.Folders))}
	for i, id := range b.Folders {
		room, code := s.visit(actor, id, access.Open)
		r.Messages[i].Message = blame(&first, code, id.Mailbox)
		if code == ews.NoError {
			r.Messages[i].Folder = room.folder(b.Shape)
		}
	}
	return r, first
}
