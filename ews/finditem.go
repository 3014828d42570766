package ews

// FindItem asks for a page of a folder's items (MS docs: FindItem operation).
// Restrictions, sort orders, groups and other views than the indexed one are
// read over.
type FindItem struct {
	Shape      Shape
	Folder     FolderID
	Also       []FolderID // further folders; each is answered by a message of its own
	MaxEntries int        // page size in items; 0: the server's own limit
	Offset     int        // items to pass over
	Restricted bool       // there is a restriction or a query, which is read over
}

// Op returns OpFindItem.
func (f FindItem) Op() Op { return OpFindItem }

func (f FindItem) appendTo(dst []byte) []byte {
	dst = append(dst, `<m:FindItem Traversal="Shallow">`...)
	dst = appendShape(dst, "m:ItemShape", f.Shape)
	if f.MaxEntries != 0 || f.Offset != 0 {
		dst = f.appendView(dst)
	}
	dst = append(dst, "<m:ParentFolderIds>"...)
	dst = f.Folder.appendTo(dst)
	for i := range f.Also {
		dst = f.Also[i].appendTo(dst)
	}
	return append(dst, "</m:ParentFolderIds></m:FindItem>"...)
}

func (f FindItem) appendView(dst []byte) []byte {
	dst = append(dst, "<m:IndexedPageItemView"...)
	if f.MaxEntries != 0 {
		dst = appendIntAttr(dst, "MaxEntriesReturned", f.MaxEntries)
	}
	dst = appendIntAttr(dst, "Offset", f.Offset)
	return append(dst, ` BasePoint="Beginning"/>`...)
}

func (p *parser) findItem() Body {
	var f FindItem
	p.traversal()
	for depth := p.Depth(); p.child(depth); {
		switch p.name() {
		case "ItemShape":
			f.Shape = p.shape()
		case "IndexedPageItemView":
			f.MaxEntries, f.Offset = p.intAttr("MaxEntriesReturned"), p.intAttr("Offset")
		case "ParentFolderIds":
			if ids := p.folderIDs(); len(ids) > 0 {
				f.Folder, f.Also = ids[0], ids[1:]
			}
		case "Restriction", "QueryString":
			f.Restricted = true
		case "FractionalPageItemView", "SeekToConditionPageItemView", "CalendarView", "ContactsView",
			"GroupBy", "DistinguishedGroupBy", "SortOrder":
		default:
			p.unexpected()
		}
	}
	if len(f.Also) == 0 {
		f.Also = nil
	}
	p.require(f.Shape != "", "ItemShape")
	p.require(f.Folder != FolderID{}, "ParentFolderIds")
	return f
}

// traversal checks the attribute of that name. What it says is not kept: items
// are found as by a shallow one.
func (p *parser) traversal() {
	switch value := p.need("Traversal"); value {
	case "Shallow", "SoftDeleted", "Associated":
	default:
		p.violate("The 'Traversal' attribute is invalid - The value '%s' is invalid according to its datatype '%s:%s'.",
			value, typesURI, "ItemQueryTraversalType")
	}
}

// FindItemMessage is the answer for one folder.
type FindItemMessage struct {
	Message
	Items      []Item
	NextOffset int  // where the next page begins
	Total      int  // items in the folder
	Last       bool // no further page
}

// FindItemResponse answers FindItem: one message for each folder, in order.
type FindItemResponse struct {
	Shape    Shape
	Messages []FindItemMessage
}

// Op returns OpFindItem.
func (f FindItemResponse) Op() Op { return OpFindItem }

func (f FindItemResponse) appendTo(dst []byte) []byte {
	dst = appendResponseOpen(dst, "m:FindItemResponse")
	dst = append(dst, "<m:ResponseMessages>"...)
	for i := range f.Messages {
		dst = f.Messages[i].appendTo(dst, f.Shape)
	}
	return append(dst, "</m:ResponseMessages></m:FindItemResponse>"...)
}

func (m *FindItemMessage) appendTo(dst []byte, s Shape) []byte {
	dst = m.Message.appendOpen(dst, "m:FindItemResponseMessage")
	if m.failed() {
		return append(dst, "</m:FindItemResponseMessage>"...)
	}
	dst = append(dst, "<m:RootFolder"...)
	dst = appendIntAttr(dst, "IndexedPagingOffset", m.NextOffset)
	dst = appendIntAttr(dst, "TotalItemsInView", m.Total)
	dst = appendBoolAttr(dst, "IncludesLastItemInRange", m.Last)
	dst = append(dst, "><t:Items>"...)
	for i := range m.Items {
		dst = m.Items[i].appendTo(dst, s, false)
	}
	return append(dst, "</t:Items></m:RootFolder></m:FindItemResponseMessage>"...)
}
