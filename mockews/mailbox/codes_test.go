package mailbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
)

// Properties that an update cannot change, and changes that are none, get the codes that MS docs, ResponseCode, has for them.
func TestCodesOfUpdates(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me, at := as(t, s, 1), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	draft := me.note(named("drafts"), "draft").Ref()
	html := me.create(named("drafts"), object(ews.KindMessage, "item:Body", ews.BodyContent{BodyType: ews.BodyHTML, Text: "<p>x</p>"})).Ref()
	sent := idOf(me.found(named("sentitems"), ews.FindItem{Shape: ews.IDOnly()})[0]).Ref()
	person := me.create(named("contacts"), object(ews.KindContact, "contacts:GivenName", "A")).Ref()
	task := me.create(named("tasks"), object(ews.KindTask, "item:Subject", "task")).Ref()
	phone := ews.Path{URI: "contacts:PhoneNumber", Index: "HomePhone"}
	number := func(key string) ews.Object {
		return object(ews.KindContact, "contacts:PhoneNumbers", ews.Entries{Entries: []ews.Entry{{Key: key, Value: "1"}}})
	}
	set := func(uri string, v any) ews.FieldUpdate {
		return ews.FieldUpdate{Kind: ews.SetField, Path: path(uri), Object: object(ews.KindMessage, uri, v)}
	}
	for name, c := range map[string]struct {
		want ews.Code
		id   ews.ItemRef
		u    ews.FieldUpdate
	}{
		"Size":                     {"ErrorInvalidPropertySet", draft, set("item:Size", 3)},
		"DateTimeReceived":         {"ErrorInvalidPropertySet", draft, set("item:DateTimeReceived", at)},
		"DateTimeSent":             {"ErrorInvalidPropertySet", draft, set("item:DateTimeSent", at)},
		"DateTimeCreated":          {"ErrorInvalidPropertySet", draft, set("item:DateTimeCreated", at)},
		"LastModifiedTime":         {"ErrorInvalidPropertySet", draft, set("item:LastModifiedTime", at)},
		"IsDraft":                  {"ErrorInvalidPropertySet", draft, set("item:IsDraft", false)},
		"ConversationTopic":        {"ErrorInvalidPropertySet", draft, set("message:ConversationTopic", "x")},
		"InternetMessageId":        {ews.NoError, draft, set("message:InternetMessageId", "<a@b>")},
		"receipts of a draft":      {ews.NoError, draft, set("message:IsReadReceiptRequested", true)},
		"read receipts, sent":      {"ErrorInvalidPropertyUpdateSentMessage", sent, set("message:IsReadReceiptRequested", true)},
		"delivery receipts, sent":  {"ErrorInvalidPropertyUpdateSentMessage", sent, set("message:IsDeliveryReceiptRequested", true)},
		"read, sent":               {ews.NoError, sent, set("message:IsRead", true)},
		"a property of meetings":   {"ErrorInvalidPropertyRequest", person, ews.FieldUpdate{Kind: ews.SetField, Path: path("calendar:Location"), Object: object(ews.KindCalendarItem, "calendar:Location", "x")}},
		"two properties":           {"ErrorIncorrectUpdatePropertyCount", person, ews.FieldUpdate{Kind: ews.SetField, Path: path("contacts:Surname"), Object: object(ews.KindContact, "contacts:Surname", "x", "contacts:GivenName", "y")}},
		"no property":              {"ErrorIncorrectUpdatePropertyCount", person, ews.FieldUpdate{Kind: ews.SetField, Path: path("contacts:Surname"), Object: object(ews.KindContact)}},
		"another property":         {"ErrorUpdatePropertyMismatch", person, ews.FieldUpdate{Kind: ews.SetField, Path: path("contacts:Surname"), Object: object(ews.KindContact, "contacts:GivenName", "y")}},
		"an entry":                 {ews.NoError, person, ews.FieldUpdate{Kind: ews.SetField, Path: phone, Object: number("HomePhone")}},
		"another entry":            {"ErrorUpdatePropertyMismatch", person, ews.FieldUpdate{Kind: ews.SetField, Path: phone, Object: number("HomePhone2")}},
		"an entry, appended":       {"ErrorInvalidPropertyAppend", person, ews.FieldUpdate{Kind: ews.AppendField, Path: phone, Object: number("HomePhone")}},
		"text, appended to HTML":   {"ErrorInvalidPropertyAppend", html, ews.FieldUpdate{Kind: ews.AppendField, Path: path("item:Body"), Object: object(ews.KindMessage, "item:Body", ews.BodyContent{BodyType: ews.BodyText, Text: "y"})}},
		"HTML, appended to HTML":   {ews.NoError, html, ews.FieldUpdate{Kind: ews.AppendField, Path: path("item:Body"), Object: object(ews.KindMessage, "item:Body", ews.BodyContent{BodyType: ews.BodyHTML, Text: "y"})}},
		"more than all of a task":  {"ErrorInvalidPercentCompleteValue", task, set("task:PercentComplete", 101.0)},
		"less than none of a task": {"ErrorInvalidPercentCompleteValue", task, set("task:PercentComplete", -1.0)},
		"complete, in the future":  {"ErrorInvalidCompleteDate", task, set("task:CompleteDate", time.Now().Add(time.Hour))},
	} {
		t.Run(name, func(t *testing.T) {
			me := me
			me.tb = t
			before, _ := me.get(c.id)
			_, code := do[ews.UpdateItemResponse](me, ews.UpdateItem{Conflict: "AlwaysOverwrite", Disposition: ews.SaveOnly, Changes: []ews.ItemUpdates{{ID: c.id, Updates: []ews.FieldUpdate{c.u}}}})
			assert.Equal(t, c.want, code)
			if after, _ := me.get(c.id); code != ews.NoError {
				assert.Equal(t, before, after)
			}
		})
	}
}

