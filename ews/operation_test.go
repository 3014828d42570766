package ews

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// words that a property's type does not say and its schema does.
var sampleTexts = map[string]string{
	"item:Culture": "en-US", "item:IconIndex": "MailRead", "item:ReminderMinutesBeforeStart": "15", "contacts:FileAsMapping": "FirstSpaceLast",
	"contacts:ContactSource": "Store", "contacts:PostalAddressIndex": "Home", "folder:SharingEffectiveRights": "FullDetails",
	"folder:DistinguishedFolderId": "inbox", "meetingRequest:MeetingRequestType": "NewMeetingRequest", "task:DelegationState": "NoMatch",
	"conversation:FlagStatus": "Flagged", "conversation:GlobalFlagStatus": "Complete", "conversation:MailboxScope": "PrimaryOnly",
	"conversation:IconIndex": "MailRead", "conversation:GlobalIconIndex": "MailUnread",
}

var sampleWords = []string{"Normal", "HTML", "Busy", "Single", "Accept", "Completed", "Low"}

// sampleValue is a value of a type of properties, with something in every part.
func sampleValue(t reflect.Type, uri string) reflect.Value {
	v := reflect.New(t).Elem()
	switch special := v.Interface().(type) {
	case time.Time:
		return reflect.ValueOf(time.Date(2026, 6, 1, 8, 30, 0, 0, time.UTC))
	case Recurrence:
		special.Weekly = &Pattern{Interval: 2, DaysOfWeek: "Monday Friday", FirstDayOfWeek: "Monday"}
		special.Numbered = &Range{StartDate: Date{time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}, NumberOfOccurrences: 5}
		return reflect.ValueOf(special)
	case Attachments:
		content, inline := []byte("hello"), true
		item := Object{Kind: KindMessage}
		item.Set(Path{URI: "item:Subject"}, "inside")
		special.Attachments = []Attachment{
			{ID: &AttachmentID{ID: "aa"}, Name: "a.txt", ContentType: "text/plain", Size: 5, IsInline: &inline, Content: &content},
			{ID: &AttachmentID{ID: "bb"}, Name: "mail", AsItem: true, Item: &item},
		}
		return reflect.ValueOf(special)
	case ResponseObjects:
		special.Kinds = []ResponseObject{{KindReplyToItem}, {KindForwardItem}}
		return reflect.ValueOf(special)
	case Objects:
		one := Object{Kind: KindCalendarItem}
		one.Set(Path{URI: "item:Subject"}, "clash")
		special.Objects = []Object{one}
		return reflect.ValueOf(special)
	case TimeZoneDefinition:
		return reflect.ValueOf(TimeZoneDefinition{ID: "W. Europe Standard Time"})
	case Mailbox:
		return reflect.ValueOf(Mailbox{Name: "Lea", Address: "lea@contoso.com", RoutingType: "SMTP", MailboxType: "Mailbox"})
	case FolderID:
		return reflect.ValueOf(FolderID{ID: "folder", ChangeKey: "key"})
	case RetentionTag:
		return reflect.ValueOf(RetentionTag{IsExplicit: true, ID: "7f4b1a2c-1111-4222-8333-944444444444"})
	case SearchParameters:
		special.Traversal = "Deep"
		special.Restriction = Restriction{Expression{Is: And, Parts: []Expression{
			{Is: Exists, Path: Path{URI: "item:Subject"}}, {Is: Contains, Path: Path{URI: "item:Subject"}, Value: "x", Mode: "Substring", Compare: "IgnoreCase"},
		}}}
		special.Folders = []FolderID{{Distinguished: "inbox"}}
		return reflect.ValueOf(special)
	case PermissionSet:
		special.Permissions = []Permission{{UserID: UserID{DistinguishedUser: "Default"}, ReadItems: "FullDetails", Level: "Reviewer"}}
		return reflect.ValueOf(special)
	case Flag:
		return reflect.ValueOf(Flag{Status: "Flagged"})
	case EmailAddresses:
		return reflect.ValueOf(EmailAddresses{[]EmailEntry{{Key: "EmailAddress1", Address: "a@contoso.com"}}})
	case PhysicalAddresses:
		return reflect.ValueOf(PhysicalAddresses{[]PhysicalAddress{{Key: "Home", City: "Oslo"}}})
	case Members:
		return reflect.ValueOf(Members{[]Member{{Key: "k", Mailbox: Mailbox{Address: "a@contoso.com"}, Status: "Normal"}}})
	case Entries:
		key := "HomePhone"
		if uri == "contacts:ImAddresses" {
			key = "ImAddress1"
		}
		return reflect.ValueOf(Entries{[]Entry{{Key: key, Value: "1"}}})
	}
	fillSample(v, uri)
	return v
}

