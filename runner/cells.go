package runner

import "github.com/ewsbench/ewsbench/scenarios"

// cells are the mailboxes of the arms: one cell that all of them share, or one for
// each of them.
type cells struct {
	plans     []*scenarios.Plan // by cell
	blocks    int
	timetable timetable
}

func newCells(e Experiment, t timetable) (cells, error) {
	c := cells{plans: []*scenarios.Plan{e.Plan}, blocks: e.Blocks, timetable: t}
	if e.Assign != AssignMailbox {
		return c, nil
	}
	var err error
	c.plans, err = e.Plan.Cells(len(e.Arms))
	return c, err
}

// of is the cell from which an arm takes the mailbox of a group. In each part of
// the measured time that is the next one. A visit stays in the cell in which it
// began: what its earlier calls have learned is about that cell's mailbox.
func (c *cells) of(arm int, group uint64) int {
	n := len(c.plans)
	if n == 1 {
		return 0
	}
	part := 0
	if s := c.timetable.stage(c.plans[0].Begins(group)); s.measured() {
		part = int(s) * n / c.blocks
	}
	return (arm + part) % n
}
