package runner

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
)

// Codes of samples that have no response code of the protocol. An HTTP status
// without one is http_ and the status.
const (
	codeNotSOAP     = "not_soap"     // HTTP 200, but no envelope: a login page, say
	codeEmpty       = "empty_answer" // an envelope without any response message
	codeRefused     = "refused"
	codeReset       = "reset"
	codeEOF         = "eof" // closed before the answer was complete
	codeDNS         = "dns"
	codeTLS         = "tls"
	codeUnreachable = "unreachable" // no route to host or network
	codeExhausted   = "exhausted"   // this machine is out of files or ports
	codeTooLong     = "answer_too_long"
	codeCanceled    = "canceled"
	codeTransport   = "transport" // anything else
)

// judge makes class and code of an answer.
func judge(o ews.Outcome) (results.Class, string) {
	if o.OK() {
		return results.ClassOK, results.CodeOK
	}
	code := o.Code()
	switch {
	case code != "" && code != ews.NoError:
		return results.ClassError, string(code)
	case o.HTTP != http.StatusOK:
		return results.ClassError, "http_" + strconv.Itoa(o.HTTP)
	case o.SOAP:
		return results.ClassError, codeEmpty
	default:
		return results.ClassError, codeNotSOAP
	}
}

// judgeError makes class and code of a request that got no complete answer. A
// transport has timeouts of its own beside that of the request.
func judgeError(err error, timedOut bool) (results.Class, string) {
	var network net.Error
	if timedOut || errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &network) && network.Timeout()) {
		return results.ClassTimeout, results.CodeTimeout
	}
	return results.ClassError, errorCode(err)
}

// sentinelCodes are looked up in this order.
var sentinelCodes = []struct {
	err  error
	code string
}{
	{context.Canceled, codeCanceled},
	{errTooLong, codeTooLong},
	{syscall.ECONNREFUSED, codeRefused},
	{syscall.ECONNRESET, codeReset},
	{syscall.EPIPE, codeReset},
	{syscall.EHOSTUNREACH, codeUnreachable},
	{syscall.ENETUNREACH, codeUnreachable},
	{syscall.EMFILE, codeExhausted},
	{syscall.EADDRNOTAVAIL, codeExhausted},
	{io.EOF, codeEOF},
	{io.ErrUnexpectedEOF, codeEOF},
	{net.ErrClosed, codeEOF},
}

func errorCode(err error) string {
	for _, known := range sentinelCodes {
		if errors.Is(err, known.err) {
			return known.code
		}
	}
	var name *net.DNSError
	switch {
	case errors.As(err, &name):
		return codeDNS
	case isTLS(err):
		return codeTLS
	case strings.Contains(err.Error(), "server closed idle connection"):
		return codeEOF // net/http keeps that error to itself
	default:
		return codeTransport
	}
}

func isTLS(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
		authority   x509.UnknownAuthorityError
		hostname    x509.HostnameError
	)
	return errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &authority) || errors.As(err, &hostname) ||
		strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "to HTTPS client")
}
