package mailbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func TestForwardAndRedirect(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 4, noGrants)
	me, sender, third := as(t, s, 1), as(t, s, 2), as(t, s, 3)
	there := []ews.Mailbox{{Address: "user3@contoso.com"}}
	me.ruled(1, ews.RulePredicates{ContainsSubjectStrings: []string{"forward"}}, ews.RuleActions{Forward: there})
	me.ruled(1, ews.RulePredicates{ContainsSubjectStrings: []string{"enclose"}}, ews.RuleActions{ForwardAsAttachment: there})
	me.ruled(1, ews.RulePredicates{ContainsSubjectStrings: []string{"redirect"}}, ews.RuleActions{Redirect: there, Delete: true})
	for _, subject := range []string{"forward", "enclose", "redirect"} {
		o := letter(subject, "", "user1@contoso.com")
		o.Set(path("item:Body"), ews.BodyContent{BodyType: ews.BodyText, Text: "what it says"})
		require.Equal(t, ews.NoError, sender.send(ews.SendOnly, o))
	}
	one := func(subject string) ews.Object {
		got := third.with("inbox", subject)
		require.Len(t, got, 1, subject)
		o, code := third.get(idOf(got[0]).Ref())
		require.Equal(t, ews.NoError, code)
		return o
	}
	forwarded := one("FW: forward")
	assert.Equal(t, "user1@contoso.com", addressIn(forwarded, "message:From"))
	body, _ := forwarded.Get(path("item:Body")).(ews.BodyContent)
	assert.Contains(t, body.Text, "what it says")
	enclosed := one("FW: enclose")
	assert.Equal(t, "user1@contoso.com", addressIn(enclosed, "message:From"))
	files, _ := enclosed.Get(path("item:Attachments")).(ews.Attachments)
	require.Len(t, files.Attachments, 1)
	inside, code := do[ews.GetAttachmentResponse](third, ews.GetAttachment{IDs: []ews.AttachmentID{*files.Attachments[0].ID}})
	require.Equal(t, ews.NoError, code)
	require.NotNil(t, inside.Messages[0].Attachments[0].Item)
	assert.Equal(t, "enclose", inside.Messages[0].Attachments[0].Item.Text("item:Subject"))
	redirected := one("redirect")
	assert.Equal(t, "user2@contoso.com", addressIn(redirected, "message:From"), "redirected mail is still the sender's")
	recipients, _ := redirected.Get(path("message:ToRecipients")).(ews.Recipients)
	assert.Equal(t, "user1@contoso.com", recipients.Mailboxes[0].Address)
	assert.Len(t, me.with("inbox", "forward"), 1, "the original stays")
	assert.Len(t, me.with("deleteditems", "redirect"), 1)
}

// People who send each other everything do not do so for ever.
func TestLoopsOfRules(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func([]ews.Mailbox) ews.RuleActions{
		"forward":  func(to []ews.Mailbox) ews.RuleActions { return ews.RuleActions{Forward: to} },
		"enclose":  func(to []ews.Mailbox) ews.RuleActions { return ews.RuleActions{ForwardAsAttachment: to} },
		"redirect": func(to []ews.Mailbox) ews.RuleActions { return ews.RuleActions{Redirect: to} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := newStore(t, 9, noGrants)
			var all []ews.Mailbox
			for p := 1; p <= 2; p++ {
				all = append(all, ews.Mailbox{Address: users(9).Address(access.Principal(p))})
			}
			for p := access.Principal(1); p <= 2; p++ {
				as(t, s, p).ruled(1, ews.RulePredicates{}, do(all))
			}
			one, two := as(t, s, 1), as(t, s, 2)
			before := len(one.found(named("inbox"), ews.FindItem{})) + len(two.found(named("inbox"), ews.FindItem{}))
			require.Equal(t, ews.NoError, as(t, s, 3).send(ews.SendOnly, letter("x", "", "user1@contoso.com")))
			after := len(one.found(named("inbox"), ews.FindItem{})) + len(two.found(named("inbox"), ews.FindItem{}))
			// To one, who sends it to both; two sends it to both; neither sends on what has been with it.
			assert.Equal(t, 5, after-before)
		})
	}
}

func TestLongChainsOfRules(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 9, noGrants)
	for p := access.Principal(1); p < 9; p++ {
		as(t, s, p).ruled(1, ews.RulePredicates{ContainsSubjectStrings: []string{"chain"}}, ews.RuleActions{Redirect: []ews.Mailbox{{Address: users(9).Address(p + 1)}}})
	}
	require.Equal(t, ews.NoError, as(t, s, 9).send(ews.SendOnly, letter("chain", "", "user1@contoso.com")))
	for p := access.Principal(1); p <= 8; p++ {
		want := 1
		if p > 6 {
			want = 0
		}
		assert.Len(t, as(t, s, p).with("inbox", "chain"), want, p)
	}
}

