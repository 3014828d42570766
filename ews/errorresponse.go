package ews

import "slices"

// flat are the operations whose answer is one message by itself, without a list of messages in it (messages.xsd: their
// response types extend ResponseMessageType).
var flat = []string{
	"FindConversation", "FindPeople", "GetRooms", "GetRoomLists", "GetUserPhoto", "GetReminders", "PerformReminderAction",
	"GetAppManifests", "GetAppMarketplaceUrl", "InstallApp", "UninstallApp", "DisableApp", "GetPasswordExpirationDate", "GetSharingFolder",
	"GetSharingMetadata", "RefreshSharingFolder", "GetUserRetentionPolicyTags", "GetDiscoverySearchConfiguration", "GetSearchableMailboxes",
	"GetHoldOnMailboxes", "SetHoldOnMailboxes", "GetNonIndexableItemDetails", "GetNonIndexableItemStatistics", "GetMailTips",
	"GetServiceConfiguration", "FindMessageTrackingReport", "GetMessageTrackingReport", "PlayOnPhone", "GetPhoneCallInformation",
	"DisconnectPhoneCall", "GetInboxRules", "UpdateInboxRules", "GetPersona", "AddDistributionGroupToImList", "AddImContactToGroup", "AddImGroup",
	"AddNewImContactToGroup", "AddNewTelUriContactToGroup", "GetImItemList", "GetImItems", "RemoveContactFromImList",
	"RemoveDistributionGroupFromImList", "RemoveImContactFromGroup", "RemoveImGroup", "SetImGroup", "SetImListMigrationCompleted",
	"GetClientExtension", "GetOMEConfiguration", "SetOMEConfiguration", "SetTeamMailbox", "UnpinTeamMailbox", "GetPeopleInsights",
	"AddTag", "HideTag", "FindTags", "StartSearchSession", "ExecuteSearch",
	"EndSearchSession", "GetUnifiedGroupsSettings", "GetPrivateCatalogAddIns",
	"GetLastPrivateCatalogUpdate", "UpdateExtensionUsage", "CreateMeetingSpace", "UpdateMeetingSpace", "DeleteMeetingSpace",
	"GetMeetingSpace", "CreateMeetingInstance", "UpdateMeetingInstance", "DeleteMeetingInstance", "GetMeetingInstance",
	"FindMeetingSpaceByJoinUrl",
}

// bare are the operations of whose answers the EWS Managed API and ews-java-api read the elements without a prefix
// (XmlNamespace.NotSpecified in their response classes).
var bare = []string{"GetAppMarketplaceUrl", "InstallApp", "UninstallApp", "DisableApp", "GetInboxRules", "GetPasswordExpirationDate"}

// demanded is what the schema wants in an answer even if it says that the operation has failed.
func demanded(op Op) string {
	switch op {
	case "CreateMeetingInstance", "GetMeetingInstance", "UpdateMeetingInstance":
		return "<m:MeetingInstance/>"
	case "GetAppManifests":
		return "<m:Manifests/>"
	case "GetDiscoverySearchConfiguration":
		return "<m:DiscoverySearchConfigurations/>"
	case "GetPasswordExpirationDate":
		return `<PasswordExpirationDate xmlns="` + messagesURI + `">0001-01-01T00:00:00</PasswordExpirationDate>`
	case "GetSearchableMailboxes":
		return "<m:SearchableMailboxes/>"
	case "GetUserPhoto":
		return "<m:HasChanged>false</m:HasChanged>"
	case "GetUserRetentionPolicyTags":
		return "<m:RetentionPolicyTags/>"
	case "UpdateItemInRecoverableItems":
		return "<m:Items/>"
	}
	return ""
}

// answerless are the operations whose answer the schema does not let do without content that only a success has: they fail as a
// whole.
var answerless = []string{
	"DeleteSearchSuggestion", "ExecuteSearch", "FindAvailableMeetingTimes", "FindMeetingTimeCandidates", "GetSearchSuggestions", "SetUserPhoto",
}

// NewErrorResponse is the answer to an operation that failed, of which this package need not know more than the name. It is false
// for one that can fail by a fault alone.
func NewErrorResponse(op Op, m Message) (Response, bool) {
	return errorResponse{op, m}, !slices.Contains(answerless, string(op))
}

type errorResponse struct {
	op Op
	m  Message
}

// Op returns the operation that is answered.
func (e errorResponse) Op() Op { return e.op }

func (e errorResponse) appendTo(dst []byte) []byte {
	if slices.Contains(bare, string(e.op)) {
		return e.appendBare(dst)
	}
	name := "m:" + string(e.op) + "Response"
	if e.op == OpGetPersona {
		name += "Message"
	}
	if slices.Contains(flat, string(e.op)) {
		dst = append(append(append(dst, '<'), name...), declarations...)
		dst = e.m.AppendAttributes(dst)
		dst = append(e.m.appendFields(append(dst, '>')), demanded(e.op)...)
		return appendClose(dst, name)
	}
	dst = appendResponseOpen(dst, name)
	dst = append(dst, "<m:ResponseMessages>"...)
	dst = append(e.m.appendOpen(dst, name+"Message"), demanded(e.op)...)
	dst = appendClose(dst, name+"Message")
	return append(append(append(dst, "</m:ResponseMessages></"...), name...), '>')
}

// appendBare appends the answer in the default namespace.
func (e errorResponse) appendBare(dst []byte) []byte {
	raw := append(unprefixed(e.m.appendFields(nil), "m:"), demanded(e.op)...)
	dst = append(append(append(dst, '<'), e.op...), `Response xmlns="`+messagesURI+`" xmlns:t="`+typesURI+`"`...)
	dst = append(e.m.AppendAttributes(dst), '>')
	return append(append(append(append(dst, raw...), "</"...), e.op...), "Response>"...)
}
