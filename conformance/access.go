package conformance

import (
	"context"
	"fmt"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// accessing is the other two ways into a mailbox: being a delegate, and rights on folders.
func accessing() []Clause {
	return []Clause{
		accessClosed(), accessItemClosed(), accessReviewerReads(), accessReviewerWrites(), accessImplicit(), accessSubfolder(), accessSubfolderAfter(), accessLevelReadsBack(), accessCustom(),
		accessLevelAndFlags(), accessTwice(), delegateAdded(), delegateShape(), delegateTwice(), delegateNone(), delegateSelf(), delegateSubscribes(),
	}
}

// The third mailbox is that of whoever is given rights, the fourth that of whoever gives them. Both are reached by impersonation, which
// brings exactly the rights of the user.
func owner(p *Probe) *Client   { return p.Service(p.Mailbox(3)) }
func grantee(p *Probe) *Client { return p.Service(p.Mailbox(2)) }

func needTwo() []Need { return []Need{NeedAccount(Service), NeedMailboxes(4)} }

// permission is one of a folder's.
func permission(user, level string) string {
	return "<t:Permission><t:UserId><t:PrimarySmtpAddress>" + user + "</t:PrimarySmtpAddress></t:UserId><t:PermissionLevel>" + level + "</t:PermissionLevel></t:Permission>"
}

func folderID(id string) string { return fmt.Sprintf(`<t:FolderId Id="%s"/>`, id) }

// ownFolder makes a folder of the owner's, and takes it away after the check.
func ownFolder(ctx context.Context, p *Probe, parent, name string) (id string, err error) {
	a, err := owner(p).Raw(ctx, "<m:CreateFolder><m:ParentFolderId>"+parent+"</m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>"+name+
		"</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>")
	if err := Expect(a, err, Success()); err != nil {
		return "", err
	}
	id = a.Attr("//t:FolderId", "Id")
	p.Later(func(ctx context.Context) error {
		_, err := owner(p).Raw(ctx, `<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>`+folderID(id)+"</m:FolderIds></m:DeleteFolder>")
		return err
	})
	return id, nil
}

// permit sets the permissions of a folder.
func permit(ctx context.Context, p *Probe, id, permissions string) (*Answer, error) {
	return owner(p).Raw(ctx, "<m:UpdateFolder><m:FolderChanges><t:FolderChange>"+folderID(id)+"<t:Updates><t:SetFolderField>"+
		`<t:FieldURI FieldURI="folder:PermissionSet"/><t:Folder><t:PermissionSet><t:Permissions>`+permissions+
		"</t:Permissions></t:PermissionSet></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>")
}

// shared makes a folder on which the grantee has a level.
func shared(ctx context.Context, p *Probe, name, level string) (id string, err error) {
	if id, err = ownFolder(ctx, p, folder("inbox", ""), name); err != nil {
		return "", err
	}
	a, err := permit(ctx, p, id, permission(p.Mailbox(2), level))
	return id, Expect(a, err, Success())
}

func closed() Expectation { return MessageOf(ews.ErrorFolderNotFound, ews.ErrorItemNotFound) }

func accessClosed() Clause {
	return Clause{
		ID: "access.no-right.folder", Level: Must,
		Rule: "To whom a folder is closed, it is not there: the answer does not say that it is denied.", Source: pageDelegate + ", Delegate access error handling; " + pageResponse + ", ErrorFolderNotFound",
		Admissible: "HTTP 200 with the response code ErrorFolderNotFound or ErrorItemNotFound",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			return grantee(p).Says(ctx, closed(), getFolders(folder("sentitems", p.Mailbox(3))))
		},
		Saboteur: Saboteur{Defect: "sent items that are closed are denied", Answer: func(r *Received, s *Sent) {
			if holds(folder("sentitems", "user000004@contoso.com"))(r) {
				s.Replace("ErrorFolderNotFound", "ErrorAccessDenied")
				s.Replace("ErrorItemNotFound", "ErrorAccessDenied")
			}
		}},
	}
}

func accessItemClosed() Clause {
	return Clause{
		ID: "access.no-right.item", Level: Must,
		Rule: "To whom a folder is closed, its items are not there, by whatever id.", Source: pageDelegate + ", Delegate access error handling",
		Admissible: "HTTP 200 with the response code ErrorItemNotFound",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := draft(ctx, p, owner(p), "ewsbench closed item")
			if err != nil {
				return err
			}
			return grantee(p).Says(ctx, MessageOf(ews.ErrorItemNotFound), getItem(id))
		},
		Saboteur: Saboteur{Defect: "an item is shown to whoever knows its id", Request: func(r *Received) {
			if r.Op() == ews.OpGetItem && r.Impersonates() && r.EWS.Impersonate.Value == "user000003@contoso.com" && !holds("message:")(r) {
				r.Replace("user000003@", "user000004@")
			}
		}},
	}
}

