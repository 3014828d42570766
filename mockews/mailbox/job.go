package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// stoppers are the codes after which a server processes no further part of a request (MS docs: ResponseCode, on
// ErrorBatchProcessingStopped).
var stoppers = []ews.Code{
	ews.ErrorAccessDenied, "ErrorAccountDisabled", ews.ErrorADUnavailable, "ErrorADOperation", ews.ErrorConnectionFailed,
	ews.ErrorMailboxStoreUnavailable, ews.ErrorMailboxMoveInProgress, "ErrorPasswordChangeRequired", "ErrorPasswordExpired",
	"ErrorQuotaExceeded", ews.ErrorInsufficientResources,
}

// maxOpened is how many mailboxes a request can have open: of one FindItem with the calendars of many, those behind the 16th
// come back as ErrorTooManyObjectsOpened (capture in gautamsi/ews-javascript-api #357).
const maxOpened = 16

// job is one request under way.
type job struct {
	*Store
	Call
	first   ews.Code // of the first part that failed
	parts   int      // those that have begun
	stopped bool     // no further one is carried out
	wrong   ews.Code // what is wrong with what the request asks to be shown, in every part; "" is nothing
	opened  []access.Principal
	room    [1]access.Principal // for opened, since most requests open one mailbox
	// What the message of the part says beside its code.
	values []ews.Value
	text   string
	woken  []access.Principal // whose mailboxes have changed
	// private says that what the request asks for there is not with public folders.
	private bool
}

// try carries out a part of the request, unless an earlier one has stopped it, and says how it went.
func (j *job) try(part func() ews.Code) ews.Message {
	if j.stopped {
		return ews.NewMessage(ews.ErrorBatchProcessingStopped)
	}
	j.parts++
	if j.Fail != nil {
		if m, fails := j.Fail(j.parts); fails {
			j.note(m.Code)
			return m
		}
	}
	code := j.wrong
	if code == "" || code == ews.NoError {
		code = part()
	}
	m := ews.Message{}
	if code != ews.NoError {
		m = ews.NewMessage(code)
		m.Values = j.values
		if j.text != "" {
			m.Text = j.text
		}
		j.note(code)
	}
	j.values, j.text = nil, ""
	return m
}

func (j *job) note(code ews.Code) {
	if j.first == ews.NoError {
		j.first = code
	}
	j.stopped = j.stopped || slices.Contains(stoppers, code)
}

// say gives the message of a part that fails a text of its own.
func (j *job) say(code ews.Code, text string) ews.Code {
	j.text = text
	return code
}

// decide asks the guard.
func (j *job) decide(owner access.Principal, right access.Right) (access.Opened, ews.Code) {
	d := j.guard.Decide(j.Actor, owner, right)
	if d.Allowed && j.Touched != nil {
		j.Touched(d.Opened)
	}
	return d.Opened, d.Code
}

// place is a folder that the guard has let the job into. Its mailbox is locked as long as the job is there.
type place struct {
	*box
	at     access.Opened
	folder *folder
}

// locate is the place that an id names: whose mailbox, and the number of the folder, or its name. Ids hold their mailbox; the
// name of a distinguished folder has it beside it, unless it is the actor's own (MS docs: Delegate access and EWS in Exchange).
func (j *job) locate(id ews.FolderID) (owner access.Principal, number uint32, code ews.Code) {
	if id.Distinguished == string(access.PublicRoot) {
		return j.publicRoot()
	}
	if id.Distinguished != "" {
		if owner, code = j.mailboxFor(id.Mailbox); code != ews.NoError {
			return 0, 0, code
		}
		number, known := numbers()[id.Distinguished]
		if !known {
			return owner, 0, ews.ErrorFolderNotFound
		}
		return owner, number, ews.NoError
	}
	if id.ID == "" {
		return 0, 0, "ErrorInvalidIdEmpty"
	}
	r, ok := decode(id.ID)
	if !ok || r.storage != storageItem {
		return 0, 0, ews.ErrorInvalidIdMalformed
	}
	if r.item != 0 {
		return 0, 0, "ErrorCannotUseItemIdForFolderId"
	}
	if owner = j.ownerOf(r.mailbox); owner == 0 {
		return 0, 0, ews.ErrorInvalidIdMalformed
	}
	return owner, r.folder, ews.NoError
}

// mailboxFor is whose mailbox the address beside a distinguished folder names: without one, the actor's own.
func (j *job) mailboxFor(address string) (access.Principal, ews.Code) {
	if address == "" {
		if !j.dir.HasMailbox(j.Actor) {
			return 0, ews.ErrorMissingEmailAddress
		}
		return j.Actor, ews.NoError
	}
	owner, _ := j.dir.Find(address)
	if !j.dir.HasMailbox(owner) {
		j.values = []ews.Value{{Name: "SmtpAddress", Text: address}}
		return 0, ews.ErrorNonExistentMailbox
	}
	return owner, ews.NoError
}

