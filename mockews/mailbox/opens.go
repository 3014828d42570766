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
		return s.holderOf(item, false)
	case folder == nil:
		return 0
	case folder.Distinguished == "":
		return s.holderOf(folder.ID, aboutHierarchy(body))
	case folder.Distinguished == string(access.PublicRoot):
		return s.hierarchy()
	case folder.Mailbox == "":
		return 0
	}
	owner, _ := s.dir.Find(folder.Mailbox)
	return owner
}

// holderOf is whose mailbox holds what an id names, 0 for a text that is no id: of a public folder the content or the hierarchy.
func (s *Store) holderOf(id string, hierarchy bool) access.Principal {
	r, ok := decode(id)
	if !ok {
		return 0
	}
	owner := s.ownerOf(r.mailbox)
	if !hierarchy && s.isPublic(owner, r.folder) {
		return s.replica(r.folder)
	}
	return owner
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
	case ews.MoveFolder:
		return firstFolder(b.Folders), ""
	case ews.UpdateFolder:
		if len(b.Changes) > 0 {
			return &b.Changes[0].ID, ""
		}
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