// Names of extended properties that name none, and values that are not of their type.
func TestCodesOfExtendedProperties(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	id := me.note(named("drafts"), "draft")
	none, value, tag := ews.Code("ErrorInvalidExtendedProperty"), ews.Code("ErrorInvalidExtendedPropertyValue"), ews.Code("ErrorNoPropertyTagForCustomProperties")
	for name, c := range map[string]struct {
		named ews.Code // what the name alone gets
		value ews.Code
		e     ews.Extended
		v     any
	}{
		"a tag":                  {ews.NoError, ews.NoError, ews.Extended{Tag: 0x6001, Type: "Integer"}, "4294967295"},
		"a tag of a name":        {tag, tag, ews.Extended{Tag: 0x8001, Type: "String"}, "x"},
		"a tag in a set":         {none, none, ews.Extended{Tag: 0x6001, Set: "Common", Type: "String"}, "x"},
		"nothing":                {none, none, ews.Extended{Type: "String"}, "x"},
		"a set alone":            {none, none, ews.Extended{Set: "Common", Type: "String"}, "x"},
		"a name alone":           {none, none, ews.Extended{Name: "a", Type: "String"}, "x"},
		"a name and a number":    {none, none, ews.Extended{Set: "Common", Name: "a", ID: 1, Type: "String"}, "x"},
		"an object":              {none, none, ews.Extended{Tag: 0x6001, Type: "Object"}, "x"},
		"no integer":             {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "Integer"}, "abc"},
		"too large for a short":  {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "Short"}, "65536"},
		"neither true nor false": {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "Boolean"}, "maybe"},
		"no time":                {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "SystemTime"}, "yesterday"},
		"no GUID":                {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "CLSID"}, "x"},
		"no base64":              {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "Binary"}, "!"},
		"an array for one":       {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "String"}, []string{"x"}},
		"one for an array":       {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "StringArray"}, "x"},
		"one of them is none":    {ews.NoError, value, ews.Extended{Tag: 0x6001, Type: "IntegerArray"}, []string{"1", "x"}},
	} {
		p := ews.Path{Extended: c.e}
		_, code := me.get(id.Ref(), p)
		assert.Equal(t, c.named, code, "%s: shown", name)
		_, code = do[ews.FindItemResponse](me, ews.FindItem{Shape: ews.ItemShape{Base: ews.ShapeIDOnly, Additional: []ews.Path{p}}, Folders: []ews.FolderID{named("drafts")}})
		assert.Equal(t, c.named, code, "%s: found", name)
		o := object(ews.KindMessage)
		o.Set(p, c.v)
		_, code = do[ews.CreateItemResponse](me, ews.CreateItem{Disposition: ews.SaveOnly, Items: []ews.Object{o}})
		assert.Equal(t, c.value, code, "%s: created", name)
		_, code = do[ews.UpdateItemResponse](me, ews.UpdateItem{Conflict: "AlwaysOverwrite", Disposition: ews.SaveOnly, Changes: []ews.ItemUpdates{{ID: id.Ref(), Updates: []ews.FieldUpdate{{Kind: ews.SetField, Path: p, Object: o}}}}})
		assert.Equal(t, c.value, code, "%s: updated", name)
	}
}

