package mailbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// rules are those of the caller.
func (c client) rules() []ews.Rule {
	c.tb.Helper()
	r, code := do[ews.GetInboxRulesResponse](c, ews.GetInboxRules{})
	require.Equal(c.tb, ews.NoError, code)
	require.NotNil(c.tb, r.OutlookBlob)
	assert.False(c.tb, *r.OutlookBlob)
	return *r.Rules
}

// ruled makes a rule with an action, and returns its id.
func (c client) ruled(priority int, conditions ews.RulePredicates, actions ews.RuleActions) string {
	c.tb.Helper()
	rule := ews.Rule{Name: "rule", Priority: priority, Conditions: &conditions, Actions: &actions}
	r, code := do[ews.UpdateInboxRulesResponse](c, ews.UpdateInboxRules{Operations: []ews.RuleOperation{{Create: &rule}}})
	require.Equal(c.tb, ews.NoError, code, "%+v", r.Errors)
	return c.rules()[min(priority, len(c.rules()))-1].ID
}

// wrong is what is wrong with operations: field and code of each error, by operation.
func (c client) wrong(ops ...ews.RuleOperation) (all []string) {
	c.tb.Helper()
	before := c.rules()
	r, code := do[ews.UpdateInboxRulesResponse](c, ews.UpdateInboxRules{Operations: ops})
	if code == ews.NoError {
		return nil
	}
	require.Equal(c.tb, ews.Code("ErrorInboxRulesValidationError"), code)
	for _, op := range r.Errors {
		for _, e := range op.Errors {
			all = append(all, string(rune('0'+op.Index))+" "+e.Field+" "+e.Code)
			assert.NotEmpty(c.tb, e.Text)
		}
	}
	if len(r.Errors) == len(ops) {
		assert.Equal(c.tb, before, c.rules(), "nothing has changed")
	}
	return all
}

func to(address string) ews.Recipients {
	return ews.Recipients{Mailboxes: []ews.Mailbox{{Address: address}}}
}

func target(name string) *ews.TargetFolder { return &ews.TargetFolder{ID: named(name)} }

func TestRulesAreKept(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	me := as(t, s, 1)
	assert.Empty(t, me.rules())
	words := ews.RulePredicates{ContainsSubjectStrings: []string{"Interesting"}}
	first := me.ruled(1, words, ews.RuleActions{MoveToFolder: target("junkemail")})
	second := me.ruled(1, ews.RulePredicates{FromAddresses: []ews.Mailbox{{Address: "USER2@contoso.com"}}}, ews.RuleActions{MarkAsRead: true})
	got := me.rules()
	require.Len(t, got, 2)
	assert.Equal(t, []string{second, first}, []string{got[0].ID, got[1].ID}, "the one that came later goes before")
	assert.Equal(t, []int{1, 2}, []int{got[0].Priority, got[1].Priority})
	assert.Equal(t, []ews.Mailbox{{Name: "User 2", Address: "user2@contoso.com", RoutingType: "SMTP", MailboxType: "Mailbox"}}, got[0].Conditions.FromAddresses)
	assert.True(t, *got[0].Enabled, "a rule that does not say otherwise is in force")
	assert.Empty(t, got[1].Actions.MoveToFolder.ID.Distinguished, "clients know no other name than the id")
	junk, code := do[ews.GetFolderResponse](me, ews.GetFolder{Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Folders: []ews.FolderID{got[1].Actions.MoveToFolder.ID}})
	require.Equal(t, ews.NoError, code)
	require.Len(t, junk.Messages[0].Folders, 1)

	changed := got[1]
	changed.Name, changed.Priority, changed.Enabled = "changed", 1, new(bool)
	_, code = do[ews.UpdateInboxRulesResponse](me, ews.UpdateInboxRules{Mailbox: "user1@contoso.com", Operations: []ews.RuleOperation{{Set: &changed}, {Delete: second}}})
	require.Equal(t, ews.NoError, code)
	got = me.rules()
	require.Len(t, got, 1)
	assert.Equal(t, changed, got[0])
	assert.Empty(t, as(t, s, 2).rules(), "of somebody else")
	s.Reset()
	assert.Empty(t, me.rules())
}