func fillSample(v reflect.Value, uri string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("text")
		if text := sampleTexts[uri]; text != "" {
			v.SetString(text)
		}
		valid, ok := reflect.TypeAssert[interface{ Valid() bool }](v)
		for _, word := range sampleWords {
			if ok && !valid.Valid() {
				v.SetString(word)
				valid = v.Interface().(interface{ Valid() bool })
			}
		}
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Float64:
		v.SetFloat(50)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[[]byte]() {
			v.SetBytes([]byte{1, 2, 3})
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		v.Index(0).Set(sampleValue(v.Type().Elem(), ""))
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.Type != reflect.TypeFor[*ItemID]() && v.Field(i).CanSet() && v.Field(i).Kind() != reflect.Pointer {
				v.Field(i).Set(sampleValue(f.Type, ""))
			}
		}
	default:
	}
}

// sampleObject has every property of its kind.
func sampleObject(k Kind) Object {
	o := Object{Kind: k}
	for _, p := range words.kinds[k].properties {
		switch {
		case p.name == extendedElement:
			o.Set(Path{Extended: Extended{Tag: 0xe23, Type: "Integer"}}, "7")
			o.Set(Path{Extended: Extended{Set: "00062008-0000-0000-c000-000000000046", Custom: true, ID: 34144, Type: "StringArray"}}, []string{"a"})
		case k == KindCalendarFolder && p.name == "PermissionSet":
			o.Set(Path{URI: p.uri}, PermissionSet{CalendarPermissions: []Permission{{UserID: UserID{PrimarySmtpAddress: "a@contoso.com"}, CalendarLevel: "Owner"}}})
		default:
			o.Set(Path{URI: p.uri}, sampleValue(p.typ, p.uri).Interface())
		}
	}
	return o
}

func TestEveryPropertyReadsAsItWasWritten(t *testing.T) {
	t.Parallel()
	for k := range words.kinds {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			want := CreateItem{Items: []Object{sampleObject(k)}}
			request := Request{Body: want}
			got, err := ParseRequest(request.Append(nil))
			require.NoError(t, err)
			assert.Equal(t, want, got.Body)
		})
	}
}

