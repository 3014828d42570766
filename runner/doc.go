// Package runner sends the workload: it takes an [Experiment], drives it with
// vegeta, and puts one [results.Sample] for each request into a sink.
//
// vegeta keeps the pace and the workers, and nothing else. Its Targeter names
// no more than a placeholder; the request of a slot is made, sent, read and
// judged by the http.RoundTripper inside vegeta's client, because only there is
// the answer seen that a chained call needs, and because vegeta would count
// latency from the moment when a worker was free and an error inside an HTTP
// 200 as a success.
//
// # Slots, groups, arms
//
// The whole run is one sequence of slots. Slot s is due at Schedule.At(s); the
// schedule's rate is the total over all arms. With A arms the slots g*A to
// g*A+A-1 are group g: all of them send Plan.At(g), one for each arm, in an
// order drawn from (seed, g). A group belongs to the block in which its first
// slot is due, so that the calls of a pair are always in the same block.
//
// That is [AssignRequest]. With [AssignMailbox] the calls of a group are about
// matched mailboxes, of which each arm has its own. With [AssignSwitchback] a
// group is torn apart: one arm sends its calls of a block, then the next does.
//
// A closed plan ([scenarios.Plan.Workers]) has neither slots nor groups. Each arm
// has workers of its own, and each of those sends its next request when the last
// was answered: an arm that is served faster gets further.
//
// # Parts of a run
//
// First comes the warm-up, then perhaps an A/A phase in which all arms are the
// first one, and then the measured time, in blocks. All of it is sampled, and each
// sample says where it belongs.
//
// The calls of a run can be shared between machines: see [Shard]. What is sent in
// a slot, and when, does not depend on how many share it.
//
// # Time
//
// All times of a sample count from the run's start, which is the start of the
// warm-up. Latency counts from when the slot was due. With no schedule (as fast
// as the workers allow) there is no such moment, and a request is due when it
// starts.
//
// # What is never done
//
// Nothing is sent twice: there are no retries, neither of errors nor of
// requests that met a closed connection. Redirects are not followed. A call
// that a server's back-off forbids is not sent late, it is withheld, and
// recorded so.
package runner
