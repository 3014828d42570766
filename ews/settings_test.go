package ews

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sampleRule has something in each of its parts.
func sampleRule() Rule {
	yes, no, low, high := true, false, 1, 100
	at := time.Date(2026, 6, 1, 8, 30, 0, 0, time.UTC)
	words, people := []string{"a", "<b>&\""}, []Mailbox{{Name: "Lea", Address: "lea@contoso.com", RoutingType: "SMTP"}}
	all := RulePredicates{
		Categories: words, ContainsBodyStrings: words, ContainsHeaderStrings: words, ContainsRecipientStrings: words, ContainsSenderStrings: words,
		ContainsSubjectOrBodyStrings: words, ContainsSubjectStrings: words, FlaggedForAction: "Review", FromAddresses: people,
		FromConnectedAccounts: words, HasAttachments: true, Importance: "High", IsApprovalRequest: true, IsAutomaticForward: true,
		IsAutomaticReply: true, IsEncrypted: true, IsMeetingRequest: true, IsMeetingResponse: true, IsNDR: true, IsPermissionControlled: true,
		IsReadReceipt: true, IsSigned: true, IsVoicemail: true, ItemClasses: words, MessageClassifications: words, NotSentToMe: true,
		SentCcMe: true, SentOnlyToMe: true, SentToAddresses: people, SentToMe: true, SentToOrCcMe: true, Sensitivity: "Private",
		WithinDateRange: &DateRange{Start: &at, End: &at}, WithinSizeRange: &SizeRange{Minimum: &low, Maximum: &high},
	}
	return Rule{
		ID: "AQ==", Name: "all", Priority: 2, Enabled: &yes, NotSupported: &no, InError: &no, Conditions: &all, Exceptions: &all,
		Actions: &RuleActions{
			AssignCategories: words, CopyToFolder: &TargetFolder{FolderID{Distinguished: "inbox"}}, Delete: true, ForwardAsAttachment: people,
			Forward: people, MarkImportance: "Low", MarkAsRead: true, MoveToFolder: &TargetFolder{FolderID{ID: "AAMk", ChangeKey: "AQ=="}},
			PermanentDelete: true, Redirect: people, SendSMSAlert: people, ServerReply: &ItemID{ID: "AAMk", ChangeKey: "AQ=="}, StopProcessingRules: true,
		},
	}
}

// settingBodies are requests about rules, rooms, tips, photos and settings.
func settingBodies() map[string]Body {
	yes, rule := true, sampleRule()
	who := Mailbox{Address: "lea@contoso.com"}
	return map[string]Body{
		"GetInboxRules":     GetInboxRules{Mailbox: "lea@contoso.com"},
		"GetInboxRules own": GetInboxRules{},
		"UpdateInboxRules": UpdateInboxRules{
			Mailbox: "lea@contoso.com", RemoveOutlookBlob: &yes, Operations: []RuleOperation{{Create: &rule}, {Set: &rule}, {Delete: "AQ=="}},
		},
		"GetRoomLists":               GetRoomLists{},
		"GetRooms":                   GetRooms{List: who},
		"GetMailTips":                GetMailTips{SendingAs: who, Recipients: []Mailbox{who, who}, Requested: &TipTypes{Words{"OutOfOfficeMessage", "Scope"}}},
		"GetServiceConfiguration":    GetServiceConfiguration{ActingAs: &who, Requested: []ServiceTypes{{Words{"MailTips", "PolicyNudges"}}, {Words{"SharePointURLs"}}}},
		"GetPasswordExpirationDate":  GetPasswordExpirationDate{Mailbox: "lea@contoso.com"},
		"GetUserRetentionPolicyTags": GetUserRetentionPolicyTags{},
		"GetClientAccessToken":       GetClientAccessToken{Requests: []TokenRequest{{ID: "1C50226D", Type: "CallerIdentity"}, {ID: "a", Type: "ScopedToken", Scope: "s", Shared: &yes}}},
		"GetUserPhoto":               GetUserPhoto{Email: "lea@contoso.com", Size: "HR48x48", Type: "UserPhoto"},
		"SetUserPhoto":               SetUserPhoto{Email: "lea@contoso.com", Content: []byte{1, 2}},
	}
}

