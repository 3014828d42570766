package mailbox

import (
	"bytes"
	"maps"
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// magic begins what ExportItems hands out. Behind it stands the item, then the changed occurrences of a series, as XML: nobody
// but a server of this kind can read it, as is so with a real one's.
const magic = "EWSBENCH\x00\x02\x00\x00"

func (j *job) exportItems(b ews.ExportItems) ews.Response {
	r := ews.ExportItemsResponse{Messages: make([]ews.ExportItemsMessage, len(b.Items))}
	for i, id := range b.Items {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			return j.find(id.Ref(), access.Read, func(p place, it *item) ews.Code {
				data := p.export(it)
				shown := p.itemID(it)
				m.ID, m.Data = &shown, &data
				return ews.NoError
			})
		})
	}
	return r
}

// export is an item with all that belongs to it.
func (p place) export(it *item) []byte {
	all := []ews.Object{p.whole(it)}
	if it.changes != nil {
		all[0].Set(ews.Path{URI: "calendar:DeletedOccurrences"}, it.deletedOccurrences())
		all = append(all, it.changes.export()...)
	}
	return ews.AppendObjects([]byte(magic), all)
}

func (e *exceptions) export() (all []ews.Object) {
	for _, instance := range slices.Sorted(maps.Keys(e.changed)) {
		props := e.changed[instance]
		o := ews.Object{Kind: ews.KindCalendarItem, Properties: props.Clone()}
		o.Set(originalStart, instance.time()) // which no exception changes
		all = append(all, o)
	}
	return all
}

// imported is an item as export wrote it; nil for anything else.
func (j *job) imported(data []byte) *item {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil
	}
	all, err := ews.ParseObjects(rest)
	if err != nil || len(all) == 0 || !all[0].Kind.IsItem() {
		return nil
	}
	it := &item{kind: all[0].Kind, by: j.Actor}
	for path, v := range all[0].All() {
		switch v := v.(type) {
		case ews.Attachments:
			for _, a := range v.Attachments {
				tidyAttachment(it.attach(a))
			}
		case ews.DeletedOccurrences:
			it.exceptions()
			for _, d := range v.Deleted {
				it.changes.deleted = append(it.changes.deleted, momentOf(d.Start))
			}
		default:
			it.props.Set(path, v)
		}
	}
	for _, o := range all[1:] {
		start, _ := timeOf(o.Get(originalStart))
		o.Remove(originalStart)
		it.exceptions().changed[momentOf(start)] = o.Properties
	}
	return it
}

// exceptions are those of a series, made if there are none.
func (it *item) exceptions() *exceptions {
	if it.changes == nil {
		it.changes = &exceptions{}
	}
	if it.changes.changed == nil {
		it.changes.changed = map[moment]ews.Properties{}
	}
	return it.changes
}

func (j *job) uploadItems(b ews.UploadItems) ews.Response {
	r := ews.UploadItemsResponse{Messages: make([]ews.UploadItemsMessage, len(b.Items))}
	for i, u := range b.Items {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code { return j.upload(u, m) })
	}
	return r
}

func (j *job) upload(u ews.UploadItem, m *ews.UploadItemsMessage) ews.Code {
	it := j.imported(u.Data)
	if it == nil {
		return "ErrorCorruptData"
	}
	it.hidden = u.Associated != nil && *u.Associated
	if u.Action == "Update" || u.Action == "UpdateOrCreate" && u.ID != nil {
		code := j.overwrite(u, it, m)
		if u.Action == "Update" || code != ews.ErrorItemNotFound {
			return code
		}
	}
	return j.visit(u.Folder, access.Create, func(p place) ews.Code {
		if code := fits(p.folder, it); code != ews.NoError {
			return code
		}
		p.insert(p.folder, it, change{what: created})
		id := p.itemID(it)
		m.ID = &id
		return ews.NoError
	})
}

// overwrite puts an uploaded item in place of one that is there.
func (j *job) overwrite(u ews.UploadItem, it *item, m *ews.UploadItemsMessage) ews.Code {
	if u.ID == nil {
		return ews.ErrorItemNotFound
	}
	return j.change(u.ID.Ref(), access.EditOwn, access.EditAll, func(p place, was *item) ews.Code {
		if was.kind != it.kind {
			return "ErrorObjectTypeChanged"
		}
		it.uid, it.folder, it.created, it.by, it.hidden = was.uid, was.folder, was.created, was.by, was.hidden
		p.replace(was, it, modified)
		id := p.itemID(it)
		m.ID = &id
		return ews.NoError
	})
}
