package notify

import (
	"time"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// expect has those who listen to a mailbox hear of the next message that arrives there by itself. The lock is held.
func (h *Hub) expect(owner access.Principal) {
	at, ok := h.store.NextMail(owner)
	if !ok {
		return
	}
	var timer *time.Timer
	timer = time.AfterFunc(time.Until(at), func() {
		h.mu.Lock()
		listening := h.mail[owner] == timer // and not neglected meanwhile
		if listening {
			h.expect(owner)
		}
		h.mu.Unlock()
		if listening {
			h.Wake(owner)
		}
	})
	h.mail[owner] = timer
}

// neglect ends that, when nobody listens any more. The lock is held.
func (h *Hub) neglect(owner access.Principal) {
	if timer := h.mail[owner]; timer != nil {
		timer.Stop()
		delete(h.mail, owner)
	}
}
