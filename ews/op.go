package ews

import (
	"maps"
	"slices"
	"strings"
)

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

// The requests of Autodiscover, which is a service beside EWS: GetUserSettings in SOAP, and plain XML. They are names for journals,
// for rules about requests and for service times; the package ews/autodiscover has their words.
const (
	OpGetUserSettings Op = "GetUserSettings"
	OpAutodiscover    Op = "Autodiscover"
)

// AutodiscoverOps returns the requests of Autodiscover.
func AutodiscoverOps() []Op { return []Op{OpGetUserSettings, OpAutodiscover} }

var operations = [...]Op{
	OpGetFolder, OpFindItem, OpGetItem, OpSyncFolderHierarchy,
	OpSyncFolderItems, OpGetUserOofSettings, OpSetUserOofSettings,
}

// Ops returns the operations that this package implements, in a fixed order.
func Ops() []Op { return slices.Clone(operations[:]) }

// SchemaOps returns all operations of the schema, sorted, whether or not this
// package implements them.
func SchemaOps() []Op {
	all := Ops()
	for name := range schemaOperations {
		all = append(all, Op(name))
	}
	for _, family := range families() {
		for element := range family {
			all = append(all, Op(strings.TrimSuffix(element, "Request")))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// operation reads the current element, the first child of the SOAP body.
func (p *parser) operation() Body {
	if p.Space() != messagesSpace {
		p.unexpected()
		return nil
	}
	switch p.Local() {
	case "GetUserOofSettingsRequest":
		return p.getUserOofSettings()
	case "SetUserOofSettingsRequest":
		return p.setUserOofSettings()
	}
	if read := readers[p.Local()]; read != nil {
		return read(p)
	}
	return p.unknownOp()
}

// families are the readers of requests, by family of operations.
func families() []map[string]reader {
	return []map[string]reader{
		itemReaders, folderReaders, noticeReaders, directoryReaders, settingReaders,
	}
}

// readers are those of all families, by the name of the request's element.
var readers = joined(families())

func joined(families []map[string]reader) map[string]reader {
	all := map[string]reader{}
	for _, family := range families {
		maps.Copy(all, family)
	}
	return all
}
