package autodiscover

import "slices"

// Name is the name of a setting.
type Name string

// The settings that a program on EWS asks for (MS docs: Setting (SOAP)). GroupingInformation together with ExternalEwsUrl says
// which mailboxes may share a group of subscriptions (MS docs: How to maintain affinity); PublicFolderInformation and
// InternalRpcClientServer are the anchors of public folders.
const (
	UserDisplayName         Name = "UserDisplayName"
	UserDN                  Name = "UserDN"
	UserDeploymentID        Name = "UserDeploymentId"
	UserMSOnline            Name = "UserMSOnline"
	AutoDiscoverSMTPAddress Name = "AutoDiscoverSMTPAddress"
	InternalMailboxServer   Name = "InternalMailboxServer"
	InternalRPCClientServer Name = "InternalRpcClientServer"
	InternalMailboxServerDN Name = "InternalMailboxServerDN"
	MailboxDN               Name = "MailboxDN"
	InternalEWSURL          Name = "InternalEwsUrl"
	ExternalEWSURL          Name = "ExternalEwsUrl"
	EWSPartnerURL           Name = "EwsPartnerUrl"
	EWSSupportedSchemas     Name = "EwsSupportedSchemas"
	ExternalEWSVersion      Name = "ExternalEwsVersion"
	CASVersion              Name = "CasVersion"
	GroupingInformation     Name = "GroupingInformation"
	PublicFolderInformation Name = "PublicFolderInformation"
	ExternalMailboxServer   Name = "ExternalMailboxServer"
	ExternalRequiresSSL     Name = "ExternalMailboxServerRequiresSSL"
	ExternalAuthentication  Name = "ExternalMailboxServerAuthenticationMethods"
	InternalExclusive       Name = "InternalServerExclusiveConnect"
	ExternalExclusive       Name = "ExternalServerExclusiveConnect"
	MAPIHTTPEnabled         Name = "MapiHttpEnabled"
	CrossOrganization       Name = "CrossOrganizationSharingEnabled"
	ShowGAL                 Name = "ShowGalAsDefaultView"
)

// Known reports whether there is a setting of that name, whatever a server knows of it.
func (n Name) Known() bool { return slices.Contains(Names(), n) }

// Names are all settings that a request may name (MS docs: Setting (SOAP), and UserSettingName of the EWS Managed API).
func Names() []Name {
	return []Name{
		UserDisplayName, UserDN, UserDeploymentID, UserMSOnline, AutoDiscoverSMTPAddress, InternalMailboxServer, InternalRPCClientServer,
		InternalMailboxServerDN, MailboxDN, InternalEWSURL, ExternalEWSURL, EWSPartnerURL, EWSSupportedSchemas, ExternalEWSVersion,
		CASVersion, GroupingInformation, PublicFolderInformation, ExternalMailboxServer, ExternalRequiresSSL, ExternalAuthentication,
		InternalExclusive, ExternalExclusive, MAPIHTTPEnabled, CrossOrganization, ShowGAL,
		"ActiveDirectoryServer", "AlternateMailboxes", "CertPrincipalName", "DocumentSharingLocations", "EcpConnectUrlFragment",
		"EcpDeliveryReportUrlFragment", "EcpEmailSubscriptionsUrlFragment", "EcpExtensionInstallationUrlFragment", "EcpPhotoUrlFragment",
		"EcpPublishingUrlFragment", "EcpRetentionPolicyTagsUrlFragment", "EcpTeamMailboxCreatingUrlFragment",
		"EcpTeamMailboxEditingUrlFragment", "EcpTeamMailboxUrlFragment", "EcpTextMessagingUrlFragment", "EcpVoicemailUrlFragment",
		"ExchangeRpcUrl", "ExternalEcpConnectUrl", "ExternalEcpDeliveryReportUrl", "ExternalEcpEmailSubscriptionsUrl",
		"ExternalEcpExtensionInstallationUrl", "ExternalEcpPhotoUrl", "ExternalEcpPublishingUrl", "ExternalEcpRetentionPolicyTagsUrl",
		"ExternalEcpTeamMailboxCreatingUrl", "ExternalEcpTeamMailboxEditingUrl", "ExternalEcpTeamMailboxHidingUrl",
		"ExternalEcpTeamMailboxUrl", "ExternalEcpTextMessagingUrl", "ExternalEcpUrl", "ExternalEcpVoicemailUrl", "ExternalEmwsUrl",
		"ExternalImap4Connections", "ExternalOABUrl", "ExternalOutlookServiceUrl", "ExternalPhotosUrl", "ExternalPop3Connections",
		"ExternalSmtpConnections", "ExternalUMUrl", "ExternalWebClientUrls", "InternalEcpConnectUrl", "InternalEcpDeliveryReportUrl",
		"InternalEcpEmailSubscriptionsUrl", "InternalEcpExtensionInstallationUrl", "InternalEcpPhotoUrl", "InternalEcpPublishingUrl",
		"InternalEcpRetentionPolicyTagsUrl", "InternalEcpTeamMailboxCreatingUrl", "InternalEcpTeamMailboxEditingUrl",
		"InternalEcpTeamMailboxHidingUrl", "InternalEcpTeamMailboxUrl", "InternalEcpTextMessagingUrl", "InternalEcpUrl",
		"InternalEcpVoicemailUrl", "InternalEmwsUrl", "InternalImap4Connections", "InternalMailboxServerAuthenticationMethods",
		"InternalOABUrl", "InternalOutlookServiceUrl", "InternalPhotosUrl", "InternalPop3Connections",
		"InternalRpcHttpAuthenticationMethod", "InternalRpcHttpConnectivityRequiresSsl", "InternalRpcHttpServer",
		"InternalSmtpConnections", "InternalUMUrl", "InternalWebClientUrls", "InteropExternalEwsUrl", "InteropExternalEwsVersion",
		"MailboxVersion", "MobileMailboxPolicy", "MobileMailboxPolicyInterop", "PublicFolderServer", "RedirectUrl", "SPMySiteHostURL",
		"SiteMailboxCreationURL",
	}
}