// Attendees do not hear of changes of what was deleted, and no series goes on beyond what a server can count.
func TestCodesOfMeetings(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	id := me.create(named("deleteditems"), object(ews.KindCalendarItem, "calendar:Start", noon, "calendar:End", noon))
	update := func(how ews.Invitations) ews.Code {
		_, code := do[ews.UpdateItemResponse](me, ews.UpdateItem{Conflict: "AlwaysOverwrite", Invitations: how, Changes: []ews.ItemUpdates{{ID: id.Ref(), Updates: []ews.FieldUpdate{{
			Kind: ews.SetField, Path: path("item:Subject"), Object: object(ews.KindCalendarItem, "item:Subject", "x"),
		}}}}})
		return code
	}
	assert.Equal(t, ews.Code("ErrorCalendarCannotUpdateDeletedItem"), update(ews.SendOnlyToAll))
	assert.Equal(t, ews.NoError, update(ews.SendToNone))
	until := func(year int) ews.Code {
		_, code := do[ews.CreateItemResponse](me, ews.CreateItem{Invitations: ews.SendToNone, Items: []ews.Object{object(ews.KindCalendarItem, "calendar:Start", noon, "calendar:End", noon,
			"calendar:Recurrence", ews.Recurrence{Daily: &ews.Pattern{Interval: 1}, EndDate: &ews.Range{StartDate: ews.Date{Time: noon}, EndDate: ews.Date{Time: time.Date(year, 9, 2, 0, 0, 0, 0, time.UTC)}}})}})
		return code
	}
	assert.Equal(t, ews.Code("ErrorRecurrenceEndDateTooBig"), until(4500))
	assert.Equal(t, ews.NoError, until(4499))
}

// A task is complete when it is at 100 per cent, and is not any more when it is at less.
func TestTaskIsReopened(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := newStore(t, 1, noGrants)
		me := as(t, s, 1)
		id := me.create(named("tasks"), object(ews.KindTask, "item:Subject", "task"))
		state := func() []any {
			o, _ := me.get(id.Ref())
			return []any{o.Get(path("task:Status")), o.Get(path("task:PercentComplete")), o.Get(path("task:IsComplete")), o.Get(path("task:CompleteDate")) != nil}
		}
		for _, c := range []struct {
			uri   string
			value any
			want  []any
		}{
			{"task:PercentComplete", 100.0, []any{ews.TaskStatus("Completed"), 100.0, true, true}},
			{"task:PercentComplete", 40.0, []any{ews.TaskStatus("InProgress"), 40.0, false, false}},
			{"task:Status", ews.TaskStatus("Completed"), []any{ews.TaskStatus("Completed"), 100.0, true, true}},
			{"task:Status", ews.TaskStatus("WaitingOnOthers"), []any{ews.TaskStatus("WaitingOnOthers"), 40.0, false, false}},
		} {
			var code ews.Code
			id, code = me.set(id, "AlwaysOverwrite", c.uri, c.value)
			require.Equal(t, ews.NoError, code)
			assert.Equal(t, c.want, state(), "%s %v", c.uri, c.value)
		}
	})
}

