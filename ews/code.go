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
	ErrorFolderNotFound                         Code = "ErrorFolderNotFound"
	ErrorImpersonateUserDenied                  Code = "ErrorImpersonateUserDenied"
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
	ErrorNonExistentMailbox                     Code = "ErrorNonExistentMailbox"
	ErrorNonPrimarySmtpAddress                  Code = "ErrorNonPrimarySmtpAddress"
	ErrorNoRespondingCASInDestinationSite       Code = "ErrorNoRespondingCASInDestinationSite"
	ErrorProxyCallFailed                        Code = "ErrorProxyCallFailed"
	ErrorSchemaValidation                       Code = "ErrorSchemaValidation"
	ErrorServerBusy                             Code = "ErrorServerBusy"
	ErrorTooManyObjectsOpened                   Code = "ErrorTooManyObjectsOpened"
)
