package ews

// The operations on delegates (MS docs: Delegate access and EWS in Exchange).
const (
	OpGetDelegate    Op = "GetDelegate"
	OpAddDelegate    Op = "AddDelegate"
	OpUpdateDelegate Op = "UpdateDelegate"
	OpRemoveDelegate Op = "RemoveDelegate"
)

// DelegateUser is somebody who works in another's mailbox.
type DelegateUser struct {
	UserID        UserID               `x:"t:UserId,need"`
	Permissions   *DelegatePermissions `x:"t:DelegatePermissions"`
	ReceiveCopies *bool                `x:"t:ReceiveCopiesOfMeetingMessages"`
	ViewPrivate   *bool                `x:"t:ViewPrivateItems"`
}

// DelegatePermissions are a delegate's levels: None, Reviewer, Author, Editor;
// Custom in answers alone.
type DelegatePermissions struct {
	Calendar string `x:"t:CalendarFolderPermissionLevel"`
	Tasks    string `x:"t:TasksFolderPermissionLevel"`
	Inbox    string `x:"t:InboxFolderPermissionLevel"`
	Contacts string `x:"t:ContactsFolderPermissionLevel"`
	Notes    string `x:"t:NotesFolderPermissionLevel"`
	Journal  string `x:"t:JournalFolderPermissionLevel"`
}

// GetDelegate asks for delegates: those that are named, or all.
type GetDelegate struct {
	Permissions bool     `x:"@IncludePermissions,always"`
	Mailbox     Mailbox  `x:"m:Mailbox,need"`
	Users       []UserID `x:"m:UserIds/t:UserId"`
}

// Op returns OpGetDelegate.
func (g GetDelegate) Op() Op { return OpGetDelegate }

func (g GetDelegate) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetDelegate") }

// AddDelegate makes users delegates. Deliver is DelegatesOnly, DelegatesAndMe,
// DelegatesAndSendInformationToMe or NoForward.
type AddDelegate struct {
	Mailbox Mailbox        `x:"m:Mailbox,need"`
	Users   []DelegateUser `x:"m:DelegateUsers/t:DelegateUser,need"`
	Deliver string         `x:"m:DeliverMeetingRequests"`
}

// Op returns OpAddDelegate.
func (a AddDelegate) Op() Op { return OpAddDelegate }

func (a AddDelegate) appendTo(dst []byte) []byte { return appendBound(dst, a, "m:AddDelegate") }

// UpdateDelegate changes what delegates may do.
type UpdateDelegate struct {
	Mailbox Mailbox        `x:"m:Mailbox,need"`
	Users   []DelegateUser `x:"m:DelegateUsers/t:DelegateUser"`
	Deliver string         `x:"m:DeliverMeetingRequests"`
}

// Op returns OpUpdateDelegate.
func (u UpdateDelegate) Op() Op { return OpUpdateDelegate }

func (u UpdateDelegate) appendTo(dst []byte) []byte { return appendBound(dst, u, "m:UpdateDelegate") }

// RemoveDelegate takes delegates away.
type RemoveDelegate struct {
	Mailbox Mailbox  `x:"m:Mailbox,need"`
	Users   []UserID `x:"m:UserIds/t:UserId,need"`
}

// Op returns OpRemoveDelegate.
func (r RemoveDelegate) Op() Op { return OpRemoveDelegate }

func (r RemoveDelegate) appendTo(dst []byte) []byte { return appendBound(dst, r, "m:RemoveDelegate") }

// DelegateResponse answers all four: the outer message succeeds even when each
// of the inner ones has failed, and their element ends in Type (MS-OXWSDLGM).
type DelegateResponse struct {
	Of Op
	Message
	Users []DelegateMessage `x:"m:ResponseMessages/m:DelegateUserResponseMessageType"`
	// Deliver is in the answer to GetDelegate alone.
	Deliver string `x:"m:DeliverMeetingRequests"`
}

// DelegateMessage is the answer for one delegate.
type DelegateMessage struct {
	Message
	User *DelegateUser `x:"m:DelegateUser"`
}

// Op returns the operation that is answered.
func (d DelegateResponse) Op() Op { return d.Of }

func (d DelegateResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, d, "m:"+string(d.Of)+"Response")
}
