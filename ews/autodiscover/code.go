package autodiscover

import "slices"

// Code says how a request, a user or a setting fared (MS docs: ErrorCode (SOAP)).
type Code string

// The codes.
const (
	NoError               Code = "NoError"
	RedirectAddress       Code = "RedirectAddress"
	RedirectURL           Code = "RedirectUrl"
	InvalidUser           Code = "InvalidUser"
	InvalidRequest        Code = "InvalidRequest"
	InvalidSetting        Code = "InvalidSetting"
	SettingIsNotAvailable Code = "SettingIsNotAvailable"
	ServerBusy            Code = "ServerBusy"
	InvalidDomain         Code = "InvalidDomain"
	NotFederated          Code = "NotFederated"
	InternalServerError   Code = "InternalServerError"
)

// Codes are all of them.
func Codes() []Code {
	return []Code{
		NoError, RedirectAddress, RedirectURL, InvalidUser, InvalidRequest, InvalidSetting, SettingIsNotAvailable, ServerBusy, InvalidDomain,
		NotFederated, InternalServerError,
	}
}

// Known reports whether the schema has the code.
func (c Code) Known() bool { return slices.Contains(Codes(), c) }

// Text is what goes with a code, for people. Those of NoError and RedirectAddress are a server's own (MS docs: Handling
// Autodiscover error messages); no capture of the others is public.
func (c Code) Text() string {
	switch c {
	case NoError:
		return "No error."
	case RedirectAddress:
		return "Redirection address."
	case RedirectURL:
		return "Redirection URL."
	case InvalidUser:
		return "The user is invalid."
	case InvalidRequest:
		return "The request is invalid."
	case InvalidSetting:
		return "There is no such setting."
	case SettingIsNotAvailable:
		return "The setting is not available."
	case ServerBusy:
		return "The server is too busy."
	case InvalidDomain:
		return "The domain is invalid."
	case NotFederated:
		return "The organization is not federated."
	case InternalServerError:
		return "An internal server error occurred."
	}
	return ""
}
