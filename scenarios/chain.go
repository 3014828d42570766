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

// chain is how the steps of a scenario hang together.
type chain struct {
	links   []link
	teaches []bool // whether anything is learned from a step's answer
	first   []int  // GetItem: where a step's ids begin, after those of earlier steps
	items   int    // ids worth keeping for a mailbox
	folders int    // folders worth keeping
}

func chainOf(steps []Step) chain {
	c := chain{first: make([]int, len(steps))}
	for i, step := range steps {
		l := linkOf(step)
		c.links = append(c.links, l)
		switch l {
		case linkItems:
			c.first[i] = c.items
			c.items += step.Weight * step.Batch
		case linkFound:
			c.folders = max(c.folders, step.Weight)
		case linkNone, linkHierarchy, linkFolder:
		}
	}
	c.items = min(c.items, maxBatch)
	c.folders = min(c.folders, maxFolders)
	for i, step := range steps {
		findsItems := step.Op == ews.OpFindItem && c.items > 0
		c.teaches = append(c.teaches, findsItems || c.links[i] > linkItems)
	}
	return c
}

func linkOf(step Step) link {
	switch {
	case step.Op == ews.OpGetItem:
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
