package mailbox

import (
	"maps"
	"reflect"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// edit is a property of an item, or of one occurrence of a series, that somebody has changed.
type edit struct {
	instance moment
	path     ews.Path
}

// edits are the versions in which properties were changed last, from which a conflict can be told.
type edits map[edit]uint64

// conflict compares a change key with the version that there is, and returns the version that the client has seen (MS docs:
// UpdateItem operation, ConflictResolution).
func (p place) conflict(it *item, key, resolution string) (seen uint64, code ews.Code) {
	if key == "" {
		if resolution == alwaysOverwrite {
			return it.version, ews.NoError
		}
		return 0, "ErrorChangeKeyRequired"
	}
	seen, ok := p.versionOf(itemKey, key)
	switch {
	case !ok || seen > p.stamps: // or of a version that is still to come
		return 0, "ErrorInvalidChangeKey"
	case seen != it.version && resolution == neverOverwrite:
		return 0, "ErrorIrresolvableConflict"
	}
	return seen, ews.NoError
}

// conflicts counts the properties of an update that somebody else has changed, to something else, since the version that the client
// has seen. AutoResolve merges the two changes and lets the later one have those; AlwaysOverwrite does not ask.
func conflicts(was, it *item, updates []ews.FieldUpdate, seen uint64, resolution string) *ews.ConflictResults {
	n := &ews.ConflictResults{}
	for _, u := range updates {
		changed := was.edits[edit{was.instance, u.Path}] > seen
		if changed && resolution != alwaysOverwrite && !reflect.DeepEqual(was.props.Get(u.Path), it.props.Get(u.Path)) {
			n.Count++
		}
	}
	return n
}

// edited notes which properties an update has changed. Texts of the request must not keep it in memory.
func (b *box) edited(it *item, updates []ews.FieldUpdate) {
	stored := b.items[it.uid]
	stored.edits = maps.Clone(stored.edits)
	if stored.edits == nil {
		stored.edits = edits{}
	}
	for _, u := range updates {
		path := u.Path
		path.URI, path.Index = strings.Clone(path.URI), strings.Clone(path.Index)
		path.Extended.Set, path.Extended.Name, path.Extended.Type = strings.Clone(path.Extended.Set), strings.Clone(path.Extended.Name), strings.Clone(path.Extended.Type)
		stored.edits[edit{it.instance, path}] = stored.version
	}
}
