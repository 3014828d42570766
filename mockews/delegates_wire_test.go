package mockews_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews"
	"github.com/ewsbench/ewsbench/mockews/access"
	"github.com/ewsbench/ewsbench/mockews/route"
)

const (
	delegateID = "<t:UserId><t:PrimarySmtpAddress>" + delegate + "</t:PrimarySmtpAddress></t:UserId>"
	ofOwner    = "<m:Mailbox><t:EmailAddress>" + owner + "</t:EmailAddress></m:Mailbox>"
)

// delegateBodies are the four operations on one delegate, behind their Mailbox.
func delegateBodies(levels string) map[string]string {
	return map[string]string{
		"AddDelegate":    "<m:DelegateUsers><t:DelegateUser>" + delegateID + levels + "</t:DelegateUser></m:DelegateUsers>",
		"GetDelegate":    "",
		"UpdateDelegate": "<m:DelegateUsers><t:DelegateUser>" + delegateID + levels + "<t:ViewPrivateItems>true</t:ViewPrivateItems></t:DelegateUser></m:DelegateUsers>",
		"RemoveDelegate": "<m:UserIds>" + delegateID + "</m:UserIds>",
	}
}

// delegateCall is one of the operations, with what comes first in it.
func delegateCall(op, first, rest string) string {
	attribute := map[string]string{"GetDelegate": ` IncludePermissions="true"`}[op]
	return "<m:" + op + attribute + ">" + first + rest + "</m:" + op + ">"
}

// answered is the element that answers an operation, without its namespaces.
func answered(op string, body []byte) string {
	m := regexp.MustCompile(`<m:` + op + `Response[^>]*>.*</m:` + op + `Response>`).Find(body)
	return regexp.MustCompile(` xmlns:[mt]="[^"]*"`).ReplaceAllString(string(m), "")
}

// The delegate operations as they stand on the wire (MS-OXWSDLGM; MS docs: AddDelegate operation and the others, whose examples the
// answers follow).
func TestDelegatesOnTheWire(t *testing.T) {
	t.Parallel()
	const levels = "<t:DelegatePermissions><t:CalendarFolderPermissionLevel>Author</t:CalendarFolderPermissionLevel><t:TasksFolderPermissionLevel>None</t:TasksFolderPermissionLevel>" +
		"<t:InboxFolderPermissionLevel>Reviewer</t:InboxFolderPermissionLevel><t:ContactsFolderPermissionLevel>None</t:ContactsFolderPermissionLevel>" +
		"<t:NotesFolderPermissionLevel>Editor</t:NotesFolderPermissionLevel><t:JournalFolderPermissionLevel>None</t:JournalFolderPermissionLevel></t:DelegatePermissions>"
	bodies := delegateBodies(levels)
	message := func(op, class, inside, behind string) string {
		return `<m:` + op + `Response ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:ResponseMessages>` +
			`<m:DelegateUserResponseMessageType ResponseClass="` + class + `">` + inside + `</m:DelegateUserResponseMessageType></m:ResponseMessages>` + behind + `</m:` + op + `Response>`
	}
	user := func(somebody, levels, private string) string {
		return "<m:ResponseCode>NoError</m:ResponseCode><m:DelegateUser><t:UserId>" + somebody + "</t:UserId>" + levels +
			"<t:ReceiveCopiesOfMeetingMessages>false</t:ReceiveCopiesOfMeetingMessages><t:ViewPrivateItems>" + private + "</t:ViewPrivateItems></m:DelegateUser>"
	}
	t.Run("response shape, and the order of DelegateUser", func(t *testing.T) {
		t.Parallel()
		s, named := freshSpeaker(t)
		for _, c := range []struct{ op, want string }{
			{"AddDelegate", message("AddDelegate", "Success", user(named(7), "", "false"), "")},
			{"UpdateDelegate", message("UpdateDelegate", "Success", user(named(7), "", "true"), "")},
			{"GetDelegate", message("GetDelegate", "Success", user(named(7), levels, "true"), "<m:DeliverMeetingRequests>DelegatesAndSendInformationToMe</m:DeliverMeetingRequests>")},
			{"RemoveDelegate", message("RemoveDelegate", "Success", "<m:ResponseCode>NoError</m:ResponseCode>", "")},
			{"RemoveDelegate", message("RemoveDelegate", "Error", "<m:MessageText>The user is not a delegate for the mailbox.</m:MessageText>"+
				"<m:ResponseCode>ErrorNotDelegate</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>", "")},
		} {
			a := s.say(delegateCall(c.op, ofOwner, bodies[c.op]))
			assert.Equal(t, http.StatusOK, a.StatusCode)
			assert.Equal(t, c.want, answered(c.op, a.body))
		}
	})
	for op, body := range bodies {
		t.Run("begins with Mailbox: "+op, func(t *testing.T) {
			t.Parallel()
			s, _ := freshSpeaker(t)
			assert.Equal(t, ews.ErrorSchemaValidation, s.say(delegateCall(op, "", body)).outcome().Code(), "without one")
			assert.Equal(t, ews.Code(""), s.say(delegateCall("AddDelegate", ofOwner, bodies["AddDelegate"])).outcome().Code())
		})
	}
}

// saying is a request, and what its answer has to say.
type saying struct {
	code    ews.Code
	request func(s speaker) answer
	text    string
}

