package ews

// GetFolder asks for folders by id (MS docs: GetFolder operation).
type GetFolder struct {
	Shape   FolderShape `x:"m:FolderShape,need"`
	Folders []FolderID  `x:"m:FolderIds/*,need"`
}

// Op returns OpGetFolder.
func (g GetFolder) Op() Op { return OpGetFolder }

func (g GetFolder) appendTo(dst []byte) []byte { return appendBound(dst, g, "m:GetFolder") }

// GetFolderResponse answers GetFolder: one message for each folder, in order.
type GetFolderResponse struct {
	Messages []FoldersMessage `x:"m:ResponseMessages/m:GetFolderResponseMessage,always"`
}

// Op returns OpGetFolder.
func (g GetFolderResponse) Op() Op { return OpGetFolder }

func (g GetFolderResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetFolderResponse")
}