// What cannot be made, or be answered to, gets the codes that MS docs, ResponseCode, has for it.
func TestCodesOfCreation(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me, them := as(t, s, 1), as(t, s, 2)
	draft, person := me.note(named("drafts"), "draft"), me.create(named("contacts"), object(ews.KindContact, "contacts:GivenName", "A"))
	require.Equal(t, ews.NoError, them.send(ews.SendOnly, object(ews.KindMessage, "item:Subject", "asks", "message:IsReadReceiptRequested", true, "message:ToRecipients", to("user1@contoso.com"))))
	require.Equal(t, ews.NoError, them.send(ews.SendOnly, object(ews.KindMessage, "item:Subject", "does not", "message:ToRecipients", to("user1@contoso.com"))))
	asks, silent := idOf(me.only("inbox", "asks")), idOf(me.only("inbox", "does not"))
	answer := func(kind ews.Kind, to ews.ItemID) ews.Object { return object(kind, "item:ReferenceItemId", to) }
	for name, c := range map[string]struct {
		want   ews.Code
		folder string
		how    ews.Disposition
		o      ews.Object
	}{
		"a message, no disposition":   {"ErrorMessageDispositionRequired", "drafts", "", object(ews.KindMessage)},
		"a message to nobody":         {"ErrorInvalidRecipients", "sentitems", ews.SendOnly, object(ews.KindMessage)},
		"a meeting request":           {"ErrorInvalidItemForOperationCreateItem", "inbox", ews.SaveOnly, object(ews.KindMeetingRequest)},
		"a post among appointments":   {"ErrorCannotCreatePostItemInNonMailFolder", "calendar", ews.SaveOnly, object(ews.KindPostItem)},
		"a post among notes":          {"ErrorCannotCreatePostItemInNonMailFolder", "notes", ews.SaveOnly, object(ews.KindPostItem)},
		"a post among mail":           {ews.NoError, "inbox", ews.SaveOnly, object(ews.KindPostItem)},
		"a task that is done twice":   {"ErrorInvalidPercentCompleteValue", "tasks", "", object(ews.KindTask, "task:PercentComplete", 200.0)},
		"a reply to nothing":          {"ErrorMissingInformationReferenceItemId", "drafts", ews.SaveOnly, object(ews.KindReplyToItem)},
		"a reply to a draft":          {"ErrorInvalidReferenceItem", "drafts", ews.SaveOnly, answer(ews.KindReplyToItem, draft)},
		"a reply to all of a draft":   {"ErrorInvalidReferenceItem", "drafts", ews.SaveOnly, answer(ews.KindReplyAllToItem, draft)},
		"a reply to a message":        {ews.NoError, "drafts", ews.SaveOnly, answer(ews.KindReplyToItem, silent)},
		"a draft, forwarded":          {ews.NoError, "drafts", ews.SaveOnly, answer(ews.KindForwardItem, draft)},
		"a contact, forwarded":        {"ErrorInvalidReferenceItem", "drafts", ews.SaveOnly, answer(ews.KindForwardItem, person)},
		"a message, accepted":         {"ErrorInvalidItemForOperationAcceptItem", "drafts", ews.SaveOnly, answer(ews.KindAcceptItem, silent)},
		"a message, declined":         {"ErrorInvalidItemForOperationDeclineItem", "drafts", ews.SaveOnly, answer(ews.KindDeclineItem, silent)},
		"a message, perhaps":          {"ErrorInvalidItemForOperationTentative", "drafts", ews.SaveOnly, answer(ews.KindTentativelyAcceptItem, silent)},
		"no receipt that was asked":   {ews.NoError, "drafts", ews.SaveOnly, answer(ews.KindSuppressReadReceipt, asks)},
		"no receipt that nobody asks": {"ErrorReadReceiptNotPending", "drafts", ews.SaveOnly, answer(ews.KindSuppressReadReceipt, silent)},
		"no receipt of a contact":     {"ErrorInvalidReferenceItem", "drafts", ews.SaveOnly, answer(ews.KindSuppressReadReceipt, person)},
	} {
		t.Run(name, func(t *testing.T) {
			me := me
			me.tb = t
			_, code := do[ews.CreateItemResponse](me, ews.CreateItem{Disposition: c.how, Folder: &ews.TargetFolder{ID: named(c.folder)}, Items: []ews.Object{c.o}})
			assert.Equal(t, c.want, code)
		})
	}
}

