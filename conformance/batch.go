package conformance

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// batching is how requests of several parts are answered, and single ones that fail.
func batching() []Clause {
	return []Clause{
		batchCount(), batchOrder(), batchPartial(), batchShape(), batchEmptyElement(), errMalformedID(), errGone(), errFolderGone(), errStaleSyncState(), errStaleChangeKey(),
		errNonExistentMailbox(), errNoMailbox(), errWatermark(),
	}
}

func batchCount() Clause {
	return Clause{
		ID: "batch.one-message-each", Level: Must,
		Rule: "A request of n parts is answered with n response messages.", Source: "MS docs: GetFolder, GetItem; ews-managed-api, MultiResponseServiceRequest.cs, takes no other number",
		Admissible: "four messages for four folders",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, getFolders(folder("inbox", ""), folder("drafts", ""), folder("sentitems", ""), folder("calendar", "")))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(len(a.Outcome.Messages) == 4, "4 messages", "%d", len(a.Outcome.Messages))
		},
		Saboteur: Saboteur{Defect: "the last part of a batch of four folders is forgotten", Answer: func(r *Received, s *Sent) {
			if f, ok := body[ews.GetFolder](r); ok && len(f.Folders) == 4 {
				i := strings.LastIndex(string(s.Body), "<m:GetFolderResponseMessage ")
				j := strings.LastIndex(string(s.Body), "</m:ResponseMessages>")
				if i > 0 && j > i {
					s.Body = append(slices.Clone(s.Body[:i]), s.Body[j:]...)
				}
			}
		}},
	}
}

// body is the operation of a request, if it is one of that kind.
func body[T ews.Body](r *Received) (b T, ok bool) {
	if r.EWS == nil {
		return b, false
	}
	b, ok = r.EWS.Body.(T)
	return b, ok
}

func batchOrder() Clause {
	return Clause{
		ID: "batch.in-order", Level: Must,
		Rule: "Response messages come in the order of the request's parts.", Source: "MS docs: EWS batch requests; clients match parts by their place",
		Admissible: "the folders' kinds in the order asked for",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, getFolders(folder("calendar", ""), folder("inbox", ""), folder("contacts", "")))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			var kinds []string
			for _, f := range a.All("//m:Folders/*") {
				kinds = append(kinds, f.Data)
			}
			want := "CalendarFolder Folder ContactsFolder"
			return That(strings.Join(kinds, " ") == want, want, "%s", strings.Join(kinds, " "))
		},
		Saboteur: Saboteur{Defect: "parts are answered in another order when the calendar comes first", Request: func(r *Received) {
			if f, ok := body[ews.GetFolder](r); ok && len(f.Folders) == 3 && f.Folders[0].Distinguished == "calendar" {
				r.Replace(folder("calendar", "")+folder("inbox", ""), folder("inbox", "")+folder("calendar", ""))
			}
		}},
	}
}

func batchPartial() Clause {
	return Clause{
		ID: "batch.partial-failure", Level: Must,
		Rule: "A part that fails does not keep the others from being carried out.", Source: "MS docs: EWS batch requests; " + pageResponse,
		Admissible: "success, ErrorFolderNotFound or ErrorInvalidIdMalformed, success",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, getFolders(folder("inbox", ""), `<t:FolderId Id="bm90aGluZw=="/>`, folder("drafts", "")))
			if err != nil {
				return err
			}
			var classes []string
			for _, m := range a.Outcome.Messages {
				classes = append(classes, string(m.Class))
			}
			return That(strings.Join(classes, " ") == "Success Error Success", "Success Error Success", "%s: %s", a, strings.Join(classes, " "))
		},
		Saboteur: refuses("one bad part spoils a batch of folders", holds(folder("inbox", "")+`<t:FolderId Id="bm90aGluZw=="/>`), ews.ErrorInvalidIdMalformed),
	}
}

func batchShape() Clause {
	return Clause{
		ID: "error.message-shape", Level: Must,
		Rule: "A message that failed has MessageText, ResponseCode and DescriptiveLinkKey, in this order.", Source: "MS-OXWSCDATA 2.2.4.67, ResponseMessageType; ews-managed-api reads no other order",
		Admissible: "the three elements, first and in this order",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, getFolders(`<t:FolderId Id="bm90aGluZw=="/>`))
			if err := Expect(a, err, MessageOf()); err != nil {
				return err
			}
			var names []string
			for _, e := range a.All("//m:GetFolderResponseMessage/*") {
				names = append(names, e.Data)
			}
			want := []string{"MessageText", "ResponseCode", "DescriptiveLinkKey"}
			return That(len(names) >= 3 && slices.Equal(names[:3], want), strings.Join(want, ", "), "%s", strings.Join(names, ", "))
		},
		Saboteur: Saboteur{Defect: "a failed folder has no DescriptiveLinkKey", Answer: func(r *Received, s *Sent) {
			if holds(`<m:FolderIds><t:FolderId Id="bm90aGluZw=="/></m:FolderIds>`)(r) {
				s.Cut("<m:DescriptiveLinkKey>", "</m:DescriptiveLinkKey>")
			}
		}},
	}
}

