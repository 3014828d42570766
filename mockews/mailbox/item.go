package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// item is something in a folder. Its properties are those that somebody has set; others follow from them, or from where it
// is: see derive.
type item struct {
	uid, folder uint32
	instance    moment // of an occurrence of a series; 0 for an item of its own
	kind        ews.Kind
	props       ews.Properties
	version     uint64             // 0: that of the seed
	created     uint64             // place in the journal; 0: the seed has made it
	by          access.Principal   // who has made it
	hidden      bool               // it is associated with the folder, not in it
	forwarded   bool               // a rule has forwarded it
	passed      []access.Principal // through whose rules it has come, if it has not arrived yet
	files       []*file
	changes     *exceptions // of a series
	edits       edits
	came        *original // as which message, if it came as one
}

// file is an attachment: of a file, or of an item.
type file struct {
	number uint32
	ews.Attachment
	seed int    // bytes that the seed gives it; 0: Content
	key  uint64 // from which they are drawn, wherever the item goes
}

// text is one of the item's properties.
func (it *item) text(uri string) string { return it.props.Text(uri) }

func (it *item) set(uri string, v any) { it.props.Set(ews.Path{URI: uri}, v) }

func (it *item) get(uri string) any { return it.props.Get(ews.Path{URI: uri}) }

// isMail reports whether the item can be read or unread.
func (it *item) isMail() bool {
	switch it.kind {
	case ews.KindMessage, ews.KindMeetingMessage, ews.KindMeetingRequest, ews.KindMeetingResponse, ews.KindMeetingCancellation, ews.KindPostItem:
		return true
	}
	return false
}

func (it *item) isUnread() bool { return it.isMail() && !it.props.Bool("message:IsRead") }

// clone is a copy that may be changed.
func (it *item) clone() *item {
	c := *it
	c.props = it.props.Clone()
	c.files = append([]*file(nil), it.files...)
	if it.changes != nil {
		c.changes = it.changes.clone()
	}
	return &c
}

// class is the item's class in the store.
func (it *item) class() string {
	if class := it.text("item:ItemClass"); class != "" {
		return class
	}
	return classOf(it.kind)
}

// classOf is the class of a kind of items (MS docs: ItemClass).
func classOf(kind ews.Kind) string {
	switch kind {
	case ews.KindCalendarItem:
		return "IPM.Appointment"
	case ews.KindContact:
		return "IPM.Contact"
	case ews.KindDistributionList:
		return "IPM.DistList"
	case ews.KindTask:
		return "IPM.Task"
	case ews.KindPostItem:
		return "IPM.Post"
	case ews.KindMeetingRequest:
		return "IPM.Schedule.Meeting.Request"
	case ews.KindMeetingCancellation:
		return "IPM.Schedule.Meeting.Canceled"
	case ews.KindMeetingResponse:
		return "IPM.Schedule.Meeting.Resp.Pos"
	case ews.KindMeetingMessage:
		return "IPM.Schedule.Meeting.Request"
	}
	return "IPM.Note"
}

// kindOf is the element in which items of a class are shown.
func kindOf(class string) ews.Kind {
	for _, k := range []struct {
		class string
		kind  ews.Kind
	}{
		{"IPM.Note", ews.KindMessage},
		{"IPM.Appointment", ews.KindCalendarItem},
		{"IPM.Contact", ews.KindContact},
		{"IPM.DistList", ews.KindDistributionList},
		{"IPM.Task", ews.KindTask},
		{"IPM.Post", ews.KindPostItem},
		{"IPM.Schedule.Meeting.Request", ews.KindMeetingRequest},
		{"IPM.Schedule.Meeting.Canceled", ews.KindMeetingCancellation},
		{"IPM.Schedule.Meeting.Resp", ews.KindMeetingResponse},
	} {
		if has(class, k.class) {
			return k.kind
		}
	}
	return ews.KindItem
}

// item is the one of that uid in the folder, nil if there is none. What the seed has made is made for this call; own keeps it.
func (b *box) item(f *folder, uid uint32) *item {
	if it := b.items[uid]; it != nil {
		if it.folder != f.number {
			return nil
		}
		return it
	}
	if uid >= firstUID || uid/perFolder != f.number || !b.holds(f, uid) {
		return nil
	}
	return b.generate(f, int(uid%perFolder))
}

// keep remembers an item that somebody has made or changed.
func (b *box) keep(it *item) {
	if b.items == nil {
		b.items = map[uint32]*item{}
	}
	b.items[it.uid] = it
}

// insert puts a new item into a folder and returns its place in the journal. What happened is created, moved or copied.
func (b *box) insert(f *folder, it *item, c change) {
	it.uid, b.next = b.next, b.next+1
	it.version, it.edits = b.stamp(), nil
	b.add(f, it)
	b.keep(it)
	c.item, c.folder = it.uid, f.number
	it.created = b.write(c)
}

// drop takes an item away for good.
func (b *box) drop(it *item) {
	b.remove(it)
	delete(b.items, it.uid)
}

// replace puts a changed item in place of what it was.
func (b *box) replace(was, it *item, what happening) {
	if it.instance != 0 {
		b.replaceOccurrence(was, it)
		return
	}
	it.version = b.stamp()
	if was.isUnread() != it.isUnread() && !it.hidden {
		f := b.open(b.folder(it.folder))
		if it.isUnread() {
			f.unread++
		} else {
			f.unread--
		}
	}
	b.keep(it)
	b.write(change{what: what, item: it.uid, folder: it.folder})
}
