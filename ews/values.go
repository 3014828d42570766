package ews

import (
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlbind"
)

// The values that properties have beside text, numbers, booleans, times and
// bytes. Each is the content of its property's element.

// Strings are t:String children.
type Strings struct {
	Strings []string `x:"t:String"`
}

// Binaries are t:Base64Binary children.
type Binaries struct {
	Binaries [][]byte `x:"t:Base64Binary"`
}

// Sensitivity says how private an item is: Normal, Personal, Private or
// Confidential.
type Sensitivity string

// Valid reports whether the schema knows the value.
func (s Sensitivity) Valid() bool {
	return s == "Normal" || s == "Personal" || s == "Private" || s == "Confidential"
}

// Importance is Low, Normal or High.
type Importance string

// Valid reports whether the schema knows the value.
func (i Importance) Valid() bool { return i == "Low" || i == "Normal" || i == "High" }

// Mailbox is somebody's name and address (MS docs: Mailbox).
type Mailbox struct {
	Name        string  `x:"t:Name"`
	Address     string  `x:"t:EmailAddress"`
	RoutingType string  `x:"t:RoutingType"`
	MailboxType string  `x:"t:MailboxType"` // Mailbox, Contact, PublicDL, PrivateDL, OneOff, ...
	ItemID      *ItemID `x:"t:ItemId"`
}

// Recipient is one t:Mailbox: the sender of a message.
type Recipient struct {
	Mailbox Mailbox `x:"t:Mailbox"`
}

// Recipients are t:Mailbox children: to whom a message goes.
type Recipients struct {
	Mailboxes []Mailbox `x:"t:Mailbox"`
}

// BodyType says what a text is written in.
type BodyType string

// The body types.
const (
	BodyHTML BodyType = "HTML"
	BodyText BodyType = "Text"
)

// Valid reports whether the schema knows the value.
func (b BodyType) Valid() bool { return b == BodyHTML || b == BodyText }

// BodyContent is the text of an item (MS docs: Body).
type BodyContent struct {
	BodyType    BodyType `x:"@BodyType,need"`
	IsTruncated bool     `x:"@IsTruncated"`
	Text        string   `x:"#text"`
}

// MimeContent is an item as an Internet message (MS docs: MimeContent).
type MimeContent struct {
	CharacterSet string `x:"@CharacterSet"`
	Content      []byte `x:"#text"`
}

// InternetHeader is one line of an Internet message's header.
type InternetHeader struct {
	Name  string `x:"@HeaderName,need"`
	Value string `x:"#text"`
}

// InternetHeaders are an Internet message's header.
type InternetHeaders struct {
	Headers []InternetHeader `x:"t:InternetMessageHeader"`
}

// EffectiveRights are what the caller may do with an item or a folder.
type EffectiveRights struct {
	CreateAssociated bool `x:"t:CreateAssociated,always"`
	CreateContents   bool `x:"t:CreateContents,always"`
	CreateHierarchy  bool `x:"t:CreateHierarchy,always"`
	Delete           bool `x:"t:Delete,always"`
	Modify           bool `x:"t:Modify,always"`
	Read             bool `x:"t:Read,always"`
	ViewPrivateItems bool `x:"t:ViewPrivateItems,always"`
}

// Flag marks an item for later (MS docs: Flag). Status is NotFlagged, Flagged or
// Complete.
type Flag struct {
	Status       string     `x:"t:FlagStatus,always"`
	StartDate    *time.Time `x:"t:StartDate"`
	DueDate      *time.Time `x:"t:DueDate"`
	CompleteDate *time.Time `x:"t:CompleteDate"`
}

// RetentionTag names a retention policy.
type RetentionTag struct {
	IsExplicit bool   `x:"@IsExplicit,always"`
	ID         string `x:"#text"`
}

// ResponseObjects are the ways to answer to an item, as elements without
// content.
type ResponseObjects struct {
	Kinds []ResponseObject `x:"*"`
}

// ResponseObject is one way to answer.
type ResponseObject struct{ Kind Kind }

// AppendElement appends the way as an empty element.
func (o ResponseObject) AppendElement(dst []byte) []byte {
	dst = append(dst, "<t:"...)
	dst = append(dst, o.Kind...)
	return append(dst, "/>"...)
}

// ReadElement reads the current element.
func (o *ResponseObject) ReadElement(r *xmlbind.Reader) bool {
	o.Kind = Kind(strings.Clone(r.Name()))
	return o.Kind.IsResponse()
}

// Objects are items, one element each.
type Objects struct {
	Objects []Object `x:"*"`
}

// CompleteName is a contact's name in parts.
type CompleteName struct {
	Title      string `x:"t:Title"`
	FirstName  string `x:"t:FirstName"`
	MiddleName string `x:"t:MiddleName"`
	LastName   string `x:"t:LastName"`
	Suffix     string `x:"t:Suffix"`
	Initials   string `x:"t:Initials"`
	FullName   string `x:"t:FullName"`
	Nickname   string `x:"t:Nickname"`
}

// Entry is a text in a dictionary: a phone number under its key.
type Entry struct {
	Key   string `x:"@Key,need"`
	Value string `x:"#text"`
}

// Entries are a dictionary of texts.
type Entries struct {
	Entries []Entry `x:"t:Entry"`
}

// EmailEntry is an address of a contact under its key, EmailAddress1 to 3.
type EmailEntry struct {
	Key         string `x:"@Key,need"`
	Name        string `x:"@Name"`
	RoutingType string `x:"@RoutingType"`
	MailboxType string `x:"@MailboxType"`
	Address     string `x:"#text"`
}

// EmailAddresses are the addresses of a contact.
type EmailAddresses struct {
	Entries []EmailEntry `x:"t:Entry"`
}

// PhysicalAddress is where a contact is: Business, Home or Other.
type PhysicalAddress struct {
	Key             string `x:"@Key,need"`
	Street          string `x:"t:Street"`
	City            string `x:"t:City"`
	State           string `x:"t:State"`
	CountryOrRegion string `x:"t:CountryOrRegion"`
	PostalCode      string `x:"t:PostalCode"`
}

// PhysicalAddresses are the places of a contact.
type PhysicalAddresses struct {
	Entries []PhysicalAddress `x:"t:Entry"`
}

// Member is one of a distribution list's.
type Member struct {
	Key     string  `x:"@Key"`
	Mailbox Mailbox `x:"t:Mailbox"`
	Status  string  `x:"t:Status"`
}

// Members are those on a distribution list.
type Members struct {
	Members []Member `x:"t:Member"`
}

// TaskStatus is how far a task has come.
type TaskStatus string

// Valid reports whether the schema knows the value.
func (s TaskStatus) Valid() bool {
	switch s {
	case "NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred":
		return true
	}
	return false
}
