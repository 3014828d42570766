package ews

// The values that personas have beside those of items (MS docs: Persona).

// PersonaAddresses are t:Address children.
type PersonaAddresses struct {
	Addresses []Mailbox `x:"t:Address"`
}

// PersonaPhone is a number, and what kind of one: Business, Home, Mobile.
type PersonaPhone struct {
	Number string `x:"t:Number,need"`
	Type   string `x:"t:Type,need"`
}

// FolderIDList are t:FolderId children.
type FolderIDList struct {
	IDs []FolderID `x:"t:FolderId"`
}

// Attributions are the contacts out of which a persona is put together.
type Attributions struct {
	Attributions []Attribution `x:"t:Attribution"`
}

// Attribution is one of these contacts. Values refer to it by ID, which is "0" for the first of a persona.
type Attribution struct {
	ID             string   `x:"t:Id,need"`
	Source         ItemID   `x:"t:SourceId,need"`
	DisplayName    string   `x:"t:DisplayName,need"` // Outlook, GAL
	IsWritable     bool     `x:"t:IsWritable,always"`
	IsQuickContact bool     `x:"t:IsQuickContact,always"`
	IsHidden       bool     `x:"t:IsHidden,always"`
	Folder         FolderID `x:"t:FolderId"`
}

// AttributedTexts are texts, each with the contacts that have it.
type AttributedTexts struct {
	Values []AttributedText `x:"t:StringAttributedValue"`
}

// AttributedText is one of them.
type AttributedText struct {
	Value string   `x:"t:Value,need"`
	Of    []string `x:"t:Attributions/t:Attribution,need"`
}

// AttributedPhones are numbers, each with the contacts that have it.
type AttributedPhones struct {
	Values []AttributedPhone `x:"t:PhoneNumberAttributedValue"`
}

// AttributedPhone is one of them.
type AttributedPhone struct {
	Value PersonaPhone `x:"t:Value,need"`
	Of    []string     `x:"t:Attributions/t:Attribution,need"`
}

// AttributedEmails are addresses, each with the contacts that have it.
type AttributedEmails struct {
	Values []AttributedEmail `x:"t:EmailAddressAttributedValue"`
}

// AttributedEmail is one of them.
type AttributedEmail struct {
	Value Mailbox  `x:"t:Value,need"`
	Of    []string `x:"t:Attributions/t:Attribution,need"`
}

// AttributedAddresses are places, each with the contacts that have it.
type AttributedAddresses struct {
	Values []AttributedAddress `x:"t:PostalAddressAttributedValue"`
}

// AttributedAddress is one of them.
type AttributedAddress struct {
	Value PersonaPlace `x:"t:Value,need"`
	Of    []string     `x:"t:Attributions/t:Attribution,need"`
}

// PersonaPlace is where somebody lives or works.
type PersonaPlace struct {
	Street     string `x:"t:Street"`
	City       string `x:"t:City"`
	State      string `x:"t:State"`
	Country    string `x:"t:Country"`
	PostalCode string `x:"t:PostalCode"`
	Type       string `x:"t:Type"`
}

// Bodies are notes, each with the contacts that have it.
type Bodies struct {
	Values []AttributedBody `x:"t:BodyContentAttributedValue"`
}

// AttributedBody is one of them.
type AttributedBody struct {
	Value PersonaNote `x:"t:Value,need"`
	Of    []string    `x:"t:Attributions/t:Attribution,need"`
}

// PersonaNote is a text about somebody.
type PersonaNote struct {
	Text     string   `x:"t:Value,always"`
	BodyType BodyType `x:"t:BodyType,need"`
}
