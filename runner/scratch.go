package runner

import (
	"errors"
	"io"
	"net/http"
	"sync"
)

const (
	// maxAnswer bounds the answer that is read, far above what any operation of
	// the scenarios returns.
	maxAnswer = 64 << 20
	// maxKept bounds the buffers that are used again.
	maxKept = 1 << 20
	// firstAnswer is the size of a new answer buffer.
	firstAnswer = 4 << 10
)

var errTooLong = errors.New("runner: answer is longer than 64 MiB")

// scratch holds the buffers of one exchange, for use again in another one.
// Nothing in it goes to the transport, which may hold on to a request for longer
// than the exchange lasts.
type scratch struct {
	envelope []byte
	id       []byte
	answer   []byte
}

// scratches is a pool of scratch.
type scratches struct{ pool sync.Pool }

func (p *scratches) get() *scratch {
	if s, ok := p.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{answer: make([]byte, 0, firstAnswer)}
}

func (p *scratches) put(s *scratch) {
	if cap(s.answer) <= maxKept && cap(s.envelope) <= maxKept {
		p.pool.Put(s)
	}
}

// read reads the whole answer into the scratch and closes it.
func (s *scratch) read(response *http.Response) error {
	defer response.Body.Close()
	s.answer = s.answer[:0]
	if n := response.ContentLength; n > int64(cap(s.answer)) && n <= maxAnswer {
		s.answer = make([]byte, 0, n)
	}
	for {
		if len(s.answer) == cap(s.answer) {
			s.answer = append(s.answer, 0)[:len(s.answer)]
		}
		n, err := response.Body.Read(s.answer[len(s.answer):cap(s.answer)])
		s.answer = s.answer[:len(s.answer)+n]
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(s.answer) > maxAnswer:
			return errTooLong
		}
	}
}
