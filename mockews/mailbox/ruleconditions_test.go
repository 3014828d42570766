package mailbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// Each predicate of the schema holds for a message, and does not for another one.
func TestPredicates(t *testing.T) {
	t.Parallel()
	request := ews.Path{Extended: ews.Extended{Set: "00062008-0000-0000-c000-000000000046", Custom: true, ID: 0x8530, Type: "String"}}
	class := func(class string) ews.Object { return object(ews.KindMessage, "item:ItemClass", class) }
	with := func(values ...any) ews.Object { return object(ews.KindMessage, values...) }
	flagged := with("item:Flag", ews.Flag{Status: "Flagged"})
	flagged.Set(request, "Follow up")
	file := with("item:Attachments", ews.Attachments{Attachments: []ews.Attachment{{Name: "a", Content: new([]byte)}}})
	people := func(addresses ...string) (r ews.Recipients) {
		for _, a := range addresses {
			r.Mailboxes = append(r.Mailboxes, ews.Mailbox{Address: a})
		}
		return r
	}
	const me, other = "user1@contoso.com", "user3@contoso.com"
	past, future, small, large := time.Now().Add(-time.Hour), time.Now().Add(time.Hour), 2, 9
	big := with("item:Body", ews.BodyContent{BodyType: ews.BodyText, Text: strings.Repeat("x", 3000)})
	body := with("item:Body", ews.BodyContent{BodyType: ews.BodyHTML, Text: "<p>The <b>Budget</b></p>"})
	for name, c := range map[string]struct {
		is      ews.RulePredicates
		yes, no ews.Object
	}{
		"Categories":                   {ews.RulePredicates{Categories: []string{"red", "BLUE"}}, with("item:Categories", ews.Strings{Strings: []string{"blue"}}), with()},
		"ContainsBodyStrings":          {ews.RulePredicates{ContainsBodyStrings: []string{"the budget"}}, body, with("item:Subject", "the budget")},
		"ContainsHeaderStrings":        {ews.RulePredicates{ContainsHeaderStrings: []string{"Subject: Hello"}}, with("item:Subject", "Hello you"), with("item:Subject", "You, hello")},
		"ContainsRecipientStrings":     {ews.RulePredicates{ContainsRecipientStrings: []string{"user 3"}}, with("message:CcRecipients", people(other)), with()},
		"ContainsSenderStrings":        {ews.RulePredicates{ContainsSenderStrings: []string{"ser2@"}}, with(), ews.Object{}},
		"ContainsSubjectOrBodyStrings": {ews.RulePredicates{ContainsSubjectOrBodyStrings: []string{"budget"}}, body, with()},
		"ContainsSubjectStrings":       {ews.RulePredicates{ContainsSubjectStrings: []string{"a", "LL"}}, with("item:Subject", "Hello"), with("item:Subject", "Hi")},
		"FlaggedForAction":             {ews.RulePredicates{FlaggedForAction: "FollowUp"}, flagged, with("item:Flag", ews.Flag{Status: "Flagged"})},
		"FlaggedForAction Any":         {ews.RulePredicates{FlaggedForAction: "Any"}, flagged, with()},
		"FromAddresses":                {ews.RulePredicates{FromAddresses: []ews.Mailbox{{Address: "user2@contoso.com"}}}, with(), ews.Object{}},
		"HasAttachments":               {ews.RulePredicates{HasAttachments: true}, file, with()},
		"Importance":                   {ews.RulePredicates{Importance: "High"}, with("item:Importance", ews.Importance("High")), with()},
		"Importance Normal":            {ews.RulePredicates{Importance: "Normal"}, with(), with("item:Importance", ews.Importance("Low"))},
		"IsApprovalRequest":            {ews.RulePredicates{IsApprovalRequest: true}, class("IPM.Note.Microsoft.Approval.Request"), with()},
		"IsAutomaticReply":             {ews.RulePredicates{IsAutomaticReply: true}, class("IPM.Note.Rules.OofTemplate.Microsoft"), with()},
		"IsEncrypted":                  {ews.RulePredicates{IsEncrypted: true}, class("IPM.Note.SMIME"), class("IPM.Note.SMIME.MultipartSigned")},
		"IsNDR":                        {ews.RulePredicates{IsNDR: true}, class("REPORT.IPM.Note.NDR"), class("REPORT.IPM.Note.DR")},
		"IsPermissionControlled":       {ews.RulePredicates{IsPermissionControlled: true}, class("IPM.Note.rpmsg.Microsoft"), with()},
		"IsReadReceipt":                {ews.RulePredicates{IsReadReceipt: true}, class("REPORT.IPM.Note.IPNRN"), class("REPORT.IPM.Note.NDR")},
		"IsSigned":                     {ews.RulePredicates{IsSigned: true}, class("IPM.Note.SMIME.MultipartSigned"), class("IPM.Note.SMIME")},
		"IsVoicemail":                  {ews.RulePredicates{IsVoicemail: true}, class("IPM.Note.Microsoft.Voicemail.UM"), with()},
		"ItemClasses":                  {ews.RulePredicates{ItemClasses: []string{"ipm.note.custom"}}, class("IPM.Note.Custom.Special"), class("IPM.Note.Customer")},
		"NotSentToMe":                  {ews.RulePredicates{NotSentToMe: true}, with("message:ToRecipients", to(other), "message:CcRecipients", people(me)), with()},
		"SentCcMe":                     {ews.RulePredicates{SentCcMe: true}, with("message:CcRecipients", people(other, me)), with()},
		"SentOnlyToMe":                 {ews.RulePredicates{SentOnlyToMe: true}, with("message:CcRecipients", people(other)), with("message:ToRecipients", people(me, other))},
		"SentToAddresses":              {ews.RulePredicates{SentToAddresses: []ews.Mailbox{{Address: other}}}, with("message:CcRecipients", people(other)), with()},
		"SentToMe":                     {ews.RulePredicates{SentToMe: true}, with(), with("message:ToRecipients", to(other), "message:BccRecipients", people(me))},
		"SentToOrCcMe":                 {ews.RulePredicates{SentToOrCcMe: true}, with("message:ToRecipients", to(other), "message:CcRecipients", people(me)), with("message:ToRecipients", to(other), "message:BccRecipients", people(me))},
		"Sensitivity":                  {ews.RulePredicates{Sensitivity: "Private"}, with("item:Sensitivity", ews.Sensitivity("Private")), with()},
		"WithinDateRange":              {ews.RulePredicates{WithinDateRange: &ews.DateRange{Start: &past, End: &future}}, with(), ews.Object{}},
		"WithinDateRange, later":       {ews.RulePredicates{WithinDateRange: &ews.DateRange{Start: &future}}, ews.Object{}, with()},
		"WithinDateRange, before":      {ews.RulePredicates{WithinDateRange: &ews.DateRange{End: &past}}, ews.Object{}, with()},
		"WithinSizeRange, large":       {ews.RulePredicates{WithinSizeRange: &ews.SizeRange{Minimum: &small, Maximum: &large}}, big, with()},
		"WithinSizeRange, small":       {ews.RulePredicates{WithinSizeRange: &ews.SizeRange{Maximum: &small}}, with(), big},
		"two conditions":               {ews.RulePredicates{HasAttachments: true, SentToMe: true}, file, with()},
		"none":                         {ews.RulePredicates{}, with(), ews.Object{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := newStore(t, 4, noGrants)
			owner, sender := as(t, s, 1), as(t, s, 2)
			owner.ruled(1, c.is, ews.RuleActions{MoveToFolder: target("junkemail")})
			before := len(owner.found(named("junkemail"), ews.FindItem{}))
			for _, o := range []ews.Object{c.yes, c.no} {
				if o.Kind == "" {
					continue
				}
				if o.Get(path("message:ToRecipients")) == nil {
					o.Set(path("message:ToRecipients"), to(me))
				}
				require.Equal(t, ews.NoError, sender.send(ews.SendOnly, o))
			}
			want := 1
			if c.yes.Kind == "" {
				want = 0
			}
			assert.Equal(t, want, len(owner.found(named("junkemail"), ews.FindItem{}))-before)
		})
	}
}

