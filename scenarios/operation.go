package scenarios

import "github.com/ewsbench/ewsbench/ews"

// usage says which keys of a step an operation uses, and what they are unless
// the file says otherwise. A zero default: the operation does not use the key.
type usage struct {
	folder     bool
	batch      int
	maxChanges int
	page       int
	shape      string
	to         bool
	before     bool
	days       int // the most that it may span; 0: it has no time
	people     int // the most that it may name; 0: it names nobody
	size       int
}

// The largest values of the keys that count something in one request.
const (
	maxBatch      = 96      // ids that a session keeps for a mailbox; 10 are recommended (MS docs: Mailbox synchronization and EWS in Exchange)
	maxMaxChanges = 512     // MS-OXWSSYNC, MaxSyncChangesReturnedType
	maxPage       = 1000    // EWSFindCountLimit (MS docs: EWS throttling in Exchange)
	maxPeople     = 100     // MS docs: GetUserAvailability operation
	maxWindow     = 42      // days that GetUserAvailability looks at (MS docs: TimeWindow)
	maxView       = 730     // days of a calendar view: two years (MS docs: CalendarView)
	maxSize       = 1 << 20 // bytes; ours, far below what servers take
)

const defaultSize = 1024

// usages holds the operations that a step may name.
var usages = map[ews.Op]usage{
	ews.OpGetFolder:           {folder: true, shape: "Default"},
	ews.OpFindItem:            {folder: true, page: 100, shape: "IdOnly", before: true, days: maxView},
	ews.OpGetItem:             {batch: 1, shape: "Default"},
	ews.OpSyncFolderHierarchy: {shape: "IdOnly"},
	ews.OpSyncFolderItems:     {folder: true, maxChanges: maxMaxChanges, shape: "IdOnly"},
	ews.OpGetUserOofSettings:  {},
	ews.OpSetUserOofSettings:  {},
	ews.OpCreateItem:          {folder: true, people: maxPeople, days: maxView, size: defaultSize},
	ews.OpUpdateItem:          {batch: 1},
	ews.OpMoveItem:            {batch: 1, to: true},
	ews.OpDeleteItem:          {batch: 1},
	ews.OpArchiveItem:         {batch: 1},
	ews.OpExportItems:         {batch: 1},
	ews.OpGetUserAvailability: {people: maxPeople, days: maxWindow},
}

// Ops returns the operations that a step may name.
func Ops() []ews.Op {
	return []ews.Op{
		ews.OpGetFolder, ews.OpFindItem, ews.OpGetItem, ews.OpSyncFolderHierarchy,
		ews.OpSyncFolderItems, ews.OpGetUserOofSettings, ews.OpSetUserOofSettings,
		ews.OpCreateItem, ews.OpUpdateItem, ews.OpMoveItem, ews.OpDeleteItem,
		ews.OpArchiveItem, ews.OpExportItems, ews.OpGetUserAvailability,
	}
}

// takesAway says whether the operation leaves its items elsewhere than they
// were, or nowhere: nobody can ask for them again by the same id.
func takesAway(op ews.Op) bool {
	return op == ews.OpMoveItem || op == ews.OpDeleteItem || op == ews.OpArchiveItem
}

// changes says whether the operation changes the items that it names.
func changes(op ews.Op) bool { return takesAway(op) || op == ews.OpUpdateItem }

// readsItems says whether the operation asks for items and leaves them alone.
func readsItems(op ews.Op) bool { return op == ews.OpGetItem || op == ews.OpExportItems }
