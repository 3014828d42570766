// Package fault is what a mock server does wrong on purpose, as data: a [Rule] is a match times a probability times a
// fault, and the three know nothing of each other.
//
// A [Match] says which calls a rule is about: operation, caller, mailbox, state of the anchor, back end, time window,
// and which of these calls by number. The probability says how many of them it hits. A [Fault] says what happens to
// these: exactly one of its kinds. Every kind is a file of this package, with its parameters, and prints with
// [Kind].Source what allows a server to behave so.
//
// Whether a rule hits a call is a pure function of the seed, the name of the rule and the identifier of the request: the
// same call meets the same faults in whichever arm of a measurement it is sent, whatever the goroutines do.
//
// The package decides and does nothing: [Set.Meet] returns an [Effect], which the server carries out.
package fault
