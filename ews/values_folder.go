package ews

// UserID names somebody in a permission or as a delegate: one of the first
// two, or the distinguished users Default and Anonymous.
type UserID struct {
	SID                  string `x:"t:SID"`
	PrimarySmtpAddress   string `x:"t:PrimarySmtpAddress"`
	DisplayName          string `x:"t:DisplayName"`
	DistinguishedUser    string `x:"t:DistinguishedUser"`
	ExternalUserIdentity string `x:"t:ExternalUserIdentity"`
}

// PermissionSet is who may do what in a folder (MS docs: PermissionSet). A
// calendar has CalendarPermissions, any other folder Permissions.
type PermissionSet struct {
	Permissions         []Permission `x:"t:Permissions/t:Permission"`
	CalendarPermissions []Permission `x:"t:CalendarPermissions/t:CalendarPermission"`
}

// Permission is what one user may do. Nil is what the request does not say.
type Permission struct {
	UserID           UserID `x:"t:UserId,need"`
	CanCreateItems   *bool  `x:"t:CanCreateItems"`
	CanCreateFolders *bool  `x:"t:CanCreateSubFolders"`
	IsFolderOwner    *bool  `x:"t:IsFolderOwner"`
	IsFolderVisible  *bool  `x:"t:IsFolderVisible"`
	IsFolderContact  *bool  `x:"t:IsFolderContact"`
	EditItems        string `x:"t:EditItems"`   // None, Owned, All
	DeleteItems      string `x:"t:DeleteItems"` // None, Owned, All
	ReadItems        string `x:"t:ReadItems"`   // None, FullDetails; of a calendar TimeOnly, TimeAndSubjectAndLocation too
	Level            string `x:"t:PermissionLevel"`
	CalendarLevel    string `x:"t:CalendarPermissionLevel"`
}

// SearchParameters are what a search folder shows.
type SearchParameters struct {
	Traversal   string      `x:"@Traversal"`
	Restriction Restriction `x:"t:Restriction"`
	Folders     []FolderID  `x:"t:BaseFolderIds/*"`
}
