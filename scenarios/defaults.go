package scenarios

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

// DefaultVisits is how many mailboxes are in progress at once in orders visit and shuffle.
const DefaultVisits = 32

const (
	defaultFolder  = "inbox"
	calendarFolder = "calendar"
	draftsFolder   = "drafts"
	sentFolder     = "sentitems"
	defaultPrimary = "latency_p50"
)

// withDefaults returns a copy with each key that was left out set to what it
// means then.
func (s *Scenario) withDefaults() *Scenario {
	full := *s
	full.Arrival = orDefault(s.Arrival, ArrivalConstant)
	full.Order = orDefault(s.Order, OrderMix)
	full.Primary = orDefault(s.Primary, defaultPrimary)
	if full.Order.visits() {
		full.Visits = orDefault(s.Visits, min(DefaultVisits, s.Mailboxes))
	}
	full.Notify = s.Notify.withDefaults()
	if full.Closed() {
		full.Visits = full.Workers
	}
	full.Steps = slices.Clone(s.Steps)
	hierarchy := false
	for i := range full.Steps {
		full.Steps[i].setDefaults(hierarchy)
		hierarchy = hierarchy || full.Steps[i].Op == ews.OpSyncFolderHierarchy
	}
	return &full
}

// setDefaults fills a step; hierarchy says whether an earlier step finds
// folders.
func (s *Step) setDefaults(hierarchy bool) {
	uses := usages[s.Op]
	s.Weight = orDefault(s.Weight, 1)
	s.Batch = orDefault(s.Batch, uses.batch)
	s.MaxChanges = orDefault(s.MaxChanges, uses.maxChanges)
	s.Page = orDefault(s.Page, uses.page)
	s.Shape = orDefault(s.Shape, uses.shape)
	s.Size = orDefault(s.Size, uses.size)
	found := s.Op == ews.OpSyncFolderItems && hierarchy
	if uses.folder && !found {
		s.Folder = orDefault(s.Folder, s.usualFolder())
	}
}

// usualFolder is the folder of a step that names none.
func (s *Step) usualFolder() string {
	switch {
	case s.Op == ews.OpFindItem && s.Days > 0:
		return calendarFolder
	case s.Op == ews.OpCreateItem && s.People > 0:
		return sentFolder
	case s.Op == ews.OpCreateItem:
		return draftsFolder
	}
	return defaultFolder
}

func orDefault[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}
