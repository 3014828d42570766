package mailbox_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

const ownSet = "7e1f3c52-0b4d-4c8e-9a55-3f2b6d7c8e90"

// mappings are the ways to name a MAPI property (MS docs: ExtendedFieldURI).
func mappings() map[string]ews.Extended {
	return map[string]ews.Extended{
		"PropertyTag":                              {Tag: 0x6900},
		"DistinguishedPropertySetId, PropertyId":   {Set: "Common", ID: 34050},
		"DistinguishedPropertySetId, PropertyName": {Set: "PublicStrings", Name: "own"},
		"PropertySetId, PropertyId":                {Set: ownSet, Custom: true, ID: 33000},
		"PropertySetId, PropertyName":              {Set: ownSet, Custom: true, Name: "own"},
	}
}

// propertyTypes are the PropertyTypes that can be written, with a value and a later one. Error, Null, Object and ObjectArray are in
// the schema, and no client can write them (MS docs: ExtendedFieldURI).
func propertyTypes() map[string][2]string {
	single := map[string][2]string{
		"ApplicationTime": {"42000.5", "42001.5"}, "Binary": {"AQID", "AQIE"}, "CLSID": {ownSet, strings.Replace(ownSet, "7", "8", 1)},
		"Currency": {"100", "200"}, "Double": {"1.5", "2.5"}, "Float": {"1.25", "2.25"}, "Integer": {"-7", "8"}, "Long": {"9000000000", "9000000001"},
		"Short": {"3", "4"}, "SystemTime": {"2026-09-07T12:00:00Z", "2026-09-07T13:00:00Z"}, "String": {"some text", "other text"},
	}
	all := map[string][2]string{"Boolean": {"true", "false"}}
	for name, values := range single {
		all[name], all[name+"Array"] = values, values
	}
	return all
}

// Every mapping with every type is written, read back, changed, found by its value and by being there, and taken away.
func TestExtendedProperties(t *testing.T) {
	t.Parallel()
	for mapping, name := range mappings() {
		for kind, values := range propertyTypes() {
			name.Type = kind
			where := ews.Path{Extended: name} // the loop goes on while the test waits
			t.Run(mapping+", "+kind, func(t *testing.T) {
				t.Parallel()
				extendedProperty(t, where, values)
			})
		}
	}
}

func extendedProperty(t *testing.T, where ews.Path, values [2]string) {
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	array := strings.HasSuffix(where.Extended.Type, "Array")
	value := func(n int) any {
		if array {
			return []string{values[n], values[1-n]}
		}
		return values[n]
	}
	o := object(ews.KindMessage, "item:Subject", "with")
	o.Set(where, value(0))
	id := me.create(named("outbox"), o)
	me.note(named("outbox"), "without")
	got, code := me.get(id.Ref(), where)
	require.Equal(t, ews.NoError, code)
	assert.Equal(t, value(0), got.Get(where))

	change := object(ews.KindMessage)
	change.Set(where, value(1))
	update := func(u ews.FieldUpdate) {
		_, code := do[ews.UpdateItemResponse](me, ews.UpdateItem{Conflict: "AlwaysOverwrite", Disposition: ews.SaveOnly, Changes: []ews.ItemUpdates{
			{ID: id.Ref(), Updates: []ews.FieldUpdate{u}},
		}})
		require.Equal(t, ews.NoError, code)
	}
	update(ews.FieldUpdate{Kind: ews.SetField, Path: where, Object: change})
	found := func(e ews.Expression) []string {
		e.Path = where
		return subjects(me.found(named("outbox"), ews.FindItem{
			Shape: ews.ItemShape{Base: ews.ShapeDefault, Additional: []ews.Path{where}}, Restriction: &ews.Restriction{Expression: e},
		}))
	}
	assert.Equal(t, []string{"with"}, found(ews.Expression{Is: ews.Exists}))
	if !array {
		assert.Equal(t, []string{"with"}, found(ews.Expression{Is: ews.IsEqualTo, Value: values[1]}))
		assert.Empty(t, found(ews.Expression{Is: ews.IsEqualTo, Value: values[0]}), "what it was")
	}
	all := me.found(named("outbox"), ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeDefault, Additional: []ews.Path{where}}})
	for _, o := range all {
		if o.Text("item:Subject") == "with" {
			assert.Equal(t, value(1), o.Get(where), "a search shows it")
		} else {
			assert.Nil(t, o.Get(where))
		}
	}
	update(ews.FieldUpdate{Kind: ews.DeleteField, Path: where})
	assert.Empty(t, found(ews.Expression{Is: ews.Exists}))
}

