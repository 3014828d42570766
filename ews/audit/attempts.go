package audit

import (
	"net/http"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// errorTimeoutExpired is what a server says that has given up on a request
// (MS docs: ResponseCode).
const errorTimeoutExpired ews.Code = "ErrorTimeoutExpired"

// attempt is how a request that makes something ended when it was sent before.
type attempt struct {
	at     time.Duration
	unsure bool // it may have been carried out
	partly bool // some of its parts were
}

// attempted is how the same request ended before.
func (m *memory) attempted(e *Exchange) attempt {
	if !e.makes() || e.Text == 0 || m.attempts.empty() {
		return attempt{}
	}
	a, ok := m.attempts.get(e.attemptKey())
	if !ok || e.Came < a.at {
		return attempt{}
	}
	return a
}

func (e *Exchange) attemptKey() uint64 { return join(e.who, e.Text) }

func (m *memory) noteAttempt(e *Exchange) {
	if !e.makes() || e.Text == 0 {
		return
	}
	a := attempt{at: e.Answered, unsure: e.unsure(), partly: e.partly()}
	switch {
	case a.unsure || a.partly:
		m.attempts.put(e.attemptKey(), a)
	case !m.attempts.empty():
		m.attempts.forget(e.attemptKey())
	}
}

// partly says that some parts of the request were done, and some were not.
func (e *Exchange) partly() bool { return e.Done > 0 && e.Failed > 0 }

// unsure says that the client cannot know from the answer whether the request
// was carried out: it did not come, or it is no word on that.
func (e *Exchange) unsure() bool {
	switch {
	case e.Undelivered, e.Status == 0, e.Status == http.StatusBadGateway, e.Status == http.StatusGatewayTimeout,
		e.Code == errorTimeoutExpired:
		return true
	}
	return e.Status == http.StatusInternalServerError && e.Code == ""
}
