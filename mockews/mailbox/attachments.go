package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// attachmentOf is what the id of an attachment says, and a reference to the item that it is attached to.
func (j *job) attachmentOf(id string) (r reference, root ews.ItemRef, code ews.Code) {
	_, r, code = j.refer(id)
	if code != ews.NoError || r.attachment == 0 {
		return r, root, "ErrorInvalidAttachmentId"
	}
	return r, ews.ItemRef{ID: reference{mailbox: r.mailbox, storage: r.storage, folder: r.folder, item: r.item}.encode()}, ews.NoError
}

// fileOf is where the attachment of that number is among an item's, -1 if there is none.
func (it *item) fileOf(number uint32) int {
	return slices.IndexFunc(it.files, func(f *file) bool { return f.number == number })
}

// attached is the attachment that an id names, which may be one of an item that is attached, while do runs.
func (j *job) attached(id string, do func(place, *item, *file, reference) ews.Code) ews.Code {
	r, root, code := j.attachmentOf(id)
	if code != ews.NoError {
		return code
	}
	return j.find(root, access.Read, func(p place, it *item) ews.Code {
		for i, number := range append([]uint32{r.attachment}, r.inner()...) {
			n := it.fileOf(number)
			switch {
			case n < 0:
				return "ErrorInvalidAttachmentId"
			case i == len(r.inner()):
				return do(p, it, it.files[n], r)
			case it.files[n].Item == nil:
				return ews.ErrorItemNotFound
			}
			it = it.inside(it.files[n])
		}
		return ews.NoError
	})
}

// inside is the item that an attachment of an item is, with attachments of its own.
func (it *item) inside(f *file) *item {
	inner := &item{kind: f.Item.Kind, props: f.Item.Properties, by: it.by, folder: it.folder}
	nested, _ := f.Item.Get(ews.Path{URI: "item:Attachments"}).(ews.Attachments)
	for _, a := range nested.Attachments {
		tidyAttachment(inner.attach(a))
	}
	return inner
}

func (j *job) getAttachment(b ews.GetAttachment) ews.Response {
	r := ews.GetAttachmentResponse{Messages: make([]ews.AttachmentMessage, len(b.IDs))}
	shape := ews.ItemShape{Base: ews.ShapeAllProperties}
	if b.Shape != nil {
		shape.MimeContent, shape.BodyType, shape.Additional = b.Shape.MimeContent, ews.ShowBody(b.Shape.BodyType), b.Shape.Additional
	}
	v := j.view(shape, false)
	for i, id := range b.IDs {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			return j.attached(id.ID, func(p place, it *item, f *file, r reference) ews.Code {
				m.Attachments = []ews.Attachment{p.full(j, it, f, v, r)}
				return ews.NoError
			})
		})
	}
	return r
}

// full is an attachment with what is in it. An item that is attached shows its own attachments as another one does, without what is
// in them (MS docs: Attachments and EWS in Exchange).
func (p place) full(j *job, it *item, f *file, v view, r reference) ews.Attachment {
	a := p.describe(it, f)
	a.ID = &ews.AttachmentID{ID: r.encode()}
	if f.Item != nil {
		inner := it.inside(f)
		shown := p.show(j, inner, v)
		if own, ok := p.attachments(inner).(ews.Attachments); ok {
			for i, f := range inner.files {
				own.Attachments[i].ID = &ews.AttachmentID{ID: r.in(f.number).encode()}
			}
			shown.Set(ews.Path{URI: "item:Attachments"}, own)
		}
		for _, uri := range []string{"item:ItemId", "item:ParentFolderId"} {
			shown.Remove(ews.Path{URI: uri}) // an attached item is named by the attachment alone
		}
		a.Item = &shown
		return a
	}
	content := p.content(it, f)
	a.Content = &content
	return a
}

func (j *job) createAttachment(b ews.CreateAttachment) ews.Response {
	r := ews.CreateAttachmentResponse{Messages: make([]ews.AttachmentMessage, len(b.Attachments))}
	for i, a := range b.Attachments {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			if code := attachable(a); code != ews.NoError {
				return code
			}
			root, way := j.parentOf(b.Parent)
			if len(way)+nesting(a) > maxNesting {
				return "ErrorAttachmentNestLevelLimitExceeded"
			}
			return j.change(root, access.EditOwn, access.EditAll, func(p place, was *item) ews.Code {
				id, code := p.attach(j, was, append(way, 0), a)
				if code == ews.NoError {
					m.Attachments = []ews.Attachment{{AsItem: a.Item != nil, ID: id}}
				}
				return code
			})
		})
	}
	return r
}

// attach attaches something to an item, or to one that is attached to it, and names it: the way ends with room for its number.
func (p place) attach(j *job, was *item, way []uint32, a ews.Attachment) (*ews.AttachmentID, ews.Code) {
	it, last := was.clone(), len(way)-1
	number, code := it.nest(way[:last], a)
	if code != ews.NoError {
		return nil, code
	}
	way[last] = number
	p.touch(j, it)
	p.replace(was, it, modified)
	id := p.attachmentID(it, way[0])
	r, _ := decode(id.ID)
	for _, inner := range way[1:] {
		r = r.in(inner)
	}
	id.ID = r.encode()
	return id, ews.NoError
}

// tidyAttachment makes an attachment what the store keeps: what was not said is empty.
func tidyAttachment(f *file) {
	if f.Item == nil && f.Content == nil && f.seed == 0 {
		f.Content = new([]byte)
	}
	f.AsItem = f.Item != nil
}

func (j *job) deleteAttachment(b ews.DeleteAttachment) ews.Response {
	r := ews.DeleteAttachmentResponse{Messages: make([]ews.DeleteAttachmentMessage, len(b.IDs))}
	for i, id := range b.IDs {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			r, root, code := j.attachmentOf(id.ID)
			if code != ews.NoError {
				return code
			}
			return j.change(root, access.EditOwn, access.EditAll, func(p place, was *item) ews.Code {
				n := was.fileOf(r.attachment)
				switch {
				case r.nested != "": // its numbers are places, which those behind it would lose
					return ews.ErrorItemNotFound
				case n < 0:
					return "ErrorInvalidAttachmentId"
				}
				it := was.clone()
				it.files = slices.Delete(it.files, n, n+1)
				p.touch(j, it)
				p.replace(was, it, modified)
				left := p.itemID(it)
				m.Root = &ews.RootItemID{ID: left.ID, ChangeKey: left.ChangeKey}
				return ews.NoError
			})
		})
	}
	return r
}
