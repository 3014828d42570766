package runner

import (
	"net/http"
	"net/http/cookiejar"
	"sync"
)

// maxJars bounds the mailboxes of one arm whose cookies are kept. The mailbox
// that got its jar first loses it first, and is then met as a new one.
const maxJars = 10000

// jars keeps the cookies of each mailbox apart, as a client with one session a
// mailbox would. Safe for concurrent use.
type jars struct {
	mu      sync.Mutex
	mailbox map[string]http.CookieJar
	age     []string // mailboxes, a ring once it is full
	oldest  int
}

func newJars() *jars { return &jars{mailbox: make(map[string]http.CookieJar)} }

// of returns the jar of a mailbox.
func (j *jars) of(mailbox string) http.CookieJar {
	j.mu.Lock()
	defer j.mu.Unlock()
	if jar, ok := j.mailbox[mailbox]; ok {
		return jar
	}
	jar, _ := cookiejar.New(nil) // without options it does not fail
	j.note(mailbox)
	j.mailbox[mailbox] = jar
	return jar
}

// note puts a mailbox in the place of the oldest, once all places are taken.
func (j *jars) note(mailbox string) {
	if len(j.age) < maxJars {
		j.age = append(j.age, mailbox)
		return
	}
	delete(j.mailbox, j.age[j.oldest])
	j.age[j.oldest] = mailbox
	j.oldest = (j.oldest + 1) % maxJars
}