func TestServerReply(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	me, sender := as(t, s, 1), as(t, s, 2)
	template := me.create(named("drafts"), object(ews.KindMessage, "item:Subject", "I have left", "item:Body", ews.BodyContent{BodyType: ews.BodyText, Text: "for good"}))
	me.ruled(1, ews.RulePredicates{}, ews.RuleActions{ServerReply: &template})
	sender.ruled(1, ews.RulePredicates{}, ews.RuleActions{ServerReply: new(sender.note(named("drafts"), "so have I"))})
	for range 2 {
		require.Equal(t, ews.NoError, sender.send(ews.SendOnly, letter("where are you?", "", "user1@contoso.com")))
	}
	got := sender.with("inbox", "I have left")
	require.Len(t, got, 2, "every message has a reply")
	assert.Equal(t, "user1@contoso.com", addressIn(got[0], "message:From"))
	assert.Equal(t, "IPM.Note.Rules.ReplyTemplate.Microsoft", got[0].Text("item:ItemClass"))
	assert.Empty(t, me.with("inbox", "so have I"), "nobody replies to an automatic reply")
	assert.Len(t, me.with("drafts", "I have left"), 1, "the template stays")
}

// A subscription hears of mail in the folder that it is put into.
func TestRulesAndEvents(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me := as(t, s, 1)
	me.ruled(1, ews.RulePredicates{}, ews.RuleActions{MoveToFolder: target("junkemail")})
	heard := func(folder string) int {
		w, m := s.Watch(me.call, ews.Subscription{Folders: []ews.FolderID{named(folder)}, Events: []ews.EventType{ews.NewMailEvent}})
		require.False(t, m.Class == ews.Error)
		h, ok := s.Listen(w, 0, 10)
		require.True(t, ok)
		return len(h.Events)
	}
	require.Equal(t, ews.NoError, as(t, s, 2).send(ews.SendOnly, letter("x", "", "user1@contoso.com")))
	assert.Equal(t, 1, heard("junkemail"))
	assert.Zero(t, heard("inbox"))
}

// Mail that waits, since its sender sends too much, meets the rules that there are when it arrives.
func TestRulesAndDelay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := newStore(t, 2, noGrants)
		s.SendDelay = func(access.Principal) time.Duration { return time.Minute }
		me := as(t, s, 1)
		require.Equal(t, ews.NoError, as(t, s, 2).send(ews.SendOnly, letter("late", "", "user1@contoso.com")))
		me.ruled(1, ews.RulePredicates{}, ews.RuleActions{MoveToFolder: target("junkemail")})
		time.Sleep(2 * time.Minute)
		assert.Len(t, me.with("junkemail", "late"), 1)
	})
}

// Mail that comes from elsewhere by itself meets rules as well; its attachment is the same wherever it goes.
func TestRulesAndMailFromElsewhere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := newStore(t, 2, noGrants)
		me, other := as(t, s, 1), as(t, s, 2)
		me.ruled(1, ews.RulePredicates{HasAttachments: true}, ews.RuleActions{CopyToFolder: target("junkemail"), Redirect: []ews.Mailbox{{Address: "user2@contoso.com"}}})
		me.ruled(2, ews.RulePredicates{ContainsSenderStrings: []string{"fabrikam"}}, ews.RuleActions{MarkAsRead: true})
		before := len(me.found(named("junkemail"), ews.FindItem{}))
		s.MailEvery = time.Minute
		time.Sleep(time.Hour)
		inbox := me.found(named("inbox"), ews.FindItem{Restriction: fromElsewhere()})
		synctest.Wait() // until what rules send on has arrived
		s.MailEvery = 0
		require.NotEmpty(t, inbox)
		var with []ews.Object
		for _, o := range inbox {
			assert.True(t, o.Bool("message:IsRead"))
			if o.Bool("item:HasAttachments") {
				with = append(with, o)
			}
		}
		require.NotEmpty(t, with)
		copies := me.found(named("junkemail"), ews.FindItem{})
		assert.Equal(t, len(with), len(copies)-before)
		var redirected []ews.Object // among what has come to the other from elsewhere
		for _, o := range other.found(named("inbox"), ews.FindItem{Restriction: fromElsewhere()}) {
			if to := o.Text("item:DisplayTo"); to == "User 1" {
				redirected = append(redirected, o)
			}
		}
		assert.Len(t, redirected, len(with))
		there := map[string]bool{}
		for _, o := range redirected {
			there[string(other.attached(idOf(o)))] = true
		}
		moved, code := do[ews.MoveItemResponse](me, ews.MoveItem{To: *target("drafts"), Items: []ews.ItemRef{idOf(copies[0]).Ref()}})
		require.Equal(t, ews.NoError, code)
		assert.True(t, there[string(me.attached(idOf(moved.Messages[0].Items[0])))])
		assert.True(t, there[string(me.attached(idOf(with[0])))])
		assert.Len(t, there, len(with), "each message has one of its own")
	})
}

func fromElsewhere() *ews.Restriction {
	return &ews.Restriction{Expression: ews.Expression{
		Is: ews.Contains, Path: path("message:From"), Value: "fabrikam", Mode: "Substring", Compare: "IgnoreCase",
	}}
}

// attached is what is attached to an item.
func (c client) attached(id ews.ItemID) []byte {
	c.tb.Helper()
	o, code := c.get(id.Ref())
	require.Equal(c.tb, ews.NoError, code)
	files, _ := o.Get(path("item:Attachments")).(ews.Attachments)
	require.Len(c.tb, files.Attachments, 1)
	r, code := do[ews.GetAttachmentResponse](c, ews.GetAttachment{IDs: []ews.AttachmentID{*files.Attachments[0].ID}})
	require.Equal(c.tb, ews.NoError, code)
	return *r.Messages[0].Attachments[0].Content
}
