package ews

// GetFolder asks for folders by id (MS docs: GetFolder operation).
type GetFolder struct {
	Shape   Shape
	Folders []FolderID // at least one
}

// Op returns OpGetFolder.
func (g GetFolder) Op() Op { return OpGetFolder }

func (g GetFolder) appendTo(dst []byte) []byte {
	dst = append(dst, "<m:GetFolder>"...)
	dst = appendShape(dst, "m:FolderShape", g.Shape)
	dst = appendFolderIDs(dst, "m:FolderIds", g.Folders...)
	return append(dst, "</m:GetFolder>"...)
}

func (p *parser) getFolder() Body {
	var g GetFolder
	for depth := p.Depth(); p.child(depth); {
		switch p.name() {
		case "FolderShape":
			g.Shape = p.shape()
		case "FolderIds":
			g.Folders = p.folderIDs()
		default:
			p.unexpected()
		}
	}
	p.require(g.Shape != "", "FolderShape")
	p.require(g.Folders != nil, "FolderIds")
	return g
}

// FolderMessage is the answer for one folder.
type FolderMessage struct {
	Message
	Folder Folder // with Success only
}

// GetFolderResponse answers GetFolder: one message for each folder, in order.
type GetFolderResponse struct {
	Shape    Shape
	Messages []FolderMessage
}

// Op returns OpGetFolder.
func (g GetFolderResponse) Op() Op { return OpGetFolder }

func (g GetFolderResponse) appendTo(dst []byte) []byte {
	dst = appendResponseOpen(dst, "m:GetFolderResponse")
	dst = append(dst, "<m:ResponseMessages>"...)
	for i := range g.Messages {
		dst = g.Messages[i].appendTo(dst, g.Shape)
	}
	return append(dst, "</m:ResponseMessages></m:GetFolderResponse>"...)
}

func (m *FolderMessage) appendTo(dst []byte, s Shape) []byte {
	dst = m.Message.appendOpen(dst, "m:GetFolderResponseMessage")
	if m.failed() {
		return append(dst, "<m:Folders/></m:GetFolderResponseMessage>"...)
	}
	dst = append(dst, "<m:Folders>"...)
	dst = m.Folder.appendTo(dst, s)
	return append(dst, "</m:Folders></m:GetFolderResponseMessage>"...)
}