func TestRulesOfOthers(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, access.Grants{Delegates: []access.Delegate{{Mailbox: "user1@contoso.com", User: "user2@contoso.com", Inbox: access.LevelEditor}}})
	for name, c := range map[string]struct {
		who     access.Principal
		address string
		code    ews.Code
	}{
		"own": {1, "", ews.NoError}, "own by address": {1, "user1@contoso.com", ews.NoError}, "a delegate": {2, "user1@contoso.com", ews.ErrorAccessDenied},
		"nobody": {1, "user9@contoso.com", ews.ErrorNonExistentMailbox}, "without a mailbox": {-1, "", ews.ErrorMissingEmailAddress},
	} {
		_, code := do[ews.GetInboxRulesResponse](as(t, s, c.who), ews.GetInboxRules{Mailbox: c.address})
		assert.Equal(t, c.code, code, name)
		rule := ews.Rule{Name: "x", Priority: 1, Actions: &ews.RuleActions{MarkAsRead: true}}
		_, code = do[ews.UpdateInboxRulesResponse](as(t, s, c.who), ews.UpdateInboxRules{Mailbox: c.address, Operations: []ews.RuleOperation{{Create: &rule}}})
		assert.Equal(t, c.code, code, name)
	}
	impersonated := as(t, s, 1)
	impersonated.call.Caller = -1
	assert.Len(t, impersonated.rules(), 2)
}

