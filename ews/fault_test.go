package ews

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// faultCases are faults whose bytes are known from captures of real servers;
// see testdata/README.md for where they were seen.
func faultCases() map[string]*Fault {
	denied := NewFault(ErrorImpersonateUserDenied)
	nobody := NewFault(ErrorNonExistentMailbox)
	nobody.Values = []Value{{Name: "SmtpAddress", Text: "nobody@contoso.com"}}
	busy := NewFault(ErrorServerBusy)
	busy.BackOff = 297749 * time.Millisecond
	connections := NewFault(ErrorExceededConnectionCount)
	connections.Values = []Value{
		{Name: "Policy", Text: "MaxConcurrency"},
		{Name: "MaxConcurrencyLimit", Text: "27"},
		{Name: "ErrorMessage", Text: "This operation exceeds the throttling budget for policy part 'MaxConcurrency'," +
			" policy value '27',  Budget type: 'Ews'.  Suggested backoff time 0 ms."},
	}
	schema := violationFault(2, 14, "The required attribute 'Id' is missing.")
	return map[string]*Fault{
		"denied": denied, "nobody": nobody, "busy": busy, "connections": connections, "schema": schema,
	}
}

func TestFaultBytes(t *testing.T) {
	t.Parallel()
	for name, f := range faultCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(filepath.Join("testdata", "fault-"+name+".xml"))
			require.NoError(t, err)
			assert.Equal(t, string(want), string(f.Append(nil)))
		})
	}
}

func TestFaultIsReadAgain(t *testing.T) {
	t.Parallel()
	for name, f := range faultCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := Classify(http.StatusInternalServerError, nil, f.Append(nil))
			assert.Equal(t, Outcome{HTTP: http.StatusInternalServerError, SOAP: true, Fault: f}, o)
			assert.Equal(t, f.Code, o.Code())
			assert.Equal(t, f.BackOff, o.BackOff())
			assert.False(t, o.OK())
		})
	}
}

func TestFaultError(t *testing.T) {
	t.Parallel()
	var err error = NewFault(ErrorInvalidRequest)
	assert.EqualError(t, err, "ErrorInvalidRequest (HTTP 500): The request is invalid.")
	assert.EqualError(t, violationFault(3, 7, "No."), "ErrorSchemaValidation (HTTP 500): 3:7: No.")
	var f *Fault
	assert.True(t, errors.As(err, &f))
}

func TestTextOfUnknownCodeIsTheCode(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "ErrorQuotaExceeded", NewFault("ErrorQuotaExceeded").Text)
}
