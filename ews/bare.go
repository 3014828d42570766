package ews

import "bytes"

// appendBare appends an answer in the default namespace, as real servers write some: the EWS Managed API looks for their elements
// without a prefix (ews-managed-api, GetInboxRulesResponse, GetPasswordExpirationDateResponse). Root is the element, "t:Rule", from
// which on content is in the namespace of the types and has no prefix either; "" if none is.
func appendBare(dst []byte, answer any, element, root string) []byte {
	raw := schema.AppendWith(nil, element, ` xmlns="`+messagesURI+`" xmlns:t="`+typesURI+`"`, answer)
	at := bytes.Index(raw, []byte("<"+root+">"))
	if root == "" || at < 0 {
		return append(dst, unprefixed(raw, "m:")...)
	}
	dst = append(dst, unprefixed(raw[:at], "m:")...)
	rest := bytes.ReplaceAll(raw[at:], []byte("<"+root+">"), []byte("<"+root+` xmlns="`+typesURI+`">`))
	return append(dst, unprefixed(rest, "m:", "t:")...)
}

// unprefixed are elements without prefixes. A prefix follows a < in tags alone: the text between them has none unescaped.
func unprefixed(raw []byte, prefixes ...string) []byte {
	for _, prefix := range prefixes {
		raw = bytes.ReplaceAll(raw, []byte("<"+prefix), []byte("<"))
		raw = bytes.ReplaceAll(raw, []byte("</"+prefix), []byte("</"))
	}
	return raw
}
