package ews

import (
	"slices"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// The operations that tell a client what it should know before it sends (MS
// docs: GetMailTips operation, GetServiceConfiguration operation).
const (
	OpGetMailTips             Op = "GetMailTips"
	OpGetServiceConfiguration Op = "GetServiceConfiguration"
)

// Words is a list of words, with white space between them.
type Words []string

// AppendText appends the words.
func (w Words) AppendText(dst []byte) ([]byte, error) {
	return append(dst, strings.Join(w, " ")...), nil
}

// Has reports whether the word is among them.
func (w Words) Has(word string) bool { return slices.Contains(w, word) }

// TipTypes are kinds of mail tips (MS docs: MailTipsRequested).
type TipTypes struct{ Words }

// UnmarshalText reads the words.
func (t *TipTypes) UnmarshalText(text []byte) error {
	return t.read(string(text), []string{
		"All", "OutOfOfficeMessage", "MailboxFullStatus", "CustomMailTip", "ExternalMemberCount", "TotalMemberCount", "MaxMessageSize",
		"DeliveryRestriction", "ModerationStatus", "InvalidRecipient", "Scope", "RecipientSuggestions", "PreferAccessibleContent",
	})
}

// ServiceTypes are kinds of service configurations (MS docs:
// ConfigurationName).
type ServiceTypes struct{ Words }

// UnmarshalText reads the words.
func (t *ServiceTypes) UnmarshalText(text []byte) error {
	return t.read(string(text), []string{
		"MailTips", "UnifiedMessagingConfiguration", "ProtectionRules", "PolicyNudges", "SharePointURLs", "OfficeIntegrationConfiguration",
	})
}

// errWord is the error for a word that is none of its list.
type errWord string

func (e errWord) Error() string { return "ews: unknown word " + string(e) }

func (w *Words) read(text string, known []string) error {
	*w = strings.Fields(text)
	for _, word := range *w {
		if !slices.Contains(known, word) {
			return errWord(word)
		}
	}
	return nil
}

// GetMailTips asks what is to be known of recipients. A request without
// Requested, which the schema does not permit and some clients send, is about
// all tips.
type GetMailTips struct {
	SendingAs  Mailbox   `x:"m:SendingAs,need"`
	Recipients []Mailbox `x:"m:Recipients/t:Mailbox,always"`
	Requested  *TipTypes `x:"m:MailTipsRequested"`
}

// Op returns OpGetMailTips.
func (g GetMailTips) Op() Op { return OpGetMailTips }

func (g GetMailTips) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetMailTips") }

// MailTips are what is to be known of one recipient. Pending are those that
// took too long to find out.
type MailTips struct {
	Recipient          Mailbox  `x:"t:RecipientAddress,always"`
	Pending            TipTypes `x:"t:PendingMailTips,always"`
	OutOfOffice        *OofTip  `x:"t:OutOfOffice"`
	MailboxFull        *bool    `x:"t:MailboxFull"`
	Custom             *string  `x:"t:CustomMailTip"`
	TotalMembers       *int     `x:"t:TotalMemberCount"`
	ExternalMembers    *int     `x:"t:ExternalMemberCount"`
	MaxMessageSize     *int     `x:"t:MaxMessageSize"` // in bytes
	DeliveryRestricted *bool    `x:"t:DeliveryRestricted"`
	Moderated          *bool    `x:"t:IsModerated"`
	Invalid            *bool    `x:"t:InvalidRecipient"`
	Scope              *int     `x:"t:Scope"`
}

// OofTip is an automatic reply, and when it is sent.
type OofTip struct {
	Reply    OofReply   `x:"t:ReplyBody,always"`
	Duration *OofPeriod `x:"t:Duration"`
}

// OofReply is the text of an automatic reply.
type OofReply struct {
	Message string `x:"t:Message,always"`
}

// OofPeriod is when automatic replies are sent.
type OofPeriod struct {
	Start time.Time `x:"t:StartTime,always"`
	End   time.Time `x:"t:EndTime,always"`
}

// MailTipsMessage is the answer for one recipient.
type MailTipsMessage struct {
	Message
	Tips *MailTips `x:"m:MailTips"`
}

// GetMailTipsResponse answers GetMailTips.
type GetMailTipsResponse struct {
	Message
	Messages []MailTipsMessage `x:"m:ResponseMessages/m:MailTipsResponseMessageType"`
}

// Op returns OpGetMailTips.
func (g GetMailTipsResponse) Op() Op { return OpGetMailTips }

func (g GetMailTipsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetMailTipsResponse")
}

// GetServiceConfiguration asks how services of the server are set up. Details
// are read over.
type GetServiceConfiguration struct {
	ActingAs  *Mailbox       `x:"m:ActingAs"`
	Requested []ServiceTypes `x:"m:RequestedConfiguration/m:ConfigurationName,need"`
	Details   *Anything      `x:"m:ConfigurationRequestDetails"`
}

// Op returns OpGetServiceConfiguration.
func (g GetServiceConfiguration) Op() Op { return OpGetServiceConfiguration }

func (g GetServiceConfiguration) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetServiceConfiguration")
}

