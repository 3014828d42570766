package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func (j *job) moveItem(b ews.MoveItem) ews.Response {
	return ews.MoveItemResponse{Messages: j.transferAll(b.Items, b.To.ID, true, b.ReturnIDs)}
}

func (j *job) copyItem(b ews.CopyItem) ews.Response {
	return ews.CopyItemResponse{Messages: j.transferAll(b.Items, b.To.ID, false, b.ReturnIDs)}
}

func (j *job) transferAll(items []ews.ItemRef, to ews.FolderID, move bool, ids *bool) []ews.ItemsMessage {
	messages := make([]ews.ItemsMessage, len(items))
	for i, ref := range items {
		m := &messages[i]
		m.Message = j.try(func() ews.Code {
			id, code := j.transfer(ref, to, move)
			if code == ews.NoError && id != nil && (ids == nil || *ids) {
				m.Items = []ews.Object{*id}
			}
			return code
		})
	}
	return messages
}

// transfer moves or copies an item to a folder, and says what it is there. Of one that goes to another mailbox it says nothing
// (MS docs: MoveItem operation).
func (j *job) transfer(ref ews.ItemRef, to ews.FolderID, move bool) (*ews.Object, ews.Code) {
	owner, number, code := j.locate(to)
	if code == ews.NoError {
		code = j.enter(owner, number, access.Create, false, func(p place) ews.Code {
			if p.folder.kind == ews.KindSearchFolder { // it shows what is elsewhere
				return "ErrorMoveCopyFailed"
			}
			return ews.NoError
		})
	}
	switch code {
	case ews.NoError:
	case ews.ErrorFolderNotFound:
		return nil, "ErrorToFolderNotFound"
	default:
		return nil, code
	}
	var out *ews.Object
	var away *item
	do := func(p place, it *item) ews.Code {
		switch {
		case it.instance != 0:
			return "ErrorCalendarCannotMoveOrCopyOccurrence"
		case it.hidden: // it belongs to its folder (MS docs: ResponseCode, ErrorInvalidOperation)
			return "ErrorInvalidOperation"
		}
		if p.owner != owner {
			away = it.clone()
			return ews.NoError
		}
		o := p.here(it, p.box.folder(number), move)
		out = &o
		return ews.NoError
	}
	if move {
		code = j.change(ref, access.DeleteOwn, access.DeleteAll, do)
	} else {
		code = j.find(ref, access.Read, do)
	}
	if code == ews.NoError && away != nil {
		code = j.across(ref, away, owner, number, move)
	}
	return out, code
}

// here moves or copies an item within its mailbox.
func (p place) here(it *item, to *folder, move bool) ews.Object {
	if move {
		return p.receiptOnly(p.relocate(it, to))
	}
	c := it.clone()
	p.insert(to, c, change{what: copied, oldItem: it.uid, oldFolder: it.folder})
	return p.receiptOnly(c)
}

// receiptOnly is the id of an item.
func (p place) receiptOnly(it *item) ews.Object {
	o := ews.Object{Kind: it.kind}
	o.Set(ews.Path{URI: "item:ItemId"}, p.itemID(it))
	return o
}

// across puts an item into another mailbox, and only then takes it out of its own.
func (j *job) across(ref ews.ItemRef, it *item, owner access.Principal, number uint32, move bool) ews.Code {
	code := j.enter(owner, number, access.Create, false, func(p place) ews.Code {
		p.insert(p.folder, it, change{what: created})
		return ews.NoError
	})
	if code != ews.NoError || !move {
		return code
	}
	return j.change(ref, access.DeleteOwn, access.DeleteAll, func(p place, was *item) ews.Code {
		p.write(change{what: deleted, item: was.uid, folder: was.folder})
		p.drop(was)
		return ews.NoError
	})
}

// archiveItem moves items to the archive, into a folder of the same name as the one that they came from.
func (j *job) archiveItem(b ews.ArchiveItem) ews.Response {
	r := ews.ArchiveItemResponse{Messages: make([]ews.ItemsMessage, len(b.Items))}
	for i, ref := range b.Items {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			if _, _, code := j.locate(b.Source.ID); code != ews.NoError {
				return code
			}
			return j.change(ref, access.DeleteOwn, access.DeleteAll, func(p place, it *item) ews.Code {
				switch {
				case p.archived(p.folder):
					return "ErrorCannotArchiveItemsInArchiveMailbox"
				case p.folder.kind != ews.KindFolder:
					return "ErrorCannotArchiveCalendarContactTaskFolderException"
				}
				m.Items = []ews.Object{p.receiptOnly(p.relocate(it, p.archiveOf(p.folder)))}
				return ews.NoError
			})
		})
	}
	return r
}

// archiveOf is the folder of the archive that a folder's items go to.
func (p place) archiveOf(f *folder) *folder {
	if f.distinguished == "msgfolderroot" || f.parent == 0 {
		return p.distinguished("archivemsgfolderroot")
	}
	if twin := p.distinguished("archive" + f.distinguished); f.distinguished != "" && twin != nil {
		return twin
	}
	parent := p.archiveOf(p.box.folder(f.parent))
	for _, c := range p.children(parent.number) {
		if c.name == f.name {
			return c
		}
	}
	made := p.makeFolder(parent, &folder{name: f.name, class: f.class, kind: f.kind})
	p.inherit(made)
	return made
}

// markAsJunk moves messages to the junk mail, or back to the inbox.
func (j *job) markAsJunk(b ews.MarkAsJunk) ews.Response {
	r := ews.MarkAsJunkResponse{Messages: make([]ews.MarkAsJunkMessage, len(b.Items))}
	for i, ref := range b.Items {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			return j.change(ref, access.DeleteOwn, access.DeleteAll, func(p place, it *item) ews.Code {
				if !b.Move {
					return ews.NoError
				}
				to := p.distinguished("inbox")
				if b.IsJunk {
					to = p.distinguished("junkemail")
				}
				id := p.itemID(p.relocate(it, to))
				m.Moved = &id
				return ews.NoError
			})
		})
	}
	return r
}

func (j *job) markAllItemsAsRead(b ews.MarkAllItemsAsRead) ews.Response {
	r := ews.MarkAllItemsAsReadResponse{Messages: make([]ews.PlainMessage, len(b.Folders))}
	for i, id := range b.Folders {
		r.Messages[i].Message = j.try(func() ews.Code {
			return j.visit(id, access.EditAll, func(p place) ews.Code {
				p.markAll(b.Read)
				return ews.NoError
			})
		})
	}
	return r
}

func (p place) markAll(read bool) {
	for _, uid := range p.list(p.folder) {
		was := p.item(p.folder, uid)
		if was == nil || !was.isMail() || was.props.Bool("message:IsRead") == read {
			continue
		}
		it := was.clone()
		it.set("message:IsRead", read)
		p.replace(was, it, flagged)
	}
}
