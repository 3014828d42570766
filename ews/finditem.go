package ews

// FindItem asks for a page of a folder's items (MS docs: FindItem operation).
type FindItem struct {
	Shape      Shape
	Folder     FolderID
	Also       []FolderID // further folders; each is answered by a message of its own
	MaxEntries int        // page size in items; 0: the server's own limit
	Offset     int        // items to pass over
}

// FindItemMessage is the answer for one folder.
type FindItemMessage struct {
	Message
	Items      []Item
	NextOffset int  // where the next page begins
	Total      int  // items in the folder
	Last       bool // no further page
}

// FindItemResponse answers FindItem.
type FindItemResponse struct {
	Shape    Shape
	Messages []FindItemMessage
}

// Op returns OpFindItem.
func (f FindItem) Op() Op { return OpFindItem }

func (f FindItem) appendTo(dst []byte) []byte { return dst }

// Op returns OpFindItem.
func (f FindItemResponse) Op() Op { return OpFindItem }

func (f FindItemResponse) appendTo(dst []byte) []byte { return dst }