func TestMeetingPredicatesAndExceptions(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	owner, sender := as(t, s, 1), as(t, s, 2)
	owner.ruled(1, ews.RulePredicates{IsMeetingRequest: true}, ews.RuleActions{MoveToFolder: target("junkemail")})
	_, code := do[ews.CreateItemResponse](sender, ews.CreateItem{Invitations: ews.SendToAllAndSaveCopy, Items: []ews.Object{object(ews.KindCalendarItem,
		"item:Subject", "meet", "calendar:RequiredAttendees", ews.Attendees{Attendees: []ews.Attendee{{Mailbox: ews.Mailbox{Address: "user1@contoso.com"}}}})}})
	require.Equal(t, ews.NoError, code)
	request := owner.with("junkemail", "meet")
	require.Len(t, request, 1)
	assert.Len(t, owner.with("calendar", "meet"), 1, "a calendar takes no notice of rules")
	sender.ruled(1, ews.RulePredicates{IsMeetingResponse: true}, ews.RuleActions{MoveToFolder: target("junkemail")})
	answer := object(ews.KindAcceptItem, "item:ReferenceItemId", idOf(request[0]))
	_, code = do[ews.CreateItemResponse](owner, ews.CreateItem{Disposition: ews.SendOnly, Items: []ews.Object{answer}})
	require.Equal(t, ews.NoError, code)
	assert.Len(t, sender.found(named("junkemail"), ews.FindItem{Restriction: &ews.Restriction{Expression: ews.Expression{
		Is: ews.IsEqualTo, Path: path("item:ItemClass"), Value: "IPM.Schedule.Meeting.Resp.Pos",
	}}}), 1)

	third := as(t, s, 3)
	rule := ews.Rule{
		Name: "x", Priority: 1, Conditions: &ews.RulePredicates{SentToMe: true},
		Exceptions: &ews.RulePredicates{ContainsSubjectStrings: []string{"keep"}, Importance: "High"}, Actions: &ews.RuleActions{PermanentDelete: true},
	}
	_, code = do[ews.UpdateInboxRulesResponse](third, ews.UpdateInboxRules{Operations: []ews.RuleOperation{{Create: &rule}}})
	require.Equal(t, ews.NoError, code)
	for _, subject := range []string{"keep it", "lose it"} {
		require.Equal(t, ews.NoError, sender.send(ews.SendOnly, letter(subject, "", "user3@contoso.com")))
	}
	assert.Len(t, third.with("inbox", "keep it"), 1, "one exception is enough")
	assert.Empty(t, third.with("inbox", "lose it"))
}

func TestIsAutomaticForward(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	as(t, s, 1).ruled(1, ews.RulePredicates{ContainsSubjectStrings: []string{"forward"}}, ews.RuleActions{Forward: []ews.Mailbox{{Address: "user2@contoso.com"}}})
	as(t, s, 2).ruled(1, ews.RulePredicates{IsAutomaticForward: true}, ews.RuleActions{MoveToFolder: target("junkemail")})
	require.Equal(t, ews.NoError, as(t, s, 3).send(ews.SendOnly, letter("forward", "", "user1@contoso.com")))
	require.Equal(t, ews.NoError, as(t, s, 3).send(ews.SendOnly, letter("forward", "", "user2@contoso.com")))
	assert.Len(t, as(t, s, 2).with("junkemail", "FW: forward"), 1)
	assert.Len(t, as(t, s, 2).with("inbox", "forward"), 1)
}
