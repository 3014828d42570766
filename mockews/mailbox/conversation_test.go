package mailbox_test

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

const one, two, three = "user1@contoso.com", "user2@contoso.com", "user3@contoso.com"

// reply carries out a response object on an item, and sends it.
func (c client) reply(kind ews.Kind, to ews.Object, values ...any) {
	c.tb.Helper()
	o := object(kind, values...)
	o.Set(path("item:ReferenceItemId"), idOf(to))
	require.Equal(c.tb, ews.NoError, c.send(ews.SendAndSaveCopy, o))
}

// only is the one item of a folder that has a subject.
func (c client) only(folder, subject string) ews.Object {
	c.tb.Helper()
	all := c.with(folder, subject)
	require.Len(c.tb, all, 1, "%s: %s", folder, subject)
	return all[0]
}

func conversationOf(o ews.Object) ews.ItemID {
	id, _ := o.Get(path("item:ConversationId")).(ews.ItemID)
	return id
}

// talk is a conversation of three users: a question of the first, two answers to it, and an answer to the first of these. Each
// comes a minute after the one before it. Times are virtual: it is called in a bubble.
func talk(t *testing.T, s *storeOf) ews.ItemID {
	t.Helper()
	question := object(ews.KindMessage, "item:Subject", "Lunch on Friday",
		"message:ToRecipients", ews.Recipients{Mailboxes: []ews.Mailbox{{Address: two}, {Address: three}}})
	require.Equal(t, ews.NoError, s.as(1).send(ews.SendAndSaveCopy, question))
	time.Sleep(time.Minute)
	s.as(2).reply(ews.KindReplyToItem, s.as(2).only("inbox", "Lunch on Friday"), "item:NewBodyContent", text("two"))
	time.Sleep(time.Minute)
	first := s.as(1).only("inbox", "RE: Lunch on Friday")
	s.as(3).reply(ews.KindReplyToItem, s.as(3).only("inbox", "Lunch on Friday"), "item:NewBodyContent", text("three"))
	time.Sleep(time.Minute)
	s.as(1).reply(ews.KindReplyAllToItem, first, "item:NewBodyContent", text("one"))
	return conversationOf(first)
}

func text(s string) ews.BodyContent { return ews.BodyContent{BodyType: ews.BodyText, Text: s} }

// storeOf is a store with some users.
type storeOf struct {
	tb testing.TB
	as func(access.Principal) client
}

func inBubble(t *testing.T, grants access.Grants, do func(*testing.T, *storeOf)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 7, 2, 8, 0, 0, 0, time.UTC))) // after what the seed gives
		s, _ := newStore(t, 9, grants)
		do(t, &storeOf{t, func(p access.Principal) client { return as(t, s, p) }})
	})
}

// conversations are those of a folder.
func (c client) conversations(folder ews.FolderID, find ews.FindConversation) []ews.Object {
	c.tb.Helper()
	find.Parent = ews.TargetFolder{ID: folder}
	r, code := do[ews.FindConversationResponse](c, find)
	require.Equal(c.tb, ews.NoError, code)
	return *r.Conversations
}

// about is the conversation of a folder that has a topic.
func (c client) about(folder, topic string) ews.Object {
	c.tb.Helper()
	for _, o := range c.conversations(named(folder), ews.FindConversation{}) {
		if o.Text("conversation:ConversationTopic") == topic {
			return o
		}
	}
	require.Fail(c.tb, "no such conversation", topic)
	return ews.Object{}
}

// items are the nodes of a conversation.
func (c client) items(r ews.GetConversationItems, id ews.ItemID, state []byte) (ews.Conversation, ews.Code) {
	c.tb.Helper()
	if r.Shape.Base == "" {
		r.Shape.Base = ews.ShapeAllProperties
	}
	r.Conversations = []ews.ConversationRequest{{ID: id, State: state}}
	answer, code := do[ews.GetConversationItemsResponse](c, r)
	if code != ews.NoError {
		return ews.Conversation{}, code
	}
	return *answer.Messages[0].Conversation, code
}