func accessReviewerReads() Clause {
	return Clause{
		ID: "access.reviewer.reads", Level: Must,
		Rule: "A Reviewer of a folder opens it and finds its items.", Source: "MS docs: PermissionLevel; How to set folder permissions for another user",
		Admissible: "success, and the item that is there",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := shared(ctx, p, "ewsbench reviewer reads", "Reviewer")
			if err != nil {
				return err
			}
			if _, err := keep(ctx, p, owner(p), createItem("SaveOnly", folderID(id), message("ewsbench to be reviewed", ""))); err != nil {
				return err
			}
			a, err := grantee(p).Raw(ctx, `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ParentFolderIds>`+folderID(id)+`</m:ParentFolderIds></m:FindItem>`)
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return That(a.Text("//t:Subject") == "ewsbench to be reviewed", "the item", "%d items", len(a.All("//t:ItemId")))
		},
		Saboteur: Saboteur{Defect: "a Reviewer finds nothing", Answer: func(r *Received, s *Sent) {
			if r.Op() == ews.OpFindItem && s.Has("ewsbench to be reviewed") {
				s.Cut("<t:Message>", "</t:Message>")
			}
		}},
	}
}

func accessReviewerWrites() Clause {
	return Clause{
		ID: "access.some-right.denied", Level: Must,
		Rule: "Who has some right on a folder, and not the one that is needed, is denied.", Source: pageDelegate + ", Delegate access error handling; " + pageResponse + ", ErrorAccessDenied",
		Admissible: "HTTP 200 with the response code ErrorAccessDenied",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := shared(ctx, p, "ewsbench reviewer writes", "Reviewer")
			if err != nil {
				return err
			}
			return grantee(p).Says(ctx, MessageOf(ews.ErrorAccessDenied, "ErrorCreateItemAccessDenied"), createItem("SaveOnly", folderID(id), message("ewsbench by a reviewer", "")))
		},
		Saboteur: Saboteur{Defect: "a Reviewer may write", Request: func(r *Received) {
			if holds("ewsbench by a reviewer")(r) {
				r.Replace("user000003@", "user000004@")
			}
		}},
	}
}

func accessImplicit() Clause {
	return Clause{
		ID: "access.implicit", Level: Must,
		Rule: "An id names its mailbox: whoever has a right opens an item of another mailbox by its id alone.", Source: pageDelegate + ", Explicit and implicit access",
		Admissible: "success",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := shared(ctx, p, "ewsbench implicit", "Reviewer")
			if err != nil {
				return err
			}
			item, err := keep(ctx, p, owner(p), createItem("SaveOnly", folderID(id), message("ewsbench implicit", "")))
			if err != nil {
				return err
			}
			return grantee(p).Says(ctx, Success(), getItem(item, "item:ParentFolderId"))
		},
		Saboteur: refuses("items of another mailbox want the mailbox named", all(holds("item:ParentFolderId"), func(r *Received) bool { return r.Op() == ews.OpGetItem }), "ErrorMissingEmailAddress"),
	}
}

func accessSubfolder() Clause {
	return Clause{
		ID: "access.subfolders-apart", Level: Must,
		Rule: "A right on a folder does not cover folders that were in it before.", Source: pageDelegate + ", Permission levels; MS docs: How to set folder permissions for another user",
		Admissible: "HTTP 200 with the response code ErrorFolderNotFound or ErrorItemNotFound for the subfolder",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := ownFolder(ctx, p, folder("inbox", ""), "ewsbench above")
			if err != nil {
				return err
			}
			below, err := ownFolder(ctx, p, folderID(id), "ewsbench below")
			if err != nil {
				return err
			}
			a, err := permit(ctx, p, id, permission(p.Mailbox(2), "Editor"))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return grantee(p).Says(ctx, closed(), getFolders(folderID(below)))
		},
		Saboteur: Saboteur{Defect: "folders by id are open to who knows it", Request: func(r *Received) {
			if f, ok := body[ews.GetFolder](r); ok && r.Impersonates() && r.EWS.Impersonate.Value == "user000003@contoso.com" && f.Folders[0].ID != "" {
				r.Replace("user000003@", "user000004@")
			}
		}},
	}
}

