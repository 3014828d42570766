package ews

// FolderID names a folder: by its opaque ID, or by the name of a distinguished
// folder ("inbox") and, if it is not the caller's own, the SMTP address of the
// mailbox that it is in.
type FolderID struct {
	ID, ChangeKey string
	Distinguished string
	Mailbox       string
}

// Folder is a mailbox folder as answers show it.
type Folder struct {
	ID               FolderID
	Parent           FolderID
	Class            string // "IPF.Note", "IPF.Appointment", ...; decides the element's name
	DisplayName      string
	TotalCount       int // items in the folder
	ChildFolderCount int
	UnreadCount      int
}
