package ews

import "time"

// ItemID names an item. The ID is opaque; the ChangeKey names a version of it.
type ItemID struct{ ID, ChangeKey string }

// EmailAddress is somebody's name and SMTP address.
type EmailAddress struct{ Name, Address string }

// Item is a mailbox item as answers show it.
type Item struct {
	ID       ItemID
	Parent   FolderID
	Class    string // "IPM.Note", ...; empty stands for "IPM.Note"
	Subject  string
	Body     string // plain text; only GetItem shows it
	Received time.Time
	Size     int // bytes
	Sender   EmailAddress
	From     EmailAddress
	Read     bool
}
