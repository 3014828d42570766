package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// Watch is what a subscription listens to: some folders of one mailbox, or all of them, and kinds of events.
type Watch struct {
	Owner   access.Principal
	folders []uint32 // nil: all
	types   []ews.EventType
}

// Watch checks what a subscription asks for. Nobody listens to the folders of somebody else, as a delegate does not (MS docs:
// Handling notification-related errors in EWS).
func (s *Store) Watch(c Call, sub ews.Subscription) (w Watch, m ews.Message) {
	j := &job{Store: s, Call: c, first: ews.NoError}
	m = j.try(func() (code ews.Code) {
		w, code = j.watch(sub)
		return code
	})
	return w, m
}

func (j *job) watch(sub ews.Subscription) (w Watch, code ews.Code) {
	w.types = sub.Events
	if sub.All {
		if w.Owner, code = j.mailboxFor(""); code == ews.NoError {
			_, code = j.decide(w.Owner, access.Right{Verb: access.Subscribe, Folder: "msgfolderroot"})
		}
		return w, code
	}
	if len(sub.Folders) == 0 {
		return w, ews.ErrorInvalidSubscriptionRequest
	}
	for _, id := range sub.Folders {
		owner, number, code := j.locate(id)
		if code == ews.NoError && w.Owner != 0 && owner != w.Owner {
			code = ews.ErrorInvalidSubscriptionRequest
		}
		if code == ews.NoError {
			code = j.enter(owner, number, access.Subscribe, false, func(place) ews.Code { return ews.NoError })
		}
		if code != ews.NoError {
			return w, code
		}
		w.Owner, w.folders = owner, append(w.folders, number)
	}
	if len(w.folders) > 1 && j.isPublic(w.Owner, w.folders[0]) {
		return w, ews.ErrorInvalidSubscriptionRequest
	}
	return w, ews.NoError
}

// Now is the place of a mailbox's journal from which a new subscription listens.
func (s *Store) Now(owner access.Principal) uint64 {
	b := s.box(owner)
	b.lock()
	defer b.mu.Unlock()
	return b.journal.last()
}

// Heard is what a watch has to tell.
type Heard struct {
	Events []ews.Event // without watermarks
	Places []uint64    // of the events in the journal
	Next   uint64      // the place behind which nothing was looked at
	More   bool        // there is more behind it
}

// Listen looks for what has happened since a place of the journal, at most so many events. It is false for a place that the
// journal no more remembers, or does not know.
func (s *Store) Listen(w Watch, since uint64, most int) (h Heard, ok bool) {
	b := s.box(w.Owner)
	b.lock()
	defer b.mu.Unlock()
	changes, ok := b.journal.since(since)
	ok = ok && !b.faded(changes)
	h.Next = since
	for i, c := range changes {
		events := w.events(b, c)
		if len(h.Events)+len(events) > most {
			h.More = true
			return h, ok
		}
		h.Next = since + uint64(i) + 1
		for range events {
			h.Places = append(h.Places, h.Next)
		}
		h.Events = append(h.Events, events...)
	}
	return h, ok
}

// faded reports whether the first of some changes has left the window of events that servers keep, of 30 days (MS docs: Watermark). What
// synchronisation states need is kept for longer.
func (b *box) faded(changes []change) bool {
	keep := b.store.limit.Keep
	return keep > 0 && len(changes) > 0 && now().Sub(changes[0].at) > keep
}

// events are those that a change is to the watch.
func (w *Watch) events(b *box, c change) (events []ews.Event) {
	for _, t := range eventTypes(b, c) {
		if slices.Contains(w.types, t) && w.concerns(c) {
			events = append(events, b.event(t, c))
		}
	}
	return events
}

// concerns reports whether a change is in a folder that is listened to, or of one.
func (w *Watch) concerns(c change) bool {
	if w.folders == nil {
		return true
	}
	in := func(number uint32) bool { return slices.Contains(w.folders, number) }
	if c.item == 0 {
		return in(c.folder) || in(c.parent) || c.what == moved && in(c.oldParent)
	}
	return in(c.folder) || (c.what == moved || c.what == copied) && in(c.oldFolder)
}

// eventTypes are the kinds of events that a change is (MS docs: Notification subscriptions, mailbox events, and EWS).
func eventTypes(b *box, c change) (types []ews.EventType) {
	switch c.what {
	case created:
		types = append(types, ews.CreatedEvent)
	case modified, flagged:
		types = append(types, ews.ModifiedEvent)
	case deleted:
		types = append(types, ews.DeletedEvent)
	case moved:
		types = append(types, ews.MovedEvent)
	case copied:
		types = append(types, ews.CopiedEvent)
	case arrived:
		types = append(types, ews.NewMailEvent)
	}
	if f := b.folder(c.folder); c.item != 0 && f != nil && f.kind == ews.KindCalendarFolder && c.what != flagged {
		types = append(types, ews.FreeBusyChangedEvent)
	}
	return types
}

// event is a change as an event.
func (b *box) event(t ews.EventType, c change) ews.Event {
	at := c.at
	e := ews.Event{Type: t, Time: &at}
	parent := b.anyFolderID(c.parent)
	if c.item != 0 {
		id := b.anyItemID(c.folder, c.item)
		e.Item, parent = &id, b.anyFolderID(c.folder)
	} else {
		id := b.anyFolderID(c.folder)
		e.Folder = &id
	}
	e.Parent = &parent
	if f := b.folder(c.folder); t == ews.ModifiedEvent && e.Folder != nil && f != nil {
		_, unread := b.count(f)
		e.Unread = &unread // as it is now: a journal keeps no counts
	}
	if t != ews.MovedEvent && t != ews.CopiedEvent {
		return e
	}
	oldParent := b.anyFolderID(c.oldParent)
	if c.item != 0 {
		id := b.lostID(c.oldFolder, c.oldItem)
		e.OldItem, oldParent = &id, b.anyFolderID(c.oldFolder)
	} else {
		id := b.anyFolderID(c.oldFolder)
		e.OldFolder = &id
	}
	e.OldParent = &oldParent
	return e
}

// anyItemID is the id of an item, whether or not it is still there.
func (b *box) anyItemID(folder, uid uint32) ews.ItemID {
	if it := b.items[uid]; it != nil {
		return b.itemID(it)
	}
	return b.lostID(folder, uid)
}

func (b *box) anyFolderID(number uint32) ews.FolderID {
	if f := b.folder(number); f != nil {
		return b.folderID(f)
	}
	return b.lostFolderID(number)
}
