package ews

import "strings"

// UnknownOp stands for an operation of the EWS schema that this package does
// not implement, so that a server can say so. Name is without the suffix
// Request that some request elements have.
type UnknownOp struct{ Name string }

// Op returns the operation's name.
func (u UnknownOp) Op() Op { return Op(u.Name) }

func (u UnknownOp) appendTo(dst []byte) []byte {
	return appendElement(dst, "m:"+u.Name, "")
}

// unknownOp reads the name of an operation and nothing of its content.
func (p *parser) unknownOp() Body {
	name := strings.TrimSuffix(p.Local(), "Request")
	if _, ok := schemaOperations[name]; !ok {
		p.unexpected()
		return nil
	}
	return UnknownOp{Name: name}
}

// schemaOperations are the operations that a server's Services.wsdl lists, or
// MS docs: EWS operations in Exchange, and that this package does not implement.
var schemaOperations = map[string]struct{}{
	"AddDelegate": {}, "AddDistributionGroupToImList": {}, "AddEntityFeedback": {},
	"AddImContactToGroup": {}, "AddImGroup": {}, "AddNewImContactToGroup": {},
	"AddNewTelUriContactToGroup": {}, "AddTag": {}, "ArchiveItem": {}, "ConvertId": {},
	"CopyFolder": {}, "CopyItem": {}, "CreateAttachment": {}, "CreateFolder": {},
	"CreateFolderPath": {}, "CreateItem": {}, "CreateManagedFolder": {},
	"CreateMeetingInstance": {}, "CreateMeetingSpace": {}, "CreateUserConfiguration": {},
	"DeleteAttachment": {}, "DeleteFolder": {}, "DeleteItem": {}, "DeleteMeetingInstance": {},
	"DeleteMeetingSpace": {}, "DeleteSearchSuggestion": {}, "DeleteUserConfiguration": {},
	"DisableApp": {}, "DisconnectPhoneCall": {}, "EmptyFolder": {}, "EndSearchSession": {},
	"ExecuteDiagnosticMethod": {}, "ExecuteSearch": {}, "ExpandDL": {}, "ExportItems": {},
	"FindAvailableMeetingTimes": {}, "FindFolder": {}, "FindMeetingSpaceByJoinUrl": {},
	"FindMeetingTimeCandidates": {}, "FindMessageTrackingReport": {}, "FindPeople": {},
	"FindTags": {}, "GetAppManifests": {}, "GetAppMarketplaceUrl": {}, "GetAttachment": {},
	"GetClientAccessToken": {}, "GetClientExtension": {}, "GetDelegate": {},
	"GetDiscoverySearchConfiguration": {}, "GetEvents": {}, "GetHoldOnMailboxes": {},
	"GetImItemList": {}, "GetImItems": {}, "GetInboxRules": {}, "GetLastPrivateCatalogUpdate": {},
	"GetMailTips": {}, "GetMeetingInstance": {}, "GetMeetingSpace": {},
	"GetMessageTrackingReport": {}, "GetNonIndexableItemDetails": {},
	"GetNonIndexableItemStatistics": {}, "GetOMEConfiguration": {}, "GetPasswordExpirationDate": {},
	"GetPeopleInsights": {}, "GetPersona": {}, "GetPhoneCallInformation": {},
	"GetPrivateCatalogAddIns": {}, "GetRoomLists": {}, "GetRooms": {}, "GetSearchSuggestions": {},
	"GetSearchableMailboxes": {}, "GetServerTimeZones": {}, "GetServiceConfiguration": {},
	"GetSharingFolder": {}, "GetSharingMetadata": {}, "GetSpecificUserConfiguration": {},
	"GetStreamingEvents": {}, "GetUnifiedGroupsSettings": {}, "GetUserAvailability": {},
	"GetUserConfiguration": {}, "GetUserPhoto": {}, "GetUserRetentionPolicyTags": {}, "HideTag": {},
	"InstallApp": {}, "MarkAllItemsAsRead": {}, "MarkAsJunk": {}, "MoveFolder": {}, "MoveItem": {},
	"PlayOnPhone": {}, "RefreshSharingFolder": {}, "RemoveContactFromImList": {},
	"RemoveDelegate": {}, "RemoveDistributionGroupFromImList": {}, "RemoveImContactFromGroup": {},
	"RemoveImGroup": {}, "ReportMessage": {}, "ResolveNames": {}, "SearchMailboxes": {},
	"SendItem": {}, "SetClientExtension": {}, "SetHoldOnMailboxes": {}, "SetImGroup": {},
	"SetImListMigrationCompleted": {}, "SetOMEConfiguration": {}, "SetTeamMailbox": {},
	"SetUserPhoto": {}, "StartSearchSession": {}, "Subscribe": {}, "UninstallApp": {},
	"UnpinTeamMailbox": {}, "Unsubscribe": {}, "UpdateDelegate": {}, "UpdateExtensionUsage": {},
	"UpdateFolder": {}, "UpdateInboxRules": {}, "UpdateItem": {},
	"UpdateItemInRecoverableItems": {}, "UpdateMeetingInstance": {}, "UpdateMeetingSpace": {},
	"UpdateUserConfiguration": {}, "UploadItems": {},
}