// apply carries out an action on conversations.
func (c client) apply(a ews.ConversationAction) ews.Code {
	c.tb.Helper()
	_, code := do[ews.ApplyConversationActionResponse](c, ews.ApplyConversationAction{Actions: []ews.ConversationAction{a}})
	return code
}

// Answers keep their conversation, in every mailbox and every operation that shows it; one about something else begins another.
func TestAnswersKeepTheirConversation(t *testing.T) {
	t.Parallel()
	inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
		me, you := s.as(1), s.as(2)
		require.Equal(t, ews.NoError, me.send(ews.SendAndSaveCopy, letter("Plan & price", "", two)))
		root := you.only("inbox", "Plan & price")
		sent := me.only("sentitems", "Plan & price")
		time.Sleep(2 * time.Minute)
		you.reply(ews.KindReplyToItem, root)
		reply := me.only("inbox", "RE: Plan & price")
		time.Sleep(time.Minute)
		me.reply(ews.KindForwardItem, reply, "message:ToRecipients", ews.Recipients{Mailboxes: []ews.Mailbox{{Address: two}}})
		forward := you.only("inbox", "FW: Plan & price")
		time.Sleep(1000 * 24 * time.Hour)
		you.reply(ews.KindReplyToItem, forward)

		late := me.with("inbox", "RE: Plan & price")[0]
		for name, o := range map[string]ews.Object{"reply": reply, "late": late} {
			assert.Equal(t, conversationOf(sent), conversationOf(o), name)
			assert.Equal(t, "Plan & price", o.Text("message:ConversationTopic"), name)
		}
		assert.Equal(t, conversationOf(root), conversationOf(forward))
		assert.NotEqual(t, conversationOf(root), conversationOf(sent), "an id names its mailbox")
		assert.True(t, strings.HasPrefix(conversationOf(root).ID, "A"))
		index := func(o ews.Object) []byte {
			v, _ := o.Get(path("message:ConversationIndex")).([]byte)
			return v
		}
		assert.Len(t, index(root), 22)
		assert.Equal(t, index(root), index(reply)[:22])
		assert.Equal(t, []byte{1, 1, 0xdd}, index(root)[:3], "a byte 1, and the time")
		assert.InDelta(t, 2*60*10_000_000>>18, binary.BigEndian.Uint32(index(reply)[22:]), 64, "two minutes later, and what the first time leaves out")
		assert.Equal(t, index(reply), index(forward)[:27])
		assert.Len(t, index(late), 37)
		assert.Equal(t, byte(0x80), index(late)[32]&0x80, "more than 1.7 years later, in units of 0.8 s")

		before := slices.Clone(index(reply))
		you.reply(ews.KindReplyToItem, root)
		still, code := me.get(idOf(reply).Ref())
		require.Equal(t, ews.NoError, code)
		assert.Equal(t, before, index(still), "a second answer leaves the first one as it is")

		you.reply(ews.KindReplyToItem, root, "item:Subject", "Something else")
		other := me.only("inbox", "Something else")
		assert.NotEqual(t, conversationOf(sent), conversationOf(other))
		assert.Equal(t, "Something else", other.Text("message:ConversationTopic"))
	})
}

