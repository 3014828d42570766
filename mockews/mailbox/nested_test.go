package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// attachment is one of an item's, with what is in it.
func (c client) attachment(id string) (ews.Attachment, ews.Code) {
	c.tb.Helper()
	r, code := do[ews.GetAttachmentResponse](c, ews.GetAttachment{IDs: []ews.AttachmentID{{ID: id}}})
	if code != ews.NoError {
		return ews.Attachment{}, code
	}
	require.Len(c.tb, r.Messages[0].Attachments, 1)
	return r.Messages[0].Attachments[0], code
}

// attachmentsOf are those that an object shows.
func attachmentsOf(tb testing.TB, o ews.Object) []ews.Attachment {
	tb.Helper()
	a, ok := o.Get(path("item:Attachments")).(ews.Attachments)
	require.True(tb, ok, "no attachments")
	return a.Attachments
}

// A message is attached to a message that is attached to one, and a file to the innermost: each is shown with its attachments, which can be
// had by their ids.
func TestAttachmentsInAttachments(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me, content := as(t, s, 1), []byte("deep down")
	wrap := func(o ews.Object, subject string) ews.Object {
		return object(ews.KindMessage, "item:Subject", subject, "item:Attachments", ews.Attachments{Attachments: []ews.Attachment{{Name: "inner", Item: &o, AsItem: true}}})
	}
	innermost := object(ews.KindMessage, "item:Subject", "innermost", "item:Attachments", ews.Attachments{Attachments: []ews.Attachment{
		{Name: "a.txt", Content: new([]byte)}, {Name: "b.txt", Content: &content},
	}})
	id := me.create(named("drafts"), wrap(wrap(innermost, "inner"), "outer"))
	o, code := me.get(id.Ref(), path("item:Attachments"))
	require.Equal(t, ews.NoError, code)
	at := attachmentsOf(t, o)[0].ID.ID
	for _, subject := range []string{"inner", "innermost"} {
		a, code := me.attachment(at)
		require.Equal(t, ews.NoError, code)
		assert.Equal(t, at, a.ID.ID)
		assert.Equal(t, subject, a.Item.Text("item:Subject"))
		assert.Equal(t, true, a.Item.Get(path("item:HasAttachments")))
		all := attachmentsOf(t, *a.Item)
		at = all[len(all)-1].ID.ID
	}
	a, code := me.attachment(at)
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, "b.txt", a.Name)
	assert.Equal(t, content, *a.Content)
	_, code = do[ews.DeleteAttachmentResponse](me, ews.DeleteAttachment{IDs: []ews.AttachmentID{{ID: at}}})
	assert.Equal(t, ews.ErrorItemNotFound, code, "what is in an attachment stays as it is")
	a, code = me.attachment(at)
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, content, *a.Content)
}

// nested is a message with so many attached one in another.
func nested(levels int) ews.Object {
	o := object(ews.KindMessage, "item:Subject", "innermost")
	for range levels {
		inner := o
		o = object(ews.KindMessage, "item:Attachments", ews.Attachments{Attachments: []ews.Attachment{{Name: "inner", Item: &inner, AsItem: true}}})
	}
	return o
}

// Something is attached to an item that is attached, which is named by its attachment.
func TestAttachingToAttachments(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	id := me.create(named("drafts"), nested(2))
	o, _ := me.get(id.Ref(), path("item:Attachments"))
	outer := attachmentsOf(t, o)[0].ID.ID
	a, _ := me.attachment(outer)
	inner := attachmentsOf(t, *a.Item)[0].ID.ID
	attach := func(to string, a ews.Attachment) (ews.AttachmentID, ews.Code) {
		r, code := do[ews.CreateAttachmentResponse](me, ews.CreateAttachment{Parent: ews.ItemID{ID: to}, Attachments: []ews.Attachment{a}})
		if code != ews.NoError {
			return ews.AttachmentID{}, code
		}
		return *r.Messages[0].Attachments[0].ID, code
	}
	for name, parent := range map[string]string{"outer": outer, "inner": inner} {
		content := []byte(name)
		made, code := attach(parent, ews.Attachment{Name: name, Content: &content})
		require.Equal(t, ews.NoError, code, name)
		assert.Equal(t, id.ID, made.RootID, name)
		got, code := me.attachment(made.ID)
		require.Equal(t, ews.NoError, code, name)
		assert.Equal(t, content, *got.Content)
		_, code = attach(made.ID, ews.Attachment{Name: "to a file"})
		assert.Equal(t, ews.Code("ErrorInvalidIdNotAnItemAttachmentId"), code)
	}
	a, _ = me.attachment(outer)
	assert.Len(t, attachmentsOf(t, *a.Item), 2)
	a, _ = me.attachment(inner)
	assert.Len(t, attachmentsOf(t, *a.Item), 1)
	assert.Equal(t, "innermost", a.Item.Text("item:Subject"))
}

// What cannot be attached, and attachments that there are not, get the codes that MS docs, ResponseCode, has for them.
func TestCodesOfAttachments(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	id, message := me.note(named("drafts"), "draft"), nested(9)
	request := object(ews.KindMeetingRequest)
	var made ews.AttachmentID
	for _, c := range []struct {
		name string
		a    ews.Attachment
		want ews.Code
	}{
		{"no name", ews.Attachment{}, "ErrorRequiredPropertyMissing"},
		{"no item", ews.Attachment{Name: "a", AsItem: true}, "ErrorMissingItemForCreateItemAttachment"},
		{"a meeting request", ews.Attachment{Name: "a", AsItem: true, Item: &request}, "ErrorInvalidItemForOperationCreateItemAttachment"},
		{"eleven levels", ews.Attachment{Name: "a", AsItem: true, Item: new(nested(10))}, "ErrorAttachmentNestLevelLimitExceeded"},
		{"ten levels", ews.Attachment{Name: "a", AsItem: true, Item: &message}, ews.NoError},
	} {
		r, code := do[ews.CreateAttachmentResponse](me, ews.CreateAttachment{Parent: id, Attachments: []ews.Attachment{c.a}})
		assert.Equal(t, c.want, code, c.name)
		if code == ews.NoError {
			made = *r.Messages[0].Attachments[0].ID
		}
	}
	for levels, want := range map[int]ews.Code{10: ews.NoError, 11: "ErrorAttachmentNestLevelLimitExceeded"} {
		_, code := do[ews.CreateItemResponse](me, ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{nested(levels)}})
		assert.Equal(t, want, code, levels)
	}
	remove := func() ews.Code {
		_, code := do[ews.DeleteAttachmentResponse](me, ews.DeleteAttachment{IDs: []ews.AttachmentID{made}})
		return code
	}
	require.Equal(t, ews.NoError, remove())
	assert.Equal(t, ews.Code("ErrorInvalidAttachmentId"), remove(), "it is gone")
	_, code := me.attachment(made.ID)
	assert.Equal(t, ews.Code("ErrorInvalidAttachmentId"), code)
}
