// Package results holds what a run of ewsbench leaves behind and what is
// derived from it: the run model, the streaming sample store, and the analysis
// that turns samples into a verdict. It knows no protocol: operations, response
// codes and anchor policies are strings here, so that stored runs outlive the
// packages that made them.
//
// A run is a directory. [Create] starts one and returns the [Writer] that the
// runner puts its samples into; [Open] reads one back, also one that was cut
// off; [Summarize] derives the [Analysis] that every report is drawn from, and
// names what struck the run as a whole. [CompareRuns] sets two stored runs side by
// side, [PowerOf] says how long a run must be, and [TrendOf] finds the first bad
// night of a history. docs/formats.md describes the files.
//
// Three words have one meaning each. An arm is one way of sending the workload.
// A sample is one request. A block is a timed slice of the run that holds
// samples of every arm, and it is the unit of inference: no test and no
// interval in this package treats single requests as independent.
package results
