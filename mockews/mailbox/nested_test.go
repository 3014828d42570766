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
