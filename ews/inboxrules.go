package ews

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// The operations on inbox rules (MS docs: Manage Inbox rules by using EWS in
// Exchange; MS-OXWSRULES).
const (
	OpGetInboxRules    Op = "GetInboxRules"
	OpUpdateInboxRules Op = "UpdateInboxRules"
)

// Rule is what a server does with mail that arrives.
type Rule struct {
	ID       string `x:"t:RuleId"` // the server's; none in a new rule
	Name     string `x:"t:DisplayName,always"`
	Priority int    `x:"t:Priority,always"` // from 1, which goes first
	// Enabled is required by the schema, and left out by some clients.
	Enabled      *bool           `x:"t:IsEnabled"`
	NotSupported *bool           `x:"t:IsNotSupported"`
	InError      *bool           `x:"t:IsInError"`
	Conditions   *RulePredicates `x:"t:Conditions"`
	Exceptions   *RulePredicates `x:"t:Exceptions"`
	Actions      *RuleActions    `x:"t:Actions"`
}

// RulePredicates are what a rule asks of a message. As conditions all of them
// have to hold, as exceptions none of them may. Of a list, one entry is
// enough. An empty list that is not nil is one that the request has without
// anything in it.
type RulePredicates struct {
	Categories                   []string    `x:"t:Categories/t:String"`
	ContainsBodyStrings          []string    `x:"t:ContainsBodyStrings/t:String"`
	ContainsHeaderStrings        []string    `x:"t:ContainsHeaderStrings/t:String"`
	ContainsRecipientStrings     []string    `x:"t:ContainsRecipientStrings/t:String"`
	ContainsSenderStrings        []string    `x:"t:ContainsSenderStrings/t:String"`
	ContainsSubjectOrBodyStrings []string    `x:"t:ContainsSubjectOrBodyStrings/t:String"`
	ContainsSubjectStrings       []string    `x:"t:ContainsSubjectStrings/t:String"`
	FlaggedForAction             FlagAction  `x:"t:FlaggedForAction"`
	FromAddresses                []Mailbox   `x:"t:FromAddresses/t:Address"`
	FromConnectedAccounts        []string    `x:"t:FromConnectedAccounts/t:String"`
	HasAttachments               bool        `x:"t:HasAttachments"`
	Importance                   Importance  `x:"t:Importance"`
	IsApprovalRequest            bool        `x:"t:IsApprovalRequest"`
	IsAutomaticForward           bool        `x:"t:IsAutomaticForward"`
	IsAutomaticReply             bool        `x:"t:IsAutomaticReply"`
	IsEncrypted                  bool        `x:"t:IsEncrypted"`
	IsMeetingRequest             bool        `x:"t:IsMeetingRequest"`
	IsMeetingResponse            bool        `x:"t:IsMeetingResponse"`
	IsNDR                        bool        `x:"t:IsNDR"`
	IsPermissionControlled       bool        `x:"t:IsPermissionControlled"`
	IsReadReceipt                bool        `x:"t:IsReadReceipt"`
	IsSigned                     bool        `x:"t:IsSigned"`
	IsVoicemail                  bool        `x:"t:IsVoicemail"`
	ItemClasses                  []string    `x:"t:ItemClasses/t:String"`
	MessageClassifications       []string    `x:"t:MessageClassifications/t:String"`
	NotSentToMe                  bool        `x:"t:NotSentToMe"`
	SentCcMe                     bool        `x:"t:SentCcMe"`
	SentOnlyToMe                 bool        `x:"t:SentOnlyToMe"`
	SentToAddresses              []Mailbox   `x:"t:SentToAddresses/t:Address"`
	SentToMe                     bool        `x:"t:SentToMe"`
	SentToOrCcMe                 bool        `x:"t:SentToOrCcMe"`
	Sensitivity                  Sensitivity `x:"t:Sensitivity"`
	WithinDateRange              *DateRange  `x:"t:WithinDateRange"`
	WithinSizeRange              *SizeRange  `x:"t:WithinSizeRange"`
}

// DateRange is when a message was received. Nil is an open end.
type DateRange struct {
	Start *time.Time `x:"t:StartDateTime"`
	End   *time.Time `x:"t:EndDateTime"`
}

// SizeRange is how large a message is, in kilobytes. Nil is an open end.
type SizeRange struct {
	Minimum *int `x:"t:MinimumSize"`
	Maximum *int `x:"t:MaximumSize"`
}

// FlagAction is what a flag calls for (MS docs: FlaggedForAction).
type FlagAction string

// Valid reports whether the schema knows the value.
func (f FlagAction) Valid() bool {
	switch f {
	case "Any", "Call", "DoNotForward", "FollowUp", "FYI", "Forward", "NoResponseNecessary", "Read", "Reply", "ReplyToAll", "Review":
		return true
	}
	return false
}

