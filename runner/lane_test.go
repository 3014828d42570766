package runner

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLaneReadsWhatComes(t *testing.T) {
	t.Parallel()
	text := bytes.Repeat([]byte("0123456789"), 3000)
	broken := errors.New("broken")
	tests := []struct {
		name   string
		body   io.Reader
		length int64
		want   []byte
		err    error
	}{
		{"at once", bytes.NewReader(text), int64(len(text)), text, nil},
		{"length not known", bytes.NewReader(text), -1, text, nil},
		{"byte by byte", iotest.OneByteReader(bytes.NewReader(text)), -1, text, nil},
		{"the end comes with the data", iotest.DataErrReader(bytes.NewReader(text)), -1, text, nil},
		{"nothing", http.NoBody, 0, nil, nil},
		{"a lie about the length", bytes.NewReader(text), 1 << 62, text, nil},
		{"broken", io.MultiReader(bytes.NewReader(text), iotest.ErrReader(broken)), -1, text, broken},
		{"endless", endless{}, -1, nil, errTooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &lane{answer: []byte("an answer of before")}
			err := s.read(&http.Response{Body: io.NopCloser(tt.body), ContentLength: tt.length})
			require.ErrorIs(t, err, tt.err)
			if tt.want != nil {
				assert.Equal(t, tt.want, s.answer)
			}
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