func TestRulesThatAreNotInOrder(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 3, noGrants)
	me := as(t, s, 1)
	there := me.ruled(1, ews.RulePredicates{}, ews.RuleActions{MarkAsRead: true})
	theirs := as(t, s, 2).note(named("inbox"), "theirs")
	early, late, yes, minus, zero := time.Unix(0, 0), time.Unix(9, 0), true, -1, 0
	reads := &ews.RuleActions{MarkAsRead: true}
	rule := func(change func(*ews.Rule)) *ews.Rule {
		r := &ews.Rule{Name: "x", Priority: 1, Actions: reads, Conditions: &ews.RulePredicates{}}
		change(r)
		return r
	}
	if1 := func(p ews.RulePredicates) *ews.Rule { return rule(func(r *ews.Rule) { r.Conditions = &p }) }
	then := func(a ews.RuleActions) *ews.Rule { return rule(func(r *ews.Rule) { r.Actions = &a }) }
	for name, c := range map[string]struct {
		rule *ews.Rule
		want []string
	}{
		"in order":          {rule(func(*ews.Rule) {}), nil},
		"with an id":        {rule(func(r *ews.Rule) { r.ID = "AQ==" }), []string{"0 RuleId CreateWithRuleId"}},
		"no name":           {rule(func(r *ews.Rule) { r.Name = "" }), []string{"0 DisplayName EmptyValueFound"}},
		"a long name":       {rule(func(r *ews.Rule) { r.Name = strings.Repeat("x", 513) }), []string{"0 DisplayName StringValueTooBig"}},
		"priority":          {rule(func(r *ews.Rule) { r.Priority = 0 }), []string{"0 Priority InvalidValue"}},
		"not supported":     {rule(func(r *ews.Rule) { r.NotSupported = &yes }), []string{"0 IsNotSupported NotSettable"}},
		"in error":          {rule(func(r *ews.Rule) { r.InError = &yes }), []string{"0 IsInError NotSettable"}},
		"nothing to do":     {rule(func(r *ews.Rule) { r.Actions = nil }), []string{"0 Actions MissingAction"}},
		"no action":         {then(ews.RuleActions{}), []string{"0 Actions MissingAction"}},
		"two mistakes":      {rule(func(r *ews.Rule) { r.Name, r.Actions = "", nil }), []string{"0 DisplayName EmptyValueFound", "0 Actions MissingAction"}},
		"no words":          {if1(ews.RulePredicates{ContainsBodyStrings: []string{}}), []string{"0 Condition:ContainsBodyStrings EmptyValueFound"}},
		"an empty word":     {if1(ews.RulePredicates{Categories: []string{"a", ""}}), []string{"0 Condition:Categories EmptyValueFound"}},
		"an exception":      {rule(func(r *ews.Rule) { r.Exceptions = &ews.RulePredicates{ItemClasses: []string{}} }), []string{"0 Exception:ItemClasses EmptyValueFound"}},
		"no addresses":      {if1(ews.RulePredicates{FromAddresses: []ews.Mailbox{}}), []string{"0 Condition:FromAddresses EmptyValueFound"}},
		"no address":        {if1(ews.RulePredicates{FromAddresses: []ews.Mailbox{{Name: "a"}}}), []string{"0 Condition:FromAddresses EmptyValueFound"}},
		"a bad address":     {if1(ews.RulePredicates{SentToAddresses: []ews.Mailbox{{Address: "a"}}}), []string{"0 Condition:SentToAddresses InvalidAddress"}},
		"a kind of address": {if1(ews.RulePredicates{SentToAddresses: []ews.Mailbox{{Address: "a@b", RoutingType: "FAX"}}}), []string{"0 Condition:SentToAddresses UnsupportedAddress"}},
		"nobody":            {then(ews.RuleActions{Forward: []ews.Mailbox{{Address: "user9@contoso.com"}}}), []string{"0 Action:ForwardToRecipients RecipientDoesNotExist"}},
		"somebody outside":  {then(ews.RuleActions{Redirect: []ews.Mailbox{{Address: "a@fabrikam.com"}}}), nil},
		"an account":        {if1(ews.RulePredicates{FromConnectedAccounts: []string{"a"}}), []string{"0 Condition:FromConnectedAccounts ConnectedAccountNotFound"}},
		"a classification":  {if1(ews.RulePredicates{MessageClassifications: []string{"a"}}), []string{"0 Condition:MessageClassifications MessageClassificationNotFound"}},
		"no dates":          {if1(ews.RulePredicates{WithinDateRange: &ews.DateRange{}}), []string{"0 Condition:WithinDateRange MissingRangeValue"}},
		"dates":             {if1(ews.RulePredicates{WithinDateRange: &ews.DateRange{Start: &late, End: &early}}), []string{"0 Condition:WithinDateRange InvalidDateRange"}},
		"no sizes":          {if1(ews.RulePredicates{WithinSizeRange: &ews.SizeRange{}}), []string{"0 Condition:WithinSizeRange MissingRangeValue"}},
		"sizes":             {if1(ews.RulePredicates{WithinSizeRange: &ews.SizeRange{Minimum: &zero, Maximum: &minus}}), []string{"0 Condition:WithinSizeRange InvalidSizeRange", "0 Condition:WithinSizeRange SizeLessThanZero"}},
		"a folder id":       {then(ews.RuleActions{MoveToFolder: &ews.TargetFolder{ID: ews.FolderID{ID: "bad"}}}), []string{"0 Action:MoveToFolder InvalidFolderId"}},
		"an item's id":      {then(ews.RuleActions{CopyToFolder: &ews.TargetFolder{ID: ews.FolderID{ID: theirs.ID}}}), []string{"0 Action:CopyToFolder InvalidFolderId"}},
		"no such folder":    {then(ews.RuleActions{MoveToFolder: target("nowhere")}), []string{"0 Action:MoveToFolder FolderDoesNotExist"}},
		"another's folder":  {then(ews.RuleActions{MoveToFolder: &ews.TargetFolder{ID: ews.FolderID{Distinguished: "inbox", Mailbox: "user2@contoso.com"}}}), []string{"0 Action:MoveToFolder FolderDoesNotExist"}},
		"another's message": {then(ews.RuleActions{ServerReply: &theirs}), []string{"0 Action:ServerReplyWithMessage InvalidValue"}},
		"no telephone":      {then(ews.RuleActions{SendSMSAlert: []ews.Mailbox{{}}}), []string{"0 Action:SendSMSAlertToRecipients EmptyValueFound"}},
	} {
		t.Run(name, func(t *testing.T) {
			c2 := me
			c2.tb = t
			assert.Equal(t, c.want, c2.wrong(ews.RuleOperation{Create: c.rule}))
		})
	}
	known := me.rules()[len(me.rules())-1]
	require.Equal(t, there, known.ID)
	unknown := known
	unknown.ID = "AQAAAAAAAP8="
	nameless := known
	nameless.ID = ""
	assert.Equal(t, []string{"0 RuleId RuleNotFound"}, me.wrong(ews.RuleOperation{Set: &unknown}))
	assert.Equal(t, []string{"0 RuleId MissingParameter"}, me.wrong(ews.RuleOperation{Set: &nameless}))
	assert.Equal(t, []string{"0 RuleId RuleNotFound"}, me.wrong(ews.RuleOperation{Delete: "x"}))
	assert.Equal(t, []string{"1 RuleId DuplicatedOperationOnTheSameRule"}, me.wrong(ews.RuleOperation{Set: &known}, ews.RuleOperation{Delete: there}))
	assert.Equal(t, []string{"1 Priority DuplicatedPriority"}, me.wrong(
		ews.RuleOperation{Create: rule(func(*ews.Rule) {})}, ews.RuleOperation{Create: rule(func(*ews.Rule) {})}))
}

