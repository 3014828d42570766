package auth

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// oauthError is a refusal of a token (RFC 6749, section 5.2), with what Entra adds (MS docs: Microsoft Entra authentication and
// authorization error codes).
type oauthError struct {
	status int
	code   string
	number int
	text   string
}

func newError(status int, code string, number int, text string) *oauthError {
	return &oauthError{status: status, code: code, number: number, text: text}
}

func badRequest(code string, number int, text string) *oauthError {
	return newError(http.StatusBadRequest, code, number, text)
}

func unauthorized(number int, text string) *oauthError {
	return newError(http.StatusUnauthorized, "invalid_client", number, text)
}

func noTenant(name string) *oauthError {
	return badRequest("invalid_request", 90002, "Tenant '"+printable(name)+"' not found. Check that the tenant id or the domain is right.")
}

func missing(parameter string) *oauthError {
	return badRequest("invalid_request", 900144, "The request body must contain the following parameter: '"+parameter+"'.")
}

func serverError() *oauthError {
	return newError(http.StatusInternalServerError, "server_error", 90033, "A transient error has occurred. Please try again.")
}

func (e *oauthError) write(w http.ResponseWriter, now time.Time) {
	stamp := now.UTC().Format("2006-01-02 15:04:05Z")
	trace, correlation := newGUID(), newGUID()
	writeJSON(w, e.status, map[string]any{
		"error": e.code,
		"error_description": "AADSTS" + strconv.Itoa(e.number) + ": " + e.text +
			" Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: " + stamp,
		"error_codes": []int{e.number}, "timestamp": stamp, "trace_id": trace, "correlation_id": correlation,
	})
}

// newGUID is a random GUID of version 4.
func newGUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return formatGUID(b[:])
}

func formatGUID(b []byte) string {
	s := hex.EncodeToString(b)
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// maxEcho bounds what an error repeats of a request, in bytes.
const maxEcho = 100

// printable is what an error may repeat of a request.
func printable(s string) string {
	s = s[:min(len(s), maxEcho)]
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '\'' {
			return '?'
		}
		return r
	}, s)
}
