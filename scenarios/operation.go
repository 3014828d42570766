package scenarios

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
)

// usage says which keys of a step an operation uses, and what they are unless
// the file says otherwise. A zero default: the operation does not use the key.
type usage struct {
	folder     bool
	batch      int
	maxChanges int
	page       int
	shape      string
}

// The largest values of the keys that count something in one request.
const (
	maxBatch      = 96   // ids that a session keeps for a mailbox; 10 are recommended (MS docs: Mailbox synchronization and EWS in Exchange)
	maxMaxChanges = 512  // MS-OXWSSYNC, MaxSyncChangesReturnedType
	maxPage       = 1000 // EWSFindCountLimit (MS docs: EWS throttling in Exchange)
)

// usages holds the operations that a step may name.
var usages = map[ews.Op]usage{
	ews.OpGetFolder:           {folder: true, shape: "Default"},
	ews.OpFindItem:            {folder: true, page: 100, shape: "IdOnly"},
	ews.OpGetItem:             {batch: 1, shape: "Default"},
	ews.OpSyncFolderHierarchy: {shape: "IdOnly"},
	ews.OpSyncFolderItems:     {folder: true, maxChanges: maxMaxChanges, shape: "IdOnly"},
	ews.OpGetUserOofSettings:  {},
	ews.OpSetUserOofSettings:  {},
}

// Ops returns the operations that a step may name.
func Ops() []ews.Op {
	return slices.DeleteFunc(ews.Ops(), func(op ews.Op) bool {
		_, known := usages[op]
		return !known
	})
}
