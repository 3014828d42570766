package scenarios

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

func (c *checker) checkSteps() {
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
		c.checkOrder(stepPath(i), i)
	}
	c.checkReach()
}

func stepPath(i int) string { return element("steps", i) }

func (c *checker) checkCounts(path string, step Step) {
	c.checkRange(path+".weight", step.Weight, 1, maxWeight)
	uses := usages[step.Op]
	if uses.batch > 0 {
		c.checkRange(path+".batch", step.Batch, 1, maxBatch)
	}
	if uses.maxChanges > 0 {
		c.checkRange(path+".max_changes", step.MaxChanges, 1, maxMaxChanges)
	}
	if uses.page > 0 {
		c.checkRange(path+".page", step.Page, 1, maxPage)
	}
}

func (c *checker) checkWords(path string, step Step) {
	uses := usages[step.Op]
	if uses.folder && c.gives(path+".folder", step.Folder != "") {
		oneOf(c, path+".folder", "folder", step.Folder, Folders())
	}
	if uses.shape != "" && c.gives(path+".shape", step.Shape != "") {
		oneOf(c, path+".shape", "shape", step.Shape, Shapes())
	}
}

// checkUnused refuses keys that the operation would ignore: a knob that does
// nothing misleads.
func (c *checker) checkUnused(path string, step Step) {
	uses := usages[step.Op]
	for _, k := range []struct {
		key       string
		used, set bool
	}{
		{"folder", uses.folder, step.Folder != ""},
		{"batch", uses.batch > 0, step.Batch != 0},
		{"max_changes", uses.maxChanges > 0, step.MaxChanges != 0},
		{"page", uses.page > 0, step.Page != 0},
		{"shape", uses.shape != "", step.Shape != ""},
	} {
		if !k.used && c.gives(path+"."+k.key, k.set) {
			c.report.AddKey(path+"."+k.key, "%s has no meaning for %s", k.key, step.Op)
		}
	}
}

// checkOrder refuses a step that needs ids which no earlier step finds.
func (c *checker) checkOrder(path string, i int) {
	finds := func(ops ...ews.Op) bool {
		return slices.ContainsFunc(c.Steps[:i], func(s Step) bool { return slices.Contains(ops, s.Op) })
	}
	step := c.Steps[i]
	if step.Op == ews.OpGetItem && !finds(ews.OpFindItem, ews.OpSyncFolderItems) {
		c.report.Add(path+".op", "GetItem needs a FindItem or SyncFolderItems step before it, to know which items there are")
	}
	found := step.Op == ews.OpSyncFolderItems && step.Folder == "" && finds(ews.OpSyncFolderHierarchy)
	if found && step.Weight > maxFolders {
		c.report.Add(path+".weight", "weight must be at most %d: so many folders of a mailbox are remembered", maxFolders)
	}
}

// checkReach refuses chains that could never hold: in order mix a mailbox
// comes round only after all the others, when its answers are forgotten.
func (c *checker) checkReach() {
	if c.Order == OrderVisit || c.Mailboxes <= maxRemembered {
		return
	}
	for i, step := range c.Steps {
		if linkOf(step) != linkNone {
			c.report.Add(stepPath(i)+".op",
				"%s depends on earlier answers, which in order mix are remembered for at most %d mailboxes: use order visit", step.Op, maxRemembered)
		}
	}
}
