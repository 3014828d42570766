package scenarios_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/scenarios"
)

// Each mail of a plan goes to the next mailbox, all of them before any has a second
// one, and can be told from every other.
func TestPlanOfNotifications(t *testing.T) {
	t.Parallel()
	s, err := scenarios.Load("notifications")
	require.NoError(t, err)
	assert.Equal(t, &scenarios.Notify{GroupSize: 20, Groups: scenarios.GroupsAuto, Patience: 5 * time.Second, Retry: 5 * time.Second}, s.Notify)
	p := planOf(t, *s, 3)
	session := p.NewSession(1)
	subjects, boxes := map[string]bool{}, map[string]bool{}
	for n := range uint64(s.Mailboxes) {
		call := p.At(n)
		r, late := session.Request(0, call)
		assert.False(t, late)
		assert.Equal(t, call.Mailbox, r.Impersonate.Value)
		body, ok := r.Body.(ews.CreateItem)
		require.True(t, ok)
		assert.Equal(t, ews.SaveOnly, body.Disposition, "no transport")
		assert.Equal(t, "inbox", body.Folder.ID.Distinguished)
		assert.Empty(t, body.Items[0].Get(ews.Path{URI: "message:ToRecipients"}))
		subject := body.Items[0].Get(ews.Path{URI: "item:Subject"})
		subjects[subject.(string)], boxes[call.Mailbox] = true, true
	}
	assert.Len(t, subjects, s.Mailboxes)
	assert.Len(t, boxes, s.Mailboxes)
	all := p.Mailboxes()
	assert.Len(t, all, s.Mailboxes)
	assert.True(t, slices.IsSorted(all))
	for _, box := range all {
		assert.True(t, boxes[box], box)
	}
}

// A scenario of calls has the digest that it had before there were notifications.
func TestDefaultsOfNotificationsAreNoOthers(t *testing.T) {
	t.Parallel()
	s := sample()
	was := s.Digest()
	s.Notify, s.Steps = &scenarios.Notify{}, nil
	require.NoError(t, s.Validate())
	one := s.Digest()
	assert.NotEqual(t, was, one)
	s.Notify.GroupSize = scenarios.MaxGroup
	assert.Equal(t, one, s.Digest(), "a default written out")
	s.Notify.GroupSize--
	assert.NotEqual(t, one, s.Digest())
	s.Notify.GroupSize++
	s.Notify.Groups = scenarios.GroupsAuto
	assert.Equal(t, one, s.Digest(), "a default written out")
	s.Notify.Groups = scenarios.GroupsServer
	assert.NotEqual(t, one, s.Digest(), "other groups are another load")
}
