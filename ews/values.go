package ews

// The values that properties have beside text, numbers, booleans, times and
// bytes. Each is the content of its property's element.

// Strings are t:String children.
type Strings struct {
	Strings []string `x:"t:String"`
}

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

// BodyContent is the text of an item (MS docs: Body).
type BodyContent struct {
	BodyType    string `x:"@BodyType,need"` // "HTML" or "Text"
	IsTruncated bool   `x:"@IsTruncated"`
	Text        string `x:"#text"`
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