// What a client makes on its own finds its conversation by the references that it names, or by the one message that it answers to.
func TestReferencesMakeAConversation(t *testing.T) {
	t.Parallel()
	inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
		me := s.as(1)
		id := talk(t, s)
		first := me.with("inbox", "RE: Lunch on Friday")[1]
		firstID := first.Text("message:InternetMessageId")
		make := func(subject string, values ...any) ews.Object {
			o, code := me.get(me.create(named("inbox"), object(ews.KindMessage, append([]any{"item:Subject", subject}, values...)...)).Ref())
			require.Equal(t, ews.NoError, code)
			return o
		}
		assert.Equal(t, id, conversationOf(make("AW: Lunch on Friday", "message:References", first.Text("message:References")+" "+firstID, "item:InReplyTo", firstID)), "references")
		assert.Equal(t, id, conversationOf(make("Lunch on friday", "item:InReplyTo", firstID)), "In-Reply-To alone")
		assert.NotEqual(t, id, conversationOf(make("Dinner", "item:InReplyTo", firstID)), "about something else")
		assert.NotEqual(t, id, conversationOf(make("RE: Lunch on Friday")), "the same subject alone")

		draft := me.note(named("drafts"), "first thought")
		was, _ := me.get(draft.Ref())
		draft, code := me.set(draft, "AlwaysOverwrite", "item:Subject", "second thought")
		require.Equal(t, ews.NoError, code)
		is, _ := me.get(draft.Ref())
		assert.Equal(t, "second thought", is.Text("message:ConversationTopic"))
		assert.NotEqual(t, conversationOf(was), conversationOf(is))
	})
}

// GetItem, FindItem and SyncFolderItems show the same of an item's conversation.
func TestConversationIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	me := as(t, s, 1)
	shape := ews.ItemShape{Base: ews.ShapeIDOnly, Additional: []ews.Path{
		path("item:ConversationId"), path("message:ConversationIndex"), path("message:ConversationTopic"),
	}}
	found := me.found(named("inbox"), ews.FindItem{Shape: shape})
	r, code := do[ews.SyncFolderItemsResponse](me, ews.SyncFolderItems{Shape: shape, Folder: ews.TargetFolder{ID: named("inbox")}, MaxChanges: 512})
	require.Equal(t, ews.NoError, code)
	require.Len(t, r.Messages[0].Changes, len(found))
	for i, o := range found {
		got, code := me.get(idOf(o).Ref())
		require.Equal(t, ews.NoError, code)
		synced := r.Messages[0].Changes[i].Item
		for _, p := range shape.Additional {
			require.NotNil(t, o.Get(p), p.URI)
			assert.Equal(t, got.Get(p), o.Get(p), p.URI)
			assert.Equal(t, got.Get(p), synced.Get(p), p.URI)
		}
	}
}

// What the seed gives has conversations of several messages, with answers among what was sent; each answer names, and comes
// after, what it answers to.
func TestGeneratedConversations(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 5, noGrants)
	for p := access.Principal(1); p <= 5; p++ {
		me := as(t, s, p)
		all := me.conversations(named("inbox"), ews.FindConversation{})
		items, several, answered := 0, 0, 0
		for _, c := range all {
			here, everywhere := c.Int("conversation:MessageCount"), c.Int("conversation:GlobalMessageCount")
			items += here
			if here > 1 {
				several++
			}
			if everywhere > here {
				answered++
			}
			id, _ := c.Get(path("conversation:ConversationId")).(ews.ItemID)
			whole, code := me.items(ews.GetConversationItems{Sort: "TreeOrderAscending"}, id, nil)
			require.Equal(t, ews.NoError, code)
			require.Len(t, *whole.Nodes, everywhere)
			checkTree(t, whole, c)
		}
		assert.Len(t, me.found(named("inbox"), ews.FindItem{}), items, "each item is in one conversation")
		assert.Greater(t, several, len(all)/8)
		assert.Greater(t, answered, len(all)/8)
	}
}

// checkTree holds the nodes of a conversation against one another.
func checkTree(t *testing.T, whole ews.Conversation, c ews.Object) {
	t.Helper()
	at := map[string]time.Time{}
	for i, n := range *whole.Nodes {
		o := n.Items[0]
		received, _ := o.Get(path("item:DateTimeReceived")).(time.Time)
		at[n.MessageID] = received
		assert.Equal(t, whole.ID, conversationOf(o))
		assert.Equal(t, c.Text("conversation:ConversationTopic"), o.Text("message:ConversationTopic"))
		index, _ := o.Get(path("message:ConversationIndex")).([]byte)
		references := strings.Fields(o.Text("message:References"))
		assert.Len(t, index, 22+5*len(references))
		if i == 0 {
			assert.Empty(t, n.ParentMessageID)
			continue
		}
		require.Contains(t, at, n.ParentMessageID, "what was answered comes before")
		assert.False(t, received.Before(at[n.ParentMessageID]))
		assert.Equal(t, n.ParentMessageID, references[len(references)-1])
		assert.Equal(t, (*whole.Nodes)[0].MessageID, references[0])
	}
}