// settingResponses are answers to them, but for SetUserPhoto's, which the schema does not know as clients read it.
func settingResponses() map[string]Response {
	failed, no, text, count, picture := NewMessage(ErrorAccessDenied), false, "tip", 3, []byte{1, 2}
	at := time.Date(2026, 6, 1, 8, 30, 0, 0, time.UTC)
	domains := []Domain{{Name: "contoso.com"}}
	who := Mailbox{Name: "Lea", Address: "lea@contoso.com", RoutingType: "SMTP", MailboxType: "Mailbox"}
	return map[string]Response{
		"GetInboxRules":      GetInboxRulesResponse{OutlookBlob: &no, Rules: &[]Rule{sampleRule(), {Name: "plain", Priority: 1, Enabled: &no}}},
		"GetInboxRules none": GetInboxRulesResponse{OutlookBlob: &no, Rules: &[]Rule{}},
		"GetInboxRules not":  GetInboxRulesResponse{Message: failed},
		"UpdateInboxRules":   UpdateInboxRulesResponse{},
		"UpdateInboxRules not": UpdateInboxRulesResponse{Message: NewMessage("ErrorInboxRulesValidationError"), Errors: []RuleOperationError{
			{Index: 0, Errors: []RuleError{{Field: "RuleId", Code: "CreateWithRuleId", Text: "<t:not a tag>", Value: "a"}, {Field: "Actions", Code: "MissingAction"}}},
		}},
		"GetRoomLists":      GetRoomListsResponse{Lists: &[]Mailbox{{Name: "Graz", Address: "graz@contoso.com", RoutingType: "SMTP", MailboxType: "PublicDL"}}},
		"GetRoomLists none": GetRoomListsResponse{Lists: &[]Mailbox{}},
		"GetRooms":          GetRoomsResponse{Rooms: &[]Room{{ID: who}}},
		"GetRooms not":      GetRoomsResponse{Message: NewMessage("ErrorNameResolutionNoResults")},
		"GetMailTips": GetMailTipsResponse{Messages: []MailTipsMessage{
			{Tips: &MailTips{
				Recipient: who, Pending: TipTypes{Words{"All"}}, OutOfOffice: &OofTip{Reply: OofReply{"away"}, Duration: &OofPeriod{at, at}}, MailboxFull: &no,
				Custom: &text, TotalMembers: &count, ExternalMembers: &count, MaxMessageSize: &count, DeliveryRestricted: &no, Moderated: &no, Invalid: &no,
				Scope: &count,
			}},
			{Tips: &MailTips{Recipient: who, OutOfOffice: &OofTip{}}},
			{Message: failed},
		}},
		"GetMailTips not": GetMailTipsResponse{Message: failed},
		"GetServiceConfiguration": GetServiceConfigurationResponse{Messages: []ServiceConfigurationMessage{
			{MailTips: &MailTipsConfiguration{MaxRecipients: 50, Domains: domains}},
			{Voice: &UnifiedMessaging{}},
			{Protection: &ProtectionRules{RefreshInterval: 24, Domains: domains}},
			{Nudges: &Nothing{}},
			{SharePoint: &SharePointURLs{}},
			{Message: failed},
		}},
		"GetPasswordExpirationDate":      GetPasswordExpirationDateResponse{Date: at},
		"GetPasswordExpirationDate not":  GetPasswordExpirationDateResponse{Message: failed},
		"GetUserRetentionPolicyTags":     GetUserRetentionPolicyTagsResponse{Tags: []RetentionPolicyTag{{Name: "1 Week Delete", ID: "e66252f9-794f-4b36-b55e-d6d95fdf87a3", Period: 7, Type: "Personal", Action: "DeleteAndAllowRecovery"}}},
		"GetUserRetentionPolicyTags not": GetUserRetentionPolicyTagsResponse{Message: failed},
		"GetClientAccessToken":           GetClientAccessTokenResponse{[]PlainMessage{{failed}, {failed}}},
		"GetUserPhoto":                   GetUserPhotoResponse{Changed: true, Picture: &picture},
		"GetUserPhoto not":               GetUserPhotoResponse{Message: failed},
	}
}

func TestSettingsReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	readBack(t, settingBodies())
}

func TestSettingsAreClassified(t *testing.T) {
	t.Parallel()
	all := settingResponses()
	all["SetUserPhoto"] = SetUserPhotoResponse{}
	for name, r := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := Classify(200, nil, AppendResponse(nil, sampleVersion, r))
			assert.True(t, o.SOAP)
			assert.Equal(t, r.Op(), o.Op)
			assert.NotEmpty(t, o.Messages)
			assert.Equal(t, strings.HasSuffix(name, " not"), o.Code() != "" && len(o.Messages) == 1, "%v", o.Messages)
		})
	}
}