// Folders that cannot be, and what is not to be archived, get the codes that MS docs, ResponseCode, has for them.
func TestCodesOfFolders(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	make := func(in ews.FolderID, kind ews.Kind, values ...any) (ews.FolderID, ews.Code) {
		r, code := do[ews.CreateFolderResponse](me, ews.CreateFolder{Parent: ews.TargetFolder{ID: in}, Folders: []ews.Object{object(kind, append(values, "folder:DisplayName", "new")...)}})
		if code != ews.NoError {
			return in, code
		}
		id, _ := r.Messages[0].Folders[0].Get(path("folder:FolderId")).(ews.FolderID)
		return id, code
	}
	search, code := make(named("msgfolderroot"), ews.KindSearchFolder, "folder:SearchParameters", ews.SearchParameters{})
	require.Equal(t, ews.NoError, code)
	_, code = make(search, ews.KindFolder)
	assert.Equal(t, ews.Code("ErrorInvalidParentFolder"), code)
	_, code = make(named("inbox"), ews.KindCalendarFolder, "folder:FolderClass", "IPF.Note")
	assert.Equal(t, ews.Code("ErrorNoFolderClassOverride"), code)
	_, code = make(named("inbox"), ews.KindCalendarFolder, "folder:FolderClass", "IPF.Appointment.Own")
	assert.Equal(t, ews.NoError, code)
	class := func(class string) ews.Code {
		_, code := do[ews.UpdateFolderResponse](me, ews.UpdateFolder{Changes: []ews.FolderUpdates{{ID: named("drafts"), Updates: []ews.FieldUpdate{{
			Kind: ews.SetField, Path: path("folder:FolderClass"), Object: object(ews.KindFolder, "folder:FolderClass", class),
		}}}}})
		return code
	}
	assert.Equal(t, ews.Code("ErrorObjectTypeChanged"), class("IPF.Appointment"))
	assert.Equal(t, ews.NoError, class("IPF.Note.Own"))
	archive := func(folder string, id ews.ItemID) ews.Code {
		_, code := do[ews.ArchiveItemResponse](me, ews.ArchiveItem{Source: ews.TargetFolder{ID: named(folder)}, Items: []ews.ItemRef{id.Ref()}})
		return code
	}
	assert.Equal(t, ews.Code("ErrorCannotArchiveCalendarContactTaskFolderException"), archive("tasks", me.create(named("tasks"), object(ews.KindTask))))
	assert.Equal(t, ews.Code("ErrorCannotArchiveItemsInArchiveMailbox"), archive("archiveinbox", me.note(named("archiveinbox"), "old")))
	assert.Equal(t, ews.NoError, archive("inbox", me.note(named("inbox"), "old")))
}

// Names that are none, and folders without contacts, get the codes that MS docs, ResponseCode, has for them.
func TestCodesOfNames(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	for name, c := range map[string]struct {
		want ews.Code
		ask  ews.ResolveNames
	}{
		"a space":     {"ErrorInvalidNameForNameResolution", ews.ResolveNames{Entry: " "}},
		"a comma":     {"ErrorInvalidNameForNameResolution", ews.ResolveNames{Entry: ","}},
		"a dash":      {"ErrorInvalidNameForNameResolution", ews.ResolveNames{Entry: "-"}},
		"nobody":      {"ErrorNameResolutionNoResults", ews.ResolveNames{Entry: "zzz"}},
		"no contacts": {"ErrorResolveNamesInvalidFolderType", ews.ResolveNames{Entry: "user2", Folders: []ews.FolderID{named("inbox")}}},
		"contacts":    {ews.NoError, ews.ResolveNames{Entry: "user2@contoso.com", Folders: []ews.FolderID{named("contacts")}}},
		"two folders": {"ErrorResolveNamesOnlyOneContactsFolderAllowed", ews.ResolveNames{Entry: "user2", Folders: []ews.FolderID{named("contacts"), named("contacts")}}},
	} {
		_, code := do[ews.ResolveNamesResponse](as(t, s, 1), c.ask)
		assert.Equal(t, c.want, code, name)
	}
}

