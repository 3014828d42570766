// Package scenarios holds workloads: what is asked of which mailbox, how
// often, in which arms. A scenario is a small YAML file, read strictly by
// [Load]; [Scenario.Plan] turns it and a seed into the calls of a run.
//
// # A plan is a pure function
//
// Call n of a plan is the same in each arm, on every machine and in any order
// of asking: [Plan.At] looks nothing up and remembers nothing, it computes the
// mailbox and the step from (scenario, seed, n). A million mailboxes cost
// nothing, for their order is a permutation that is computed, not stored.
//
// # Chained calls
//
// Some calls need what an earlier answer said: a GetItem needs item ids, a
// SyncFolderItems the folder and the last sync state. A [Session] learns that
// from the answers of one run and binds it into the requests. A call that is
// due before the answer it depends on goes out all the same, with the last
// known state, and is reported late: waiting would hide the slow server.
//
// The package sends nothing and knows no HTTP; the runner does that.
package scenarios
