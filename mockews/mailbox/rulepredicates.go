package mailbox

import (
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// Classes of items that rules ask for (MS-OXCMSG and MS docs: Item types and message classes).
const (
	approvalClass  = "IPM.Note.Microsoft.Approval.Request"
	voicemailClass = "IPM.Note.Microsoft.Voicemail"
	secureClass    = "IPM.Note.SMIME"
	signedClass    = "IPM.Note.SMIME.MultipartSigned"
	rightsClass    = "IPM.Note.rpmsg"
	rulesClass     = "IPM.Note.Rules" // of automatic replies
)

// arrival is a message that rules look at.
type arrival struct {
	place
	it     *item
	to, cc []ews.Mailbox
}

func (b *box) arrival(it *item) *arrival {
	list := func(uri string) []ews.Mailbox {
		r, _ := it.get(uri).(ews.Recipients)
		return r.Mailboxes
	}
	return &arrival{place: place{box: b}, it: it, to: list("message:ToRecipients"), cc: list("message:CcRecipients")}
}

// met reports whether a rule is for the message: all of its conditions hold, and none of its exceptions.
func (a *arrival) met(r *ews.Rule) bool {
	holds := func(test func() bool) bool { return test() }
	fails := func(test func() bool) bool { return !test() }
	return !slices.ContainsFunc(a.tests(r.Conditions), fails) && !slices.ContainsFunc(a.tests(r.Exceptions), holds)
}

// tests are those of the predicates that a rule has.
func (a *arrival) tests(p *ews.RulePredicates) (all []func() bool) {
	if p == nil {
		return nil
	}
	add := func(is bool, test func() bool) {
		if is {
			all = append(all, test)
		}
	}
	class := a.it.class()
	words := func(words []string, in func() []string) {
		add(words != nil, func() bool { return contain(in(), words) })
	}
	words(p.ContainsSubjectStrings, a.subject)
	words(p.ContainsBodyStrings, a.body)
	words(p.ContainsSubjectOrBodyStrings, func() []string { return append(a.subject(), a.body()...) })
	words(p.ContainsSenderStrings, a.sender)
	words(p.ContainsRecipientStrings, func() []string { return namesAndAddresses(slices.Concat(a.to, a.cc)) })
	words(p.ContainsHeaderStrings, a.header)
	add(p.Categories != nil, func() bool { return meet(a.categories(), p.Categories) })
	add(p.ItemClasses != nil, func() bool {
		return slices.ContainsFunc(p.ItemClasses, func(c string) bool { return has(strings.ToLower(class), strings.ToLower(c)) })
	})
	add(p.FromAddresses != nil, func() bool { return a.among(p.FromAddresses, a.from()) })
	add(p.SentToAddresses != nil, func() bool { return a.among(p.SentToAddresses, append(slices.Clone(a.to), a.cc...)...) })
	add(p.FlaggedForAction != "", func() bool { return a.flagged(p.FlaggedForAction) })
	add(p.HasAttachments, func() bool { return hasFiles(a.it) })
	add(p.Importance != "", func() bool { return or(a.it.get("item:Importance"), ews.Importance("Normal")) == p.Importance })
	add(p.Sensitivity != "", func() bool { return or(a.it.get("item:Sensitivity"), ews.Sensitivity("Normal")) == p.Sensitivity })
	add(p.WithinDateRange != nil, func() bool { return a.within(p.WithinDateRange) })
	add(p.WithinSizeRange != nil, func() bool { return a.sized(p.WithinSizeRange) })
	for _, flag := range a.flags(p, class) {
		add(flag.asked, func() bool { return flag.holds })
	}
	return all
}

type flagTest struct{ asked, holds bool }

// flags are the predicates that hold or do not.
func (a *arrival) flags(p *ews.RulePredicates, class string) []flagTest {
	inTo, inCc := a.among(a.to, a.me()), a.among(a.cc, a.me())
	report := strings.HasPrefix(class, "REPORT.")
	return []flagTest{
		{p.IsApprovalRequest, has(class, approvalClass)},
		{p.IsAutomaticForward, a.it.forwarded},
		{p.IsAutomaticReply, has(class, rulesClass)},
		{p.IsEncrypted, has(class, secureClass) && !has(class, signedClass)},
		{p.IsSigned, has(class, signedClass)},
		{p.IsMeetingRequest, a.it.kind == ews.KindMeetingRequest},
		{p.IsMeetingResponse, a.it.kind == ews.KindMeetingResponse},
		{p.IsNDR, report && strings.HasSuffix(class, ".NDR")},
		{p.IsReadReceipt, report && strings.HasSuffix(class, ".IPNRN")},
		{p.IsPermissionControlled, has(class, rightsClass)},
		{p.IsVoicemail, has(class, voicemailClass)},
		{p.NotSentToMe, !inTo},
		{p.SentToMe, inTo},
		{p.SentCcMe, inCc},
		{p.SentToOrCcMe, inTo || inCc},
		{p.SentOnlyToMe, inTo && len(a.to) == 1},
	}
}

func (a *arrival) me() ews.Mailbox { return ews.Mailbox{Address: a.store.dir.Address(a.owner)} }

func (a *arrival) from() ews.Mailbox {
	r, _ := a.it.get("message:From").(ews.Recipient)
	return r.Mailbox
}

func (a *arrival) subject() []string { return []string{a.it.text("item:Subject")} }

func (a *arrival) body() []string {
	b, _ := bodyAs(a.it.get("item:Body"), ews.ShowBody(ews.BodyText)).(ews.BodyContent)
	return []string{b.Text}
}

func (a *arrival) sender() []string { return namesAndAddresses([]ews.Mailbox{a.from()}) }

func (a *arrival) header() (lines []string) {
	h, _ := a.headers(a.it).(ews.InternetHeaders)
	for _, line := range h.Headers {
		lines = append(lines, line.Name+": "+line.Value)
	}
	return lines
}

func (a *arrival) categories() []string {
	s, _ := a.it.get("item:Categories").(ews.Strings)
	return s.Strings
}

func namesAndAddresses(people []ews.Mailbox) (all []string) {
	for _, m := range people {
		all = append(all, m.Name, m.Address)
	}
	return all
}

// contain reports whether one of the words is in one of the texts.
func contain(texts, words []string) bool {
	return slices.ContainsFunc(texts, func(text string) bool {
		text = strings.ToLower(text)
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, strings.ToLower(word)) })
	})
}