func TestFindConversation(t *testing.T) {
	t.Parallel()
	inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
		id := talk(t, s)
		me := s.as(1)
		c := me.about("inbox", "Lunch on Friday")
		want := map[string]any{
			"ConversationId": id, "MessageCount": 2, "GlobalMessageCount": 4, "UnreadCount": 2, "GlobalUnreadCount": 2,
			"UniqueSenders": ews.Strings{Strings: []string{"User 3", "User 2"}}, "UniqueUnreadSenders": ews.Strings{Strings: []string{"User 3", "User 2"}},
			"GlobalUniqueSenders": ews.Strings{Strings: []string{"User 1", "User 3", "User 2"}}, "HasAttachments": false,
			"GlobalUniqueUnreadSenders": ews.Strings{Strings: []string{"User 3", "User 2"}}, "UniqueRecipients": ews.Strings{Strings: []string{"User 1"}},
			"GlobalUniqueRecipients": ews.Strings{Strings: []string{"User 2", "User 1", "User 3"}}, "Importance": ews.Importance("Normal"),
			"ItemClasses": ews.ItemClasses{Classes: []string{"IPM.Note"}}, "FlagStatus": "NotFlagged",
		}
		for name, v := range want {
			assert.Equal(t, v, c.Get(path("conversation:"+name)), name)
		}
		ids, _ := c.Get(path("conversation:ItemIds")).(ews.ItemIDList)
		first := me.with("inbox", "RE: Lunch on Friday")
		assert.Equal(t, []ews.ItemID{idOf(first[0]), idOf(first[1])}, ids.IDs, "the newest first")
		assert.Equal(t, first[0].Get(path("item:DateTimeReceived")), c.Get(path("conversation:LastDeliveryTime")))

		all := me.conversations(named("inbox"), ews.FindConversation{})
		assert.Equal(t, id, all[0].Get(path("conversation:ConversationId")), "the newest first")
		page, code := do[ews.FindConversationResponse](me, ews.FindConversation{
			Page: &ews.IndexedView{Max: new(3), Offset: 2}, Parent: ews.TargetFolder{ID: named("inbox")},
			Shape: &ews.ConversationShape{Base: ews.ShapeIDOnly, Additional: []ews.Path{path("conversation:Preview")}},
		})
		require.Equal(t, ews.NoError, code)
		assert.Equal(t, len(all), *page.Total)
		assert.Equal(t, 5, *page.Next)
		require.Len(t, *page.Conversations, 3)
		assert.Equal(t, all[2].Get(path("conversation:ConversationId")), (*page.Conversations)[0].Get(path("conversation:ConversationId")))
		assert.Equal(t, 2, (*page.Conversations)[0].Len())
		last := me.conversations(named("inbox"), ews.FindConversation{Page: &ews.IndexedView{Max: new(1)}, Sort: []ews.FieldOrder{
			{Order: ews.Ascending, Path: path("conversation:LastDeliveryTime")},
		}})
		assert.Equal(t, all[len(all)-1], last[0])
		sought := me.conversations(named("inbox"), ews.FindConversation{Seek: &ews.SeekView{Max: new(1), Condition: ews.Restriction{Expression: ews.Expression{
			Is: ews.IsLess, Path: path("conversation:LastDeliveryTime"), Value: "2026-07-01T00:00:00Z",
		}}}})
		assert.Len(t, sought, 1)

		old := me
		old.call.Version = ews.Exchange2010_SP1
		r, code := do[ews.FindConversationResponse](old, ews.FindConversation{Parent: ews.TargetFolder{ID: named("inbox")}})
		require.Equal(t, ews.NoError, code)
		assert.Nil(t, r.Total)
		assert.Nil(t, (*r.Conversations)[0].Get(path("conversation:InstanceKey")))
	})
}

