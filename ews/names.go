package ews

// The operations on names and ids (MS docs: ResolveNames, ExpandDL and
// ConvertId operation).
const (
	OpResolveNames Op = "ResolveNames"
	OpExpandDL     Op = "ExpandDL"
	OpConvertID    Op = "ConvertId"
)

// ResolveNames asks whom a name may mean.
type ResolveNames struct {
	FullContact bool       `x:"@ReturnFullContactData,always"`
	Scope       string     `x:"@SearchScope"`      // ActiveDirectory, ActiveDirectoryContacts, Contacts, ContactsActiveDirectory
	Shape       Shape      `x:"@ContactDataShape"` // IdOnly, Default, AllProperties
	Folders     []FolderID `x:"m:ParentFolderIds/*"`
	Entry       string     `x:"m:UnresolvedEntry,need"`
}

// Op returns OpResolveNames.
func (r ResolveNames) Op() Op { return OpResolveNames }

func (r ResolveNames) appendTo(dst []byte) []byte { return appendBound(dst, r, "m:ResolveNames") }

// ResolveNamesMessage is the answer to ResolveNames.
type ResolveNamesMessage struct {
	Message
	Set *ResolutionSet `x:"m:ResolutionSet"`
}

// ResolutionSet is whom the name may mean.
type ResolutionSet struct {
	Total       int          `x:"@TotalItemsInView,always"`
	Last        bool         `x:"@IncludesLastItemInRange,always"`
	Resolutions []Resolution `x:"t:Resolution"`
}

// Resolution is one whom the name may mean.
type Resolution struct {
	Mailbox Mailbox     `x:"t:Mailbox"`
	Contact *Properties `x:"t:Contact"`
}

// ResolveNamesResponse answers ResolveNames.
type ResolveNamesResponse struct {
	Messages []ResolveNamesMessage `x:"m:ResponseMessages/m:ResolveNamesResponseMessage,always"`
}

// Op returns OpResolveNames.
func (r ResolveNamesResponse) Op() Op { return OpResolveNames }

func (r ResolveNamesResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, r, "m:ResolveNamesResponse")
}

// ExpandDL asks who is on a distribution list.
type ExpandDL struct {
	Mailbox Mailbox `x:"m:Mailbox,need"`
}

// Op returns OpExpandDL.
func (e ExpandDL) Op() Op { return OpExpandDL }

func (e ExpandDL) appendTo(dst []byte) []byte { return appendBound(dst, e, "m:ExpandDL") }

// ExpandDLMessage is the answer to ExpandDL.
type ExpandDLMessage struct {
	Message
	Expansion *Expansion `x:"m:DLExpansion"`
}

// Expansion is who is on the list.
type Expansion struct {
	Total     int       `x:"@TotalItemsInView,always"`
	Last      bool      `x:"@IncludesLastItemInRange,always"`
	Mailboxes []Mailbox `x:"t:Mailbox"`
}

// ExpandDLResponse answers ExpandDL.
type ExpandDLResponse struct {
	Messages []ExpandDLMessage `x:"m:ResponseMessages/m:ExpandDLResponseMessage,always"`
}

// Op returns OpExpandDL.
func (e ExpandDLResponse) Op() Op { return OpExpandDL }

func (e ExpandDLResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, e, "m:ExpandDLResponse")
}

// ConvertID asks for ids in another format.
type ConvertID struct {
	Format  string        `x:"@DestinationFormat,need"`
	Sources []AlternateID `x:"m:SourceIds/*,need"`
}

// Op returns OpConvertID.
func (c ConvertID) Op() Op { return OpConvertID }

func (c ConvertID) appendTo(dst []byte) []byte { return appendBound(dst, c, "m:ConvertId") }

// ConvertIDMessage is the answer for one id.
type ConvertIDMessage struct {
	Message
	ID *AlternateID `x:"m:AlternateId"`
}

// ConvertIDResponse answers ConvertID.
type ConvertIDResponse struct {
	Messages []ConvertIDMessage `x:"m:ResponseMessages/m:ConvertIdResponseMessage,always"`
}

// Op returns OpConvertID.
func (c ConvertIDResponse) Op() Op { return OpConvertID }

func (c ConvertIDResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, c, "m:ConvertIdResponse")
}
