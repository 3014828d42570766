package ews

// Code is a response code of the EWS schema (MS docs: ResponseCode).
type Code string

// NoError is the code of an answer without fault.
const NoError Code = "NoError"

// Codes that a SOAP fault or a response message may carry.
const (
	ErrorAccessDenied                           Code = "ErrorAccessDenied"
	ErrorADUnavailable                          Code = "ErrorADUnavailable"
	ErrorBatchProcessingStopped                 Code = "ErrorBatchProcessingStopped"
	ErrorConnectionFailed                       Code = "ErrorConnectionFailed"
	ErrorExceededConnectionCount                Code = "ErrorExceededConnectionCount"
	ErrorExceededFindCountLimit                 Code = "ErrorExceededFindCountLimit"
	ErrorExceededSubscriptionCount              Code = "ErrorExceededSubscriptionCount"
	ErrorFolderNotFound                         Code = "ErrorFolderNotFound"
	ErrorImpersonateUserDenied                  Code = "ErrorImpersonateUserDenied"
	ErrorImpersonationDenied                    Code = "ErrorImpersonationDenied"
	ErrorImpersonationFailed                    Code = "ErrorImpersonationFailed"
	ErrorInsufficientResources                  Code = "ErrorInsufficientResources"
	ErrorInternalServerError                    Code = "ErrorInternalServerError"
	ErrorInternalServerTransientError           Code = "ErrorInternalServerTransientError"
	ErrorInvalidExchangeImpersonationHeaderData Code = "ErrorInvalidExchangeImpersonationHeaderData"
	ErrorInvalidIdMalformed                     Code = "ErrorInvalidIdMalformed"
	ErrorInvalidRequest                         Code = "ErrorInvalidRequest"
	ErrorInvalidServerVersion                   Code = "ErrorInvalidServerVersion"
	ErrorInvalidSid                             Code = "ErrorInvalidSid"
	ErrorInvalidSyncStateData                   Code = "ErrorInvalidSyncStateData"
	ErrorInvalidUserPrincipalName               Code = "ErrorInvalidUserPrincipalName"
	ErrorItemNotFound                           Code = "ErrorItemNotFound"
	ErrorMailboxMoveInProgress                  Code = "ErrorMailboxMoveInProgress"
	ErrorMailboxStoreUnavailable                Code = "ErrorMailboxStoreUnavailable"
	ErrorMissingEmailAddress                    Code = "ErrorMissingEmailAddress"
	ErrorMoreThanOneAccessModeSpecified         Code = "ErrorMoreThanOneAccessModeSpecified"
	ErrorNoFreeBusyAccess                       Code = "ErrorNoFreeBusyAccess"
	ErrorNonExistentMailbox                     Code = "ErrorNonExistentMailbox"
	ErrorNonPrimarySmtpAddress                  Code = "ErrorNonPrimarySmtpAddress"
	ErrorNoRespondingCASInDestinationSite       Code = "ErrorNoRespondingCASInDestinationSite"
	ErrorProxyCallFailed                        Code = "ErrorProxyCallFailed"
	ErrorSchemaValidation                       Code = "ErrorSchemaValidation"
	ErrorSendAsDenied                           Code = "ErrorSendAsDenied"
	ErrorServerBusy                             Code = "ErrorServerBusy"
	ErrorSubscriptionDelegateAccessNotSupported Code = "ErrorSubscriptionDelegateAccessNotSupported"
	ErrorTimeoutExpired                         Code = "ErrorTimeoutExpired"
	ErrorTooManyObjectsOpened                   Code = "ErrorTooManyObjectsOpened"
	ErrorSubscriptionNotFound                   Code = "ErrorSubscriptionNotFound"
	ErrorSubscriptionAccessDenied               Code = "ErrorSubscriptionAccessDenied"
	ErrorInvalidPullSubscriptionID              Code = "ErrorInvalidPullSubscriptionId"
	ErrorInvalidWatermark                       Code = "ErrorInvalidWatermark"
	ErrorReadEventsFailed                       Code = "ErrorReadEventsFailed"
	ErrorMissedNotificationEvents               Code = "ErrorMissedNotificationEvents"
	ErrorExpiredSubscription                    Code = "ErrorExpiredSubscription"
	ErrorInvalidSubscriptionRequest             Code = "ErrorInvalidSubscriptionRequest"
	ErrorInvalidPushSubscriptionURL             Code = "ErrorInvalidPushSubscriptionUrl"
	ErrorInvalidSubscription                    Code = "ErrorInvalidSubscription"
	ErrorNewEventStreamConnectionOpened         Code = "ErrorNewEventStreamConnectionOpened"
	ErrorSubscriptionUnsubscribed               Code = "ErrorSubscriptionUnsubscribed"
)

