package mailbox_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// in counts the items of a conversation by the names of folders.
func (c client) in(id ews.ItemID) map[string]int {
	c.tb.Helper()
	counts := map[string]int{}
	for _, folder := range []string{"inbox", "sentitems", "deleteditems", "drafts", "junkemail", "recoverableitemsdeletions"} {
		n := len(slices.DeleteFunc(c.found(named(folder), ews.FindItem{}), func(o ews.Object) bool { return conversationOf(o) != id }))
		if n > 0 {
			counts[folder] = n
		}
	}
	return counts
}

// Each action on a conversation of which the inbox holds two items and the sent ones hold two.
func TestConversationActions(t *testing.T) {
	t.Parallel()
	inbox, junk := &ews.TargetFolder{ID: named("inbox")}, &ews.TargetFolder{ID: named("junkemail")}
	yes, no := true, false
	for name, c := range map[string]struct {
		action ews.ConversationAction
		want   map[string]int
	}{
		"Move":                       {ews.ConversationAction{Action: "Move", Context: inbox, Destination: junk}, map[string]int{"junkemail": 2, "sentitems": 2}},
		"Move all":                   {ews.ConversationAction{Action: "Move", Destination: inbox}, map[string]int{"inbox": 4}},
		"Copy":                       {ews.ConversationAction{Action: "Copy", Context: inbox, Destination: junk}, map[string]int{"inbox": 2, "junkemail": 2, "sentitems": 2}},
		"Delete":                     {ews.ConversationAction{Action: "Delete", Context: inbox, Disposal: ews.MoveToDeletedItems}, map[string]int{"deleteditems": 2, "sentitems": 2}},
		"Delete softly":              {ews.ConversationAction{Action: "Delete", Context: inbox, Disposal: ews.SoftDelete}, map[string]int{"recoverableitemsdeletions": 2, "sentitems": 2}},
		"Delete for good":            {ews.ConversationAction{Action: "Delete", Disposal: ews.HardDelete}, map[string]int{}},
		"AlwaysMove":                 {ews.ConversationAction{Action: "AlwaysMove", Destination: junk}, map[string]int{"junkemail": 2, "sentitems": 2}},
		"AlwaysDelete":               {ews.ConversationAction{Action: "AlwaysDelete", AlwaysDelete: &yes}, map[string]int{"deleteditems": 2, "sentitems": 2}},
		"AlwaysDelete, never begun":  {ews.ConversationAction{Action: "AlwaysDelete", AlwaysDelete: &no}, map[string]int{"inbox": 2, "sentitems": 2}},
		"AlwaysMove, never begun":    {ews.ConversationAction{Action: "AlwaysMove"}, map[string]int{"inbox": 2, "sentitems": 2}},
		"AlwaysCategorize, the same": {ews.ConversationAction{Action: "AlwaysCategorize"}, map[string]int{"inbox": 2, "sentitems": 2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
				c.action.ID = talk(t, s)
				require.Equal(t, ews.NoError, s.as(1).apply(c.action))
				assert.Equal(t, c.want, s.as(1).in(c.action.ID))
			})
		})
	}
}

// Actions that change items where they are.
func TestConversationMarks(t *testing.T) {
	t.Parallel()
	inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
		id := talk(t, s)
		me := s.as(1)
		yes, inbox := true, &ews.TargetFolder{ID: named("inbox")}
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "SetReadState", ID: id, Context: inbox, Read: &yes}))
		c := me.about("inbox", "Lunch on Friday")
		assert.Equal(t, 0, c.Int("conversation:UnreadCount"))
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "Flag", ID: id, Context: inbox, Flag: &ews.Flag{Status: "Flagged"}}))
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "AlwaysCategorize", ID: id, Categories: &ews.Strings{Strings: []string{"Red"}}}))
		tag := "7f4b1a2c-1111-4222-8333-944444444444"
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "SetRetentionPolicy", ID: id, Context: inbox, Retention: "Archive", Tag: tag}))
		c = me.about("inbox", "Lunch on Friday")
		assert.Equal(t, "Flagged", c.Text("conversation:FlagStatus"))
		assert.Equal(t, ews.Strings{Strings: []string{"Red"}}, c.Get(path("conversation:GlobalCategories")))
		for _, o := range me.with("inbox", "RE: Lunch on Friday") {
			assert.Equal(t, ews.RetentionTag{IsExplicit: true, ID: tag}, o.Get(path("item:ArchiveTag")))
			assert.Nil(t, o.Get(path("item:PolicyTag")))
		}
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "SetRetentionPolicy", ID: id, Context: inbox, Retention: "Archive"}))
		assert.Nil(t, me.with("inbox", "RE: Lunch on Friday")[0].Get(path("item:ArchiveTag")))
	})
}

