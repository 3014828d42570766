package fault

import (
	"cmp"
	"time"
)

// Drip sends the answer's body in small parts with pauses between them.
type Drip struct {
	// Bytes is the size of a part. Zero: 128.
	Bytes int `yaml:"bytes"`
	// Pause is the time between two parts. Zero: 100 ms.
	Pause time.Duration `yaml:"pause"`
}

// What a drip without parameters does.
const (
	dripBytes = 128
	dripPause = 100 * time.Millisecond
)

// Source is the shipped configuration, and the HTTP standard.
func (*Drip) Source() string {
	return "web.config of Exchange's EWS (microsoft/CSS-Exchange, HealthChecker): answers are streamed; RFC 9112, section 7.1: no time is set for the next chunk"
}

func (d *Drip) check(c *checker) {
	c.notNegative("pause", d.Pause)
	if d.Bytes < 0 {
		c.add("bytes", "bytes is %d: it must not be negative", d.Bytes)
	}
}

func (d *Drip) inject(_ draw, _ *Call, e *Effect) bool {
	return e.deliver(Delivery{How: HowDrip, Bytes: cmp.Or(d.Bytes, dripBytes), Pause: cmp.Or(d.Pause, dripPause)})
}
