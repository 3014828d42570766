package mockews

import (
	"github.com/ewsbench/ewsbench/ews"
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

// count is how many items a folder holds, and how many of them, the newest, are unread.
func (s *store) count(owner route.Principal, folder int) (total, unread int) {
	about := folderTable[folder].items
	if about == 0 {
		return 0, 0
	}
	total = about/2 + s.dice.Pick("items", place(owner, folder, 0), about) + 1
	return total, total / 8
}

// folder is a folder as the shape shows it.
func (s *store) folder(owner route.Principal, number int, shape ews.Shape) ews.Folder {
	kind := folderTable[number]
	total, unread := s.count(owner, number)
	f := ews.Folder{
		ID: s.folderID(owner, number), Class: kind.class, DisplayName: kind.name,
		TotalCount: total, UnreadCount: unread, ChildFolderCount: children[number],
	}
	if kind.parent >= 0 && shape == ews.ShapeAllProperties {
		f.Parent = s.folderID(owner, kind.parent)
	}
	return f
}

// findFolder is the number of the actor's folder that an id names. A folder in another's mailbox is not found rather than
// denied: so answers a server to somebody without any right (MS docs: Delegate access and EWS in Exchange).
func (s *store) findFolder(actor route.Principal, id ews.FolderID) (number int, code ews.Code) {
	if id.Distinguished == "" {
		o, ok := s.decode(kindFolder, id.ID)
		switch {
		case !ok:
			return 0, ews.ErrorInvalidIdMalformed
		case o.owner != actor || o.folder >= len(folderTable):
			return 0, ews.ErrorFolderNotFound
		}
		return o.folder, ews.NoError
	}
	if code := s.findOwner(actor, id.Mailbox); code != ews.NoError {
		return 0, code
	}
	for i := range folderTable {
		if folderTable[i].distinguished == id.Distinguished {
			return i, ews.NoError
		}
	}
	return 0, ews.ErrorFolderNotFound
}

// findOwner checks whose mailbox a distinguished folder is in.
func (s *store) findOwner(actor route.Principal, address string) ews.Code {
	if address == "" {
		if _, ok := s.org.Home(actor); !ok {
			return ews.ErrorMissingEmailAddress
		}
		return ews.NoError
	}
	code := s.ownMailbox(actor, address)
	if code == ews.ErrorAccessDenied {
		return ews.ErrorFolderNotFound
	}
	return code
}

func (s *store) getFolder(actor route.Principal, b ews.GetFolder) (ews.Response, ews.Code) {
	first := ews.NoError
	r := ews.GetFolderResponse{Shape: b.Shape, Messages: make([]ews.FolderMessage, len(b.Folders))}
	for i, id := range b.Folders {
		number, code := s.findFolder(actor, id)
		r.Messages[i].Message = verdict(&first, code)
		if code == ews.NoError {
			r.Messages[i].Folder = s.folder(actor, number, b.Shape)
		}
	}
	return r, first
}
