package ews

import "slices"

// batch is how many parts a request for several mostly has (MS docs: Mailbox
// synchronization and EWS in Exchange recommends ten at most).
const batch = 16

// appendFew is append for the parts of a request or an answer. There is one, or
// a batch: so the second makes room for all.
func appendFew[T any](parts []T, part T) []T {
	if len(parts) == 1 {
		parts = slices.Grow(parts, batch-1)
	}
	return append(parts, part)
}
