package strictyaml_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// FuzzUnmarshal holds that no file panics, that every mistake has a place
// within the file, and that decoding twice gives the same.
func FuzzUnmarshal(f *testing.F) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(f, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte("count: 1\nlist:\n  - {name: a, weight: 2}\nfree: {x: 1}\nwait: 3s\nrate: 5%\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var first, second sample
		err := strictyaml.Unmarshal("f", data, &first)
		again := strictyaml.Unmarshal("f", data, &second)
		assert.Equal(t, err, again)
		assert.Equal(t, first, second)
		var placed *strictyaml.Error
		if err != nil && assert.True(t, errors.As(err, &placed)) {
			assert.Positive(t, placed.Column)
			assert.Positive(t, placed.Line)
			assert.LessOrEqual(t, placed.Line, bytes.Count(data, []byte("\n"))+bytes.Count(data, []byte("\r"))+2)
		}
	})
}