// Automatic replies are for a time that is still to come, and a view is of something.
func TestCodesOfTimes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := newStore(t, 1, noGrants)
		me, now := as(t, s, 1), time.Now()
		away := func(from, to time.Duration) ews.Code {
			_, code := do[ews.SetUserOofSettingsResponse](me, ews.SetUserOofSettings{Mailbox: "user1@contoso.com", Settings: ews.OofSettings{
				State: ews.OofScheduled, Start: now.Add(from), End: now.Add(to), InternalReply: "away", ExternalReply: "away",
			}})
			return code
		}
		assert.Equal(t, ews.Code("ErrorInvalidScheduledOofDuration"), away(-2*time.Hour, -time.Hour), "over")
		assert.Equal(t, ews.Code("ErrorInvalidScheduledOofDuration"), away(time.Hour, time.Hour))
		assert.Equal(t, ews.NoError, away(-time.Hour, time.Hour))
		busy := func(view string, people int) ews.Code {
			ask := ews.GetUserAvailability{FreeBusy: &ews.FreeBusyOptions{View: view, Interval: 30, Window: ews.TimeWindow{Start: ews.WindowTime{Time: now}, End: ews.WindowTime{Time: now.Add(time.Hour)}}}}
			for range people {
				ask.Mailboxes = append(ask.Mailboxes, ews.MailboxData{Email: ews.AvailabilityAddress{Address: "user1@contoso.com"}})
			}
			_, code := do[ews.GetUserAvailabilityResponse](me, ask)
			return code
		}
		assert.Equal(t, ews.Code("ErrorInvalidFreeBusyViewType"), busy("None", 1))
		assert.Equal(t, ews.NoError, busy("MergedOnly", 100))
		assert.Equal(t, ews.Code("ErrorMailboxDataArrayTooBig"), busy("MergedOnly", 101))
		for want, settings := range map[ews.Code]ews.OofSettings{
			"ErrorInvalidUserOofSettings":      {State: ews.OofDisabled, Bare: true},
			"ErrorInvalidScheduledOofDuration": {State: ews.OofScheduled, InternalReply: "away", ExternalReply: "away"},
			ews.NoError:                        {State: ews.OofEnabled},
		} {
			_, code := do[ews.SetUserOofSettingsResponse](me, ews.SetUserOofSettings{Mailbox: "user1@contoso.com", Settings: settings})
			assert.Equal(t, want, code)
		}
	})
}

// Several parts of a configuration can be asked for at once.
func TestPartsOfAConfiguration(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me, name, xml, binary := as(t, s, 1), ews.UserConfigurationName{Name: "a", Folder: named("inbox")}, []byte("<a/>"), []byte{1}
	_, code := do[ews.CreateUserConfigurationResponse](me, ews.CreateUserConfiguration{Configuration: ews.UserConfiguration{Name: name, XML: &xml, Binary: &binary}})
	require.Equal(t, ews.NoError, code)
	for parts, want := range map[string][]bool{
		"Id": {true, false, false}, "XmlData": {false, true, false}, "XmlData BinaryData": {false, true, true}, "Id Dictionary BinaryData": {true, false, true},
		"All": {true, true, true},
	} {
		r, code := do[ews.GetUserConfigurationResponse](me, ews.GetUserConfiguration{Name: name, Properties: parts})
		require.Equal(t, ews.NoError, code)
		c := r.Messages[0].Configuration
		assert.Equal(t, want, []bool{c.ID != nil, c.XML != nil, c.Binary != nil}, parts)
	}
}