// What is always done is done with what comes, until it is ended.
func TestAlways(t *testing.T) {
	t.Parallel()
	inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
		id := talk(t, s)
		me, you := s.as(1), s.as(2)
		yes, no := true, false
		more := func() {
			you.reply(ews.KindReplyToItem, you.with("inbox", "RE: Lunch on Friday")[0])
			time.Sleep(time.Minute)
		}
		junk := &ews.TargetFolder{ID: named("junkemail")}
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "AlwaysMove", ID: id, Destination: junk}))
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "AlwaysCategorize", ID: id, Categories: &ews.Strings{Strings: []string{"Red"}}}))
		more()
		assert.Equal(t, map[string]int{"junkemail": 3, "sentitems": 2}, me.in(id))
		assert.Equal(t, ews.Strings{Strings: []string{"Red"}}, me.with("junkemail", "RE: Lunch on Friday")[0].Get(path("item:Categories")))

		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "AlwaysMove", ID: id}))
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "AlwaysCategorize", ID: id}))
		more()
		assert.Equal(t, map[string]int{"inbox": 1, "junkemail": 3, "sentitems": 2}, me.in(id))
		assert.Nil(t, me.with("inbox", "RE: Lunch on Friday")[0].Get(path("item:Categories")))

		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "AlwaysDelete", ID: id, AlwaysDelete: &yes}))
		more()
		assert.Equal(t, map[string]int{"deleteditems": 5, "sentitems": 2}, me.in(id))
		require.Equal(t, ews.NoError, me.apply(ews.ConversationAction{Action: "AlwaysDelete", ID: id, AlwaysDelete: &no}))
		assert.Equal(t, map[string]int{"inbox": 5, "sentitems": 2}, me.in(id), "what was deleted is in the inbox again")
		more()
		assert.Equal(t, map[string]int{"inbox": 6, "sentitems": 2}, me.in(id))
		assert.NotZero(t, len(you.in(conversationOf(you.with("inbox", "RE: Lunch on Friday")[0]))), "the others' conversation is their own")
	})
}

func TestConversationActionErrors(t *testing.T) {
	t.Parallel()
	inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
		id := talk(t, s)
		me := s.as(1)
		before := me.in(id)
		theirs := s.as(2).about("inbox", "Lunch on Friday")
		other, _ := theirs.Get(path("conversation:ConversationId")).(ews.ItemID)
		to := func(id ews.FolderID) *ews.TargetFolder { return &ews.TargetFolder{ID: id} }
		empty := to(named("outbox"))
		long := time.Now().Add(-time.Hour)
		for name, c := range map[string]struct {
			action ews.ConversationAction
			code   ews.Code
		}{
			"no id":                    {ews.ConversationAction{Action: "Delete", ID: ews.ItemID{ID: "DUMMY"}, Disposal: ews.HardDelete}, ews.ErrorInvalidIdMalformed},
			"an item's id":             {ews.ConversationAction{Action: "Delete", ID: idOf(me.found(named("inbox"), ews.FindItem{})[0]), Disposal: ews.HardDelete}, ews.ErrorInvalidIdMalformed},
			"no destination":           {ews.ConversationAction{Action: "Move", ID: id}, "ErrorMissingArgument"},
			"no way to delete":         {ews.ConversationAction{Action: "Delete", ID: id}, "ErrorMissingArgument"},
			"no flag":                  {ews.ConversationAction{Action: "Flag", ID: id}, "ErrorMissingArgument"},
			"neither read nor unread":  {ews.ConversationAction{Action: "SetReadState", ID: id}, "ErrorMissingArgument"},
			"no policy":                {ews.ConversationAction{Action: "SetRetentionPolicy", ID: id}, "ErrorMissingArgument"},
			"neither begun nor ended":  {ews.ConversationAction{Action: "AlwaysDelete", ID: id}, "ErrorMissingArgument"},
			"no such destination":      {ews.ConversationAction{Action: "Move", ID: id, Destination: to(ews.FolderID{Distinguished: "directory"})}, "ErrorToFolderNotFound"},
			"another's destination":    {ews.ConversationAction{Action: "Move", ID: id, Destination: to(ews.FolderID{Distinguished: "inbox", Mailbox: two})}, "ErrorApplyConversationActionFailed"},
			"no such folder":           {ews.ConversationAction{Action: "Delete", ID: id, Context: to(ews.FolderID{Distinguished: "directory"}), Disposal: ews.HardDelete}, ews.ErrorFolderNotFound},
			"none of it in the folder": {ews.ConversationAction{Action: "Delete", ID: id, Context: empty, Disposal: ews.HardDelete}, ews.ErrorItemNotFound},
			"all of it came later":     {ews.ConversationAction{Action: "Delete", ID: id, LastSync: &long, Disposal: ews.HardDelete}, ews.ErrorItemNotFound},
			"a stranger's":             {ews.ConversationAction{Action: "Delete", ID: other, Disposal: ews.HardDelete}, ews.ErrorItemNotFound},
		} {
			assert.Equal(t, c.code, me.apply(c.action), name)
		}
		assert.Equal(t, before, me.in(id), "what was refused has changed nothing")
	})
}