func batchEmptyElement() Clause {
	return Clause{
		ID: "error.sync-state-present", Level: Should,
		Rule: "A synchronisation that failed has an m:SyncState all the same: clients read it first.", Source: "MS docs: SyncFolderItemsResponseMessage; exchangelib, services/sync_folder_items.py",
		Admissible: "m:SyncState in the failed message",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			a, err := p.Service(p.Mailbox(0)).Raw(ctx, syncItems(`<t:FolderId Id="bm90aGluZw=="/>`, ""))
			if err := Expect(a, err, MessageOf()); err != nil {
				return err
			}
			return That(a.Has("//m:SyncFolderItemsResponseMessage/m:SyncState"), "m:SyncState", "none")
		},
		Saboteur: Saboteur{Defect: "a failed synchronisation has no state", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpSyncFolderItems && holds("bm90aGluZw==")(r) {
				s.Cut("<m:SyncState", ">")
				s.Replace("</m:SyncState>", "")
			}
		}},
	}
}

// syncItems synchronises a folder from a state on, "" for the beginning.
func syncItems(id, state string) string {
	if state != "" {
		state = "<m:SyncState>" + state + "</m:SyncState>"
	}
	return "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId>" + id + "</m:SyncFolderId>" + state +
		"<m:MaxChangesReturned>1</m:MaxChangesReturned></m:SyncFolderItems>"
}

func errMalformedID() Clause {
	return Clause{
		ID: "error.id-malformed", Level: Must,
		Rule: "An id that no server has made is malformed: the part fails, the request does not.", Source: pageResponse + ", ErrorInvalidIdMalformed; exchangelib asks for DUMMY to learn the version",
		Admissible: "HTTP 200 with the response code ErrorInvalidIdMalformed",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Says(ctx, MessageOf(ews.ErrorInvalidIdMalformed, "ErrorInvalidId", "ErrorInvalidIdEmpty", "ErrorInvalidIdNotAnItemAttachmentId"), getItem("DUMMY"))
		},
		Saboteur: refuses("a malformed id of an item is a fault", holds(`<t:ItemId Id="DUMMY"/>`), ews.ErrorInvalidIdMalformed),
	}
}

func errGone() Clause {
	return Clause{
		ID: "error.item-gone", Level: Must,
		Rule: "An item that was there and is no more is ErrorItemNotFound.", Source: pageResponse + ", ErrorItemNotFound",
		Admissible: "HTTP 200 with the response code ErrorItemNotFound",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			a, err := c.Raw(ctx, createItem("SaveOnly", folder("drafts", ""), message("ewsbench item gone", "")))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			id := a.Attr("//t:ItemId", "Id")
			a, err = c.Raw(ctx, deleteItem(id))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return c.Says(ctx, MessageOf(ews.ErrorItemNotFound), getItem(id))
		},
		Saboteur: Saboteur{Defect: "deleted items are malformed", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpGetItem && r.Impersonates() && r.EWS.Impersonate.Value == "user000001@contoso.com" {
				s.Replace("ErrorItemNotFound", "ErrorInvalidIdMalformed")
			}
		}},
	}
}

func errFolderGone() Clause {
	return Clause{
		ID: "error.folder-gone", Level: Must,
		Rule: "A folder that was there and is no more is ErrorFolderNotFound.", Source: pageResponse + ", ErrorFolderNotFound",
		Admissible: "HTTP 200 with the response code ErrorFolderNotFound or ErrorItemNotFound",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			a, err := c.Raw(ctx, "<m:CreateFolder><m:ParentFolderId>"+folder("inbox", "")+"</m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>ewsbench folder gone</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>")
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			id := fmt.Sprintf(`<t:FolderId Id="%s"/>`, a.Attr("//t:FolderId", "Id"))
			a, err = c.Raw(ctx, `<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>`+id+"</m:FolderIds></m:DeleteFolder>")
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return c.Says(ctx, MessageOf(ews.ErrorFolderNotFound, ews.ErrorItemNotFound), getFolders(id))
		},
		Saboteur: Saboteur{Defect: "deleted folders are denied", Answer: func(r *Received, s *Sent) {
			if f, ok := body[ews.GetFolder](r); ok && r.EWS.Impersonate.Value == "user000001@contoso.com" && f.Folders[0].ID != "" {
				s.Replace("ErrorFolderNotFound", "ErrorAccessDenied")
				s.Replace("ErrorItemNotFound", "ErrorAccessDenied")
			}
		}},
	}
}

