package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func (j *job) deleteItem(b ews.DeleteItem) ews.Response {
	r := ews.DeleteItemResponse{Messages: make([]ews.PlainMessage, len(b.Items))}
	for i, ref := range b.Items {
		r.Messages[i].Message = j.try(func() ews.Code { return j.deleteOne(b, ref) })
	}
	return r
}

func (j *job) deleteOne(b ews.DeleteItem, ref ews.ItemRef) ews.Code {
	var after func() ews.Code
	code := j.change(ref, access.DeleteOwn, access.DeleteAll, func(p place, it *item) ews.Code {
		switch {
		case it.hidden && b.Disposal != ews.HardDelete: // MS docs: ResponseCode, ErrorInvalidOperation
			return "ErrorInvalidOperation"
		case it.kind == ews.KindCalendarItem && b.Cancellations == "":
			return "ErrorSendMeetingCancellationsRequired"
		case it.kind == ews.KindTask && b.Tasks == "":
			return "ErrorAffectedTaskOccurrencesRequired"
		}
		if code := j.mayTell(p.owner, it, it, b.Cancellations); code != ews.NoError {
			return code
		}
		if it.kind == ews.KindCalendarItem && b.Cancellations != ews.SendToNone {
			after = j.cancelMeeting(p.owner, it.clone(), b.Cancellations, ews.BodyContent{})
		}
		if it.instance != 0 {
			return p.deleteOccurrence(j, it)
		}
		if b.Tasks == "SpecifiedOccurrenceOnly" && it.kind == ews.KindTask {
			if next, ok := it.nextTask(); ok {
				p.touch(j, next)
				p.replace(it, next, modified)
				return ews.NoError
			}
		}
		p.discard(it, b.Disposal)
		return ews.NoError
	})
	if code == ews.NoError && after != nil {
		return after()
	}
	return code
}

// trash reports whether what is in a folder was deleted.
func trash(f *folder) bool {
	switch f.distinguished {
	case "deleteditems", "recoverableitemsdeletions", "recoverableitemspurges", "archivedeleteditems", "archiverecoverableitemsdeletions":
		return true
	}
	return false
}

// archived reports whether a folder is in the archive.
func (b *box) archived(f *folder) bool { return b.within(f, numbers()["archiveroot"]) }

// discard deletes an item: for good, to where it can be recovered from, or to the deleted items.
func (p place) discard(it *item, how ews.Disposal) {
	name := ""
	switch how {
	case ews.SoftDelete:
		name = "recoverableitemsdeletions"
	case ews.MoveToDeletedItems:
		name = "deleteditems"
	case ews.HardDelete:
	}
	if name != "" && p.box.folder(it.folder).path.Public() {
		name = "recoverableitemsdeletions"
	}
	if name != "" && p.archived(p.box.folder(it.folder)) {
		name = "archive" + name
	}
	if name == "" {
		p.write(change{what: deleted, item: it.uid, folder: it.folder})
		p.drop(it)
		return
	}
	p.relocate(it, p.distinguished(name))
}

// relocate moves an item within the mailbox. It is another one afterwards, with an id of its own.
func (p place) relocate(was *item, to *folder) *item {
	it := was.clone()
	from := p.box.folder(was.folder)
	p.drop(was)
	p.insert(to, it, change{what: moved, oldItem: was.uid, oldFolder: from.number})
	return it
}
