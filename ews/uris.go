package ews

import (
	"strings"
	"sync"
)

// otherURIs are the properties that the schema knows and that no kind has here: of social networks, of people, and such as
// servers on premises do not keep (UnindexedFieldURIType in types.xsd).
var otherURIs = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for line := range strings.SplitSeq(otherNames, "\n") {
		family, names, _ := strings.Cut(line, ": ")
		for name := range strings.FieldsSeq(names) {
			known[family+":"+name] = true
		}
	}
	return known
})

const otherNames = `abchperson: AntiLinkInfo Categories ContactHandles ExchangePersonIdGuid FavoriteOrder PersonId RelevanceOrder1
abchperson: RelevanceOrder2
booking: CustomerEmail CustomerId CustomerName CustomerPhone ServiceIds StaffIds StaffInitials
calendar: CalendarActivityData DoNotForwardMeeting EnhancedLocation InboxReminders OnlineMeetingSettings
contacts: AbchContactId AbchEmailAddresses AccountName Cid Comment ContactShortId ContactType ConversationGuid CreatedBy
contacts: Culture Gender HidePresenceAndProfile ImMri InviteFree IsAutoUpdateDisabled IsHidden IsMessengerEnabled
contacts: IsPendingOutbound IsPrivate MobileIMEnabled Mris NotInBirthdayCalendar ObjectId OtherMri
contacts: PartnerNetworkProfilePhotoUrl PartnerNetworkThumbnailPhotoUrl PassportId PersonId PresenceTrustLevel
contacts: ProfileLastChanged ShellContactType SkypeAuthCertificate SkypeContext SkypeId SkypeRelationship SourceId
contacts: SupportGroupFeeds TrustLevel UnifiedInbox Urls UserTileHash Wlid XboxLiveTag YomiNickname
conversation: HasClutter MentionedMe GlobalMentionedMe AtAllMention GlobalAtAllMention
folder: ManagedFolderInformation ReplicaList
insight: AppContexts ApplicationsIds EndTimeUtc InsightId StartTimeUtc Status SuggestedActions Text Type Version
item: AppliedHashtags AppliedHashtagsPreview AtAllMention CanDelete EntityExtractionResult FirstBody Hashtags
item: InferenceClassification Likes LikesPreview MentionedMe Mentions MentionsEx MentionsPreview MimeContentUTF8
item: PendingSocialActivityTagIds PredictedActionReasons RightsManagementLicenseData
meeting: DoNotForwardMeeting
meetingRequest: ChangeHighlights
message: ApprovalRequestData MessageSafety PublishedCalendarItemIcs PublishedCalendarItemName ReminderMessageData
message: VotingInformation
network: AccountName AutoLinkError AutoLinkSuccess ClientPublishSecret ClientToken ClientToken2 ContactSyncError
network: ContactSyncSuccess DisplayName DomainId DomainTag ErrorOffers FirstAuthErrorDates IsDefault LastVersionSaved
network: LastWelcomeContact Offers ProfileUrl PsaLastChanged RefreshToken2 RefreshTokenExpiry2 RejectedOffers
network: SessionHandle Settings SourceEntryID SyncEnabled TokenRefreshLastAttempted TokenRefreshLastCompleted UserEmail
network: UserTileUrl
person: Alias Birthday CompanyProfile CurrentJob CurrentLocation Department DirectReports EmailAddress FullName
person: GivenName Headline Hometown Insights LinkedInProfileLink ManagementChain MutualConnections MutualManager Office
person: Peers PhoneNumber ProfessionalBiography SMSNumber Skills Surname TeamSize Title UserProfilePicture
persona: RankingWeight School Schools Hobbies Children ExtendedProperties PostalAddress IsFavorite InlineLinks
persona: ItemLinkIds HasActiveDeals IsBusinessContact AttributedHasActiveDeals AttributedIsBusinessContact
persona: SourceMailboxGuids LastContactedDate ExternalDirectoryObjectId MapiEntryId MapiEmailAddress MapiAddressType
persona: MapiSearchKey MapiTransmittableDisplayName MapiSendRichInfo
rolemember: DisplayName MemberId MemberType
sharingMessage: SharingMessageAction`
