package mailbox

import (
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// maxRuleText is how long a text in a rule may be, in bytes. The number is unsourced; that there is a bound is not.
const maxRuleText = 512

// ruleTexts are what an answer says of a rule that is not in order, by code (ews-managed-api, RuleErrorCode, says what each means).
func ruleText(code string) string {
	switch code {
	case "CreateWithRuleId":
		return "A new rule gets its id from the server."
	case "EmptyValueFound":
		return "The value is empty."
	case "DuplicatedPriority":
		return "Two rules of the request have the same priority."
	case "DuplicatedOperationOnTheSameRule":
		return "The request has another operation on the same rule."
	case "FolderDoesNotExist":
		return "The folder is not in the mailbox."
	case "InvalidAddress", "InvalidDateRange", "InvalidFolderId", "InvalidSizeRange", "InvalidValue":
		return "The value is invalid."
	case "MissingAction":
		return "The rule has no action."
	case "MissingParameter", "MissingRangeValue":
		return "The value is missing."
	case "NotSettable":
		return "The property cannot be set."
	case "RuleNotFound", "RecipientDoesNotExist", "ConnectedAccountNotFound", "MessageClassificationNotFound":
		return "There is none."
	case "SizeLessThanZero":
		return "The size is less than zero."
	case "StringValueTooBig":
		return "The text is too long."
	}
	return "The address is of a kind that rules do not know."
}

func (c *ruleChange) fail(field, code, value string) {
	c.errors = append(c.errors, ews.RuleError{Field: field, Code: code, Text: ruleText(code), Value: value})
}

// check says what is wrong with a rule, and whether the operation is in order.
func (c *ruleChange) check(r *ews.Rule) bool {
	c.text("DisplayName", r.Name)
	switch priority := strconv.Itoa(r.Priority); {
	case r.Priority < 1:
		c.fail("Priority", "InvalidValue", priority)
	case c.taken[r.Priority]:
		c.fail("Priority", "DuplicatedPriority", priority)
	default:
		c.taken[r.Priority] = true
	}
	if r.NotSupported != nil && *r.NotSupported {
		c.fail("IsNotSupported", "NotSettable", "true")
	}
	if r.InError != nil && *r.InError {
		c.fail("IsInError", "NotSettable", "true")
	}
	if r.Conditions != nil {
		c.predicates("Condition:", r.Conditions)
	}
	if r.Exceptions != nil {
		c.predicates("Exception:", r.Exceptions)
	}
	c.actions(r.Actions)
	return len(c.errors) == 0
}

func (c *ruleChange) text(field, text string) {
	if text == "" {
		c.fail(field, "EmptyValueFound", "")
	}
	if len(text) > maxRuleText {
		c.fail(field, "StringValueTooBig", text)
	}
}

// texts checks a list, which is nil if the rule does not have it.
func (c *ruleChange) texts(field string, list []string) {
	if list != nil && len(list) == 0 {
		c.fail(field, "EmptyValueFound", "")
	}
	for _, text := range list {
		c.text(field, text)
	}
}

// people checks a list of addresses.
func (c *ruleChange) people(field string, list []ews.Mailbox) {
	if list != nil && len(list) == 0 {
		c.fail(field, "EmptyValueFound", "")
	}
	for i, m := range list {
		p, _ := c.dir.Find(m.Address)
		_, isList := c.roomList(m.Address)
		switch {
		case m.Address == "":
			c.fail(field, "EmptyValueFound", "")
		case m.RoutingType != "" && !strings.EqualFold(m.RoutingType, "SMTP"):
			c.fail(field, "UnsupportedAddress", m.Address)
		case !strings.Contains(m.Address, "@"):
			c.fail(field, "InvalidAddress", m.Address)
		case p == 0 && !isList && strings.EqualFold(domainOf(m.Address), domainOf(c.dir.Address(c.box.owner))):
			c.fail(field, "RecipientDoesNotExist", m.Address)
		default:
			list[i] = c.known(m)
		}
	}
}

func (c *ruleChange) predicates(kind string, p *ews.RulePredicates) {
	for _, l := range []struct {
		field string
		list  []string
	}{
		{"Categories", p.Categories},
		{"ContainsBodyStrings", p.ContainsBodyStrings},
		{"ContainsHeaderStrings", p.ContainsHeaderStrings},
		{"ContainsRecipientStrings", p.ContainsRecipientStrings},
		{"ContainsSenderStrings", p.ContainsSenderStrings},
		{"ContainsSubjectOrBodyStrings", p.ContainsSubjectOrBodyStrings},
		{"ContainsSubjectStrings", p.ContainsSubjectStrings},
		{"ItemClasses", p.ItemClasses},
	} {
		c.texts(kind+l.field, l.list)
	}
	c.people(kind+"FromAddresses", p.FromAddresses)
	c.people(kind+"SentToAddresses", p.SentToAddresses)
	for _, name := range p.FromConnectedAccounts { // nobody has connected one
		c.fail(kind+"FromConnectedAccounts", "ConnectedAccountNotFound", name)
	}
	for _, name := range p.MessageClassifications { // the organisation has none
		c.fail(kind+"MessageClassifications", "MessageClassificationNotFound", name)
	}
	c.dates(kind+"WithinDateRange", p.WithinDateRange)
	c.sizes(kind+"WithinSizeRange", p.WithinSizeRange)
}

func (c *ruleChange) dates(field string, r *ews.DateRange) {
	switch {
	case r == nil:
	case r.Start == nil && r.End == nil:
		c.fail(field, "MissingRangeValue", "")
	case r.Start != nil && r.End != nil && r.End.Before(*r.Start):
		c.fail(field, "InvalidDateRange", r.End.Format(ews.DateTime))
	}
}

func (c *ruleChange) sizes(field string, r *ews.SizeRange) {
	switch {
	case r == nil:
		return
	case r.Minimum == nil && r.Maximum == nil:
		c.fail(field, "MissingRangeValue", "")
	case r.Minimum != nil && r.Maximum != nil && *r.Maximum < *r.Minimum:
		c.fail(field, "InvalidSizeRange", strconv.Itoa(*r.Maximum))
	}
	for _, n := range []*int{r.Minimum, r.Maximum} {
		if n != nil && *n < 0 {
			c.fail(field, "SizeLessThanZero", strconv.Itoa(*n))
		}
	}
}

func (c *ruleChange) actions(a *ews.RuleActions) {
	if a == nil || !acts(a) {
		c.fail("Actions", "MissingAction", "")
		return
	}
	c.texts("Action:AssignCategories", a.AssignCategories)
	c.people("Action:ForwardAsAttachmentToRecipients", a.ForwardAsAttachment)
	c.people("Action:ForwardToRecipients", a.Forward)
	c.people("Action:RedirectToRecipients", a.Redirect)
	for _, phone := range a.SendSMSAlert {
		c.text("Action:SendSMSAlertToRecipients", phone.Address)
	}
	c.target("Action:CopyToFolder", a.CopyToFolder)
	c.target("Action:MoveToFolder", a.MoveToFolder)
	if a.ServerReply != nil && c.template(a.ServerReply.ID) == nil {
		c.fail("Action:ServerReplyWithMessage", "InvalidValue", a.ServerReply.ID)
	}
}

// acts reports whether there is an action among them.
func acts(a *ews.RuleActions) bool {
	return a.AssignCategories != nil || a.CopyToFolder != nil || a.Delete || a.ForwardAsAttachment != nil || a.Forward != nil ||
		a.MarkImportance != "" || a.MarkAsRead || a.MoveToFolder != nil || a.PermanentDelete || a.Redirect != nil || a.SendSMSAlert != nil ||
		a.ServerReply != nil || a.StopProcessingRules
}

// target checks a folder, and names it by its id: clients know no other name in answers (ews-managed-api, RuleActions).
func (c *ruleChange) target(field string, t *ews.TargetFolder) {
	if t == nil {
		return
	}
	name := t.ID.ID + t.ID.Distinguished
	owner, number, code := c.locate(t.ID)
	f := c.box.folder(number)
	switch {
	case code == ews.ErrorInvalidIdMalformed || code == "ErrorCannotUseItemIdForFolderId":
		c.fail(field, "InvalidFolderId", name)
	case code != ews.NoError || owner != c.box.owner || f == nil:
		c.fail(field, "FolderDoesNotExist", name)
	default:
		t.ID = c.box.folderID(f)
	}
}

// template is the message of that id, nil if it is none of the mailbox's.
func (b *box) template(id string) *item {
	r, ok := decode(id)
	if !ok || r.storage != storageItem || r.mailbox != b.guid || r.item == 0 {
		return nil
	}
	f := b.folder(r.folder)
	if f == nil {
		return nil
	}
	if it := b.item(f, r.item); it != nil && it.isMail() {
		return it
	}
	return nil
}

// template of the mailbox whose rules are changed.
func (c *ruleChange) template(id string) *item { return c.box.template(id) }
