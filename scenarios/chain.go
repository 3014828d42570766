package scenarios

import "github.com/ewsbench/ewsbench/ews"

// link is what a step's request takes from earlier answers.
type link uint8

const (
	linkNone      link = iota
	linkItems          // item ids
	linkHierarchy      // the hierarchy's sync state
	linkFolder         // the sync state of a named folder
	linkFound          // a folder that the hierarchy showed, and its sync state
)

// source is what kind of items a step finds or asks for. An appointment is no
// mail: who reads the inbox and looks at the calendar in between goes on with
// the inbox.
type source uint8

const (
	mailItems source = iota
	calendarItems
	sources
)

// chain is how the steps of a scenario hang together.
type chain struct {
	links   []link
	teaches []bool   // whether anything is learned from a step's answer
	first   []int    // items: where a step's ids begin, after those of earlier steps
	sources []source // items: what is found, or asked for
	from    []string // items asked for: the folder in which they were found
	// dealt says that some step changes items, so that the arms cannot all have
	// the same ones: what is found is dealt out among them (docs/adr/0005).
	dealt   bool
	items   [sources]int // ids worth keeping for a mailbox, in each arm
	folders int          // folders worth keeping
}

func chainOf(steps []Step) chain {
	n := len(steps)
	c := chain{links: make([]link, n), first: make([]int, n), sources: make([]source, n), from: make([]string, n)}
	kind, from := mailItems, defaultFolder
	for i, step := range steps {
		c.links[i] = linkOf(step)
		switch c.links[i] {
		case linkItems:
			c.first[i] = c.items[kind]
			c.items[kind] += step.Weight * step.Batch
			c.dealt = c.dealt || changes(step.Op)
		case linkFound:
			c.folders = max(c.folders, step.Weight)
		case linkNone, linkHierarchy, linkFolder:
		}
		if findsItems(step.Op) {
			kind, from = sourceOf(step), orDefault(step.Folder, defaultFolder)
		}
		c.sources[i], c.from[i] = kind, from
	}
	for kind := range c.items {
		c.items[kind] = min(c.items[kind], maxBatch)
	}
	c.folders = min(c.folders, maxFolders)
	for i, step := range steps {
		finds := step.Op == ews.OpFindItem && c.items[c.sources[i]] > 0
		c.teaches = append(c.teaches, finds || c.links[i] > linkItems)
	}
	return c
}

func findsItems(op ews.Op) bool { return op == ews.OpFindItem || op == ews.OpSyncFolderItems }

// sourceOf is what a step that finds items finds.
func sourceOf(step Step) source {
	if step.Folder == calendarFolder {
		return calendarItems
	}
	return mailItems
}

func linkOf(step Step) link {
	switch {
	case readsItems(step.Op) || changes(step.Op):
		return linkItems
	case step.Op == ews.OpSyncFolderHierarchy:
		return linkHierarchy
	case step.Op == ews.OpSyncFolderItems && step.Folder == "":
		return linkFound
	case step.Op == ews.OpSyncFolderItems:
		return linkFolder
	}
	return linkNone
}
