package ews

import "github.com/ewsbench/ewsbench/internal/xmlwire"

// The namespaces of SOAP 1.1 and of EWS. They begin with http even where
// Microsoft's documentation shows https.
const (
	soapURI     = "http://schemas.xmlsoap.org/soap/envelope/"
	messagesURI = "http://schemas.microsoft.com/exchange/services/2006/messages"
	typesURI    = "http://schemas.microsoft.com/exchange/services/2006/types"
	errorsURI   = "http://schemas.microsoft.com/exchange/services/2006/errors"
)

// spaces are the namespaces that the scanners tell apart, in the order of the
// constants below.
var spaces = []string{soapURI, messagesURI, typesURI}

const (
	soapSpace xmlwire.Space = iota + 1
	messagesSpace
	typesSpace
)