// Clients look for the elements of some answers without a prefix.
func TestBareAnswers(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"GetInboxRules", "UpdateInboxRules", "UpdateInboxRules not", "GetPasswordExpirationDate"} {
		got := string(settingResponses()[name].appendTo(nil))
		assert.NotRegexp(t, `</?[mt]:`, got, name)
		assert.Contains(t, got, `Response xmlns="`+messagesURI+`" xmlns:t="`+typesURI+`" ResponseClass="`, name)
	}
	nobody := string(GetInboxRulesResponse{Message: nobodyMessage()}.appendTo(nil))
	assert.Contains(t, nobody, `<MessageXml><t:Value Name="SmtpAddress">nobody@contoso.com</t:Value></MessageXml>`)
	got := string(settingResponses()["GetInboxRules"].appendTo(nil))
	assert.Contains(t, got, `<InboxRules><Rule xmlns="`+typesURI+`"><RuleId>AQ==</RuleId>`)
	assert.Contains(t, got, `<MoveToFolder><FolderId Id="AAMk" ChangeKey="AQ=="/></MoveToFolder>`)
	got = string(settingResponses()["UpdateInboxRules not"].appendTo(nil))
	assert.Contains(t, got, `<ErrorMessage>&lt;t:not a tag&gt;</ErrorMessage>`, "text is no tag")
}

func TestRulesAreClonedWhole(t *testing.T) {
	t.Parallel()
	assert.Equal(t, sampleRule(), sampleRule().Clone())
}

// exchangelib writes the tips that it wants as text of the request itself, and rules come without IsEnabled.
func TestRequestsThatTheSchemaDoesNotPermit(t *testing.T) {
	t.Parallel()
	r, err := ParseRequest([]byte(envelope("", `<m:GetMailTips><m:SendingAs><t:EmailAddress>a@b</t:EmailAddress></m:SendingAs>`+
		`<m:Recipients><t:Mailbox><t:EmailAddress>c@d</t:EmailAddress></t:Mailbox></m:Recipients>All</m:GetMailTips>`)))
	require.NoError(t, err)
	assert.Equal(t, GetMailTips{SendingAs: Mailbox{Address: "a@b"}, Recipients: []Mailbox{{Address: "c@d"}}}, r.Body)
	r, err = ParseRequest([]byte(envelope("", `<m:UpdateInboxRules><m:Operations><t:CreateRuleOperation><t:Rule><t:DisplayName>x</t:DisplayName>`+
		`<t:Priority>1</t:Priority></t:Rule></t:CreateRuleOperation></m:Operations></m:UpdateInboxRules>`)))
	require.NoError(t, err)
	assert.Equal(t, UpdateInboxRules{Operations: []RuleOperation{{Create: &Rule{Name: "x", Priority: 1}}}}, r.Body)
}

func TestWordsThatTheSchemaDoesNotKnow(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"tips":          `<m:GetMailTips><m:SendingAs/><m:Recipients/><m:MailTipsRequested>All Some</m:MailTipsRequested></m:GetMailTips>`,
		"configuration": `<m:GetServiceConfiguration><m:RequestedConfiguration><m:ConfigurationName>UUnifiedMessagingConfiguration</m:ConfigurationName></m:RequestedConfiguration></m:GetServiceConfiguration>`,
		"no size":       `<m:GetUserPhoto><m:Email>a@b</m:Email></m:GetUserPhoto>`,
		"size":          `<m:GetUserPhoto><m:Email>a@b</m:Email><m:SizeRequested>HR1x1</m:SizeRequested></m:GetUserPhoto>`,
		"token":         `<m:GetClientAccessToken><m:TokenRequests><t:TokenRequest><t:Id>a</t:Id><t:TokenType>Any</t:TokenType></t:TokenRequest></m:TokenRequests></m:GetClientAccessToken>`,
		"no tokens":     `<m:GetClientAccessToken><m:TokenRequests/></m:GetClientAccessToken>`,
		"no operations": `<m:UpdateInboxRules><m:Operations/></m:UpdateInboxRules>`,
		"operation":     `<m:UpdateInboxRules><m:Operations><t:Rule/></m:Operations></m:UpdateInboxRules>`,
		"no rule":       `<m:UpdateInboxRules><m:Operations><t:SetRuleOperation/></m:Operations></m:UpdateInboxRules>`,
		"flag":          `<m:UpdateInboxRules><m:Operations><t:SetRuleOperation><t:Rule><t:Conditions><t:FlaggedForAction>Never</t:FlaggedForAction></t:Conditions></t:Rule></t:SetRuleOperation></m:Operations></m:UpdateInboxRules>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseRequest([]byte(envelope("", body)))
			var f *Fault
			require.ErrorAs(t, err, &f)
			assert.Equal(t, ErrorSchemaValidation, f.Code)
		})
	}
}

func TestPhotoSizes(t *testing.T) {
	t.Parallel()
	w, h := PhotoSize("HR432x432").Pixels()
	assert.Equal(t, [2]int{432, 432}, [2]int{w, h})
	w, h = PhotoSize("HR1024xN").Pixels()
	assert.Equal(t, [2]int{1024, 0}, [2]int{w, h})
}
