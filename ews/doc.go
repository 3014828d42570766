// Package ews is the vocabulary that both sides of an Exchange Web Services
// conversation share: operations and their requests and answers, response
// classes and codes, SOAP faults, and the judgement of an answer.
//
// A client renders a [Request] with [Request.Append] and judges what comes
// back with [Classify]. A server reads the same request with [ParseRequest]
// and answers with [AppendResponse] or [Fault.Append]. Both directions use the
// namespaces and shapes of a real Exchange Server 2013 or later, and neither
// needs a connection: everything works on bytes.
//
// Each operation has a file of its own that holds its request and its answer.
package ews
