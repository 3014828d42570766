package runner

import "time"

// clock tells the time since the run's start.
type clock struct{ start time.Time }

func (c clock) now() time.Duration { return time.Since(c.start) }