// moreBodies are requests of the operations that structs with tags describe.
func moreBodies() map[string]Body {
	item, inbox := ItemRef{ID: "item", ChangeKey: "key"}, FolderID{Distinguished: "inbox"}
	yes, day := true, time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	subject := Path{URI: "item:Subject"}
	file := []byte("hello")
	change, folder := Object{Kind: KindMessage}, Object{Kind: KindFolder}
	change.Set(subject, "new")
	folder.Set(Path{URI: "folder:DisplayName"}, "new")
	search := Restriction{Expression{Is: Or, Parts: []Expression{
		{Is: IsEqualTo, Path: subject, Value: "a"},
		{Is: IsMore, Path: subject, Other: &Path{URI: "item:Culture"}},
		{Is: Not, Parts: []Expression{{Is: Excludes, Path: Path{Extended: Extended{Tag: 0xe07, Type: "Integer"}}, Value: "0x1"}}},
	}}}
	delegate := DelegateUser{UserID: UserID{PrimarySmtpAddress: "d@contoso.com"}, Permissions: &DelegatePermissions{Inbox: "Editor"}, ViewPrivate: &yes}
	configuration := UserConfiguration{Name: UserConfigurationName{Name: "OWA.UserOptions", Folder: inbox}}
	zone := ZoneTime{Bias: -60, Time: "03:00:00", DayOrder: 5, Month: 3, DayOfWeek: "Sunday"}
	to, target := TargetFolder{inbox}, &TargetFolder{inbox}
	return map[string]Body{
		"UpdateItem": UpdateItem{Conflict: "AutoResolve", Disposition: SaveOnly, Folder: target, Changes: []ItemUpdates{{ID: item, Updates: []FieldUpdate{
			{Kind: SetField, Path: subject, Object: change}, {Kind: AppendField, Path: subject, Object: change}, {Kind: DeleteField, Path: subject},
		}}, {ID: ItemRef{ID: "series", Instance: 3}, Updates: []FieldUpdate{{Kind: DeleteField, Path: Path{URI: "contacts:EmailAddress", Index: "EmailAddress1"}}}}}},
		"DeleteItem":          DeleteItem{Disposal: SoftDelete, Cancellations: SendToNone, Items: []ItemRef{item, {ID: "o", Master: true}}},
		"MoveItem":            MoveItem{To: to, Items: []ItemRef{item}, ReturnIDs: &yes},
		"CopyItem":            CopyItem{To: to, Items: []ItemRef{item}},
		"SendItem":            SendItem{Save: true, Items: []ItemRef{item}, Folder: target},
		"ArchiveItem":         ArchiveItem{Source: to, Items: []ItemRef{item}},
		"MarkAsJunk":          MarkAsJunk{IsJunk: true, Items: []ItemRef{item}},
		"MarkAllItemsRead":    MarkAllItemsAsRead{Read: true, Folders: []FolderID{inbox}},
		"CreateAttachment":    CreateAttachment{Parent: ItemID{ID: "item"}, Attachments: []Attachment{{Name: "a", Content: &file}}},
		"GetAttachment":       GetAttachment{Shape: &AttachmentShape{MimeContent: true, BodyType: "Best", Additional: []Path{subject}}, IDs: []AttachmentID{{ID: "a"}}},
		"DeleteAttachment":    DeleteAttachment{IDs: []AttachmentID{{ID: "a"}}},
		"ExportItems":         ExportItems{Items: []ItemID{{ID: "a"}}},
		"UploadItems":         UploadItems{Items: []UploadItem{{Action: "CreateNew", Folder: FolderID{ID: "f"}, Data: []byte{1}}}},
		"FindFolder":          FindFolder{Traversal: "Deep", Shape: FolderShape{Base: ShapeIDOnly, Additional: []Path{subject}}, Page: &IndexedView{Max: new(10), BasePoint: "Beginning"}, Restriction: &search, Parents: []FolderID{inbox}},
		"CreateFolder":        CreateFolder{Parent: to, Folders: []Object{folder}},
		"UpdateFolder":        UpdateFolder{Changes: []FolderUpdates{{ID: inbox, Updates: []FieldUpdate{{Kind: SetField, Path: Path{URI: "folder:DisplayName"}, Object: folder}}}}},
		"DeleteFolder":        DeleteFolder{Disposal: HardDelete, Folders: []FolderID{inbox}},
		"MoveFolder":          MoveFolder{To: to, Folders: []FolderID{inbox}},
		"CopyFolder":          CopyFolder{To: to, Folders: []FolderID{inbox}},
		"EmptyFolder":         EmptyFolder{Disposal: HardDelete, Subfolders: true, Folders: []FolderID{inbox}},
		"CreateFolderPath":    CreateFolderPath{Parent: to, Path: []Object{folder}},
		"pull":                Subscribe{Pull: &Subscription{Folders: []FolderID{inbox}, Events: []EventType{NewMailEvent}, Timeout: 10}},
		"push":                Subscribe{Push: &Subscription{All: true, Events: []EventType{NewMailEvent}, Frequency: new(1), URL: "http://127.0.0.1/"}},
		"stream":              Subscribe{Streaming: &Subscription{All: true, Events: []EventType{MovedEvent, CopiedEvent}}},
		"Unsubscribe":         Unsubscribe{ID: "s"},
		"GetEvents":           GetEvents{ID: "s", Watermark: "w"},
		"GetStreamingEvents":  GetStreamingEvents{IDs: []string{"s"}, Timeout: 30},
		"ResolveNames":        ResolveNames{FullContact: true, Scope: "ActiveDirectory", Shape: ShapeDefault, Entry: "user"},
		"ExpandDL":            ExpandDL{Mailbox: Mailbox{Address: "all@contoso.com"}},
		"ConvertId":           ConvertID{Format: "EntryId", Sources: []AlternateID{{Format: FormatEwsID, ID: "DUMMY", Mailbox: "a@contoso.com"}}},
		"GetServerTimeZones":  GetServerTimeZones{Full: &yes, IDs: []string{"UTC"}},
		"GetDelegate":         GetDelegate{Permissions: true, Mailbox: Mailbox{Address: "a@contoso.com"}},
		"AddDelegate":         AddDelegate{Mailbox: Mailbox{Address: "a@contoso.com"}, Users: []DelegateUser{delegate}, Deliver: "DelegatesAndMe"},
		"UpdateDelegate":      UpdateDelegate{Mailbox: Mailbox{Address: "a@contoso.com"}, Users: []DelegateUser{delegate}},
		"RemoveDelegate":      RemoveDelegate{Mailbox: Mailbox{Address: "a@contoso.com"}, Users: []UserID{{SID: "S-1-5-21-1"}}},
		"GetConfiguration":    GetUserConfiguration{Name: configuration.Name, Properties: "All"},
		"CreateConfiguration": CreateUserConfiguration{configuration},
		"UpdateConfiguration": UpdateUserConfiguration{configuration},
		"DeleteConfiguration": DeleteUserConfiguration{configuration.Name},
		"FindConversation": FindConversation{
			Traversal: "Deep", Filter: "Unread", Page: &IndexedView{Max: new(10), BasePoint: "Beginning"}, Parent: to, Scope: "All", Query: &QueryString{Text: "subject:news"},
			Sort:  []FieldOrder{{Order: Descending, Path: Path{URI: "conversation:LastDeliveryTime"}}},
			Shape: &ConversationShape{Base: ShapeIDOnly, Additional: []Path{{URI: "conversation:Preview"}}},
		},
		"GetConversationItems": GetConversationItems{
			Shape: ItemShape{Base: ShapeIDOnly, Additional: []Path{subject}}, Ignore: []FolderID{{Distinguished: "drafts"}}, Max: 5, Sort: "TreeOrderAscending",
			Scope: "PrimaryOnly", Conversations: []ConversationRequest{{ID: ItemID{ID: "c"}, State: []byte{1}}},
		},
		"ApplyConversationAction": ApplyConversationAction{Actions: []ConversationAction{
			{Action: "Move", ID: ItemID{ID: "c"}, Context: target, LastSync: &day, Destination: target},
			{Action: "AlwaysCategorize", ID: ItemID{ID: "c"}, RightAway: &yes, Categories: &Strings{[]string{"Red"}}},
			{Action: "AlwaysDelete", ID: ItemID{ID: "c"}, AlwaysDelete: &yes},
			{Action: "Delete", ID: ItemID{ID: "c"}, Disposal: SoftDelete},
			{Action: "SetReadState", ID: ItemID{ID: "c"}, Read: &yes, NoReceipts: &yes},
			{Action: "Flag", ID: ItemID{ID: "c"}, Flag: &Flag{Status: "Flagged"}},
			{Action: "SetRetentionPolicy", ID: ItemID{ID: "c"}, Retention: "Archive", Tag: "7f4b1a2c-1111-4222-8333-944444444444"},
		}},
		"FindPeople": FindPeople{
			Shape: &PersonaShape{Base: ShapeIDOnly, Additional: []Path{{URI: "persona:Title"}}}, Page: IndexedView{Max: new(100), BasePoint: "Beginning"},
			Restriction: &search, Aggregated: &search, Sort: []FieldOrder{{Order: Ascending, Path: Path{URI: "persona:DisplayName"}}}, Folder: target, Query: "adams",
			Suggestions: true, Topic: "x", Context: &[]Context{{"k", "v"}}, Sources: []string{"Directory"}, Flat: true,
		},
		"GetPersona":       GetPersona{ID: &ItemID{ID: "p"}, Folder: target, Additional: []Path{{URI: "persona:Hobbies"}}},
		"GetPersona of it": GetPersona{Email: &Mailbox{Address: "a@contoso.com"}, Link: "l"},
		"GetUserAvailability": GetUserAvailability{
			TimeZone:  &SerializableTimeZone{Bias: -60, Standard: zone, Daylight: zone},
			Mailboxes: []MailboxData{{Email: AvailabilityAddress{Address: "a@contoso.com"}, AttendeeType: "Required"}},
			FreeBusy:  &FreeBusyOptions{Window: TimeWindow{WindowTime{Time: day}, WindowTime{Time: day.AddDate(0, 0, 7), Floats: true}}, Interval: 30, View: "Detailed"},
		},
	}
}

func TestOperationsReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	readBack(t, moreBodies())
}

// readBack writes requests, and wants to read them as they were.
func readBack(t *testing.T, bodies map[string]Body) {
	t.Helper()
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request := Request{Body: body}
			got, err := ParseRequest(request.Append(nil))
			require.NoError(t, err)
			assert.Equal(t, body, got.Body)
		})
	}
}

// moreResponses are answers of these operations.
func moreResponses() map[string]Response {
	failed, count, yes := PlainMessage{NewMessage(ErrorItemNotFound)}, 3, true
	at := time.Date(2026, 6, 1, 8, 30, 0, 0, time.UTC)
	id, folder := &ItemID{ID: "item", ChangeKey: "key"}, &FolderID{ID: "folder", ChangeKey: "key"}
	var all []Object
	for k := range words.kinds {
		if k.IsItem() && !k.IsResponse() {
			all = append(all, sampleObject(k))
		}
	}
	var folders []Object
	for _, k := range []Kind{KindFolder, KindCalendarFolder, KindContactsFolder, KindTasksFolder, KindSearchFolder} {
		folders = append(folders, sampleObject(k))
	}
	data := []byte("stream")
	event := Event{Type: MovedEvent, Watermark: "w", Time: &at, Item: id, Parent: folder, OldItem: id, OldParent: folder}
	zone := TimeZoneDefinition{
		ID: "W. Europe Standard Time", Name: "(UTC+01:00)", Periods: []Period{{Bias: XMLDuration(-time.Hour), Name: "Standard", ID: "std"}},
		Groups: []TransitionsGroup{{ID: "0", Transitions: Transitions{Recurring: []Transition{{
			To: TransitionTarget{"Period", "std"}, TimeOffset: new(XMLDuration), Month: 10, DayOfWeek: "Sunday", Occurrence: -1,
		}}}}},
		Transitions: &Transitions{At: []Transition{{To: TransitionTarget{"Group", "0"}}}},
	}
	ok := PlainMessage{Message{Class: Success, Code: NoError}}
	return map[string]Response{
		"CreateItem":       CreateItemResponse{[]ItemsMessage{{Items: all}, {Message: failed.Message}}},
		"UpdateItem":       UpdateItemResponse{[]UpdateItemMessage{{Items: all[:1], Conflicts: &ConflictResults{}}, {Message: failed.Message}}},
		"DeleteItem":       DeleteItemResponse{[]PlainMessage{ok, failed}},
		"MoveItem":         MoveItemResponse{[]ItemsMessage{{Message: failed.Message}}},
		"CopyItem":         CopyItemResponse{[]ItemsMessage{{Message: failed.Message}}},
		"SendItem":         SendItemResponse{[]PlainMessage{ok}},
		"ArchiveItem":      ArchiveItemResponse{[]ItemsMessage{{Items: all[:1]}}},
		"MarkAsJunk":       MarkAsJunkResponse{[]MarkAsJunkMessage{{Moved: id}, {Message: failed.Message}}},
		"MarkAllAsRead":    MarkAllItemsAsReadResponse{[]PlainMessage{ok}},
		"CreateAttachment": CreateAttachmentResponse{[]AttachmentMessage{{Message: failed.Message}}},
		"GetAttachment":    GetAttachmentResponse{[]AttachmentMessage{{Attachments: sampleValue(reflect.TypeFor[Attachments](), "").Interface().(Attachments).Attachments}}},
		"DeleteAttachment": DeleteAttachmentResponse{[]DeleteAttachmentMessage{{Root: &RootItemID{"a", "b"}}, {Message: failed.Message}}},
		"ExportItems":      ExportItemsResponse{[]ExportItemsMessage{{ID: id, Data: &data}, {Message: failed.Message}}},
		"UploadItems":      UploadItemsResponse{[]UploadItemsMessage{{ID: id}, {Message: failed.Message}}},
		"FindFolder":       FindFolderResponse{[]FindFolderMessage{{Root: &FolderPage{PageInfo: PageInfo{Next: &count, Total: 3, Last: true}, Folders: folders}}, {Message: failed.Message}}},
		"CreateFolder":     CreateFolderResponse{[]FoldersMessage{{Folders: folders}, {Message: failed.Message}}},
		"UpdateFolder":     UpdateFolderResponse{[]FoldersMessage{{Message: failed.Message}}},
		"DeleteFolder":     DeleteFolderResponse{[]PlainMessage{ok}},
		"MoveFolder":       MoveFolderResponse{[]FoldersMessage{{Message: failed.Message}}},
		"CopyFolder":       CopyFolderResponse{[]FoldersMessage{{Message: failed.Message}}},
		"EmptyFolder":      EmptyFolderResponse{[]PlainMessage{ok}},
		"CreateFolderPath": CreateFolderPathResponse{[]FoldersMessage{{Message: failed.Message}}},
		"Subscribe":        SubscribeResponse{[]SubscribeMessage{{ID: "s", Watermark: "w"}, {Message: failed.Message}}},
		"Unsubscribe":      UnsubscribeResponse{[]PlainMessage{ok}},
		"GetEvents":        GetEventsResponse{[]GetEventsMessage{{Notification: &Notification{ID: "s", Previous: "w", More: &yes, Events: []Event{event, {Type: StatusEvent, Watermark: "w"}, {Type: ModifiedEvent, Watermark: "w", Time: &at, Folder: folder, Parent: folder, Unread: &count}}}}, {Message: failed.Message}}},
		"Streaming":        GetStreamingEventsResponse{[]StreamingMessage{{Status: "OK"}, {Message: failed.Message, Status: "Closed"}}},
		"ResolveNames":     ResolveNamesResponse{[]ResolveNamesMessage{{Set: &ResolutionSet{Total: 1, Last: true, Resolutions: []Resolution{{Mailbox: Mailbox{Address: "a@contoso.com"}}}}}, {Message: failed.Message}}},
		"ExpandDL":         ExpandDLResponse{[]ExpandDLMessage{{Expansion: &Expansion{Total: 1, Last: true, Mailboxes: []Mailbox{{Address: "a@contoso.com"}}}}}},
		"ConvertId":        ConvertIDResponse{[]ConvertIDMessage{{Message: failed.Message}, {ID: &AlternateID{Type: "t:AlternateIdType", Format: FormatEwsID, ID: "a", Mailbox: "a@contoso.com"}}}},
		"TimeZones":        GetServerTimeZonesResponse{[]TimeZonesMessage{{Definitions: []TimeZoneDefinition{zone}}, {Message: failed.Message}}},
		"GetDelegate":      DelegateResponse{Of: OpGetDelegate, Users: []DelegateMessage{{User: &DelegateUser{UserID: UserID{SID: "S-1"}}}, {Message: failed.Message}}, Deliver: "NoForward"},
		"AddDelegate":      DelegateResponse{Of: OpAddDelegate, Users: []DelegateMessage{{Message: failed.Message}}},
		"Configuration":    GetUserConfigurationResponse{[]UserConfigurationMessage{{Configuration: &UserConfiguration{Name: UserConfigurationName{Name: "n", Folder: *folder}, ID: id, Dictionary: []DictionaryEntry{{DictionaryObject{"String", []string{"k"}}, DictionaryObject{"Integer32", []string{"1"}}}}, XML: &data}}, {Message: failed.Message}}},
		"NewConfiguration": CreateUserConfigurationResponse{[]PlainMessage{ok}},
		"SetConfiguration": UpdateUserConfigurationResponse{[]PlainMessage{ok}},
		"NoConfiguration":  DeleteUserConfigurationResponse{[]PlainMessage{failed}},
		"FindConversation": FindConversationResponse{Conversations: &[]Object{sampleObject(KindConversation), {Kind: KindConversation}}, Total: &count, Next: &count},
		"NoConversation":   FindConversationResponse{Message: failed.Message},
		"ConversationItems": GetConversationItemsResponse{[]ConversationMessage{{Conversation: &Conversation{
			ID: *id, State: data, Nodes: &[]ConversationNode{{MessageID: "<a@b>", ParentMessageID: "<b@b>", Items: all[:1]}, {MessageID: "<b@b>"}},
		}}, {Message: failed.Message}}},
		"ConversationAction": ApplyConversationActionResponse{[]PlainMessage{ok, failed}},
		"FindPeople":         FindPeopleResponse{People: &[]Object{sampleObject(KindPersona)}, Total: &count, First: &count, Loaded: &count},
		"NoPeople":           FindPeopleResponse{Message: failed.Message},
		"GetPersona":         GetPersonaResponse{Persona: &PersonaContent{sampleObject(KindPersona)}},
		"Availability": GetUserAvailabilityResponse{FreeBusy: []FreeBusyMessage{{
			Message: ok, View: &FreeBusyView{
				Type: "Detailed", Merged: "0022", Events: []CalendarEvent{{Start: LocalTime{at}, End: LocalTime{at}, Busy: Busy, Details: &CalendarEventDetails{Subject: "s"}}},
				WorkingHours: &WorkingHours{TimeZone: SerializableTimeZone{Standard: ZoneTime{Time: "03:00:00", DayOfWeek: "Sunday"}, Daylight: ZoneTime{Time: "03:00:00", DayOfWeek: "Sunday"}}, Periods: []WorkingPeriod{{"Monday", 480, 1020}}},
			},
		}, {Message: failed}}},
	}
}

// Every operation that can be read or named is among those of the schema.
func TestSchemaOps(t *testing.T) {
	t.Parallel()
	all := SchemaOps()
	assert.True(t, slices.IsSorted(all))
	assert.Subset(t, all, Ops())
	assert.Subset(t, all, []Op{OpCreateItem, OpGetStreamingEvents, OpGetUserAvailability, "FindPeople"})
	assert.NotContains(t, all, Op("GetUserAvailabilityRequest"))
	assert.Len(t, slices.Compact(all), len(all))
}
