package mailbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// update changes properties of an item and returns its new id and how many conflicts were resolved.
func (c client) update(id ews.ItemRef, resolution string, kind ews.Kind, values ...any) (ews.ItemID, int, ews.Code) {
	c.tb.Helper()
	change := ews.ItemUpdates{ID: id}
	for i := 0; i+1 < len(values); i += 2 {
		p, ok := values[i].(ews.Path)
		if !ok {
			p = path(values[i].(string))
		}
		o := ews.Object{Kind: kind}
		o.Set(p, values[i+1])
		change.Updates = append(change.Updates, ews.FieldUpdate{Kind: ews.SetField, Path: p, Object: o})
	}
	r, code := do[ews.UpdateItemResponse](c, ews.UpdateItem{
		Conflict: resolution, Disposition: ews.SaveOnly, Invitations: ews.SendToNone, Changes: []ews.ItemUpdates{change},
	})
	if code != ews.NoError {
		return ews.ItemID{}, 0, code
	}
	return idOf(r.Messages[0].Items[0]), r.Messages[0].Conflicts.Count, code
}

// Two sessions change one item, the second one with a change key that is out of date.
func TestConflictResolution(t *testing.T) {
	t.Parallel()
	tag := ews.Path{Extended: ews.Extended{Tag: 0x7001, Type: "String"}}
	for name, c := range map[string]struct {
		resolution    string
		first, second []any
		conflicts     int
		code          ews.Code
		subject       string
	}{
		"NeverOverwrite":                 {"NeverOverwrite", []any{"item:Subject", "one"}, []any{"item:Subject", "two"}, 0, "ErrorIrresolvableConflict", "one"},
		"NeverOverwrite, other property": {"NeverOverwrite", []any{"item:Subject", "one"}, []any{"item:Importance", ews.Importance("High")}, 0, "ErrorIrresolvableConflict", "one"},
		"AutoResolve":                    {"AutoResolve", []any{"item:Subject", "one"}, []any{"item:Subject", "two"}, 1, ews.NoError, "two"},
		"AutoResolve, other property":    {"AutoResolve", []any{"item:Subject", "one"}, []any{"item:Importance", ews.Importance("High")}, 0, ews.NoError, "one"},
		"AutoResolve, to the same":       {"AutoResolve", []any{"item:Subject", "one"}, []any{"item:Subject", "one"}, 0, ews.NoError, "one"},
		"AutoResolve, two of three": {
			"AutoResolve", []any{"item:Subject", "one", tag, "x"}, []any{"item:Subject", "two", tag, "y", "item:Importance", ews.Importance("High")}, 2, ews.NoError, "two",
		},
		"AlwaysOverwrite": {"AlwaysOverwrite", []any{"item:Subject", "one"}, []any{"item:Subject", "two"}, 0, ews.NoError, "two"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := newStore(t, 1, noGrants)
			me := as(t, s, 1)
			id := me.note(named("drafts"), "zero")
			_, n, code := me.update(id.Ref(), c.resolution, ews.KindMessage, c.first...)
			require.Equal(t, ews.NoError, code)
			assert.Zero(t, n, "nobody else has changed it")
			later, n, code := me.update(id.Ref(), c.resolution, ews.KindMessage, c.second...)
			assert.Equal(t, c.code, code)
			assert.Equal(t, c.conflicts, n)
			o, _ := me.get(id.Ref())
			assert.Equal(t, c.subject, o.Text("item:Subject"))
			if code == ews.NoError {
				_, n, code = me.update(later.Ref(), "AutoResolve", ews.KindMessage, "item:Subject", "three")
				assert.Equal(t, ews.NoError, code)
				assert.Zero(t, n, "with the key of its own change it is up to date")
			}
		})
	}
}

// Changes of two occurrences of a series are no conflict; two of one are.
func TestConflictsOfOccurrences(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	id := me.create(named("calendar"), daily("standup", 5))
	occurrence := func(n int) ews.ItemRef {
		o, code := me.get(ews.ItemRef{ID: id.ID, Instance: n})
		require.Equal(t, ews.NoError, code)
		return idOf(o).Ref()
	}
	first, again, second := occurrence(1), occurrence(1), occurrence(2)
	for _, c := range []struct {
		ref  ews.ItemRef
		name string
		want int
	}{{first, "one", 0}, {second, "two", 0}, {again, "three", 1}} {
		_, n, code := me.update(c.ref, "AutoResolve", ews.KindCalendarItem, "item:Subject", c.name)
		assert.Equal(t, ews.NoError, code)
		assert.Equal(t, c.want, n, c.name)
	}
}
