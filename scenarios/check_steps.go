package scenarios

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

func (c *checker) checkSteps() {
	if c.doc != nil && !c.doc.Has("steps") {
		c.report.Add("steps", "missing key \"steps\"")
		return
	}
	if len(c.Steps) == 0 || len(c.Steps) > maxSteps {
		c.report.Add("steps", "steps must be 1 to %d, not %d", maxSteps, len(c.Steps))
		return
	}
	known := true
	for i, step := range c.Steps {
		known = oneOf(c, stepPath(i)+".op", "op", step.Op, Ops()) && known
	}
	if !known {
		return // what follows would be about operations that nobody meant
	}
	for i, step := range c.Steps {
		c.checkCounts(stepPath(i), step)
		c.checkWords(stepPath(i), step)
		c.checkUnused(stepPath(i), step)
		c.checkNeeds(stepPath(i), step)
		c.checkTogether(stepPath(i), step)
		c.checkOrder(stepPath(i), i)
	}
	c.checkReach()
}

func stepPath(i int) string { return element("steps", i) }

// checkOrder refuses a step that needs ids which no earlier step finds.
func (c *checker) checkOrder(path string, i int) {
	step := c.Steps[i]
	switch {
	case readsItems(step.Op) && !c.finds(i, ews.OpFindItem, ews.OpSyncFolderItems):
		c.report.Add(path+".op", "%s needs a FindItem or SyncFolderItems step before it, to know which items there are", step.Op)
	case changes(step.Op) && !c.finds(i, ews.OpFindItem):
		c.report.Add(path+".op", "%s needs a FindItem step before it, to know which items there are", step.Op)
	}
	found := step.Op == ews.OpSyncFolderItems && step.Folder == "" && c.finds(i, ews.OpSyncFolderHierarchy)
	if found && step.Weight > maxFolders && !c.Closed() {
		c.report.Add(path+".weight", "weight must be at most %d: so many folders of a mailbox are remembered", maxFolders)
	}
	if c.Order == OrderShuffle && i > 0 && linkOf(step) == linkItems && c.lastFind(i) > 0 {
		c.report.Add(path+".op", "in order shuffle only the first step is sure to come before %s, and it is another one that finds its items", step.Op)
	}
}

// finds says whether one of the operations comes before step i.
func (c *checker) finds(i int, ops ...ews.Op) bool {
	return slices.ContainsFunc(c.Steps[:i], func(s Step) bool { return slices.Contains(ops, s.Op) })
}

// lastFind is the step that finds the items of step i.
func (c *checker) lastFind(i int) int {
	for i--; i > 0 && !findsItems(c.Steps[i].Op); i-- {
	}
	return i
}

// checkReach refuses chains that could never hold: in order mix a mailbox
// comes round only after all the others, when its answers are forgotten.
func (c *checker) checkReach() {
	if c.Order.visits() || c.Mailboxes <= maxRemembered {
		return
	}
	for i, step := range c.Steps {
		if linkOf(step) != linkNone {
			c.report.Add(stepPath(i)+".op",
				"%s depends on earlier answers, which in order mix are remembered for at most %d mailboxes: use order visit", step.Op, maxRemembered)
		}
	}
}
