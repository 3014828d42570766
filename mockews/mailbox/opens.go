package mailbox

import (
	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// Opens is whose mailbox a request is for: that of the first folder or item that it names. It is 0 for a request that names
// none, and for one that names a folder as the actor's own. What the request says of others it may be refused for later.
func (s *Store) Opens(body ews.Body) access.Principal {
	folder, item := firstNamed(body)
	switch {
	case item != "":
		return s.ownerOfID(item)
	case folder == nil:
		return 0
	case folder.Distinguished == "":
		return s.ownerOfID(folder.ID)
	case folder.Mailbox == "":
		return 0
	}
	owner, _ := s.dir.Find(folder.Mailbox)
	return owner
}

// ownerOfID is whose mailbox an id is of, 0 for a text that is no id.
func (s *Store) ownerOfID(id string) access.Principal {
	r, ok := decode(id)
	if !ok {
		return 0
	}
	return s.ownerOf(r.mailbox)
}

// firstNamed is the first folder or item that a request names.
func firstNamed(body ews.Body) (*ews.FolderID, string) {
	switch b := body.(type) {
	case ews.GetFolder:
		return firstFolder(b.Folders), ""
	case ews.FindItem:
		return firstFolder(b.Folders), ""
	case ews.FindFolder:
		return firstFolder(b.Parents), ""
	case ews.SyncFolderItems:
		return &b.Folder.ID, ""
	case ews.SyncFolderHierarchy:
		return targetOf(b.Folder), ""
	case ews.CreateItem:
		return targetOf(b.Folder), ""
	case ews.CreateFolder:
		return &b.Parent.ID, ""
	case ews.DeleteFolder:
		return firstFolder(b.Folders), ""
	case ews.EmptyFolder:
		return firstFolder(b.Folders), ""
	case ews.MarkAllItemsAsRead:
		return firstFolder(b.Folders), ""
	}
	return nil, firstItem(body)
}

// firstItem is the id of the first item that a request names, or of its attachment.
func firstItem(body ews.Body) string {
	switch b := body.(type) {
	case ews.GetItem:
		return firstRef(b.Items)
	case ews.UpdateItem:
		if len(b.Changes) > 0 {
			return b.Changes[0].ID.ID
		}
	case ews.DeleteItem:
		return firstRef(b.Items)
	case ews.MoveItem:
		return firstRef(b.Items)
	case ews.CopyItem:
		return firstRef(b.Items)
	case ews.SendItem:
		return firstRef(b.Items)
	case ews.MarkAsJunk:
		return firstRef(b.Items)
	case ews.ExportItems:
		if len(b.Items) > 0 {
			return b.Items[0].ID
		}
	case ews.GetAttachment:
		if len(b.IDs) > 0 {
			return b.IDs[0].ID
		}
	case ews.CreateAttachment:
		return b.Parent.ID
	}
	return ""
}

func firstFolder(ids []ews.FolderID) *ews.FolderID {
	if len(ids) == 0 {
		return nil
	}
	return &ids[0]
}

func targetOf(t *ews.TargetFolder) *ews.FolderID {
	if t == nil {
		return nil
	}
	return &t.ID
}

func firstRef(refs []ews.ItemRef) string {
	if len(refs) == 0 {
		return ""
	}
	return refs[0].ID
}
