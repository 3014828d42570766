package mailbox

import (
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// maxPage is the longest page of a search; longer ones are cut without a word (MS docs: EWS throttling in Exchange).
const maxPage = 1000

// maxView is how long a calendar view may be (MS docs: CalendarView): two years.
const maxView = 2 * 366 * day

func (j *job) findItem(b ews.FindItem) ews.Response {
	r := ews.FindItemResponse{Messages: make([]ews.FindItemMessage, len(b.Folders))}
	f := finder{job: j, FindItem: b, view: j.view(b.Shape, true)}
	code := f.prepare()
	for i, id := range b.Folders {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			if code != ews.NoError {
				return code
			}
			return j.visit(id, access.Read, func(p place) ews.Code {
				page, code := f.look(p)
				m.Root = page
				return code
			})
		})
	}
	return r
}

// finder is a search under way.
type finder struct {
	*job
	ews.FindItem
	view view
	test test   // nil: everything is looked for
	seek test   // where a page begins
	by   []sort // nil: the newest first
}

// prepare reads what is looked for and in which order.
func (f *finder) prepare() (code ews.Code) {
	if f.Restriction != nil {
		if f.test, code = compile(&f.Restriction.Expression, 0); code != ews.NoError {
			return code
		}
	}
	if f.Query != nil && strings.TrimSpace(f.Query.Text) != "" {
		f.test = query(f.Query.Text)
	}
	if f.Seek != nil {
		if f.seek, code = compile(&f.Seek.Condition.Expression, 0); code != ews.NoError {
			return code
		}
	}
	if f.by, code = sorts(f.Sort); code != ews.NoError {
		return code
	}
	if !some(f.Most()) {
		return "ErrorInvalidPagingMaxRows"
	}
	if p := f.Page; p != nil && p.Offset < 0 {
		return "ErrorInvalidIndexedPagingParameters"
	}
	if p := f.Fraction; p != nil && (p.Denominator < 1 || p.Numerator < 0 || p.Numerator > p.Denominator) {
		return "ErrorInvalidFractionalPagingParameters"
	}
	return f.checkCalendar()
}

func (f *finder) checkCalendar() ews.Code {
	switch c := f.Calendar; {
	case c == nil:
	case c.End.Before(c.Start):
		return "ErrorCalendarEndDateIsEarlierThanStartDate"
	case c.End.Sub(c.Start) > maxView:
		return "ErrorCalendarViewRangeTooBig"
	}
	return ews.NoError
}

// look searches one folder.
func (f *finder) look(p place) (*ews.ItemPage, ews.Code) {
	if f.Calendar != nil {
		if p.folder.kind != ews.KindCalendarFolder {
			return nil, "ErrorCalendarFolderIsInvalidForCalendarView"
		}
		return f.calendarPage(p), ews.NoError
	}
	if f.test == nil && f.by == nil && f.seek == nil && f.Contacts == nil && f.Group == nil && f.Standard == nil && f.Fraction == nil && p.folder.search == nil {
		return f.plainPage(p), ews.NoError
	}
	found := f.matches(p)
	sortBy(p, f.job, found, f.by)
	if f.Group != nil || f.Standard != nil {
		return f.groups(p, found)
	}
	return f.page(p, len(found), func(i int) *item { return found[i] }), ews.NoError
}

// uids are those of the folder's items that the traversal looks at, the oldest first.
func (f *finder) uids(p place) []uint32 {
	switch f.Traversal {
	case ews.Associated:
		return p.folder.hidden
	case ews.SoftDeleted: // since Exchange 2010 they are in a folder of their own
		return nil
	case ews.Shallow:
	}
	return p.list(p.folder)
}

// plainPage is a page of a folder as it is: only what is on it is looked at.
func (f *finder) plainPage(p place) *ews.ItemPage {
	if p.folder.pristine && f.Traversal != ews.Associated && f.Traversal != ews.SoftDeleted {
		total, _ := p.seeded(p.folder)
		return f.page(p, total, func(i int) *item { return p.item(p.folder, seedUID(p.folder.number, i)) })
	}
	uids := f.uids(p)
	return f.page(p, len(uids), func(i int) *item { return p.item(p.folder, uids[len(uids)-1-i]) })
}

