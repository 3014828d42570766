package xmlwire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

const benchDoc = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"` +
	` xmlns:t="types"><soap:Body><t:Items><t:Item Id="AAMkAGRkNDk3ZWE0" ChangeKey="CQAAABYAAADf"><t:Subject>Figures</t:Subject>` +
	`<t:Size>4711</t:Size></t:Item></t:Items></soap:Body></soap:Envelope>`

func readAll(doc string) bool {
	var s Scanner
	s.Init(doc, nil)
	for s.Next() != EOF {
	}
	return s.Err() == nil
}

func BenchmarkScanner(b *testing.B) {
	b.SetBytes(int64(len(benchDoc)))
	b.ReportAllocs()
	for b.Loop() {
		readAll(benchDoc)
	}
}

func BenchmarkAppendText(b *testing.B) {
	text := strings.Repeat("The figures of the third quarter are in. ", 50)
	dst := make([]byte, 0, 2*len(text))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		AppendText(dst, text)
	}
}

func TestScannerDoesNotAllocate(t *testing.T) {
	assert.True(t, readAll(benchDoc))
	assert.Zero(t, testing.AllocsPerRun(100, func() { readAll(benchDoc) }))
}
