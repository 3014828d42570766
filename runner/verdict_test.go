package runner

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/results"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	success := []ews.Message{{Class: ews.Success, Code: ews.NoError}}
	failure := []ews.Message{{Class: ews.Success, Code: ews.NoError}, {Class: ews.Error, Code: ews.ErrorItemNotFound}}
	tests := []struct {
		name    string
		outcome ews.Outcome
		class   results.Class
		code    string
	}{
		{"ok", ews.Outcome{HTTP: 200, SOAP: true, Messages: success}, results.ClassOK, "ok"},
		{"an error inside a 200", ews.Outcome{HTTP: 200, SOAP: true, Messages: failure}, results.ClassError, "ErrorItemNotFound"},
		{
			"a fault",
			ews.Outcome{HTTP: 500, SOAP: true, Fault: ews.NewFault(ews.ErrorServerBusy)},
			results.ClassError, "ErrorServerBusy",
		},
		{"a status", ews.Outcome{HTTP: 503}, results.ClassError, "http_503"},
		{"no SOAP", ews.Outcome{HTTP: 200}, results.ClassError, "not_soap"},
		{"no message", ews.Outcome{HTTP: 200, SOAP: true}, results.ClassError, "empty_answer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			class, code := judge(tt.outcome)
			assert.Equal(t, tt.class, class)
			assert.Equal(t, tt.code, code)
		})
	}
}

func TestJudgeError(t *testing.T) {
	t.Parallel()
	dial := func(err error) error {
		return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", err)}
	}
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"deadline", fmt.Errorf("send: %w", context.DeadlineExceeded), "timeout"},
		{"slow dial", &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, "timeout"},
		{"canceled by somebody else", context.Canceled, "canceled"},
		{"refused", dial(syscall.ECONNREFUSED), "refused"},
		{"reset", dial(syscall.ECONNRESET), "reset"},
		{"broken pipe", dial(syscall.EPIPE), "reset"},
		{"no route", dial(syscall.EHOSTUNREACH), "unreachable"},
		{"no network", dial(syscall.ENETUNREACH), "unreachable"},
		{"out of files", dial(syscall.EMFILE), "exhausted"},
		{"out of ports", dial(syscall.EADDRNOTAVAIL), "exhausted"},
		{"closed", io.EOF, "eof"},
		{"closed within", fmt.Errorf("read: %w", io.ErrUnexpectedEOF), "eof"},
		{"closed idle", errors.New("http: server closed idle connection"), "eof"},
		{"closed here", net.ErrClosed, "eof"},
		{"unknown host", &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}, "dns"},
		{"unknown authority", &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, "tls"},
		{"alert", tls.AlertError(40), "tls"},
		{"not TLS", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, "tls"},
		{"HTTP on a TLS port", errors.New("http: server gave HTTP response to HTTPS client"), "tls"},
		{"too long", errTooLong, "answer_too_long"},
		{"anything else", http.ErrNotSupported, "transport"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			class, code := judgeError(tt.err, false)
			assert.Equal(t, tt.want, code)
			assert.Equal(t, code == results.CodeTimeout, class == results.ClassTimeout)
		})
	}
}
