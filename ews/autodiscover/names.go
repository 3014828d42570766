package autodiscover

import (
	"slices"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Where the service is, in any spelling of upper and lower case.
const (
	PathSOAP = "/autodiscover/autodiscover.svc"
	PathPOX  = "/autodiscover/autodiscover.xml"
)

// ContentType is the media type of every request and answer.
const ContentType = "text/xml; charset=utf-8"

// Headers by which a server tells on a GET which ways of asking it knows (capture in OfficeDev/ews-java-api #452).
const (
	HeaderSOAPEnabled  = "X-SOAP-Enabled"
	HeaderOAuthEnabled = "X-OAuth-Enabled"
)

const (
	soapURI       = "http://schemas.xmlsoap.org/soap/envelope/"
	serviceURI    = "http://schemas.microsoft.com/exchange/2010/Autodiscover"
	addressingURI = "http://www.w3.org/2005/08/addressing"
	instanceURI   = "http://www.w3.org/2001/XMLSchema-instance"
	dispatchURI   = "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher"

	requestURI     = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"
	mobileURI      = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006"
	answerURI      = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
	outlookURI     = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
	faultAction    = addressingURI + "/soap/fault"
	declaration    = `<?xml version="1.0" encoding="utf-8"?>`
	actionPrefix   = serviceURI + "/Autodiscover/"
	settingsAction = actionPrefix + "GetUserSettings"
)

// ActionGetUserSettings is the wsa:Action of a request for settings.
const ActionGetUserSettings = settingsAction

// SchemaOutlook is the AcceptableResponseSchema of Outlook's answers.
const SchemaOutlook = outlookURI

// soapSpaces are the namespaces of a SOAP request or answer, in the order of the constants below.
var soapSpaces = []string{soapURI, serviceURI, addressingURI}

const (
	soapSpace xmlwire.Space = iota + 1
	serviceSpace
	addressingSpace
)

// Versions are those that a request may name as its RequestedServerVersion. It is another list than that of EWS: Exchange 2007
// has no SOAP Autodiscover (MS docs: Get user settings from Exchange by using Autodiscover), and none of the build dates of
// Exchange Online is on it (OfficeDev/ews-managed-api #140).
func Versions() []string {
	return []string{
		"Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2", "Exchange2013", "Exchange2013_SP1", "Exchange2015", "Exchange2015_SP1", "Exchange2016",
	}
}

// ValidVersion reports whether a request may name it.
func ValidVersion(v string) bool { return slices.Contains(Versions(), v) }
