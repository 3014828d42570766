package scenarios

import (
	"fmt"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// receivedOf is the property that tells old mail from new.
const receivedOf = "item:DateTimeReceived"

// findItem returns the request of a step that looks into a folder: for what was
// received before a day, for what a calendar has in some days, or for its first
// page.
func findItem(step Step) ews.Body {
	f := ews.FindItem{
		Traversal: ews.Shallow, Shape: ews.ItemShape{Base: ews.Shape(step.Shape)}, Folders: []ews.FolderID{{Distinguished: step.Folder}},
	}
	if step.Days > 0 {
		f.Calendar = &ews.CalendarView{Max: new(step.Page), Start: step.From.Time, End: step.From.after(step.Days)}
		return f
	}
	f.Page = &ews.IndexedView{Max: new(step.Page)}
	if !step.Before.IsZero() {
		received := ews.Path{URI: receivedOf}
		f.Restriction = &ews.Restriction{Expression: ews.Expression{Is: ews.IsLess, Path: received, Value: step.Before.Format(time.RFC3339)}}
		f.Sort = []ews.FieldOrder{{Order: ews.Ascending, Path: received}}
	}
	return f
}

// itemBody returns the request of a call about items that were found; if none
// were, about one that nobody has.
func (s *Session) itemBody(c Call, ids []ews.ItemRef) ews.Body {
	if len(ids) == 0 {
		ids = []ews.ItemRef{{ID: unknownItem}}
	}
	step := s.steps[c.Step]
	switch c.Op {
	case ews.OpExportItems:
		return ews.ExportItems{Items: plain(ids)}
	case ews.OpMoveItem:
		return ews.MoveItem{To: target(step.To), Items: ids}
	case ews.OpArchiveItem:
		return ews.ArchiveItem{Source: target(s.chain.from[c.Step]), Items: ids}
	case ews.OpDeleteItem:
		return ews.DeleteItem{Disposal: ews.MoveToDeletedItems, Cancellations: ews.SendToNone, Items: ids}
	case ews.OpUpdateItem:
		return s.updateItem(c, ids)
	default:
		return ews.GetItem{Shape: ews.ItemShape{Base: ews.Shape(step.Shape)}, Items: ids}
	}
}

// plain are ids that refer to whole items.
func plain(refs []ews.ItemRef) []ews.ItemID {
	ids := make([]ews.ItemID, len(refs))
	for i := range refs {
		ids[i] = refs[i].ItemID()
	}
	return ids
}

func target(folder string) ews.TargetFolder {
	return ews.TargetFolder{ID: ews.FolderID{Distinguished: folder}}
}

// updateItem returns a request that gives items another subject, whatever they
// were meanwhile. Nobody is told.
func (s *Session) updateItem(c Call, ids []ews.ItemRef) ews.Body {
	subject := ews.Path{URI: "item:Subject"}
	o := ews.Object{Kind: kindOf(s.chain.from[c.Step])}
	o.Set(subject, fmt.Sprintf("Changed by call %d", c.N))
	u := ews.UpdateItem{Conflict: "AlwaysOverwrite", Disposition: ews.SaveOnly, Invitations: ews.SendToNone}
	for _, ref := range ids {
		u.Changes = append(u.Changes, ews.ItemUpdates{ID: ref, Updates: []ews.FieldUpdate{{Kind: ews.SetField, Path: subject, Object: o}}})
	}
	return u
}

// kindOf is what a folder's items are.
func kindOf(folder string) ews.Kind {
	switch folder {
	case calendarFolder:
		return ews.KindCalendarItem
	case "contacts":
		return ews.KindContact
	case "tasks":
		return ews.KindTask
	default:
		return ews.KindMessage
	}
}
