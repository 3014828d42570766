// Package conformance checks EWS servers and EWS clients, clause by clause.
//
// A [Clause] is one rule of public documents, in our own words, with a check and with a [Saboteur]: a defect under which the check
// fails. A clause whose check could not fail would say nothing, so [Server] refuses one without. Clauses never change;
// what is found out about a target goes into [results.Finding], so that several targets can be judged side by side.
//
// A [Suite] asks the questions. What an endpoint offers to be asked about, which accounts and mailboxes, stands in a [World]; what of it
// can be changed while the suite runs, in a [Control]. A clause that needs what is not there is skipped, and says what was missing.
package conformance
