package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// attached is where the attachment is that an id names, while do runs.
func (j *job) attached(id string, change bool, do func(place, *item, int) ews.Code) ews.Code {
	owner, r, code := j.refer(id)
	if code != ews.NoError || r.attachment == 0 {
		return "ErrorInvalidAttachmentId"
	}
	find := func(p place, it *item) ews.Code {
		i := slices.IndexFunc(it.files, func(f *file) bool { return f.number == r.attachment })
		if i < 0 {
			return ews.ErrorItemNotFound
		}
		return do(p, it, i)
	}
	root := ews.ItemRef{ID: reference{mailbox: r.mailbox, storage: r.storage, folder: r.folder, item: r.item}.encode()}
	_ = owner
	if change {
		return j.change(root, access.EditOwn, access.EditAll, find)
	}
	return j.find(root, access.Read, find)
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
			return j.attached(id.ID, false, func(p place, it *item, n int) ews.Code {
				m.Attachments = []ews.Attachment{p.full(j, it, it.files[n], v)}
				return ews.NoError
			})
		})
	}
	return r
}

// full is an attachment with what is in it.
func (p place) full(j *job, it *item, f *file, v view) ews.Attachment {
	a := p.describe(it, f)
	if f.Item != nil {
		inner := &item{kind: f.Item.Kind, props: f.Item.Properties, by: it.by, folder: it.folder}
		shown := p.show(j, inner, v)
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
				p.store.tidyAttachment(f)
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
func (s *Store) tidyAttachment(f *file) {
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
			return j.attached(id.ID, true, func(p place, was *item, n int) ews.Code {
				it := was.clone()
				it.files = slices.Delete(it.files, n, n+1)
				p.touch(j, it)
				p.replace(was, it, modified)
				root := p.itemID(it)
				m.Root = &ews.RootItemID{ID: root.ID, ChangeKey: root.ChangeKey}
				return ews.NoError
			})
		})
	}
	return r
}
