package runner

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

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

func TestLanesAreUsedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &lanes{ctx: t.Context(), timeout: time.Second}
		first, second := p.enter(), p.enter()
		require.NotSame(t, first, second)
		p.leave(first)
		require.Same(t, first, p.enter())

		time.Sleep(time.Second)
		synctest.Wait()
		require.True(t, first.timedOut())
		p.leave(first)
		third := p.enter()
		require.NotSame(t, first, third, "its time ran out")
		require.False(t, third.timedOut())

		time.Sleep(900 * time.Millisecond)
		p.leave(third)
		require.Same(t, third, p.enter())
		time.Sleep(900 * time.Millisecond)
		synctest.Wait()
		require.False(t, third.timedOut(), "its clock was started again")
		p.leave(second)
		p.leave(third)
	})
}

func TestLanesEndWithTheRun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	p := &lanes{ctx: ctx, timeout: time.Hour}
	l := p.enter()
	cancel()
	require.ErrorIs(t, l.ctx.Err(), context.Canceled)
	assert.False(t, l.timedOut())
	p.leave(l)
	assert.Empty(t, p.free)
}

func TestLargeBuffersAreLetGo(t *testing.T) {
	t.Parallel()
	p := &lanes{ctx: t.Context(), timeout: time.Hour}
	l := p.enter()
	l.answer = make([]byte, maxKept+1)
	p.leave(l)
	assert.Equal(t, firstAnswer, cap(p.enter().answer))
}
