package mailbox

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/mime"
)

func (j *job) createItem(b ews.CreateItem) ews.Response {
	r := ews.CreateItemResponse{Messages: make([]ews.ItemsMessage, len(b.Items))}
	for i, o := range b.Items {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code { return j.createOne(b, o, m) })
	}
	return r
}

// createOne makes an item, or what answers to one.
func (j *job) createOne(b ews.CreateItem, o ews.Object, m *ews.ItemsMessage) ews.Code {
	if !o.Kind.IsItem() || isMeetingMail(o.Kind) {
		return "ErrorInvalidItemForOperationCreateItem"
	}
	if o.Kind.IsResponse() {
		return j.respond(b, o, m)
	}
	it, code := j.newItem(o)
	if code != ews.NoError {
		return code
	}
	switch {
	case it.kind == ews.KindCalendarItem:
		return j.createMeeting(b, it, m)
	case it.isMail() && b.Disposition == "":
		return "ErrorMessageDispositionRequired"
	case it.isMail() && b.Disposition != ews.SaveOnly:
		return j.createAndSend(b, it, m)
	}
	return j.save(it, j.targetOf(b.Folder, defaultFolder(it.kind)), m)
}

// isMeetingMail reports whether items of the kind come about by themselves, when meetings are planned.
func isMeetingMail(kind ews.Kind) bool {
	switch kind {
	case ews.KindMeetingMessage, ews.KindMeetingRequest, ews.KindMeetingResponse, ews.KindMeetingCancellation:
		return true
	}
	return false
}

// targetOf is the folder of a request, or the one of that name in the actor's own mailbox.
func (j *job) targetOf(target *ews.TargetFolder, name string) ews.FolderID {
	if target != nil {
		return target.ID
	}
	return ews.FolderID{Distinguished: name}
}

// defaultFolder is where items of a kind go if the request does not say (MS docs: CreateItem operation).
func defaultFolder(kind ews.Kind) string {
	switch kind {
	case ews.KindCalendarItem:
		return "calendar"
	case ews.KindContact, ews.KindDistributionList:
		return "contacts"
	case ews.KindTask:
		return "tasks"
	}
	return "drafts"
}

// save puts a new item into a folder.
func (j *job) save(it *item, target ews.FolderID, m *ews.ItemsMessage) ews.Code {
	return j.visit(target, access.Create, func(p place) ews.Code {
		if code := fits(p.folder, it); code != ews.NoError {
			return code
		}
		p.insert(p.folder, it, change{what: created})
		if m != nil {
			m.Items = []ews.Object{p.receipt(it)}
		}
		return ews.NoError
	})
}

// fits reports whether items of the kind can be in a folder.
func fits(f *folder, it *item) ews.Code {
	if f.path == access.PublicRoot {
		return "ErrorOperationNotAllowedWithPublicFolderRoot"
	}
	if f.kind == ews.KindSearchFolder {
		return "ErrorCreateItemAccessDenied"
	}
	wants := map[ews.Kind]ews.Kind{
		ews.KindCalendarItem: ews.KindCalendarFolder, ews.KindContact: ews.KindContactsFolder, ews.KindDistributionList: ews.KindContactsFolder,
		ews.KindTask: ews.KindTasksFolder,
	}[it.kind]
	if wants != "" && f.kind != wants && f.distinguished != "deleteditems" && !trash(f) {
		return cannotCreate(it.kind)
	}
	if it.kind == ews.KindPostItem && !forMail(f) {
		return "ErrorCannotCreatePostItemInNonMailFolder"
	}
	return ews.NoError
}

// forMail reports whether a folder is for mail: by its class, or since it has none.
func forMail(f *folder) bool {
	return f.class == "" || f.class == "IPF.Note" || strings.HasPrefix(f.class, "IPF.Note.") || f.path.Public()
}

func cannotCreate(kind ews.Kind) ews.Code {
	switch kind {
	case ews.KindCalendarItem:
		return "ErrorCannotCreateCalendarItemInNonCalendarFolder"
	case ews.KindTask:
		return "ErrorCannotCreateTaskInNonTaskFolder"
	}
	return "ErrorCannotCreateContactInNonContactFolder"
}

// receipt is what an answer says of an item that was made: its id, and those of its attachments, without which clients would
// attach them again (ews-managed-api, CreateItemResponse).
func (p place) receipt(it *item) ews.Object {
	o := ews.Object{Kind: it.kind}
	o.Set(ews.Path{URI: "item:ItemId"}, p.itemID(it))
	if len(it.files) == 0 {
		return o
	}
	var all ews.Attachments
	for _, f := range it.files {
		all.Attachments = append(all.Attachments, ews.Attachment{AsItem: f.Item != nil, ID: p.attachmentID(it, f.number)})
	}
	o.Set(ews.Path{URI: "item:Attachments"}, all)
	return o
}