// sayings are the texts of the server for what goes wrong with delegates, permissions and sending (ews-managed-api, ServiceError; the end
// of that of ErrorSendAsDenied: microsoft-graph-docs #7446).
func sayings() []saying {
	add := func(user string) func(speaker) answer {
		return func(s speaker) answer {
			id := "<t:UserId><t:PrimarySmtpAddress>" + user + "</t:PrimarySmtpAddress></t:UserId>"
			return s.say(delegateCall("AddDelegate", ofOwner, "<m:DelegateUsers><t:DelegateUser>"+id+"</t:DelegateUser></m:DelegateUsers>"))
		}
	}
	one := func(op, user string) func(speaker) answer {
		return func(s speaker) answer {
			return s.say(delegateCall(op, ofOwner, "<m:UserIds><t:UserId><t:PrimarySmtpAddress>"+user+"</t:PrimarySmtpAddress></t:UserId></m:UserIds>"))
		}
	}
	by := func(user string, body ews.Body) func(speaker) answer {
		return func(s speaker) answer { return as(user, body).send(s.T, s.Transport()) }
	}
	theirs := ews.FolderID{Distinguished: "inbox", Mailbox: owner}
	letter := ews.Object{Kind: ews.KindMessage}
	letter.Set(ews.Path{URI: "message:ToRecipients"}, ews.Recipients{Mailboxes: []ews.Mailbox{{Address: stranger}}})
	letter.Set(ews.Path{URI: "message:From"}, ews.Recipient{Mailbox: ews.Mailbox{Address: owner}})
	return []saying{
		{"ErrorDelegateAlreadyExists", add(delegate), "The user is already a delegate for the mailbox."},
		{"ErrorNotDelegate", one("RemoveDelegate", stranger), "The user is not a delegate for the mailbox."},
		{"ErrorDelegateCannotAddOwner", add(owner), "This is an invalid operation. Cannot add owner as delegate."},
		{"ErrorDelegateNoUser", add("nobody@contoso.com"), "The delegate does not map to a user in the Active Directory."},
		{"ErrorDelegateValidationFailed", add("svc-nomailbox@contoso.com"), "Cannot add the delegate user. Failed to validate the changes."},
		{"ErrorDelegateMissingConfiguration", one("GetDelegate", reader), "Delegate is not configured properly."},
		{"ErrorMissingEmailAddress", by("svc-nomailbox@contoso.com", getInbox()), "When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids."},
		{"ErrorAccessDenied", by(delegate, ews.EmptyFolder{Disposal: ews.HardDelete, Folders: []ews.FolderID{theirs}}), "Access is denied. Check credentials and try again."},
		{"ErrorFolderNotFound", by(stranger, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{theirs}}), "The specified folder could not be found in the store."},
		{"ErrorItemNotFound", func(s speaker) answer {
			_, body := do(s.T, s.Server, owner, ews.FindItem{Shape: ews.IDOnly(), Folders: []ews.FolderID{inbox}, Page: &ews.IndexedView{Max: new(1)}})
			return as(stranger, ews.GetItem{Shape: ews.IDOnly(), Items: ews.Refs(ews.ItemIDs(body, 1))}).send(s.T, s.Transport())
		}, "The specified object was not found in the store."},
		{"ErrorSubscriptionDelegateAccessNotSupported", by(delegate, ews.Subscribe{Pull: &ews.Subscription{Folders: []ews.FolderID{theirs}, Events: []ews.EventType{ews.CreatedEvent}, Timeout: 10}}), "Subscriptions are not supported for delegate user access."},
		{"ErrorInvalidPermissionSettings", func(s speaker) answer {
			return s.say(`<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="inbox"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:Folder><t:PermissionSet><t:Permissions>` +
				mailWire.one("<t:PrimarySmtpAddress>"+stranger+"</t:PrimarySmtpAddress>", "<t:CanCreateItems>true</t:CanCreateItems>"+mailWire.levelXML("Reviewer")) +
				`</t:Permissions></t:PermissionSet></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`)
		}, "The permission settings were not valid."},
		{"ErrorSendAsDenied", by(stranger, ews.CreateItem{Disposition: ews.SendAndSaveCopy, Items: []ews.Object{letter}}), "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message."},
	}
}

// What goes wrong with delegates, permissions and sending is told in a message with HTTP 200, in the words of a server.
func TestTextsOfAccess(t *testing.T) {
	t.Parallel()
	for _, c := range sayings() {
		t.Run(string(c.code), func(t *testing.T) {
			t.Parallel()
			server, err := mockews.New(route.Topology{Access: access.Grants{
				Delegates:    []access.Delegate{{Mailbox: owner, User: delegate, Inbox: access.LevelReviewer}},
				SendOnBehalf: []access.SendGrant{{Mailbox: owner, User: reader}},
			}})
			require.NoError(t, err)
			a := c.request(speaker{t, server, "Exchange2013_SP1"})
			assert.Equal(t, http.StatusOK, a.StatusCode)
			assert.Contains(t, string(a.body), fmt.Sprintf(`ResponseClass="Error"><m:MessageText>%s</m:MessageText><m:ResponseCode>%s</m:ResponseCode>`, c.text, c.code))
		})
	}
}
