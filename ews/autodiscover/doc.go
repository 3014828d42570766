// Package autodiscover is the vocabulary of Autodiscover, by which a client finds the server of a mailbox: the SOAP operation
// GetUserSettings and the plain XML (POX) of Outlook, requests and answers, for both sides of the wire.
//
// Its namespaces are others than those of Exchange Web Services, and so are its codes: an error stands in an answer with HTTP
// status 200, about the whole request, about one user or about one setting (MS docs: Handling Autodiscover error messages).
package autodiscover