// An occurrence stays between the one before and the one after, as they are and not as the pattern has them.
func TestCodesOfOccurrences(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	id := me.create(named("calendar"), daily("stand-up", 5))
	move := func(n int, hours float64) ews.Code {
		start := noon.AddDate(0, 0, n-1).Add(time.Duration(hours * float64(time.Hour)))
		o, code := me.get(ews.ItemRef{ID: id.ID, Instance: n})
		require.Equal(t, ews.NoError, code)
		_, code = me.set(idOf(o), "AlwaysOverwrite", "calendar:Start", start, "calendar:End", start.Add(30*time.Minute))
		return code
	}
	assert.Equal(t, ews.NoError, move(3, 5))
	assert.Equal(t, ews.Code("ErrorOccurrenceCrossingBoundary"), move(2, 30), "behind the third, which is at 5 p.m.")
	assert.Equal(t, ews.Code("ErrorOccurrenceTimeSpanTooBig"), move(2, 28.75), "into it")
	assert.Equal(t, ews.NoError, move(2, 25), "where the third would be")
	assert.Equal(t, ews.Code("ErrorOccurrenceCrossingBoundary"), move(4, -24), "before the third")
	require.Equal(t, ews.NoError, me.delete(ews.HardDelete, ews.ItemRef{ID: id.ID, Instance: 4}))
	assert.Equal(t, ews.NoError, move(5, -24), "where the fourth was")
	_, code := me.get(ews.ItemRef{ID: id.ID, Instance: -1})
	assert.Equal(t, ews.Code("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange"), code)
}

// Expressions that make no sense for their property get the codes that MS docs, ResponseCode, has for them.
func TestCodesOfRestrictions(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	for name, c := range map[string]struct {
		want ews.Code
		e    ews.Expression
	}{
		"a date contains":        {"ErrorContainsFilterWrongType", ews.Expression{Is: ews.Contains, Path: path("item:DateTimeReceived"), Value: "2026"}},
		"a number contains":      {"ErrorContainsFilterWrongType", ews.Expression{Is: ews.Contains, Path: path("item:Size"), Value: "1"}},
		"a text contains":        {ews.NoError, ews.Expression{Is: ews.Contains, Path: path("item:Subject"), Value: "1"}},
		"people contain":         {ews.NoError, ews.Expression{Is: ews.Contains, Path: path("message:ToRecipients"), Value: "1"}},
		"a mark exists":          {"ErrorInvalidPropertyForExists", ews.Expression{Is: ews.Exists, Path: path("message:IsRead")}},
		"a subject exists":       {ews.NoError, ews.Expression{Is: ews.Exists, Path: path("item:Subject")}},
		"a date that is none":    {"ErrorInvalidValueForProperty", ews.Expression{Is: ews.IsMore, Path: path("item:DateTimeCreated"), Value: "true"}},
		"a date":                 {ews.NoError, ews.Expression{Is: ews.IsMore, Path: path("item:DateTimeCreated"), Value: "2026-01-01T00:00:00Z"}},
		"a number that is none":  {"ErrorInvalidValueForProperty", ews.Expression{Is: ews.IsMore, Path: path("item:Size"), Value: "big"}},
		"true or false is none":  {"ErrorInvalidValueForProperty", ews.Expression{Is: ews.IsEqualTo, Path: path("message:IsRead"), Value: "perhaps"}},
		"true":                   {ews.NoError, ews.Expression{Is: ews.IsEqualTo, Path: path("message:IsRead"), Value: "True"}},
		"an importance none has": {"ErrorInvalidValueForProperty", ews.Expression{Is: ews.IsEqualTo, Path: path("item:Importance"), Value: "Huge"}},
		"an importance":          {ews.NoError, ews.Expression{Is: ews.IsEqualTo, Path: path("item:Importance"), Value: "High"}},
		"two properties":         {ews.NoError, ews.Expression{Is: ews.IsLess, Path: path("item:DateTimeCreated"), Other: new(path("item:DateTimeReceived"))}},
	} {
		_, code := do[ews.FindItemResponse](as(t, s, 1), ews.FindItem{Shape: ews.IDOnly(), Restriction: &ews.Restriction{Expression: ews.Expression{Is: ews.Not, Parts: []ews.Expression{c.e}}}, Folders: []ews.FolderID{named("inbox")}})
		assert.Equal(t, c.want, code, name)
	}
}