func TestConversationFilters(t *testing.T) {
	t.Parallel()
	inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
		talk(t, s)
		me := s.as(1)
		later := time.Now().Add(-time.Hour)
		marked := me.create(named("outbox"), object(ews.KindMessage, "item:Subject", "marked", "item:Flag", ews.Flag{Status: "Flagged", DueDate: &later}))
		me.create(named("outbox"), object(ews.KindMessage, "item:Subject", "done", "item:Flag", ews.Flag{Status: "Complete"}))
		me.create(named("outbox"), object(ews.KindMessage, "item:Subject", "unread", "message:IsRead", false))
		me.create(named("outbox"), object(ews.KindMessage, "item:Subject", "to me", "message:CcRecipients", ews.Recipients{Mailboxes: []ews.Mailbox{{Address: one}}}))
		content := []byte("x")
		me.create(named("outbox"), object(ews.KindMessage, "item:Subject", "with a file", "item:Attachments", ews.Attachments{
			Attachments: []ews.Attachment{{Name: "a", Content: &content}},
		}))
		require.NotEmpty(t, marked.ID)
		topics := func(find ews.FindConversation) (all []string) {
			for _, o := range me.conversations(named("outbox"), find) {
				all = append(all, o.Text("conversation:ConversationTopic"))
			}
			return all
		}
		for filter, want := range map[string][]string{
			"All":     {"with a file", "to me", "unread", "done", "marked"},
			"Flagged": {"marked"}, "TaskActive": {"marked"}, "TaskOverdue": {"marked"}, "TaskCompleted": {"done"}, "Unread": {"unread"},
			"ToOrCcMe": {"to me"}, "HasAttachment": {"with a file"}, "Clutter": nil,
		} {
			assert.ElementsMatch(t, want, topics(ews.FindConversation{Filter: filter}), filter)
		}
		assert.Equal(t, []string{"done"}, topics(ews.FindConversation{Query: &ews.QueryString{Text: "subject:done"}}))
		top := me.conversations(named("msgfolderroot"), ews.FindConversation{})
		assert.Empty(t, top)
		deep := me.conversations(named("msgfolderroot"), ews.FindConversation{Traversal: "Deep", Query: &ews.QueryString{Text: "subject:lunch"}})
		counts := map[int]bool{}
		for _, o := range deep {
			if o.Text("conversation:ConversationTopic") == "Lunch on Friday" {
				counts[o.Int("conversation:MessageCount")] = true
			}
		}
		assert.Equal(t, map[int]bool{4: true}, counts, "of all folders")

		for name, c := range map[string]struct {
			find ews.FindConversation
			code ews.Code
		}{
			"another order":    {ews.FindConversation{Sort: []ews.FieldOrder{{Path: path("conversation:Size")}}}, "ErrorUnsupportedPathForSortGroup"},
			"a page before it": {ews.FindConversation{Page: &ews.IndexedView{Offset: -1}}, "ErrorInvalidIndexedPagingParameters"},
			"no folder":        {ews.FindConversation{Parent: ews.TargetFolder{ID: ews.FolderID{ID: "x"}}}, ews.ErrorInvalidIdMalformed},
			"stranger's": {
				ews.FindConversation{Parent: ews.TargetFolder{ID: ews.FolderID{Distinguished: "inbox", Mailbox: two}}},
				ews.ErrorFolderNotFound,
			},
		} {
			if c.find.Parent.ID == (ews.FolderID{}) {
				c.find.Parent.ID = named("inbox")
			}
			r, code := do[ews.FindConversationResponse](me, c.find)
			assert.Equal(t, c.code, code, name)
			assert.Equal(t, c.code, r.Code, name)
			assert.Nil(t, r.Conversations, name)
		}
	})
}

