package ews

// Op is the name of an EWS operation, as in the m:<Op>Response of its answer.
type Op string

// The operations whose requests and answers this package knows.
const (
	OpGetFolder           Op = "GetFolder"
	OpFindItem            Op = "FindItem"
	OpGetItem             Op = "GetItem"
	OpSyncFolderHierarchy Op = "SyncFolderHierarchy"
	OpSyncFolderItems     Op = "SyncFolderItems"
	OpGetUserOofSettings  Op = "GetUserOofSettings"
	OpSetUserOofSettings  Op = "SetUserOofSettings"
)

// Ops returns the operations that this package implements, in a fixed order.
func Ops() []Op {
	return []Op{
		OpGetFolder, OpFindItem, OpGetItem, OpSyncFolderHierarchy,
		OpSyncFolderItems, OpGetUserOofSettings, OpSetUserOofSettings,
	}
}
