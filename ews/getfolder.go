package ews

// GetFolder asks for folders by id (MS docs: GetFolder operation).
type GetFolder struct {
	Shape   Shape
	Folders []FolderID // at least one
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
func (g GetFolder) Op() Op { return OpGetFolder }

func (g GetFolder) appendTo(dst []byte) []byte { return dst }

// Op returns OpGetFolder.
func (g GetFolderResponse) Op() Op { return OpGetFolder }

func (g GetFolderResponse) appendTo(dst []byte) []byte { return dst }
