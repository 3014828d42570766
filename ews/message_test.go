package ews

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewMessage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		code Code
		want Message
	}{
		{"success", NoError, Message{Class: Success, Code: NoError}},
		{"error", ErrorItemNotFound, Message{Class: Error, Code: ErrorItemNotFound, Text: "The specified object was not found in the store."}},
		{"left out", ErrorBatchProcessingStopped, Message{
			Class: Warning, Code: ErrorBatchProcessingStopped, Text: "Item was not processed as a result of a previous error.",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, NewMessage(c.code))
		})
	}
}

func TestShapeOfPersonas(t *testing.T) {
	t.Parallel()
	r, err := ParseRequest([]byte(envelope("", `<m:GetItem><m:ItemShape><t:BaseShape>PcxPeopleSearch</t:BaseShape></m:ItemShape>`+
		`<m:ItemIds><t:ItemId Id="a"/></m:ItemIds></m:GetItem>`)))
	require.NoError(t, err)
	assert.Equal(t, GetItem{Shape: ItemShape{Base: ShapePeopleSearch}, Items: []ItemRef{{ID: "a"}}}, r.Body)
}