// MailTipsConfiguration is how mail tips are set up.
type MailTipsConfiguration struct {
	Enabled           bool     `x:"t:MailTipsEnabled,always"`
	MaxRecipients     int      `x:"t:MaxRecipientsPerGetMailTipsRequest,always"`
	MaxMessageSize    int      `x:"t:MaxMessageSize,always"` // in bytes
	LargeAudience     int      `x:"t:LargeAudienceThreshold,always"`
	ShowExternalCount bool     `x:"t:ShowExternalRecipientCount,always"`
	Domains           []Domain `x:"t:InternalDomains/t:Domain,always"`
	PolicyTips        bool     `x:"t:PolicyTipsEnabled,always"`
	LargeAudienceCap  int      `x:"t:LargeAudienceCap,always"`
}

// Domain is an SMTP domain of the organisation.
type Domain struct {
	Name       string `x:"@Name,always"`
	Subdomains bool   `x:"@IncludeSubdomains,always"`
}

// UnifiedMessaging is how voice mail is set up.
type UnifiedMessaging struct {
	Enabled            bool   `x:"t:UmEnabled,always"`
	DialString         string `x:"t:PlayOnPhoneDialString,always"`
	PlayOnPhoneEnabled bool   `x:"t:PlayOnPhoneEnabled,always"`
}

// ProtectionRules are how messages are protected; this package knows no rules.
// RefreshInterval is in hours.
type ProtectionRules struct {
	RefreshInterval int       `x:"@RefreshInterval,always"`
	Rules           []Nothing `x:"t:Rules/t:Rule,always"`
	Domains         []Domain  `x:"t:InternalDomains/t:Domain,always"`
}

// SharePointURLs are where users have their sites.
type SharePointURLs struct {
	Internal string `x:"t:InternalSPMySiteHostURL,always"`
	External string `x:"t:ExternalSPMySiteHostURL,always"`
}

// Nothing is an element without content.
type Nothing struct{}

// Anything is an element of which nothing is read.
type Anything struct{ Rest xmlbind.Rest }

// ServiceConfigurationMessage is the answer about one service.
type ServiceConfigurationMessage struct {
	Message
	MailTips   *MailTipsConfiguration `x:"m:MailTipsConfiguration"`
	Voice      *UnifiedMessaging      `x:"m:UnifiedMessagingConfiguration"`
	Protection *ProtectionRules       `x:"m:ProtectionRulesConfiguration"`
	Nudges     *Nothing               `x:"m:PolicyNudgeRulesConfiguration"`
	SharePoint *SharePointURLs        `x:"m:SharePointURLsConfiguration"`
}

// GetServiceConfigurationResponse answers GetServiceConfiguration.
type GetServiceConfigurationResponse struct {
	Message
	Messages []ServiceConfigurationMessage `x:"m:ResponseMessages/m:ServiceConfigurationResponseMessageType"`
}

// Op returns OpGetServiceConfiguration.
func (g GetServiceConfigurationResponse) Op() Op { return OpGetServiceConfiguration }

func (g GetServiceConfigurationResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetServiceConfigurationResponse")
}