// The most that a search is to show is more than nothing (MS docs, ResponseCode: ErrorInvalidPagingMaxRows); without it a server shows what
// it likes.
func TestCodesOfPages(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 1, noGrants)
	me := as(t, s, 1)
	item := func(folder string, f ews.FindItem) ews.Code {
		f.Shape, f.Folders = ews.IDOnly(), []ews.FolderID{named(folder)}
		_, code := do[ews.FindItemResponse](me, f)
		return code
	}
	everything := ews.Restriction{Expression: ews.Expression{Is: ews.Exists, Path: path("item:Subject")}}
	for name, ask := range map[string]func(most *int) ews.Code{
		"IndexedPageItemView": func(most *int) ews.Code { return item("inbox", ews.FindItem{Page: &ews.IndexedView{Max: most}}) },
		"FractionalPageItemView": func(most *int) ews.Code {
			return item("inbox", ews.FindItem{Fraction: &ews.FractionalView{Max: most, Denominator: 1}})
		},
		"SeekToConditionPageItemView": func(most *int) ews.Code {
			return item("inbox", ews.FindItem{Seek: &ews.SeekView{Max: most, Condition: everything}})
		},
		"CalendarView": func(most *int) ews.Code {
			return item("calendar", ews.FindItem{Calendar: &ews.CalendarView{Max: most, Start: noon, End: noon.Add(time.Hour)}})
		},
		"ContactsView": func(most *int) ews.Code {
			return item("contacts", ews.FindItem{Contacts: &ews.ContactsView{Max: most}})
		},
		"IndexedPageFolderView": func(most *int) ews.Code {
			_, code := do[ews.FindFolderResponse](me, ews.FindFolder{Traversal: "Shallow", Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Page: &ews.IndexedView{Max: most}, Parents: []ews.FolderID{named("inbox")}})
			return code
		},
		"FractionalPageFolderView": func(most *int) ews.Code {
			_, code := do[ews.FindFolderResponse](me, ews.FindFolder{Traversal: "Shallow", Shape: ews.FolderShape{Base: ews.ShapeIDOnly}, Fraction: &ews.FractionalView{Max: most, Denominator: 1}, Parents: []ews.FolderID{named("inbox")}})
			return code
		},
		"FindConversation": func(most *int) ews.Code {
			_, code := do[ews.FindConversationResponse](me, ews.FindConversation{Page: &ews.IndexedView{Max: most}, Parent: ews.TargetFolder{ID: named("inbox")}})
			return code
		},
		"FindPeople": func(most *int) ews.Code {
			_, code := do[ews.FindPeopleResponse](me, ews.FindPeople{Page: ews.IndexedView{Max: most}, Folder: &ews.TargetFolder{ID: named("contacts")}})
			return code
		},
	} {
		assert.Equal(t, ews.Code("ErrorInvalidPagingMaxRows"), ask(new(0)), name)
		assert.Equal(t, ews.Code("ErrorInvalidPagingMaxRows"), ask(new(-1)), name)
		assert.Equal(t, ews.NoError, ask(new(1)), name)
		assert.Equal(t, ews.NoError, ask(nil), name)
	}
}

// A request that was sent is changed by nobody who has sent it, but whoever got it may (MS docs, ResponseCode: ErrorSentMeetingRequestUpdate).
func TestCodesOfSentRequests(t *testing.T) {
	t.Parallel()
	s, _ := newStore(t, 2, noGrants)
	me, them := as(t, s, 1), as(t, s, 2)
	_, code := do[ews.CreateItemResponse](me, ews.CreateItem{Invitations: ews.SendToAllAndSaveCopy, Items: []ews.Object{object(ews.KindCalendarItem,
		"item:Subject", "plan", "calendar:Start", noon, "calendar:End", noon.Add(time.Hour),
		"calendar:RequiredAttendees", ews.Attendees{Attendees: []ews.Attendee{{Mailbox: ews.Mailbox{Address: "user2@contoso.com"}}}},
	)}})
	require.Equal(t, ews.NoError, code)
	sent, got := idOf(me.only("sentitems", "plan")), idOf(them.only("inbox", "plan"))
	_, code = me.set(sent, "AlwaysOverwrite", "item:Subject", "another")
	assert.Equal(t, ews.Code("ErrorSentMeetingRequestUpdate"), code)
	_, code = me.set(sent, "AlwaysOverwrite", "message:IsRead", false)
	assert.Equal(t, ews.NoError, code)
	_, code = them.set(got, "AlwaysOverwrite", "item:Subject", "another")
	assert.Equal(t, ews.NoError, code)
}