// RuleActions are what a rule does with a message (MS docs: Actions). An empty
// list that is not nil is one that the request has without anything in it.
type RuleActions struct {
	AssignCategories    []string      `x:"t:AssignCategories/t:String"`
	CopyToFolder        *TargetFolder `x:"t:CopyToFolder"`
	Delete              bool          `x:"t:Delete"`
	ForwardAsAttachment []Mailbox     `x:"t:ForwardAsAttachmentToRecipients/t:Address"`
	Forward             []Mailbox     `x:"t:ForwardToRecipients/t:Address"`
	MarkImportance      Importance    `x:"t:MarkImportance"`
	MarkAsRead          bool          `x:"t:MarkAsRead"`
	MoveToFolder        *TargetFolder `x:"t:MoveToFolder"`
	PermanentDelete     bool          `x:"t:PermanentDelete"`
	Redirect            []Mailbox     `x:"t:RedirectToRecipients/t:Address"`
	SendSMSAlert        []Mailbox     `x:"t:SendSMSAlertToRecipients/t:Address"`
	ServerReply         *ItemID       `x:"t:ServerReplyWithMessage"`
	StopProcessingRules bool          `x:"t:StopProcessingRules"`
}

// Clone is a copy that shares nothing with the request that the rule was read
// from: what it was written as, read again.
func (r Rule) Clone() Rule {
	raw := schema.AppendWith(nil, "t:Rule", declarations, r)
	p := parsers.Get().(*parser)
	defer release(p)
	p.Init(string(raw), spaces)
	p.Next()
	var out Rule
	schema.Read(&p.Reader, &out)
	return out
}

// GetInboxRules asks for the rules of a mailbox; without an address, of the
// caller's own.
type GetInboxRules struct {
	Mailbox string `x:"m:MailboxSmtpAddress"`
}

// Op returns OpGetInboxRules.
func (g GetInboxRules) Op() Op { return OpGetInboxRules }

func (g GetInboxRules) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetInboxRules") }

// GetInboxRulesResponse answers GetInboxRules. OutlookBlob says whether
// Outlook has kept rules of its own.
type GetInboxRulesResponse struct {
	Message
	OutlookBlob *bool   `x:"m:OutlookRuleBlobExists"`
	Rules       *[]Rule `x:"m:InboxRules/t:Rule"`
}

// Op returns OpGetInboxRules.
func (g GetInboxRulesResponse) Op() Op { return OpGetInboxRules }

func (g GetInboxRulesResponse) appendTo(dst []byte) []byte {
	return appendBare(dst, g, "m:GetInboxRulesResponse", "t:Rule")
}

// RuleOperation makes a rule, changes one or takes one away: one of the three.
type RuleOperation struct {
	Create, Set *Rule
	Delete      string // the id of a rule
}

// ruleHolder is what the first two operations hold.
type ruleHolder struct {
	Rule Rule `x:"t:Rule,need"`
}

// ruleName is what the third operation holds.
type ruleName struct {
	ID string `x:"t:RuleId,need"`
}

// AppendElement appends the operation as an element.
func (o RuleOperation) AppendElement(dst []byte) []byte {
	switch {
	case o.Create != nil:
		return schema.Append(dst, "t:CreateRuleOperation", ruleHolder{*o.Create})
	case o.Set != nil:
		return schema.Append(dst, "t:SetRuleOperation", ruleHolder{*o.Set})
	}
	return schema.Append(dst, "t:DeleteRuleOperation", ruleName{o.Delete})
}

// ReadElement reads the current element; false if it is no operation on rules.
func (o *RuleOperation) ReadElement(r *xmlbind.Reader) bool {
	switch r.Name() {
	case "CreateRuleOperation":
		var of ruleHolder
		schema.Read(r, &of)
		o.Create = &of.Rule
	case "SetRuleOperation":
		var of ruleHolder
		schema.Read(r, &of)
		o.Set = &of.Rule
	case "DeleteRuleOperation":
		var of ruleName
		schema.Read(r, &of)
		o.Delete = strings.TrimSpace(of.ID)
	default:
		return false
	}
	return true
}

// UpdateInboxRules changes the rules of a mailbox; without an address, of the
// caller's own.
type UpdateInboxRules struct {
	Mailbox           string          `x:"m:MailboxSmtpAddress"`
	RemoveOutlookBlob *bool           `x:"m:RemoveOutlookRuleBlob"`
	Operations        []RuleOperation `x:"m:Operations/*,need"`
}

// Op returns OpUpdateInboxRules.
func (u UpdateInboxRules) Op() Op { return OpUpdateInboxRules }

func (u UpdateInboxRules) appendTo(dst []byte) []byte {
	return appendBound(dst, u, "m:UpdateInboxRules")
}

// RuleOperationError says what is wrong with one operation, by its place from 0.
type RuleOperationError struct {
	Index  int         `x:"t:OperationIndex,always"`
	Errors []RuleError `x:"t:ValidationErrors/t:Error"`
}

// RuleError is one thing that is wrong with a rule: of which field, and how
// (MS docs: FieldURI, ErrorCode).
type RuleError struct {
	Field string `x:"t:FieldURI,always"`
	Code  string `x:"t:ErrorCode,always"`
	Text  string `x:"t:ErrorMessage,always"`
	Value string `x:"t:FieldValue,always"`
}

// UpdateInboxRulesResponse answers UpdateInboxRules.
type UpdateInboxRulesResponse struct {
	Message
	Errors []RuleOperationError `x:"m:RuleOperationErrors/t:RuleOperationError"`
}

// Op returns OpUpdateInboxRules.
func (u UpdateInboxRulesResponse) Op() Op { return OpUpdateInboxRules }

func (u UpdateInboxRulesResponse) appendTo(dst []byte) []byte {
	return appendBare(dst, u, "m:UpdateInboxRulesResponse", "t:RuleOperationError")
}

// Size is how many bytes the rule takes as XML.
func (r Rule) Size() int { return len(schema.Append(nil, "t:Rule", r)) }
