package runner

import "github.com/ewsbench/ewsbench/results"

// Assign says how the calls of a plan are given to the arms. A stored run says it
// in the same words.
type Assign string

const (
	// AssignRequest gives each call to all arms, one right after the other, in an
	// order drawn anew for each call. It sees the smallest differences, and is
	// the default. But an arm may feel what the other has done: a mailbox that it
	// has just warmed up, a queue that it has filled.
	AssignRequest Assign = results.AssignRequest
	// AssignMailbox gives each arm mailboxes of its own. The calls of a group are
	// equal, but for matched mailboxes. The measured time has as many parts as
	// there are arms, of whole blocks, and in each of them an arm has other
	// mailboxes, so that in the end all have had all: two arms swap halfway. A
	// visit ends with the mailbox that it began with.
	AssignMailbox Assign = results.AssignMailbox
	// AssignSwitchback gives the target to one arm at a time, at the full rate. A
	// block has a period for each arm, in an order drawn for the block; all of
	// them send the same calls, at the same times since their period began. The
	// washout at the beginning of a period is sent but not measured. Before the
	// measured time calls are given as by AssignRequest.
	AssignSwitchback Assign = results.AssignSwitchback
)

// Assigns returns all assignments.
func Assigns() []Assign { return []Assign{AssignRequest, AssignMailbox, AssignSwitchback} }
