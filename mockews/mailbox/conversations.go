package mailbox

import (
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// member is an item of a conversation, and where it is.
type member struct {
	place
	it *item
}

// conversation is what a search has found of one: its items in the folders that were searched, the newest first, and in all
// folders.
type conversation struct {
	thread     thread
	here, all  []member
	wanted     bool // an item of it is what is looked for
	properties ews.Object
}

// conversationSearch is a FindConversation under way.
type conversationSearch struct {
	*job
	ews.FindConversation
	test  test // nil: everything is looked for
	seek  test // where the page begins
	shape view
}

func (j *job) findConversation(b ews.FindConversation) ews.Response {
	r := ews.FindConversationResponse{}
	r.Message = j.try(func() ews.Code {
		s := conversationSearch{job: j, FindConversation: b}
		if code := s.prepare(); code != ews.NoError {
			return code
		}
		return j.visit(b.Parent.ID, access.Read, func(p place) ews.Code {
			s.answer(p, &r)
			return ews.NoError
		})
	})
	return r
}

// prepare reads what is looked for. Conversations are sorted by nothing but when the last of their items came (MS docs:
// FindConversation).
func (s *conversationSearch) prepare() (code ews.Code) {
	for _, o := range s.Sort {
		if o.Path.URI != "conversation:LastDeliveryTime" {
			return "ErrorUnsupportedPathForSortGroup"
		}
	}
	if p := s.Page; p != nil && !some(p.Max) || s.Seek != nil && !some(s.Seek.Max) {
		return "ErrorInvalidPagingMaxRows"
	}
	if p := s.Page; p != nil && p.Offset < 0 {
		return "ErrorInvalidIndexedPagingParameters"
	}
	if s.Seek != nil {
		if s.seek, code = compile(&s.Seek.Condition.Expression, 0); code != ews.NoError {
			return code
		}
	}
	if s.Query != nil && strings.TrimSpace(s.Query.Text) != "" {
		s.test = query(s.Query.Text)
	}
	shape := ews.ItemShape{Base: ews.ShapeDefault}
	if s.Shape != nil {
		shape = ews.ItemShape{Base: s.Shape.Base, Additional: s.Shape.Additional}
	}
	s.shape = s.view(shape, false)
	return ews.NoError
}

// answer fills the answer with a page of the conversations in a folder.
func (s *conversationSearch) answer(p place, r *ews.FindConversationResponse) {
	found := s.found(p)
	from, to := s.window(found)
	page := found[from:to]
	s.complete(p.box, page)
	shown := make([]ews.Object, len(page))
	for i, c := range page {
		shown[i] = s.shape.pick(&c.properties)
	}
	r.Conversations = &shown
	if !s.Version.Before(ews.Exchange2013) {
		total := len(found)
		r.Total, r.Next = &total, &to
	}
}

// found are the conversations of a folder, and of those in it if the search goes deep, in their order.
func (s *conversationSearch) found(p place) (found []*conversation) {
	byThread := map[thread]*conversation{}
	for _, f := range p.folders {
		if f == nil || f.number != p.folder.number && (s.Traversal != "Deep" || !p.within(f, p.folder.number)) {
			continue
		}
		if at, ok := s.look(p.box, f); ok {
			found = s.gather(at, byThread, found)
		}
	}
	found = slices.DeleteFunc(found, func(c *conversation) bool { return !c.wanted })
	ascending := len(s.Sort) > 0 && s.Sort[0].Order == ews.Ascending
	for _, c := range found {
		slices.SortStableFunc(c.here, newerFirst)
	}
	slices.SortStableFunc(found, func(a, b *conversation) int {
		if ascending {
			a, b = b, a
		}
		return newerFirst(a.here[0], b.here[0])
	})
	return found
}

// gather adds the items of a folder to their conversations.
func (s *conversationSearch) gather(at place, byThread map[thread]*conversation, found []*conversation) []*conversation {
	look := subject{place: at, job: s.job}
	for _, uid := range slices.Backward(at.list(at.folder)) {
		it := at.item(at.folder, uid)
		if it == nil {
			continue
		}
		t, ok := it.thread()
		if !ok {
			continue
		}
		c := byThread[t]
		if c == nil {
			c = &conversation{thread: t}
			byThread[t] = c
			found = append(found, c)
		}
		c.here = append(c.here, member{at, it})
		look.it = it
		c.wanted = c.wanted || passes(s.Filter, at, it) && (s.test == nil || s.test(&look))
	}
	return found
}

// passes reports whether an item is one that a filter lets through (MS docs: FindConversation, ViewFilter).
func passes(filter string, p place, it *item) bool {
	flag, _ := it.get("item:Flag").(ews.Flag)
	switch filter {
	case "Unread":
		return it.isUnread()
	case "HasAttachment":
		return hasFiles(it)
	case "Flagged", "TaskActive":
		return flag.Status == "Flagged"
	case "TaskOverdue":
		return flag.Status == "Flagged" && flag.DueDate != nil && flag.DueDate.Before(now())
	case "TaskCompleted":
		return flag.Status == "Complete"
	case "ToOrCcMe":
		return slices.ContainsFunc(recipients(it), func(m ews.Mailbox) bool {
			to, _ := p.store.dir.Find(m.Address)
			return to == p.owner
		})
	case "Clutter":
		return it.props.Bool("item:IsClutter")
	case "NoClutter":
		return !it.props.Bool("item:IsClutter")
	}
	return true
}

func receivedOf(it *item) time.Time {
	at, ok := timeOf(it.get("item:DateTimeReceived"))
	if !ok {
		at, _ = timeOf(it.get("item:DateTimeCreated"))
	}
	return at
}

func newerFirst(a, b member) int { return receivedOf(b.it).Compare(receivedOf(a.it)) }

// window is the part of the conversations that is shown.
func (s *conversationSearch) window(found []*conversation) (from, to int) {
	switch {
	case s.Page != nil:
		return indexed(*s.Page, len(found))
	case s.Seek != nil:
		look := subject{job: s.job}
		from = slices.IndexFunc(found, func(c *conversation) bool {
			c.describe("", c.here)
			look.whole = &c.properties
			return s.seek(&look)
		})
		if from < 0 {
			from = len(found)
		}
		return from, min(from+limit(s.Seek.Max), len(found))
	}
	return 0, min(maxPage, len(found))
}

// complete describes conversations, with what other folders have of them.
func (s *conversationSearch) complete(b *box, page []*conversation) {
	byThread := map[thread]*conversation{}
	for _, c := range page {
		byThread[c.thread] = c
	}
	s.members(b, s.Scope, nil, func(t thread) bool { return byThread[t] != nil }, func(t thread, m member) {
		byThread[t].all = append(byThread[t].all, m)
	})
	for _, c := range page {
		slices.SortStableFunc(c.all, newerFirst)
		c.properties.Put(conversationKeys.id, b.conversationID(c.thread))
		c.describe("", c.here)
		c.describe("Global", c.all)
		if s.Scope != "" {
			c.properties.Put(conversationKeys.scope, s.Scope)
		}
	}
}

// members visits the items of conversations in all folders that the job may read, but for some, the newest of each folder
// first. What is recoverable belongs to none.
func (j *job) members(b *box, scope string, ignored []uint32, wanted func(thread) bool, visit func(thread, member)) {
	for _, f := range b.folders {
		if f == nil || !b.inScope(f, scope) || slices.Contains(ignored, f.number) {
			continue
		}
		at, ok := j.look(b, f)
		if !ok {
			continue
		}
		for _, uid := range slices.Backward(b.list(f)) {
			t, ok := b.threadAt(f, uid)
			if !ok || !wanted(t) {
				continue
			}
			if it := b.item(f, uid); it != nil {
				visit(t, member{at, it})
			}
		}
	}
}

// inScope reports whether a folder is one of the mailbox, of its archive, or of either (MS docs: MailboxScope).
func (b *box) inScope(f *folder, scope string) bool {
	primary, archive := scope != "ArchiveOnly", scope == "ArchiveOnly" || scope == "All"
	return primary && b.within(f, numbers()["msgfolderroot"]) || archive && b.within(f, numbers()["archivemsgfolderroot"])
}
