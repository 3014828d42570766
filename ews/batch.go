package ews

// batch is how many parts a request for several mostly has at the most (MS docs:
// Mailbox synchronization and EWS in Exchange recommends ten at most).
const batch = 16

// appendFew is append for the parts of a request or an answer. There is one, or
// a batch: so the second makes room for all.
func appendFew[T any](parts []T, part T) []T {
	if len(parts) == 1 {
		parts = append(make([]T, 0, batch), parts...)
	}
	return append(parts, part)
}