// meet reports whether one text is in both lists.
func meet(one, other []string) bool {
	return slices.ContainsFunc(one, func(a string) bool {
		return slices.ContainsFunc(other, func(b string) bool { return strings.EqualFold(a, b) })
	})
}

// among reports whether one of the people is on a list, by any address of theirs.
func (a *arrival) among(list []ews.Mailbox, people ...ews.Mailbox) bool {
	return slices.ContainsFunc(list, func(m ews.Mailbox) bool {
		p, _ := a.store.dir.Find(m.Address)
		return slices.ContainsFunc(people, func(o ews.Mailbox) bool {
			q, _ := a.store.dir.Find(o.Address)
			return p != 0 && p == q || m.Address != "" && strings.EqualFold(m.Address, o.Address)
		})
	})
}

// flagRequest is what a flag calls for, in words (MS-OXOFLAG, PidLidFlagRequest).
func flagRequest() ews.Path {
	return ews.Path{Extended: ews.Extended{Set: "00062008-0000-0000-c000-000000000046", Custom: true, ID: 0x8530, Type: "String"}}
}

func (a *arrival) flagged(action ews.FlagAction) bool {
	flag, _ := a.it.get("item:Flag").(ews.Flag)
	request, _ := a.it.props.Get(flagRequest()).(string)
	if flag.Status != "Flagged" && request == "" {
		return false
	}
	return action == "Any" || strings.EqualFold(strings.ReplaceAll(request, " ", ""), string(action))
}

func (a *arrival) within(r *ews.DateRange) bool {
	at, _ := timeOf(a.it.get("item:DateTimeReceived"))
	return (r.Start == nil || !at.Before(*r.Start)) && (r.End == nil || !at.After(*r.End))
}

// sized compares with kilobytes (ews-managed-api, RulePredicateSizeRange).
func (a *arrival) sized(r *ews.SizeRange) bool {
	const kilobyte = 1024
	n, ok := a.it.get("item:Size").(int)
	if !ok {
		n = a.size(a.it)
	}
	return (r.Minimum == nil || n >= *r.Minimum*kilobyte) && (r.Maximum == nil || n <= *r.Maximum*kilobyte)
}