// A delegate sees of a conversation what it may read, and does with it what it may.
func TestConversationsOfAnotherMailbox(t *testing.T) {
	t.Parallel()
	grants := access.Grants{Folders: []access.FolderGrant{
		{Mailbox: one, Folder: "inbox", User: two, Level: access.LevelReviewer},
		{Mailbox: one, Folder: "inbox", User: three, Level: access.LevelEditor},
		{Mailbox: one, Folder: "junkemail", User: three, Level: access.LevelEditor},
	}}
	inBubble(t, grants, func(t *testing.T, s *storeOf) {
		id := talk(t, s)
		owner, reader, editor, stranger := s.as(1), s.as(2), s.as(3), s.as(4)
		inbox := ews.FolderID{Distinguished: "inbox", Mailbox: one}
		junk := &ews.TargetFolder{ID: ews.FolderID{Distinguished: "junkemail", Mailbox: one}}
		seen := reader.conversations(inbox, ews.FindConversation{Page: &ews.IndexedView{Max: new(1)}})
		require.Len(t, seen, 1)
		assert.Equal(t, id, seen[0].Get(path("conversation:ConversationId")))
		assert.Equal(t, []int{2, 2}, []int{seen[0].Int("conversation:MessageCount"), seen[0].Int("conversation:GlobalMessageCount")}, "the sent ones are not theirs to see")
		c, code := reader.items(ews.GetConversationItems{}, id, nil)
		require.Equal(t, ews.NoError, code)
		assert.Len(t, *c.Nodes, 2)

		yes, move := true, ews.ConversationAction{Action: "Move", ID: id, Destination: junk}
		assert.Equal(t, ews.Code("ErrorToFolderNotFound"), reader.apply(move))
		assert.Equal(t, ews.ErrorAccessDenied, reader.apply(ews.ConversationAction{Action: "SetReadState", ID: id, Read: &yes}))
		assert.Equal(t, ews.ErrorAccessDenied, editor.apply(ews.ConversationAction{Action: "AlwaysMove", ID: id, Destination: junk}), "that is for who owns the folder")
		_, code = do[ews.FindConversationResponse](stranger, ews.FindConversation{Parent: ews.TargetFolder{ID: inbox}})
		assert.Equal(t, ews.ErrorFolderNotFound, code)
		_, code = stranger.items(ews.GetConversationItems{}, id, nil)
		assert.Equal(t, ews.ErrorItemNotFound, code)
		assert.Equal(t, ews.ErrorItemNotFound, stranger.apply(ews.ConversationAction{Action: "Delete", ID: id, Disposal: ews.HardDelete}))
		assert.Equal(t, map[string]int{"inbox": 2, "sentitems": 2}, owner.in(id))

		require.Equal(t, ews.NoError, editor.apply(move))
		assert.Equal(t, map[string]int{"junkemail": 2, "sentitems": 2}, owner.in(id))
		impersonated := owner
		impersonated.call.Caller = -1
		require.Equal(t, ews.NoError, impersonated.apply(ews.ConversationAction{Action: "AlwaysMove", ID: id, Destination: &ews.TargetFolder{ID: named("inbox")}}))
		assert.Equal(t, map[string]int{"inbox": 2, "sentitems": 2}, owner.in(id))
	})
}