func accessSubfolderAfter() Clause {
	return Clause{
		ID: "access.subfolders-after", Level: Should,
		Rule: "A right on a folder covers the folders that are made in it afterwards.", Source: "MS docs: Add and remove delegates by using EWS in Exchange, introduction",
		Admissible: "success for the subfolder",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := shared(ctx, p, "ewsbench above, shared", "Editor")
			if err != nil {
				return err
			}
			below, err := ownFolder(ctx, p, folderID(id), "ewsbench below, later")
			if err != nil {
				return err
			}
			return grantee(p).Says(ctx, Success(), getFolders(folderID(below)))
		},
		Saboteur: Saboteur{Defect: "folders by id are closed to everybody else", Answer: func(r *Received, s *Sent) {
			if f, ok := body[ews.GetFolder](r); ok && r.Impersonates() && r.EWS.Impersonate.Value == "user000003@contoso.com" && f.Folders[0].ID != "" && s.Has("<t:FolderId") {
				s.Refuse(ews.ErrorFolderNotFound)
			}
		}},
	}
}

// permissions reads those of a folder.
func permissions(ctx context.Context, p *Probe, id string) (*Answer, error) {
	a, err := owner(p).Raw(ctx, `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:PermissionSet"/></t:AdditionalProperties></m:FolderShape><m:FolderIds>`+
		folderID(id)+"</m:FolderIds></m:GetFolder>")
	return a, Expect(a, err, Success())
}

// levelOf is the level that a user has, as it reads back.
func levelOf(a *Answer, user string) string {
	for _, node := range a.All("//t:Permission") {
		if node.SelectElement("*[local-name()='UserId']/*[local-name()='PrimarySmtpAddress']") == nil {
			continue
		}
		if strings.EqualFold(node.SelectElement("*[local-name()='UserId']/*[local-name()='PrimarySmtpAddress']").InnerText(), user) {
			return node.SelectElement("*[local-name()='PermissionLevel']").InnerText()
		}
	}
	return "none"
}

func accessLevelReadsBack() Clause {
	levels := []string{"Owner", "PublishingEditor", "Editor", "PublishingAuthor", "Author", "NoneditingAuthor", "Reviewer", "Contributor"}
	return Clause{
		ID: "access.levels-read-back", Level: Must,
		Rule: "Each permission level that is set reads back as the same.", Source: "MS docs: PermissionLevel; MSOXWSFOLD S07",
		Admissible: "the level that was set, for " + strings.Join(levels, ", "),
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := ownFolder(ctx, p, folder("inbox", ""), "ewsbench levels")
			if err != nil {
				return err
			}
			for _, level := range levels {
				a, err := permit(ctx, p, id, permission(p.Mailbox(2), level))
				if err := Expect(a, err, Success()); err != nil {
					return err
				}
				if a, err = permissions(ctx, p, id); err != nil {
					return err
				}
				if err := That(levelOf(a, p.Mailbox(2)) == level, level, "%s", levelOf(a, p.Mailbox(2))); err != nil {
					return err
				}
			}
			return nil
		},
		Saboteur: swaps("a NoneditingAuthor reads back as an Author", ">NoneditingAuthor<", ">Author<", func(r *Received) bool { return r.Op() == ews.OpGetFolder }),
	}
}

// custom is a mix of rights that no level is.
func custom(user string) string {
	return "<t:Permission><t:UserId><t:PrimarySmtpAddress>" + user + "</t:PrimarySmtpAddress></t:UserId><t:CanCreateItems>true</t:CanCreateItems>" +
		"<t:CanCreateSubFolders>true</t:CanCreateSubFolders><t:IsFolderOwner>false</t:IsFolderOwner><t:IsFolderVisible>true</t:IsFolderVisible>" +
		"<t:IsFolderContact>false</t:IsFolderContact><t:EditItems>None</t:EditItems><t:DeleteItems>None</t:DeleteItems><t:ReadItems>FullDetails</t:ReadItems>"
}

func accessCustom() Clause {
	return Clause{
		ID: "access.custom-reads-back", Level: Must,
		Rule: "A mix of rights that is no level reads back as Custom.", Source: "MS docs: PermissionLevel, Custom; MSOXWSFOLD S07",
		Admissible: "Custom",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := ownFolder(ctx, p, folder("inbox", ""), "ewsbench custom")
			if err != nil {
				return err
			}
			a, err := permit(ctx, p, id, custom(p.Mailbox(2))+"<t:PermissionLevel>Custom</t:PermissionLevel></t:Permission>")
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			if a, err = permissions(ctx, p, id); err != nil {
				return err
			}
			return That(levelOf(a, p.Mailbox(2)) == "Custom", "Custom", "%s", levelOf(a, p.Mailbox(2)))
		},
		Saboteur: swaps("a mix of rights reads back as a level", ">Custom<", ">Author<", func(r *Received) bool { return r.Op() == ews.OpGetFolder }),
	}
}

