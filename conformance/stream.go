package conformance

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// Stream is the answer to GetStreamingEvents: envelopes, one behind the other.
type Stream struct {
	response *http.Response
	buffer   []byte
	looked   int   // how far the buffer holds no end of an envelope
	ended    error // what reading came to
	began    time.Time
	client   *Client
	sent     int
	all      []byte
}

// Stream opens a stream and returns once the header of its answer is there. Whoever opens it closes it.
func (c *Client) Stream(ctx context.Context, body ews.Body) (*Stream, error) {
	began := time.Now()
	response, sent, err := c.open(ctx, http.MethodPost, bytes.NewReader(c.Envelope(body))) //nolint:bodyclose // Close of the stream does
	if err != nil {
		return nil, err
	}
	return &Stream{response: response, began: began, client: c, sent: sent}, nil
}

// Status and Header are those of the answer.
func (s *Stream) Status() int         { return s.response.StatusCode }
func (s *Stream) Header() http.Header { return s.response.Header }

// next cuts an envelope off what has come, whatever its prefix is; nil if there is none yet.
func (s *Stream) next() []byte {
	const name = "Envelope>"
	for {
		i := bytes.Index(s.buffer[s.looked:], []byte(name))
		if i < 0 {
			s.looked = max(s.looked, len(s.buffer)-len(name)+1)
			return nil
		}
		i += s.looked
		s.looked = i + len(name)
		if open := bytes.LastIndexByte(s.buffer[:i], '<'); open >= 0 && open+1 < len(s.buffer) && s.buffer[open+1] == '/' {
			envelope := bytes.Clone(s.buffer[:s.looked])
			s.buffer, s.looked = s.buffer[s.looked:], 0
			return envelope
		}
	}
}

// Next waits for the next envelope; io.EOF at the end. The context that the stream was opened with bounds the wait.
func (s *Stream) Next() (*Answer, error) {
	room := make([]byte, 32<<10)
	for {
		if envelope := s.next(); envelope != nil {
			return newAnswer(s.response, envelope), nil
		}
		switch {
		case len(s.buffer) > maxAnswer:
			return nil, errors.New("an envelope without an end: more than 64 MiB came")
		case errors.Is(s.ended, io.EOF) && len(bytes.TrimSpace(s.buffer)) > 0:
			return nil, io.ErrUnexpectedEOF
		case s.ended != nil:
			return nil, s.ended
		}
		n, err := s.response.Body.Read(room)
		s.buffer, s.ended = append(s.buffer, room[:n]...), err
		if more := kept + 1 - len(s.all); more > 0 {
			s.all = append(s.all, room[:min(n, more)]...)
		}
	}
}

// Close gives the stream up.
func (s *Stream) Close() {
	s.client.probe.record.answered(s.sent, s.response, s.all, nil, time.Since(s.began))
	_ = s.response.Body.Close()
}
