package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
)

// maxNesting is how many items may be attached one in another (MS docs: ResponseCode, ErrorAttachmentNestLevelLimitExceeded).
const maxNesting = 10

// attachable says what is wrong with an attachment that is to be made by itself (MS docs: ResponseCode; CreateAttachment operation).
func attachable(a ews.Attachment) ews.Code {
	switch {
	case a.Name == "":
		return "ErrorRequiredPropertyMissing"
	case a.AsItem && a.Item == nil:
		return "ErrorMissingItemForCreateItemAttachment"
	case a.Item != nil && (!a.Item.Kind.IsItem() || a.Item.Kind.IsResponse() || isMeetingMail(a.Item.Kind)):
		return "ErrorInvalidItemForOperationCreateItemAttachment"
	}
	return ews.NoError
}

// nesting is how many items are attached one in another: 0 for a file.
func nesting(a ews.Attachment) int {
	if a.Item == nil {
		return 0
	}
	return 1 + deepest(a.Item.Properties)
}

// deepest is the nesting of an item's attachments.
func deepest(props ews.Properties) (levels int) {
	all, _ := props.Get(ews.Path{URI: "item:Attachments"}).(ews.Attachments)
	for _, a := range all.Attachments {
		levels = max(levels, nesting(a))
	}
	return levels
}

// parentOf is the item of a mailbox to which something is to be attached, and the way from it to an item that is attached. Programs name
// that by its attachment (ews-managed-api, AttachmentCollection).
func (j *job) parentOf(parent ews.ItemID) (root ews.ItemRef, way []uint32) {
	_, r, code := j.refer(parent.ID)
	if code != ews.NoError || r.attachment == 0 {
		return parent.Ref(), nil
	}
	root.ID = reference{mailbox: r.mailbox, storage: r.storage, folder: r.folder, item: r.item}.encode()
	return root, append([]uint32{r.attachment}, r.inner()...)
}

// nest attaches something at the end of a way, and says as what number.
func (it *item) nest(way []uint32, a ews.Attachment) (number uint32, code ews.Code) {
	if len(way) == 0 {
		f := it.attach(a)
		tidyAttachment(f)
		return f.number, ews.NoError
	}
	n := it.fileOf(way[0])
	switch {
	case n < 0:
		return 0, ews.ErrorItemNotFound
	case it.files[n].Item == nil:
		return 0, "ErrorInvalidIdNotAnItemAttachmentId"
	}
	inner := it.inside(it.files[n])
	if number, code = inner.nest(way[1:], a); code == ews.NoError {
		it.files[n] = it.files[n].with(inner.files)
	}
	return number, code
}

// with is an attached item that has other attachments.
func (f *file) with(files []*file) *file {
	c, o := *f, ews.Object{Kind: f.Item.Kind, Properties: f.Item.Properties.Clone()}
	var all ews.Attachments
	for _, inner := range files {
		all.Attachments = append(all.Attachments, inner.Attachment)
	}
	o.Set(ews.Path{URI: "item:Attachments"}, all)
	c.Item = &o
	return &c
}
