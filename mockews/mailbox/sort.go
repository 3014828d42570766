package mailbox

import (
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// sort is one of the properties by which a search is sorted.
type sort struct {
	get        func(*subject) any
	descending bool
}

// sorts reads the order of a search; nil if none is asked for.
func sorts(orders []ews.FieldOrder) (by []sort, code ews.Code) {
	for _, o := range orders {
		if unsortable(o.Path.URI) {
			return nil, "ErrorUnsupportedPathForSortGroup"
		}
		get, code := getter(o.Path)
		if code != ews.NoError {
			return nil, "ErrorUnsupportedPathForSortGroup"
		}
		by = append(by, sort{get, o.Order == ews.Descending})
	}
	return by, ews.NoError
}

// unsortable are properties that have several values, or none that could be compared.
func unsortable(uri string) bool {
	switch uri {
	case "item:Body", "item:Categories", "message:ToRecipients", "message:CcRecipients", "message:BccRecipients", "item:InternetMessageHeaders",
		"calendar:RequiredAttendees", "calendar:OptionalAttendees", "calendar:Resources", "contacts:Children", "contacts:Companies":
		return true
	}
	return false
}

// keyed is an item with the values by which it is sorted.
type keyed struct {
	it   *item
	keys []any
}

// sortBy sorts items; those that are equal stay in their order.
func sortBy(p place, j *job, items []*item, by []sort) {
	if len(by) == 0 {
		return
	}
	all := make([]keyed, len(items))
	s := subject{place: p, job: j}
	for i, it := range items {
		s.it = it
		all[i] = keyed{it: it, keys: make([]any, len(by))}
		for k := range by {
			all[i].keys[k] = by[k].get(&s)
		}
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		for k := range by {
			n, _ := compare(a.keys[k], b.keys[k])
			if n != 0 && by[k].descending {
				return -n
			}
			if n != 0 {
				return n
			}
		}
		return 0
	})
	for i := range all {
		items[i] = all[i].it
	}
}

// group is some items that have the same value of a property.
type group struct {
	value any
	best  any // by which the groups are sorted
	items []*item
}

// groups puts what was found into groups (MS docs: How to perform grouped searches).
func (f *finder) groups(p place, found []*item) (*ews.ItemPage, ews.Code) {
	path, order, aggregate := ews.Path{URI: "message:ConversationTopic"}, ews.Descending, ews.AggregateOn{Aggregate: "Maximum", Path: ews.Path{URI: "item:DateTimeReceived"}}
	if f.Group != nil {
		path, order, aggregate = f.Group.Path, f.Group.Order, f.Group.Aggregate
	} else {
		order = f.Standard.Order
	}
	if unsortable(path.URI) && path.URI != "item:Categories" || unsortable(aggregate.Path.URI) {
		return nil, "ErrorUnsupportedPathForSortGroup"
	}
	get, code := getter(path)
	if code != ews.NoError {
		return nil, "ErrorUnsupportedPathForSortGroup"
	}
	on, code := getter(aggregate.Path)
	if code != ews.NoError {
		return nil, "ErrorUnsupportedPathForSortGroup"
	}
	groups := collect(p, f.job, found, get, on, aggregate.Aggregate == "Maximum")
	slices.SortStableFunc(groups, func(a, b *group) int {
		n, _ := compare(a.best, b.best)
		if order == ews.Descending {
			return -n
		}
		return n
	})
	return f.groupPage(p, groups, found), ews.NoError
}

func collect(p place, j *job, found []*item, get, on func(*subject) any, greatest bool) (groups []*group) {
	byValue := map[string]*group{}
	s := subject{place: p, job: j}
	for _, it := range found {
		s.it = it
		value, best := get(&s), on(&s)
		key := "\x00"
		if value != nil {
			key = strings.ToLower(textValue(value))
		}
		g := byValue[key]
		if g == nil {
			g = &group{value: value, best: best}
			byValue[key] = g
			groups = append(groups, g)
		}
		g.items = append(g.items, it)
		if n, ok := compare(best, g.best); ok && (n > 0) == greatest && n != 0 {
			g.best = best
		}
	}
	return groups
}

// groupPage shows groups. Pages count items over all groups, as if they stood one behind the other.
func (f *finder) groupPage(p place, groups []*group, found []*item) *ews.ItemPage {
	total := len(found)
	from, to := f.window(p, total, func(i int) *item { return found[i] })
	page := &ews.ItemPage{Groups: []ews.GroupedItems{}}
	page.Total, page.Last, page.Next = total, to == total, &to
	at := 0
	for _, g := range groups {
		shown := ews.GroupedItems{Index: groupIndex(g.value)}
		for _, it := range g.items {
			if at >= from && at < to {
				shown.Items = append(shown.Items, p.show(f.job, it, f.view))
			}
			at++
		}
		if len(shown.Items) > 0 {
			page.Groups = append(page.Groups, shown)
		}
	}
	return page
}

func groupIndex(v any) string {
	if v == nil {
		return ""
	}
	return textValue(v)
}
