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