// Every kind of item comes back from ExportItems and UploadItems with its attachments and extended properties.
func TestExportsOfEveryKind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		folder string
		item   ews.Object
	}{
		"message":           {"drafts", object(ews.KindMessage)},
		"post":              {"drafts", object(ews.KindPostItem)},
		"appointment":       {"calendar", appointment("")},
		"contact":           {"contacts", object(ews.KindContact, "contacts:GivenName", "Ada", "contacts:Surname", "L")},
		"distribution list": {"contacts", object(ews.KindDistributionList, "contacts:DisplayName", "all")},
		"task":              {"tasks", object(ews.KindTask, "task:Status", ews.TaskStatus("InProgress"))},
		"note":              {"notes", object(ews.KindItem, "item:ItemClass", "IPM.StickyNote")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := newStore(t, 1, noGrants)
			me := as(t, s, 1)
			number := ews.Path{Extended: ews.Extended{Set: ownSet, Custom: true, Name: "number", Type: "Integer"}}
			words := ews.Path{Extended: ews.Extended{Set: "PublicStrings", Name: "words", Type: "StringArray"}}
			c.item.Set(path("item:Subject"), "exported")
			c.item.Set(number, "7")
			c.item.Set(words, []string{"a", "b"})
			id := me.create(named(c.folder), c.item)
			content, inner := []byte("content"), object(ews.KindMessage, "item:Subject", "inner")
			_, code := do[ews.CreateAttachmentResponse](me, ews.CreateAttachment{Parent: id, Attachments: []ews.Attachment{
				{Name: "file.txt", Content: &content}, {Name: "inner", Item: &inner},
			}})
			require.Equal(t, ews.NoError, code)
			exported, code := do[ews.ExportItemsResponse](me, ews.ExportItems{Items: []ews.ItemID{id}})
			require.Equal(t, ews.NoError, code)
			up, code := do[ews.UploadItemsResponse](me, ews.UploadItems{Items: []ews.UploadItem{
				{Action: "CreateNew", Folder: named(c.folder), Data: *exported.Messages[0].Data},
			}})
			require.Equal(t, ews.NoError, code)
			was, code := me.get(id.Ref(), number, words)
			require.Equal(t, ews.NoError, code)
			got, code := me.get(up.Messages[0].ID.Ref(), number, words)
			require.Equal(t, ews.NoError, code)
			assert.Equal(t, was.Kind, got.Kind)
			for _, where := range []ews.Path{path("item:Subject"), path("item:ItemClass"), path("item:Size"), number, words} {
				assert.Equal(t, was.Get(where), got.Get(where), "%+v", where)
			}
			assert.Equal(t, "7", got.Get(number))
			files, _ := got.Get(path("item:Attachments")).(ews.Attachments)
			require.Len(t, files.Attachments, 2)
			for i, want := range []string{"file.txt", "inner"} {
				assert.Equal(t, want, files.Attachments[i].Name)
				a, code := do[ews.GetAttachmentResponse](me, ews.GetAttachment{IDs: []ews.AttachmentID{*files.Attachments[i].ID}})
				require.Equal(t, ews.NoError, code)
				if back := a.Messages[0].Attachments[0]; i == 0 {
					assert.Equal(t, content, *back.Content)
				} else {
					assert.Equal(t, "inner", back.Item.Text("item:Subject"))
				}
			}
		})
	}
}
