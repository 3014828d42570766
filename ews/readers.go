package ews

// Readers of requests, by the name of the request's element. Nobody writes to
// them.
var (
	itemReaders = map[string]reader{
		"FindItem": bound[FindItem], "GetItem": bound[GetItem], "SyncFolderItems": readSyncItems,
		"CreateItem": bound[CreateItem], "UpdateItem": bound[UpdateItem], "DeleteItem": bound[DeleteItem], "MoveItem": bound[MoveItem],
		"CopyItem": bound[CopyItem], "SendItem": bound[SendItem], "ArchiveItem": bound[ArchiveItem], "MarkAsJunk": bound[MarkAsJunk],
		"MarkAllItemsAsRead": bound[MarkAllItemsAsRead], "CreateAttachment": bound[CreateAttachment], "GetAttachment": bound[GetAttachment],
		"FindConversation": bound[FindConversation], "GetConversationItems": bound[GetConversationItems],
		"ApplyConversationAction": bound[ApplyConversationAction],
		"DeleteAttachment":        bound[DeleteAttachment], "ExportItems": bound[ExportItems], "UploadItems": bound[UploadItems],
	}
	folderReaders = map[string]reader{
		"GetFolder": bound[GetFolder], "SyncFolderHierarchy": bound[SyncFolderHierarchy],
		"FindFolder": bound[FindFolder], "CreateFolder": bound[CreateFolder], "UpdateFolder": bound[UpdateFolder],
		"DeleteFolder": bound[DeleteFolder], "MoveFolder": bound[MoveFolder], "CopyFolder": bound[CopyFolder], "EmptyFolder": bound[EmptyFolder],
		"CreateFolderPath": bound[CreateFolderPath], "GetUserConfiguration": bound[GetUserConfiguration],
		"CreateUserConfiguration": bound[CreateUserConfiguration], "UpdateUserConfiguration": bound[UpdateUserConfiguration],
		"DeleteUserConfiguration": bound[DeleteUserConfiguration],
	}
	noticeReaders = map[string]reader{
		"Unsubscribe": bound[Unsubscribe], "GetEvents": bound[GetEvents],
		"GetStreamingEvents": readStreaming,
		"Subscribe":          readSubscribe,
	}
	directoryReaders = map[string]reader{
		"ResolveNames": bound[ResolveNames], "ExpandDL": bound[ExpandDL], "ConvertId": bound[ConvertID],
		"GetUserAvailabilityRequest": bound[GetUserAvailability], "GetServerTimeZones": bound[GetServerTimeZones],
		"GetDelegate": bound[GetDelegate], "AddDelegate": bound[AddDelegate], "UpdateDelegate": bound[UpdateDelegate],
		"RemoveDelegate": bound[RemoveDelegate], "FindPeople": bound[FindPeople], "GetPersona": bound[GetPersona],
	}
	settingReaders = map[string]reader{
		"GetInboxRules": bound[GetInboxRules], "UpdateInboxRules": bound[UpdateInboxRules],
		"GetRoomLists": bound[GetRoomLists], "GetRooms": bound[GetRooms],
		"GetMailTips": bound[GetMailTips], "GetServiceConfiguration": bound[GetServiceConfiguration],
		"GetPasswordExpirationDate": bound[GetPasswordExpirationDate], "GetUserRetentionPolicyTags": bound[GetUserRetentionPolicyTags],
		"GetClientAccessToken": bound[GetClientAccessToken], "GetUserPhoto": bound[GetUserPhoto], "SetUserPhoto": bound[SetUserPhoto],
	}
)