func accessLevelAndFlags() Clause {
	return Clause{
		ID: "access.level-and-rights", Level: Must,
		Rule: "A level and single rights beside it are refused.", Source: pageResponse + ", ErrorInvalidPermissionSettings; MSOXWSFOLD S07",
		Admissible: "HTTP 200 with the response code ErrorInvalidPermissionSettings",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := ownFolder(ctx, p, folder("inbox", ""), "ewsbench level and rights")
			if err != nil {
				return err
			}
			a, err := permit(ctx, p, id, custom(p.Mailbox(2))+"<t:PermissionLevel>Editor</t:PermissionLevel></t:Permission>")
			return Expect(a, err, MessageOf("ErrorInvalidPermissionSettings"))
		},
		Saboteur: swaps("a level and rights beside it count as a missing property", "ErrorInvalidPermissionSettings", "ErrorInvalidPropertySet", nil),
	}
}

func accessTwice() Clause {
	return Clause{
		ID: "access.user-twice", Level: Must,
		Rule: "A user who has two permissions in one set is refused.", Source: pageResponse + ", ErrorDuplicateUserIdsSpecified",
		Admissible: "HTTP 200 with the response code ErrorDuplicateUserIdsSpecified",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := ownFolder(ctx, p, folder("inbox", ""), "ewsbench user twice")
			if err != nil {
				return err
			}
			a, err := permit(ctx, p, id, permission(p.Mailbox(2), "Editor")+permission(p.Mailbox(2), "Reviewer"))
			return Expect(a, err, MessageOf("ErrorDuplicateUserIdsSpecified"))
		},
		Saboteur: swaps("a user with two permissions counts as a missing property", "ErrorDuplicateUserIdsSpecified", "ErrorInvalidPropertySet", nil),
	}
}

// delegates asks about the owner's delegates.
func delegates(operation, mailbox, rest string) string {
	attribute := ""
	if operation == "GetDelegate" {
		attribute = ` IncludePermissions="true"`
	}
	return "<m:" + operation + attribute + "><m:Mailbox><t:EmailAddress>" + mailbox + "</t:EmailAddress></m:Mailbox>" + rest + "</m:" + operation + ">"
}

func delegateUser(user, calendar string) string {
	return "<m:DelegateUsers><t:DelegateUser><t:UserId><t:PrimarySmtpAddress>" + user + "</t:PrimarySmtpAddress></t:UserId><t:DelegatePermissions>" +
		"<t:CalendarFolderPermissionLevel>" + calendar + "</t:CalendarFolderPermissionLevel></t:DelegatePermissions></t:DelegateUser></m:DelegateUsers>"
}

// addDelegate makes somebody a delegate of the owner, and ends that after the check.
func addDelegate(ctx context.Context, p *Probe, user string) (*Answer, error) {
	p.Later(func(ctx context.Context) error {
		_, err := owner(p).Raw(ctx, delegates("RemoveDelegate", p.Mailbox(3), "<m:UserIds><t:UserId><t:PrimarySmtpAddress>"+user+"</t:PrimarySmtpAddress></t:UserId></m:UserIds>"))
		return err
	})
	return owner(p).Raw(ctx, delegates("AddDelegate", p.Mailbox(3), delegateUser(user, "Editor")))
}

func delegateAdded() Clause {
	return Clause{
		ID: "access.delegate.added", Level: Must,
		Rule: "Who is made a delegate is listed with the rights that were given, and has them.", Source: pageDelegate + ", introduction; MS docs: AddDelegate operation, GetDelegate operation",
		Admissible: "the delegate with its level, and the calendar open to it",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := addDelegate(ctx, p, p.Mailbox(2))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			a, err = owner(p).Raw(ctx, delegates("GetDelegate", p.Mailbox(3), ""))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			if err := That(a.Text("//t:DelegatePermissions/t:CalendarFolderPermissionLevel") == "Editor", "Editor of the calendar", "%s", beginning(a.Body, 400)); err != nil {
				return err
			}
			return grantee(p).Says(ctx, Success(), getFolders(folder("calendar", p.Mailbox(3))))
		},
		Saboteur: Saboteur{Defect: "delegates are listed, and the calendar stays closed", Answer: func(r *Received, s *Sent) {
			if holds(folder("calendar", "user000004@contoso.com"))(r) {
				s.Refuse(ews.ErrorAccessDenied)
			}
		}},
	}
}

