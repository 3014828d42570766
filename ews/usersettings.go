package ews

import "time"

// Operations that tell a user what the organisation has set up for it (MS
// docs: GetPasswordExpirationDate operation, GetUserRetentionPolicyTags
// operation, GetClientAccessToken operation).
const (
	OpGetPasswordExpirationDate  Op = "GetPasswordExpirationDate"
	OpGetUserRetentionPolicyTags Op = "GetUserRetentionPolicyTags"
	OpGetClientAccessToken       Op = "GetClientAccessToken"
)

// GetPasswordExpirationDate asks when a password expires; without an address,
// the caller's own.
type GetPasswordExpirationDate struct {
	Mailbox string `x:"m:MailboxSmtpAddress"`
}

// Op returns OpGetPasswordExpirationDate.
func (g GetPasswordExpirationDate) Op() Op { return OpGetPasswordExpirationDate }

func (g GetPasswordExpirationDate) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetPasswordExpirationDate")
}

// GetPasswordExpirationDateResponse answers GetPasswordExpirationDate. The
// schema wants the date even in an error; it is the zero time there.
type GetPasswordExpirationDateResponse struct {
	Message
	Date time.Time `x:"m:PasswordExpirationDate,always"`
}

// Op returns OpGetPasswordExpirationDate.
func (g GetPasswordExpirationDateResponse) Op() Op { return OpGetPasswordExpirationDate }

func (g GetPasswordExpirationDateResponse) appendTo(dst []byte) []byte {
	return appendBare(dst, g, "m:GetPasswordExpirationDateResponse", "")
}

// GetUserRetentionPolicyTags asks for the caller's retention tags.
type GetUserRetentionPolicyTags struct{}

// Op returns OpGetUserRetentionPolicyTags.
func (g GetUserRetentionPolicyTags) Op() Op { return OpGetUserRetentionPolicyTags }

func (g GetUserRetentionPolicyTags) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetUserRetentionPolicyTags")
}

// RetentionPolicyTag says what becomes of items after some time.
type RetentionPolicyTag struct {
	Name        string `x:"t:DisplayName,always"`
	ID          string `x:"t:RetentionId,always"`     // a GUID
	Period      int    `x:"t:RetentionPeriod,always"` // in days
	Type        string `x:"t:Type,always"`            // All, Personal, RecoverableItems, the name of a default folder
	Action      string `x:"t:RetentionAction,always"` // MoveToArchive, DeleteAndAllowRecovery, ...
	Description string `x:"t:Description,always"`
	Visible     bool   `x:"t:IsVisible,always"`
	OptedInto   bool   `x:"t:OptedInto,always"` // the user has chosen it
	Archive     bool   `x:"t:IsArchive,always"`
}

// GetUserRetentionPolicyTagsResponse answers GetUserRetentionPolicyTags.
type GetUserRetentionPolicyTagsResponse struct {
	Message
	Tags []RetentionPolicyTag `x:"m:RetentionPolicyTags/t:RetentionPolicyTag,always"`
}

// Op returns OpGetUserRetentionPolicyTags.
func (g GetUserRetentionPolicyTagsResponse) Op() Op { return OpGetUserRetentionPolicyTags }

func (g GetUserRetentionPolicyTagsResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetUserRetentionPolicyTagsResponse")
}

// TokenType is a kind of token for apps (MS docs: TokenType).
type TokenType string

// Valid reports whether the schema knows the value.
func (t TokenType) Valid() bool {
	switch t {
	case "CallerIdentity", "ExtensionCallback", "ScopedToken", "ExtensionRestApiCallback", "Connectors", "Loki", "DesktopOutlook":
		return true
	}
	return false
}

// TokenRequest asks for a token of one app.
type TokenRequest struct {
	ID           string    `x:"t:Id,need"` // of the app
	Type         TokenType `x:"t:TokenType,need"`
	Scope        string    `x:"t:Scope"`
	Resource     string    `x:"t:ResourceUri"`
	Identity     string    `x:"t:IdentityAndEwsTokenId"`
	Capabilities string    `x:"t:RequestedCapabilities"`
	Shared       *bool     `x:"t:SupportsSharedFolders"`
}

// GetClientAccessToken asks for tokens of apps.
type GetClientAccessToken struct {
	Requests []TokenRequest `x:"m:TokenRequests/t:TokenRequest,need"`
}

// Op returns OpGetClientAccessToken.
func (g GetClientAccessToken) Op() Op { return OpGetClientAccessToken }

func (g GetClientAccessToken) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetClientAccessToken")
}

// GetClientAccessTokenResponse answers GetClientAccessToken. Servers of this
// package have no apps, and so no tokens.
type GetClientAccessTokenResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:GetClientAccessTokenResponseMessage,always"`
}

// Op returns OpGetClientAccessToken.
func (g GetClientAccessTokenResponse) Op() Op { return OpGetClientAccessToken }

func (g GetClientAccessTokenResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetClientAccessTokenResponse")
}
