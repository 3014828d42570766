package ews

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// notInSchema are operations of newer servers that the schema of the test does not have.
var notInSchema = regexp.MustCompile(`No matching global declaration|No matching global element`)

// Every operation has an answer that says that it failed, and that the schema knows.
func TestErrorResponses(t *testing.T) {
	t.Parallel()
	m := NewMessage(ErrorInvalidRequest)
	for name := range schemaOperations {
		if readers[name] != nil || readers[name+"Request"] != nil {
			continue // it has an answer of its own
		}
		response, ok := NewErrorResponse(Op(name), m)
		if !ok {
			continue
		}
		body := AppendResponse(nil, sampleVersion, response)
		o := Classify(200, nil, body)
		assert.Equal(t, ErrorInvalidRequest, o.Code(), name)
		assert.Equal(t, Op(name), o.Op, name)
	}
	schemas := os.Getenv("EWSBENCH_XSD_DIR")
	xmllint, err := exec.LookPath("xmllint")
	if schemas == "" || err != nil {
		t.Skip("EWSBENCH_XSD_DIR does not name a folder with messages.xsd, or xmllint is not installed: the answers were not validated")
	}
	var files []string
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(schemaOperations)) {
		if readers[name] != nil || readers[name+"Request"] != nil {
			continue
		}
		response, ok := NewErrorResponse(Op(name), m)
		if !ok {
			continue
		}
		file := filepath.Join(dir, name+".xml")
		require.NoError(t, os.WriteFile(file, response.appendTo(nil), 0o600))
		files = append(files, file)
	}
	arguments := append([]string{"--noout", "--nonet", "--schema", filepath.Join(schemas, "messages.xsd")}, files...)
	out, _ := exec.CommandContext(t.Context(), xmllint, arguments...).CombinedOutput()
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "error :") && !notInSchema.MatchString(line) {
			t.Error(line)
		}
	}
}

// A GetPersona is answered by a message that stands alone: how it went is known all the same.
func TestAnswersOfGetPersonaAreClassified(t *testing.T) {
	t.Parallel()
	refusal, ok := NewErrorResponse(OpGetPersona, NewMessage(ErrorInvalidIdMalformed))
	require.True(t, ok)
	for name, c := range map[string]struct {
		response Response
		code     Code
	}{
		"success": {GetPersonaResponse{Persona: &PersonaContent{Object{Kind: KindPersona}}}, ""},
		"error":   {GetPersonaResponse{Message: NewMessage(ErrorInvalidIdMalformed)}, ErrorInvalidIdMalformed},
		"refusal": {refusal, ErrorInvalidIdMalformed},
	} {
		o := Classify(200, nil, AppendResponse(nil, sampleVersion, c.response))
		assert.Equal(t, OpGetPersona, o.Op, name)
		assert.Equal(t, c.code, o.Code(), name)
		assert.Equal(t, c.code == "", o.OK(), name)
	}
}
