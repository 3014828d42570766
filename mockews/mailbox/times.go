package mailbox

import "time"

// timeOf is a property as a time, false if it is none.
func timeOf(v any) (time.Time, bool) {
	t, ok := v.(time.Time)
	return t, ok
}