// readOnly are properties that a server works out, and nobody sets.
func readOnly(uri string) bool {
	switch uri {
	case "item:ItemId", "item:ParentFolderId", "item:HasAttachments", "item:IsUnmodified", "item:EffectiveRights", "item:ResponseObjects",
		"item:DisplayTo", "item:DisplayCc", "item:DisplayBcc", "item:LastModifiedName", "item:IsAssociated", "item:ConversationId", "item:InstanceKey",
		"item:UniqueBody", "item:NormalizedBody", "item:TextBody", "item:Preview", "item:StoreEntryId", "item:WebClientReadFormQueryString",
		"item:WebClientEditFormQueryString", "item:IsSubmitted", "item:IsFromMe", "message:ReceivedBy", "message:ReceivedRepresenting",
		"calendar:IsMeeting", "calendar:IsCancelled", "calendar:IsRecurring", "calendar:MeetingRequestWasSent", "calendar:CalendarItemType",
		"calendar:MyResponseType", "calendar:FirstOccurrence", "calendar:LastOccurrence", "calendar:ModifiedOccurrences",
		"calendar:DeletedOccurrences", "calendar:ConflictingMeetingCount", "calendar:AdjacentMeetingCount", "calendar:ConflictingMeetings",
		"calendar:AdjacentMeetings", "calendar:Duration", "calendar:AppointmentSequenceNumber", "calendar:AppointmentState",
		"calendar:OriginalStart", "calendar:IsOrganizer", "task:IsComplete", "task:IsRecurring", "task:StatusDescription", "task:ChangeCount":
		return true
	}
	return false
}

// newItem makes an item of what a request says, nothing of it in a folder yet.
func (j *job) newItem(o ews.Object) (*item, ews.Code) {
	var read mime.Item
	came, isMIME := o.Get(ews.Path{URI: "item:MimeContent"}).(ews.MimeContent)
	if isMIME {
		var err error
		if read, err = codec().Read(came.Content); err != nil {
			return nil, j.say(badMIME(o.Kind), "Mime content is invalid., "+err.Error())
		}
		o = overlay(read.Object, o)
	}
	kind := o.Kind
	if class := o.Text("item:ItemClass"); class != "" {
		if k := kindOf(class); k != ews.KindItem && k != kind && kind != ews.KindItem {
			return nil, "ErrorObjectTypeChanged"
		} else if kind == ews.KindItem {
			kind = k
		}
	}
	if kind == ews.KindItem {
		kind = ews.KindMessage
	}
	it := &item{kind: kind, by: j.Actor}
	it.hidden, _ = o.Get(ews.Path{URI: "item:IsAssociated"}).(bool) // which is for good: nobody changes it
	for path, v := range o.All() {
		if code := settable(path, v); code != ews.NoError {
			return nil, code
		}
		if !readOnly(path.URI) && path.URI != "item:MimeContent" && path.URI != "item:Attachments" {
			it.props.Set(path, v)
		}
	}
	if code := j.complete(it); code != ews.NoError {
		return nil, code
	}
	j.except(it, read)
	if deepest(o.Properties) > maxNesting {
		return nil, "ErrorAttachmentNestLevelLimitExceeded"
	}
	if files, ok := o.Get(ews.Path{URI: "item:Attachments"}).(ews.Attachments); ok {
		for _, a := range files.Attachments {
			tidyAttachment(it.attach(a))
		}
	}
	if isMIME {
		it.recall(came.Content, read.Object, o)
	}
	return it, ews.NoError
}

// badMIME is the code for content that cannot be read: of an appointment it is to be a calendar (MS docs: ResponseCode,
// ErrorMimeContentConversionFailed).
func badMIME(kind ews.Kind) ews.Code {
	if kind == ews.KindCalendarItem {
		return "ErrorMimeContentConversionFailed"
	}
	return "ErrorMimeContentInvalid"
}

// overlay is an object with the properties of another one on top.
func overlay(under, over ews.Object) ews.Object {
	out := ews.Object{Kind: under.Kind, Properties: under.Clone()}
	if over.Kind != ews.KindMessage && over.Kind != ews.KindItem {
		out.Kind = over.Kind
	}
	for path, v := range over.All() {
		if path.URI != "item:MimeContent" {
			out.Set(path, v)
		}
	}
	return out
}

// complete adds what every new item has.
func (j *job) complete(it *item) ews.Code {
	at := now()
	it.set("item:DateTimeCreated", at)
	it.set("item:LastModifiedTime", at)
	it.set("item:LastModifiedName", j.dir.DisplayName(j.Actor))
	switch {
	case it.kind == ews.KindCalendarItem:
		return j.completeMeeting(it)
	case it.isMail():
		j.completeMessage(it)
	case it.kind == ews.KindTask:
		completeTask(it)
		return checkTask(it)
	case it.kind == ews.KindContact:
		if it.get("item:Subject") == nil {
			it.set("item:Subject", fullName(it))
		}
	}
	return ews.NoError
}

func (j *job) completeMessage(it *item) {
	if it.get("item:IsDraft") == nil {
		it.set("item:IsDraft", true)
	}
	if it.get("message:IsRead") == nil {
		it.set("message:IsRead", true) // what one writes oneself, one has read
	}
	if it.get("message:InternetMessageId") == nil {
		it.set("message:InternetMessageId", j.messageID(it))
	}
	j.thread(it)
}

func completeTask(it *item) {
	if it.get("task:Status") == ews.TaskStatus("Completed") && it.get("task:CompleteDate") == nil {
		it.set("task:CompleteDate", now())
	}
}

// checkTask says what is wrong with how far a task has come, and with how it recurs (MS docs: ResponseCode).
func checkTask(it *item) ews.Code {
	percent, _ := it.get("task:PercentComplete").(float64)
	completed, ok := timeOf(it.get("task:CompleteDate"))
	switch {
	case percent < 0 || percent > 100:
		return "ErrorInvalidPercentCompleteValue"
	case ok && completed.After(now()):
		return "ErrorInvalidCompleteDate"
	}
	r, _ := it.get("task:Recurrence").(ews.Recurrence)
	return checkPattern(r)
}