func TestGetConversationItems(t *testing.T) {
	t.Parallel()
	inBubble(t, noGrants, func(t *testing.T, s *storeOf) {
		id := talk(t, s)
		me := s.as(1)
		bodies := func(c ews.Conversation) (all []string) {
			for _, n := range *c.Nodes {
				body, _ := n.Items[0].Get(path("item:Body")).(ews.BodyContent)
				first, _, _ := strings.Cut(body.Text, "\r")
				all = append(all, first)
			}
			return all
		}
		for order, want := range map[string][]string{
			"TreeOrderAscending": {"", "two", "one", "three"}, "TreeOrderDescending": {"three", "one", "two", ""},
			"DateOrderAscending": {"", "two", "three", "one"}, "DateOrderDescending": {"one", "three", "two", ""},
			"": {"", "two", "one", "three"},
		} {
			c, code := me.items(ews.GetConversationItems{Sort: order}, id, nil)
			require.Equal(t, ews.NoError, code)
			assert.Equal(t, want, bodies(c), order)
		}
		c, code := me.items(ews.GetConversationItems{Ignore: []ews.FolderID{named("sentitems")}}, id, nil)
		require.Equal(t, ews.NoError, code)
		assert.Equal(t, []string{"two", "three"}, bodies(c))
		assert.NotEmpty(t, (*c.Nodes)[0].ParentMessageID)
		assert.Equal(t, (*c.Nodes)[0].ParentMessageID, (*c.Nodes)[1].ParentMessageID)
		c, code = me.items(ews.GetConversationItems{Max: 2}, id, nil)
		require.Equal(t, ews.NoError, code)
		assert.Len(t, *c.Nodes, 2)

		c, code = me.items(ews.GetConversationItems{}, id, c.State)
		require.Equal(t, ews.NoError, code)
		assert.Empty(t, *c.Nodes, "nothing is new")
		s.as(2).reply(ews.KindReplyToItem, s.as(2).with("inbox", "RE: Lunch on Friday")[0], "item:NewBodyContent", text("new"))
		c, code = me.items(ews.GetConversationItems{}, id, c.State)
		require.Equal(t, ews.NoError, code)
		assert.Equal(t, []string{"new"}, bodies(c))

		other := conversationOf(me.found(named("inbox"), ews.FindItem{})[3])
		item := idOf(me.found(named("inbox"), ews.FindItem{})[3])
		for name, x := range map[string]struct {
			id    ews.ItemID
			state []byte
			r     ews.GetConversationItems
			code  ews.Code
		}{
			"all are ignored":              {id, nil, ews.GetConversationItems{Ignore: []ews.FolderID{named("inbox"), named("sentitems")}}, ews.ErrorItemNotFound},
			"the archive has none":         {id, nil, ews.GetConversationItems{Scope: "ArchiveOnly"}, ews.ErrorItemNotFound},
			"an item's id":                 {item, nil, ews.GetConversationItems{}, ews.ErrorInvalidIdMalformed},
			"no id":                        {ews.ItemID{ID: "DUMMY"}, nil, ews.GetConversationItems{}, ews.ErrorInvalidIdMalformed},
			"no state":                     {id, []byte("x"), ews.GetConversationItems{}, ews.ErrorInvalidSyncStateData},
			"another conversation's state": {other, c.State, ews.GetConversationItems{}, ews.ErrorInvalidSyncStateData},
			"a folder that is none":        {id, nil, ews.GetConversationItems{Ignore: []ews.FolderID{{ID: "x"}}}, ews.ErrorInvalidIdMalformed},
		} {
			_, code := me.items(x.r, x.id, x.state)
			assert.Equal(t, x.code, code, name)
		}
	})
}