func errStaleSyncState() Clause {
	return Clause{
		ID: "error.sync-state", Level: Must,
		Rule: "A sync state that no server has made is refused as such: the client begins anew.", Source: pageResponse + ", ErrorInvalidSyncStateData",
		Admissible: "HTTP 200 with the response code ErrorInvalidSyncStateData",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Says(ctx, MessageOf("ErrorInvalidSyncStateData"), syncItems(folder("inbox", ""), "bm90aGluZw=="))
		},
		Saboteur: Saboteur{Defect: "a bad sync state is the beginning", Request: func(r *Received) {
			r.Replace("<m:SyncState>bm90aGluZw==</m:SyncState>", "")
		}},
	}
}

func errStaleChangeKey() Clause {
	return Clause{
		ID: "error.change-key", Level: Must,
		Rule: "With NeverOverwrite a change by an outdated change key is refused.", Source: "MS docs: UpdateItem, ConflictResolution; " + pageResponse + ", ErrorIrresolvableConflict",
		Admissible: "HTTP 200 with the response code ErrorIrresolvableConflict",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			a, err := c.Raw(ctx, createItem("SaveOnly", folder("drafts", ""), message("ewsbench change key", "")))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			id, key := a.Attr("//t:ItemId", "Id"), a.Attr("//t:ItemId", "ChangeKey")
			p.Later(func(ctx context.Context) error {
				_, err := c.Raw(ctx, deleteItem(id))
				return err
			})
			a, err = c.Raw(ctx, setSubject(id, key, "ewsbench changed once"))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return c.Says(ctx, MessageOf("ErrorIrresolvableConflict"), setSubject(id, key, "ewsbench changed twice"))
		},
		Saboteur: Saboteur{Defect: "NeverOverwrite overwrites", Request: func(r *Received) {
			r.Replace(`ConflictResolution="NeverOverwrite"`, `ConflictResolution="AlwaysOverwrite"`)
		}},
	}
}

func setSubject(id, key, subject string) string {
	return fmt.Sprintf(`<m:UpdateItem ConflictResolution="NeverOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges><t:ItemChange><t:ItemId Id="%s" ChangeKey="%s"/><t:Updates>`+
		`<t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:Message><t:Subject>%s</t:Subject></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`, id, key, subject)
}

func errNonExistentMailbox() Clause {
	return Clause{
		ID: "error.mailbox-stranger", Level: Must,
		Rule: "A mailbox that is named in the body and that nobody has fails the part, not the request.", Source: "A capture in sherlock1982/ews-managed-api #72; exchangelib #901",
		Admissible: "HTTP 200 with the response code ErrorNonExistentMailbox",
		Needs:      []Need{NeedAccount(Service), NeedStranger(), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.Service(p.Mailbox(0)).Says(ctx, MessageOf(ews.ErrorNonExistentMailbox), getFolders(folder("inbox", p.World.Stranger)))
		},
		Saboteur: refuses("a stranger's mailbox in the body is a fault", holds("<t:EmailAddress>nobody@contoso.com"), ews.ErrorNonExistentMailbox),
	}
}

func errNoMailbox() Clause {
	return Clause{
		ID: "error.caller-without-mailbox", Level: Must,
		Rule: "A caller without a mailbox that impersonates nobody is told to name one.", Source: pageResponse + ", ErrorMissingEmailAddress",
		Admissible: "HTTP 200 with the response code ErrorMissingEmailAddress or ErrorNonExistentMailbox",
		Needs:      []Need{NeedAccount(NoMailbox), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			return p.As(NoMailbox).Anchor(p.Mailbox(0)).Expect(ctx, Inbox(), MessageOf("ErrorMissingEmailAddress", ews.ErrorNonExistentMailbox))
		},
		Saboteur: swaps("a caller without a mailbox is denied", "ErrorMissingEmailAddress", "ErrorAccessDenied", nil),
	}
}

func errWatermark() Clause {
	return Clause{
		ID: "error.watermark", Level: Must,
		Rule: "A watermark that no server has made is refused as such.", Source: "MS docs: Handling notification-related errors in EWS in Exchange, ErrorInvalidWatermark",
		Admissible: "HTTP 200 with the response code ErrorInvalidWatermark",
		Needs:      []Need{NeedAccount(Service), NeedMailboxes(1)},
		Check: func(ctx context.Context, p *Probe) error {
			c := p.Service(p.Mailbox(0))
			a, err := subscribed(ctx, p, c, subscribePull)
			if err != nil {
				return err
			}
			return c.Says(ctx, MessageOf("ErrorInvalidWatermark"), getEvents(a.Text("//m:SubscriptionId"), "bm90aGluZw=="))
		},
		Saboteur: swaps("a bad watermark is a lost subscription", "ErrorInvalidWatermark", "ErrorSubscriptionNotFound", nil),
	}
}