// A request of which some operations are not in order: the others are saved, or none is, as the profile says.
func TestSomeOperationsAreNotInOrder(t *testing.T) {
	t.Parallel()
	for _, whole := range []bool{false, true} {
		t.Run(map[bool]string{false: "valid", true: "all"}[whole], func(t *testing.T) {
			t.Parallel()
			s, _ := newStore(t, 1, noGrants)
			s.WholeRules = whole
			me, act := as(t, s, 1), ews.RuleActions{MarkAsRead: true}
			for range 3 {
				me.ruled(1, ews.RulePredicates{}, act)
			}
			before := me.rules()
			renamed, actionless, taken := before[0], before[1], before[2]
			renamed.Name, actionless.Actions = "renamed", nil
			r, code := do[ews.UpdateInboxRulesResponse](me, ews.UpdateInboxRules{Operations: []ews.RuleOperation{
				{Set: &renamed},
				{Set: &actionless},
				{Delete: taken.ID},
				{Delete: "x"},
				{Create: &ews.Rule{Name: "made", Priority: 3, Actions: &act}},
				{Create: &ews.Rule{Priority: 4, Actions: &act}},
			}})
			require.Equal(t, ews.Code("ErrorInboxRulesValidationError"), code)
			var wrong []int
			for _, e := range r.Errors {
				wrong = append(wrong, e.Index)
			}
			assert.Equal(t, []int{1, 3, 5}, wrong)
			if whole {
				assert.Equal(t, before, me.rules())
				return
			}
			var names []string
			for _, rule := range me.rules() {
				names = append(names, rule.Name)
			}
			assert.Equal(t, []string{"renamed", "rule", "made"}, names)
			assert.Equal(t, before[1], me.rules()[1], "as it was")
		})
	}
}

func TestRulesOverQuota(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	words := make([]string, 600)
	for i := range words {
		words[i] = strings.Repeat("x", 512)
	}
	rule := ews.Rule{Name: "x", Priority: 1, Conditions: &ews.RulePredicates{ContainsSubjectStrings: words}, Actions: &ews.RuleActions{MarkAsRead: true}}
	_, code := do[ews.UpdateInboxRulesResponse](as(t, s, 1), ews.UpdateInboxRules{Operations: []ews.RuleOperation{{Create: &rule}}})
	assert.Equal(t, ews.Code("ErrorRulesOverQuota"), code)
	assert.Empty(t, as(t, s, 1).rules())
}

