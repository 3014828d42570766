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
				return ews.ErrorItemNotFound
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
			return j.change(b.Parent.Ref(), access.EditOwn, access.EditAll, func(p place, was *item) ews.Code {
				it := was.clone()
				f := it.attach(a)
				tidyAttachment(f)
				p.touch(j, it)
				p.replace(was, it, modified)
				m.Attachments = []ews.Attachment{{AsItem: f.Item != nil || f.AsItem, ID: p.attachmentID(it, f.number)}}
				return ews.NoError
			})
		})
	}
	return r
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
				if n < 0 || r.nested != "" { // what is in an attachment stays as it is
					return ews.ErrorItemNotFound
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