func delegateShape() Clause {
	return Clause{
		ID: "access.delegate.shape", Level: Must,
		Rule: "The answer to AddDelegate is a success as a whole though a user failed, and each user's message is a DelegateUserResponseMessageType.", Source: "MS-OXWSDLGM 2.2.4.4; ews-managed-api looks for this very name",
		Admissible: "ResponseClass Success outside, m:DelegateUserResponseMessageType with Error inside",
		Needs:      append(needTwo(), NeedStranger()),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := owner(p).Raw(ctx, delegates("AddDelegate", p.Mailbox(3), delegateUser(p.World.Stranger, "Editor")))
			if err != nil {
				return err
			}
			return That(a.Attr("//m:AddDelegateResponse", "ResponseClass") == "Success" && a.Attr("//m:DelegateUserResponseMessageType", "ResponseClass") == "Error",
				"Success outside, Error inside", "%s: %s", a, beginning(a.Body, 500))
		},
		Saboteur: swaps("the message of a stranger as delegate is called a DelegateUserResponseMessage", "DelegateUserResponseMessageType", "DelegateUserResponseMessage", holds("nobody@contoso.com")),
	}
}

func delegateTwice() Clause {
	return Clause{
		ID: "access.delegate.twice", Level: Must,
		Rule: "Who is a delegate is not made one again.", Source: "MS docs: Handling delegation-related errors in EWS in Exchange, ErrorDelegateAlreadyExists",
		Admissible: "HTTP 200 with the response code ErrorDelegateAlreadyExists",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			a, err := addDelegate(ctx, p, p.Mailbox(1))
			if err := Expect(a, err, Success()); err != nil {
				return err
			}
			return owner(p).Says(ctx, MessageOf("ErrorDelegateAlreadyExists"), delegates("AddDelegate", p.Mailbox(3), delegateUser(p.Mailbox(1), "Editor")))
		},
		Saboteur: swaps("a delegate who is made one again is a duplicate", "ErrorDelegateAlreadyExists", "ErrorDuplicateUserIdsSpecified", nil),
	}
}

func delegateNone() Clause {
	return Clause{
		ID: "access.delegate.none", Level: Must,
		Rule: "Who is no delegate cannot be removed as one.", Source: "MS docs: Handling delegation-related errors in EWS in Exchange, ErrorNotDelegate",
		Admissible: "HTTP 200 with the response code ErrorNotDelegate",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			return owner(p).Says(ctx, MessageOf("ErrorNotDelegate"), delegates("RemoveDelegate", p.Mailbox(3), "<m:UserIds><t:UserId><t:PrimarySmtpAddress>"+p.Mailbox(0)+"</t:PrimarySmtpAddress></t:UserId></m:UserIds>"))
		},
		Saboteur: swaps("a stranger among the delegates is not found", "ErrorNotDelegate", "ErrorItemNotFound", nil),
	}
}

func delegateSelf() Clause {
	return Clause{
		ID: "access.delegate.self", Level: Must,
		Rule: "Nobody is a delegate of his own.", Source: "MS docs: Handling delegation-related errors in EWS in Exchange, ErrorDelegateCannotAddOwner",
		Admissible: "HTTP 200 with the response code ErrorDelegateCannotAddOwner",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			return owner(p).Says(ctx, MessageOf("ErrorDelegateCannotAddOwner"), delegates("AddDelegate", p.Mailbox(3), delegateUser(p.Mailbox(3), "Editor")))
		},
		Saboteur: swaps("an owner as delegate fails for its own reasons", "ErrorDelegateCannotAddOwner", "ErrorDelegateValidationFailed", nil),
	}
}

func delegateSubscribes() Clause {
	return Clause{
		ID: "access.delegate.no-subscription", Level: Must,
		Rule: "A delegate does not subscribe to the folders of another mailbox.", Source: pageResponse + ", ErrorSubscriptionDelegateAccessNotSupported",
		Admissible: "HTTP 200 with the response code ErrorSubscriptionDelegateAccessNotSupported",
		Needs:      needTwo(),
		Check: func(ctx context.Context, p *Probe) error {
			id, err := shared(ctx, p, "ewsbench delegate subscribes", "Editor")
			if err != nil {
				return err
			}
			return grantee(p).Says(ctx, MessageOf("ErrorSubscriptionDelegateAccessNotSupported"), strings.ReplaceAll(subscribePull, folder("inbox", ""), folderID(id)))
		},
		Saboteur: swaps("a delegate that subscribes is denied", "ErrorSubscriptionDelegateAccessNotSupported", "ErrorAccessDenied", nil),
	}
}
