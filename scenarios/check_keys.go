package scenarios

import "github.com/ewsbench/ewsbench/ews"

func (c *checker) checkCounts(path string, step Step) {
	c.checkRange(path+".weight", step.Weight, 1, maxWeight)
	uses := usages[step.Op]
	for _, k := range []struct {
		key         string
		uses        int
		value, most int
	}{
		{".batch", uses.batch, step.Batch, maxBatch},
		{".max_changes", uses.maxChanges, step.MaxChanges, maxMaxChanges},
		{".page", uses.page, step.Page, maxPage},
		{".days", uses.days, step.Days, uses.days},
		{".people", uses.people, step.People, uses.people},
		{".size", uses.size, step.Size, maxSize},
	} {
		if k.uses > 0 {
			c.checkRange(path+k.key, k.value, 1, k.most)
		}
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
	if uses.to && c.gives(path+".to", step.To != "") {
		oneOf(c, path+".to", "folder", step.To, Destinations())
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
		{"to", uses.to, step.To != ""},
		{"before", uses.before, !step.Before.IsZero()},
		{"from", uses.days > 0, !step.From.IsZero()},
		{"days", uses.days > 0, step.Days != 0},
		{"people", uses.people > 0, step.People != 0},
		{"size", uses.size > 0, step.Size != 0},
	} {
		if !k.used && c.gives(path+"."+k.key, k.set) {
			c.report.AddKey(path+"."+k.key, "%s has no meaning for %s", k.key, step.Op)
		}
	}
}

// checkNeeds refuses a step without a key that its operation cannot do without.
func (c *checker) checkNeeds(path string, step Step) {
	if step.Op == ews.OpMoveItem && step.To == "" {
		c.report.Add(path, "MoveItem needs to, the folder to move to")
	}
	if step.Op == ews.OpGetUserAvailability && (step.People == 0 || step.Days == 0) {
		c.report.Add(path, "GetUserAvailability needs people, from and days: whose calendars, and when")
	}
	if step.Op == ews.OpCreateItem && step.Folder == calendarFolder && step.Days == 0 {
		c.report.Add(path, "an appointment needs from and days: when it may begin")
	}
}

// checkTogether refuses keys that do not go with one another, or not alone.
func (c *checker) checkTogether(path string, step Step) {
	if usages[step.Op].days == 0 {
		return
	}
	from, days := c.gives(path+".from", !step.From.IsZero()), c.gives(path+".days", step.Days != 0)
	switch {
	case from && !days:
		c.report.AddKey(path+".from", "from has no meaning without days: how many, from then on")
	case days && !from:
		c.report.AddKey(path+".days", "days has no meaning without from: the first of them")
	case !days:
	case step.Op == ews.OpCreateItem && step.Folder != calendarFolder:
		c.report.AddKey(path+".from", "from has no meaning for a message: write folder: calendar for an appointment")
	case step.Op == ews.OpFindItem && step.Folder != "" && step.Folder != calendarFolder:
		c.report.Add(path+".folder", "only the calendar can be viewed by days, not %s", step.Folder)
	case c.gives(path+".before", !step.Before.IsZero()):
		c.report.AddKey(path+".before", "before has no meaning for a view of days, which takes no restriction")
	}
}