// textOf returns the English text of an Exchange server for code; the code
// itself where none is known.
func textOf(code Code) string {
	if text, ok := texts[code]; ok {
		return text
	}
	return string(code)
}

// texts are the server's own messages (ews-managed-api, the comments of
// ServiceError; MS docs: ResponseCode), with their double spaces.
var texts = map[Code]string{
	ErrorAccessDenied:                                     "Access is denied. Check credentials and try again.",
	ErrorADUnavailable:                                    "Active Directory is unavailable. Try again later.",
	ErrorBatchProcessingStopped:                           "Item was not processed as a result of a previous error.",
	ErrorConnectionFailed:                                 "Connection did not succeed. Try again later.",
	ErrorExceededConnectionCount:                          "You have exceeded the available concurrent connections for your account.  Try again once your other requests have completed.",
	ErrorExceededFindCountLimit:                           "You have exceeded the maximum number of objects that can be returned for the find operation. Use paging to reduce the result size and try your request again.",
	ErrorExceededSubscriptionCount:                        "You have exceeded the available subscriptions for your account.  Remove unnecessary subscriptions and try your request again.",
	ErrorFolderNotFound:                                   "The specified folder could not be found in the store.",
	ErrorImpersonateUserDenied:                            "The account does not have permission to impersonate the requested user.",
	ErrorImpersonationFailed:                              "Impersonation failed.",
	ErrorInsufficientResources:                            "Resources are unavailable. Try again later.",
	ErrorInternalServerError:                              "An internal server error occurred. The operation failed.",
	ErrorInternalServerTransientError:                     "An internal server error occurred. Try again later.",
	ErrorInvalidExchangeImpersonationHeaderData:           "An ExchangeImpersonation SOAP header must contain a user principal name, user SID, or primary SMTP address.",
	ErrorInvalidIdMalformed:                               "Id is malformed.",
	ErrorInvalidRequest:                                   "The request is invalid.",
	ErrorInvalidServerVersion:                             "The specified server version is invalid.",
	ErrorInvalidSid:                                       "A SID with an invalid format was encountered.",
	ErrorInvalidSyncStateData:                             "Synchronization state data is corrupt or otherwise invalid.",
	ErrorInvalidUserPrincipalName:                         "The impersonation principal name is invalid.",
	ErrorItemNotFound:                                     "The specified object was not found in the store.",
	ErrorMailboxMoveInProgress:                            "Mailbox move in progress. Try again later.",
	ErrorMailboxStoreUnavailable:                          "The mailbox database is temporarily unavailable.",
	ErrorMissingEmailAddress:                              "When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids.",
	ErrorMoreThanOneAccessModeSpecified:                   "Only one access mode header may be specified.",
	ErrorNonExistentMailbox:                               "The SMTP address has no mailbox associated with it.",
	ErrorNonPrimarySmtpAddress:                            "The primary SMTP address must be specified when referencing a mailbox.",
	ErrorNoRespondingCASInDestinationSite:                 "Exchange Web Services are not currently available for this request because none of the Client Access Servers in the destination site could process the request.",
	ErrorProxyCallFailed:                                  "Request failed because EWS could not contact the appropriate CAS server for this request.",
	ErrorSchemaValidation:                                 "The request failed schema validation.",
	ErrorSendAsDenied:                                     "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.",
	ErrorServerBusy:                                       "The server cannot service this request right now. Try again later.",
	ErrorSubscriptionDelegateAccessNotSupported:           "Subscriptions are not supported for delegate user access.",
	ErrorTimeoutExpired:                                   "The request timed out.", // no capture shows the text of a server
	ErrorTooManyObjectsOpened:                             "Too many concurrent connections opened.",
	ErrorSubscriptionNotFound:                             "The specified subscription was not found.",
	ErrorSubscriptionAccessDenied:                         "Access is denied. Only the subscription owner may access the subscription.",
	ErrorInvalidPullSubscriptionID:                        "SubscriptionId is invalid. Subscription is not a pull subscription.",
	ErrorInvalidWatermark:                                 "The watermark is invalid.",
	ErrorReadEventsFailed:                                 "Unable to retrieve events for this subscription.  The subscription must be recreated.",
	ErrorMissedNotificationEvents:                         "The subscription has missed events, but will continue service on this connection.",
	ErrorExpiredSubscription:                              "Subscription information is not available. Subscription is expired.",
	ErrorInvalidSubscriptionRequest:                       "A subscription can only be established on a single public folder or on folders from a single mailbox.",
	ErrorInvalidPushSubscriptionURL:                       "URL specified for push subscription is invalid.",
	ErrorInvalidSubscription:                              "The subscription is invalid.",
	ErrorNewEventStreamConnectionOpened:                   "Another connection was opened against this subscription.",
	ErrorSubscriptionUnsubscribed:                         "The StreamingSubscription was unsubscribed while the current connection was servicing it.",
	"ErrorChangeKeyRequired":                              "This operation requires a change key.",
	"ErrorInvalidChangeKey":                               "The change key is invalid.",
	"ErrorIrresolvableConflict":                           "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.",
	"ErrorStaleObject":                                    "The message object has been changed.",
	"ErrorFolderExists":                                   "A folder with the specified name already exists.",
	"ErrorDeleteDistinguishedFolder":                      "Distinguished folders cannot be deleted.",
	"ErrorToFolderNotFound":                               "The specified target folder could not be found.",
	"ErrorNameResolutionNoResults":                        "No results were found.",
	"ErrorDelegateAlreadyExists":                          "The user is already a delegate for the mailbox.",
	"ErrorNotDelegate":                                    "The user is not a delegate for the mailbox.",
	"ErrorDelegateCannotAddOwner":                         "This is an invalid operation. Cannot add owner as delegate.",
	"ErrorDelegateNoUser":                                 "The delegate does not map to a user in the Active Directory.",
	"ErrorDelegateMissingConfiguration":                   "Delegate is not configured properly.",
	"ErrorDelegateValidationFailed":                       "Cannot add the delegate user. Failed to validate the changes.",
	"ErrorDistinguishedUserNotSupported":                  "DistinguishedUser should not be specified for a Delegate User.",
	"ErrorInvalidDelegatePermission":                      "Invalid Delegate Folder Permission.",
	"ErrorInvalidDelegateUserId":                          "One or more UserId parameters are invalid. Make sure that the PrimarySmtpAddress, Sid and DisplayName properties refer to the same user when specified.",
	"ErrorMissingUserIdInformation":                       "Missing information for delegate user. You must either specify a valid SMTP address or SID.",
	"ErrorInvalidUserInfo":                                "A UserId was not valid.",
	"ErrorInvalidUserSid":                                 "The user SID is invalid or does not map to a user in the Active Directory.",
	"ErrorDuplicateUserIdsSpecified":                      "The specified permission set contains duplicate UserIds.",
	"ErrorCannotSetCalendarPermissionOnNonCalendarFolder": "Expected a PermissionSet but received a CalendarPermissionSet.",
	"ErrorCannotSetNonCalendarPermissionOnCalendarFolder": "Expected a CalendarPermissionSet but received a PermissionSet.",
	"ErrorInvalidPermissionSettings":                      "The permission settings were not valid.",
	"ErrorMissingRecipients":                              "No recipients have been specified.",
	"ErrorInvalidClientAccessTokenRequest":                "The caller does not have enough permission for this token request.",
}
