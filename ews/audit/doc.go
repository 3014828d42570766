// Package audit judges what a client of Exchange Web Services sends. An
// [Auditor] is fed exchanges, requests with what became of them, and names the
// rules that each one broke: a missing X-AnchorMailbox, a back-off that was not
// waited for, an affinity cookie that was dropped.
//
// Rules have stable ids, a sentence of advice, and the document that they
// follow; [Rules] lists them. They are about clients alone: a server that
// answers wrongly is no business of theirs. What a rule has to remember, such as
// until when a client was told to wait, is bounded; under pressure the oldest is
// forgotten, so that a verdict may be missed and none is made up.
package audit
