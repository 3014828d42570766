package runner

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

const (
	// maxAnswer bounds the answer that is read, far above what any operation of
	// the scenarios returns.
	maxAnswer = 64 << 20
	// maxKept bounds the buffers that are used again.
	maxKept = 256 << 10
	// firstAnswer is the size of a new answer buffer.
	firstAnswer = 4 << 10
)

var (
	errTooLong  = errors.New("runner: answer is longer than 64 MiB")
	errTimedOut = errors.New("no complete answer in time")
)

// lane is what a request needs for itself while it is under way: buffers, and a
// context that ends when the request may take no longer. Lanes are used again,
// one request after the other. The buffers are the lane's own: none of them goes
// to the transport, which may hold on to a request for longer than it lasts.
type lane struct {
	ctx      context.Context
	cancel   context.CancelCauseFunc
	deadline time.Time // when the request may take no longer; zero: the lane is free

	// What is sent.
	envelope []byte
	id       []byte
	// What came back.
	status int
	header http.Header
	answer []byte
}

func newLane(ctx context.Context) *lane {
	l := &lane{answer: make([]byte, 0, firstAnswer)}
	l.ctx, l.cancel = context.WithCancelCause(ctx)
	return l
}

// timedOut says whether the request in the lane took too long.
func (l *lane) timedOut() bool { return errors.Is(context.Cause(l.ctx), errTimedOut) }

// read reads the whole answer into the lane and closes it.
func (l *lane) read(response *http.Response) error {
	defer response.Body.Close()
	l.status, l.header = response.StatusCode, response.Header
	l.answer = l.answer[:0]
	if n := response.ContentLength; n > int64(cap(l.answer)) && n <= maxAnswer {
		l.answer = make([]byte, 0, n)
	}
	for {
		if len(l.answer) == cap(l.answer) {
			l.answer = append(l.answer, 0)[:len(l.answer)]
		}
		n, err := response.Body.Read(l.answer[len(l.answer):cap(l.answer)])
		l.answer = l.answer[:len(l.answer)+n]
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(l.answer) > maxAnswer:
			return errTooLong
		}
	}
}
