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

// closing ends an envelope, whatever its prefix is.
func closing(data []byte) int {
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("Envelope>"))
		if i < 0 {
			return -1
		}
		i += at
		open := bytes.LastIndexByte(data[:i], '<')
		if open >= 0 && open+1 < len(data) && data[open+1] == '/' {
			return i + len("Envelope>")
		}
		at = i + len("Envelope>")
	}
}

// Next waits for the next envelope; io.EOF at the end. The context that the stream was opened with bounds the wait.
func (s *Stream) Next() (*Answer, error) {
	room := make([]byte, 32<<10)
	for {
		if end := closing(s.buffer); end >= 0 {
			envelope := bytes.Clone(s.buffer[:end])
			s.buffer = s.buffer[end:]
			return newAnswer(s.response, envelope), nil
		}
		n, err := s.response.Body.Read(room)
		s.buffer = append(s.buffer, room[:n]...)
		s.all = append(s.all, room[:min(n, kept+1-min(len(s.all), kept+1))]...)
		switch {
		case len(s.buffer) > maxAnswer:
			return nil, errors.New("an envelope without an end: more than 64 MiB came")
		case errors.Is(err, io.EOF) && len(bytes.TrimSpace(s.buffer)) > 0 && closing(s.buffer) < 0:
			return nil, io.ErrUnexpectedEOF
		case err != nil && closing(s.buffer) < 0:
			return nil, err
		}
	}
}

// Close gives the stream up.
func (s *Stream) Close() {
	s.client.probe.record.answered(s.sent, s.response, s.all, nil, time.Since(s.began))
	_ = s.response.Body.Close()
}