// enter is in the folder of that number while do runs.
func (j *job) enter(owner access.Principal, number uint32, verb access.Verb, named bool, do func(place) ews.Code) ews.Code {
	return j.roam(owner, func(b *box) ews.Code {
		f := b.folder(number)
		if f == nil {
			if named {
				return ews.ErrorItemNotFound
			}
			return ews.ErrorFolderNotFound
		}
		at, code := j.decide(owner, access.Right{Verb: verb, Folder: f.path, Item: named})
		if code != ews.NoError {
			return code
		}
		if j.private && f.path.Public() {
			return notWithPublicFolders
		}
		return do(place{box: b, at: at, folder: f})
	})
}

// roam is in a mailbox while do runs, and in none of its folders: what it looks into there, it has to ask for.
func (j *job) roam(owner access.Principal, do func(*box) ews.Code) ews.Code {
	if code := j.openMailbox(owner); code != ews.NoError {
		return code
	}
	b := j.box(owner)
	b.lock()
	defer b.mu.Unlock()
	before := b.journal.last()
	code := do(b)
	if b.journal.last() != before {
		j.woken = append(j.woken, owner)
	}
	return code
}

// look is a folder of a mailbox in which the job roams; false if it may not read it.
func (j *job) look(b *box, f *folder) (place, bool) {
	at, code := j.decide(b.owner, access.Right{Verb: access.Read, Folder: f.path})
	return place{box: b, at: at, folder: f}, code == ews.NoError
}

// openMailbox counts the mailboxes that the request has open.
func (j *job) openMailbox(owner access.Principal) ews.Code {
	if slices.Contains(j.opened, owner) {
		return ews.NoError
	}
	if len(j.opened) == maxOpened {
		return j.say(ews.ErrorTooManyObjectsOpened, "Too many concurrent connections opened., Cannot open mailbox.")
	}
	if j.opened == nil {
		j.opened = j.room[:0]
	}
	j.opened = append(j.opened, owner)
	return ews.NoError
}

// visit is in the folder that an id names while do runs.
func (j *job) visit(id ews.FolderID, verb access.Verb, do func(place) ews.Code) ews.Code {
	owner, number, code := j.locate(id)
	if code != ews.NoError {
		return code
	}
	return j.enter(owner, number, verb, false, func(p place) ews.Code {
		if !p.knows(folderKey, id.ChangeKey) {
			return "ErrorInvalidChangeKey"
		}
		return do(p)
	})
}

// refer reads the id of an item.
func (j *job) refer(id string) (access.Principal, reference, ews.Code) {
	if id == "" {
		return 0, reference{}, "ErrorInvalidIdEmpty"
	}
	r, ok := decode(id)
	if !ok || r.storage != storageItem {
		return 0, r, ews.ErrorInvalidIdMalformed
	}
	if r.item == 0 {
		return 0, r, "ErrorCannotUseFolderIdForItemId"
	}
	owner := j.ownerOf(r.mailbox)
	if owner == 0 {
		return 0, r, ews.ErrorInvalidIdMalformed
	}
	return owner, r, ews.NoError
}

// find is where the item is that a reference names, while do runs.
func (j *job) find(ref ews.ItemRef, verb access.Verb, do func(place, *item) ews.Code) ews.Code {
	owner, r, code := j.refer(ref.ID)
	if code != ews.NoError {
		return code
	}
	if r.attachment != 0 {
		return ews.ErrorInvalidIdMalformed
	}
	return j.enter(owner, r.folder, verb, true, func(p place) ews.Code {
		it := p.item(p.folder, r.item)
		if it == nil {
			return ews.ErrorItemNotFound
		}
		if !p.knows(itemKey, ref.ChangeKey) {
			return "ErrorInvalidChangeKey"
		}
		it, code := p.member(it, r.instance, ref)
		if code != ews.NoError {
			return code
		}
		return do(p, it)
	})
}

// change is find for somebody who wants to change the item or take it away: by verbs for one's own items and for all.
func (j *job) change(ref ews.ItemRef, own, all access.Verb, do func(place, *item) ews.Code) ews.Code {
	return j.find(ref, access.Open, func(p place, it *item) ews.Code {
		verb := all
		if it.by == j.Actor {
			verb = own
		}
		if _, code := j.decide(p.owner, access.Right{Verb: verb, Folder: p.folder.path, Item: true}); code != ews.NoError {
			return code
		}
		return do(p, it)
	})
}
