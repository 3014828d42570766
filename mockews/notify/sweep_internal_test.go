package notify

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// What has expired is swept when there are twice as many as after the last sweep: not by every Subscribe, and not never.
func TestSweepIsAmortised(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := New(nil, nil, nil, 0)
		sweeps := 0
		subscribe := func(n int) {
			for range n {
				before := h.swept
				h.room()
				if h.swept != before {
					sweeps++
				}
				s := &subscription{id: fmt.Sprint(h.serial), stop: make(chan struct{}), expires: time.Now().Add(time.Minute)}
				h.serial++
				h.all[s.id] = s
				h.byOwner[access.Principal(1)] = map[*subscription]bool{s: true}
			}
		}
		subscribe(10_000)
		assert.Equal(t, 10_000, h.Len(), "all of them live")
		assert.LessOrEqual(t, sweeps, 8, "64, 128, 256 and so on")
		time.Sleep(2 * time.Minute)
		subscribe(30_000)
		assert.LessOrEqual(t, h.Len(), 30_000, "what has expired was swept")
		time.Sleep(2 * time.Minute)
		subscribe(30_000)
		assert.LessOrEqual(t, h.Len(), 32_000, "and is again")
	})
}
