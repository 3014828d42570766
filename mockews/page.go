package mockews

import (
	"io"
	"net/http"
)

// Pages that are no SOAP, as IIS and WCF send them.
const (
	pageService = `<HTML lang="en"><HEAD><TITLE>Service</TITLE></HEAD><BODY><H1>Service</H1>` +
		`<P>You have created a service.</P></BODY></HTML>`
	pageNotFound = pageHead + `<TITLE>Not Found</TITLE></HEAD><BODY><h2>Not Found</h2><hr>` +
		`<p>HTTP Error 404. The requested resource is not found.</p></BODY></HTML>`
	pageBadRequest = pageHead + `<TITLE>Bad Request</TITLE></HEAD><BODY><h2>Bad Request</h2><hr>` +
		`<p>HTTP Error 400. The request is badly formed.</p></BODY></HTML>`
	pageMethod = pageHead + `<TITLE>Method Not Allowed</TITLE></HEAD><BODY><h2>Method Not Allowed</h2><hr>` +
		`<p>HTTP Error 405. The verb is not supported.</p></BODY></HTML>`
	pageBad = pageHead + `<TITLE>Bad Request</TITLE></HEAD><BODY><h2>Bad Request</h2><hr>` +
		`<p>HTTP Error 400. The request is badly formed.</p></BODY></HTML>`
	pageTooLarge = pageHead + `<TITLE>Request Too Long</TITLE></HEAD><BODY><h2>Request Too Long</h2><hr>` +
		`<p>HTTP Error 413. The request entity is too large.</p></BODY></HTML>`
	pageNoSchemas = pageHead + `<TITLE>Not Found</TITLE></HEAD><BODY><h2>Not Found</h2><hr>` +
		`<p>HTTP Error 404. This mock has no copy of the service description: start it with --schema-dir and a folder that has.</p></BODY></HTML>`
	pageUnavailable = pageHead + `<TITLE>Service Unavailable</TITLE></HEAD><BODY><h2>Service Unavailable</h2><hr>` +
		`<p>HTTP Error 503. The service is unavailable.</p></BODY></HTML>`

	pageError = pageHead + `<TITLE>Runtime Error</TITLE></HEAD><BODY><h1>Server Error in '/EWS' Application.</h1><hr>` +
		`<p>An application error occurred on the server.</p></BODY></HTML>`

	pageHead = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd"><HTML><HEAD>`
)

// pageType is the content type of pages, ready to be put into a header map. Nobody writes to it.
var pageType = []string{"text/html; charset=us-ascii"}

func writePage(w http.ResponseWriter, status int, page string) {
	w.Header()["Content-Type"] = pageType
	w.WriteHeader(status)
	_, _ = io.WriteString(w, page) // a client that has gone is no concern of the server's
}
