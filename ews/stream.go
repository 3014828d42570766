package ews

// AppendStreamed appends an envelope of a stream to dst and returns it. It is as
// real servers write it (captures in jamesiarmes/php-ews #453, node-ews #48 and
// #56), since clients are particular: without an XML declaration, with a root that
// has no prefix, and with prefixes of its own within.
func AppendStreamed(dst []byte, v ServerVersion, r GetStreamingEventsResponse) []byte {
	dst = append(dst, `<Envelope xmlns="`+soapURI+`"><soap11:Header xmlns:soap11="`+soapURI+`"><ServerVersionInfo`...)
	dst = v.appendNumbers(dst)
	dst = append(dst, ` xmlns="`+typesURI+`"/></soap11:Header><soap11:Body xmlns:soap11="`+soapURI+`">`...)
	dst = r.appendTo(dst)
	return append(dst, `</soap11:Body></Envelope>`...)
}

// AppendPushed appends the envelope in which a server tells a listener of events: with the prefix and the header of a capture of Exchange
// (mvcp.tistory.com).
func AppendPushed(dst []byte, v Version, n SendNotification) []byte {
	dst = append(dst, declaration+`<soap11:Envelope xmlns:soap11="`+soapURI+`" xmlns:m="`+messagesURI+`" xmlns:t="`+typesURI+
		`"><soap11:Header><t:RequestServerVersion`...)
	dst = appendAttr(dst, "Version", string(v))
	dst = append(dst, `/></soap11:Header><soap11:Body>`...)
	dst = n.appendTo(dst)
	return append(dst, `</soap11:Body></soap11:Envelope>`...)
}
