package ews

import "time"

// FindItem asks for items of folders (MS docs: FindItem operation). At most one
// of the five views, and one of the two groupings, is there.
type FindItem struct {
	Traversal   Traversal       `x:"@Traversal,need"`
	Shape       ItemShape       `x:"m:ItemShape,need"`
	Page        *IndexedView    `x:"m:IndexedPageItemView"`
	Fraction    *FractionalView `x:"m:FractionalPageItemView"`
	Seek        *SeekView       `x:"m:SeekToConditionPageItemView"`
	Calendar    *CalendarView   `x:"m:CalendarView"`
	Contacts    *ContactsView   `x:"m:ContactsView"`
	Group       *GroupBy        `x:"m:GroupBy"`
	Standard    *StandardGroup  `x:"m:DistinguishedGroupBy"`
	Restriction *Restriction    `x:"m:Restriction"`
	Sort        []FieldOrder    `x:"m:SortOrder/t:FieldOrder"`
	Folders     []FolderID      `x:"m:ParentFolderIds/*,need"` // each is answered by a message of its own
	Query       *QueryString    `x:"m:QueryString"`
}

// Traversal is which items of a folder are looked at.
type Traversal string

// The traversals.
const (
	Shallow     Traversal = "Shallow"
	SoftDeleted Traversal = "SoftDeleted"
	Associated  Traversal = "Associated"
)

// Valid reports whether the schema knows the traversal.
func (t Traversal) Valid() bool { return t == Shallow || t == SoftDeleted || t == Associated }

// AppendText appends the traversal; none stands for Shallow.
func (t Traversal) AppendText(dst []byte) ([]byte, error) {
	if t == "" {
		t = Shallow
	}
	return append(dst, t...), nil
}

// SeekView is a page that begins with the first item for which a condition
// holds.
type SeekView struct {
	Max       *int        `x:"@MaxEntriesReturned"`
	BasePoint BasePoint   `x:"@BasePoint,always"`
	Condition Restriction `x:"t:Condition,need"`
}

// CalendarView shows what a calendar has in a time, occurrences of series one
// by one.
type CalendarView struct {
	Max   *int      `x:"@MaxEntriesReturned"`
	Start time.Time `x:"@StartDate,need"`
	End   time.Time `x:"@EndDate,need"`
}

// ContactsView shows contacts by the initials of their names.
type ContactsView struct {
	Max     *int   `x:"@MaxEntriesReturned"`
	Initial string `x:"@InitialName"`
	Final   string `x:"@FinalName"`
}

// GroupBy puts items into groups of which all have the same value of a
// property. The groups are in the order of the least or the greatest value that
// another property has in each.
type GroupBy struct {
	Order     SortOrder   `x:"@Order,need"`
	Path      Path        `x:"*"`
	Aggregate AggregateOn `x:"t:AggregateOn,need"`
}

// AggregateOn says by which item of a group it is sorted: the Minimum or the
// Maximum of a property.
type AggregateOn struct {
	Aggregate string `x:"@Aggregate,need"`
	Path      Path   `x:"*"`
}

// StandardGroup groups by ConversationTopic, the only standard that there is.
type StandardGroup struct {
	Order SortOrder `x:"@Order,need"`
	By    string    `x:"t:StandardGroupBy,need"`
}

// QueryString is a search in the advanced query syntax.
type QueryString struct {
	Text string `x:"#text"`
}

// Most is how many entries the view of a search asks for at most, nil if it
// does not say (MS docs: MaxEntriesReturned is optional in every view).
func (f FindItem) Most() *int {
	switch {
	case f.Page != nil:
		return f.Page.Max
	case f.Fraction != nil:
		return f.Fraction.Max
	case f.Seek != nil:
		return f.Seek.Max
	case f.Calendar != nil:
		return f.Calendar.Max
	case f.Contacts != nil:
		return f.Contacts.Max
	}
	return nil
}

// Op returns OpFindItem.
func (f FindItem) Op() Op { return OpFindItem }

func (f FindItem) appendTo(dst []byte) []byte { return appendBound(dst, f, "m:FindItem") }

// FindItemMessage is the answer for one folder.
type FindItemMessage struct {
	Message
	Root *ItemPage `x:"m:RootFolder"`
}

// ItemPage is a page of items, or of groups of them.
type ItemPage struct {
	PageInfo
	Items  *[]Object      `x:"t:Items/*"`
	Groups []GroupedItems `x:"t:Groups/t:GroupedItems"`
}

// GroupedItems are the items of one group.
type GroupedItems struct {
	Index string   `x:"t:GroupIndex,always"`
	Items []Object `x:"t:Items/*,always"`
}

// FindItemResponse answers FindItem: one message for each folder, in order.
type FindItemResponse struct {
	Messages []FindItemMessage `x:"m:ResponseMessages/m:FindItemResponseMessage,always"`
}

// Op returns OpFindItem.
func (f FindItemResponse) Op() Op { return OpFindItem }

func (f FindItemResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, f, "m:FindItemResponse")
}

// Found is a page of items, the only one of a folder.
func Found(items ...Object) FindItemMessage {
	if items == nil {
		items = []Object{}
	}
	return FindItemMessage{Root: &ItemPage{PageInfo: PageInfo{Last: true, Total: len(items)}, Items: &items}}
}