func TestActions(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 4, noGrants)
	me, sender := as(t, s, 1), as(t, s, 2)
	only := func(subject string) ews.RulePredicates {
		return ews.RulePredicates{ContainsSubjectStrings: []string{subject}}
	}
	for subject, a := range map[string]ews.RuleActions{
		"categories": {AssignCategories: []string{"red", "blue"}},
		"copy":       {CopyToFolder: target("junkemail")},
		"delete":     {Delete: true},
		"important":  {MarkImportance: "High"},
		"read":       {MarkAsRead: true},
		"move":       {MoveToFolder: target("junkemail")},
		"never":      {PermanentDelete: true},
		"telephone":  {SendSMSAlert: []ews.Mailbox{{Address: "+1 555 0100", RoutingType: "MOBILE"}}},
	} {
		me.ruled(1, only(subject), a)
		require.Equal(t, ews.NoError, sender.send(ews.SendOnly, letter(subject, "", "user1@contoso.com")))
	}
	arrived := func(folder, subject string) ews.Object {
		got := me.with(folder, subject)
		require.Len(t, got, 1, subject)
		return got[0]
	}
	o := arrived("inbox", "categories")
	assert.Equal(t, ews.Strings{Strings: []string{"red", "blue"}}, o.Get(path("item:Categories")))
	arrived("inbox", "copy")
	arrived("junkemail", "copy")
	arrived("deleteditems", "delete")
	o = arrived("inbox", "important")
	assert.Equal(t, ews.Importance("High"), o.Get(path("item:Importance")))
	assert.False(t, o.Bool("message:IsRead"))
	o = arrived("inbox", "read")
	assert.True(t, o.Bool("message:IsRead"))
	arrived("junkemail", "move")
	arrived("inbox", "telephone")
	for _, gone := range []string{"delete", "move", "never"} {
		assert.Empty(t, me.with("inbox", gone), gone)
	}
	for _, folder := range []string{"deleteditems", "junkemail", "recoverableitemsdeletions"} {
		assert.Empty(t, me.with(folder, "never"), "it was never here")
	}
}

// Rules are carried out in their order, until one stops.
func TestOrderOfRules(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me, sender := as(t, s, 1), as(t, s, 2)
	me.ruled(1, ews.RulePredicates{ContainsSubjectStrings: []string{"stop"}}, ews.RuleActions{MarkAsRead: true, StopProcessingRules: true})
	me.ruled(2, ews.RulePredicates{}, ews.RuleActions{MoveToFolder: target("junkemail")})
	off := ews.Rule{Name: "off", Priority: 1, Enabled: new(bool), Actions: &ews.RuleActions{PermanentDelete: true}}
	_, code := do[ews.UpdateInboxRulesResponse](me, ews.UpdateInboxRules{Operations: []ews.RuleOperation{{Create: &off}}})
	require.Equal(t, ews.NoError, code)
	for _, subject := range []string{"stop here", "go on"} {
		require.Equal(t, ews.NoError, sender.send(ews.SendOnly, letter(subject, "", "user1@contoso.com")))
	}
	assert.Len(t, me.with("inbox", "stop here"), 1)
	assert.Len(t, me.with("junkemail", "go on"), 1)
}

func TestRuleWhoseFolderIsGone(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me, sender := as(t, s, 1), as(t, s, 2)
	r, code := do[ews.CreateFolderResponse](me, ews.CreateFolder{Parent: ews.TargetFolder{ID: named("inbox")}, Folders: []ews.Object{object(ews.KindFolder, "folder:DisplayName", "Sales")}})
	require.Equal(t, ews.NoError, code)
	id, _ := r.Messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
	me.ruled(1, ews.RulePredicates{}, ews.RuleActions{MoveToFolder: &ews.TargetFolder{ID: id}, MarkAsRead: true})
	require.Equal(t, ews.NoError, sender.send(ews.SendOnly, letter("one", "", "user1@contoso.com")))
	assert.Len(t, me.found(id, ews.FindItem{}), 1)
	assert.Nil(t, me.rules()[0].InError)
	_, code = do[ews.DeleteFolderResponse](me, ews.DeleteFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{id}})
	require.Equal(t, ews.NoError, code)
	require.Equal(t, ews.NoError, sender.send(ews.SendOnly, letter("two", "", "user1@contoso.com")))
	got := me.with("inbox", "two")
	require.Len(t, got, 1)
	assert.False(t, got[0].Bool("message:IsRead"), "nothing of the rule is carried out")
	require.NotNil(t, me.rules()[0].InError)
	assert.True(t, *me.rules()[0].InError)
}