// matches are the items that are looked for, the newest first.
func (f *finder) matches(p place) (found []*item) {
	s := subject{place: p, job: f.job}
	if p.folder.search != nil && f.Traversal != ews.Associated && f.Traversal != ews.SoftDeleted {
		return slices.DeleteFunc(p.gathered(f.job), func(it *item) bool { return !f.wants(&s, it) })
	}
	for _, uid := range slices.Backward(f.uids(p)) {
		if it := p.item(p.folder, uid); it != nil && f.wants(&s, it) {
			found = append(found, it)
		}
	}
	return found
}

// wants reports whether an item is one that is looked for.
func (f *finder) wants(s *subject, it *item) bool {
	s.it = it
	return (f.test == nil || f.test(s)) && (f.Contacts == nil || inView(f.Contacts, it))
}

// window is a part of a list: where it begins and ends.
func (f *finder) window(p place, total int, at func(int) *item) (from, to int) {
	most := maxPage
	switch {
	case f.Page != nil:
		return indexed(*f.Page, total)
	case f.Fraction != nil:
		most = limit(f.Fraction.Max)
		from = min(total*f.Fraction.Numerator/f.Fraction.Denominator, total)
	case f.Seek != nil:
		most = limit(f.Seek.Max)
		from = f.sought(p, total, at)
		if f.Seek.BasePoint == ews.FromEnd {
			return max(0, from+1-most), min(from+1, total)
		}
	case f.Contacts != nil:
		most = limit(f.Contacts.Max)
	}
	return from, min(from+most, total)
}

// indexed is the part of a list that a page shows.
func indexed(page ews.IndexedView, total int) (from, to int) {
	most := limit(page.Max)
	if page.BasePoint == ews.FromEnd {
		to = max(0, total-page.Offset)
		return max(0, to-most), to
	}
	from = min(page.Offset, total)
	return from, min(from+most, total)
}

// sought is the first item, from either end, for which the condition holds.
func (f *finder) sought(p place, total int, at func(int) *item) int {
	s := subject{place: p, job: f.job}
	for n := range total {
		i := n
		if f.Seek.BasePoint == ews.FromEnd {
			i = total - 1 - n
		}
		if s.it = at(i); f.seek(&s) {
			return i
		}
	}
	if f.Seek.BasePoint == ews.FromEnd {
		return -1
	}
	return total
}

// some reports whether a page asks for anything: that it does not say how much is no error (MS docs: ResponseCode,
// ErrorInvalidPagingMaxRows).
func some(asked *int) bool { return asked == nil || *asked > 0 }

func limit(asked *int) int {
	if asked == nil {
		return maxPage
	}
	return min(*asked, maxPage)
}

// page shows a part of what was found.
func (f *finder) page(p place, total int, at func(int) *item) *ews.ItemPage {
	from, to := f.window(p, total, at)
	items := make([]ews.Object, 0, to-from)
	for i := from; i < to; i++ {
		if it := at(i); it != nil {
			items = append(items, p.show(f.job, it, f.view))
		}
	}
	page := &ews.ItemPage{Items: &items}
	page.Total, page.Last = total, to == total
	switch {
	case f.Fraction != nil:
		page.Numerator, page.Denominator = &to, &total
	case f.Page != nil && f.Page.BasePoint == ews.FromEnd:
		next := total - from
		page.Next, page.Last = &next, from == 0
	default:
		page.Next = &to
	}
	return page
}

// calendarPage shows what a calendar has in a time, by start. A calendar view has no pages: what is more than was asked for is
// left out.
func (f *finder) calendarPage(p place) *ews.ItemPage {
	all := p.between(p.folder, f.Calendar.Start, f.Calendar.End)
	total := len(all)
	if most := f.Calendar.Max; most != nil {
		all = all[:min(*most, total)]
	}
	items := make([]ews.Object, 0, len(all))
	for _, it := range all {
		items = append(items, p.show(f.job, it, f.view))
	}
	page := &ews.ItemPage{Items: &items}
	page.Total, page.Last = total, len(items) == total
	return page
}
