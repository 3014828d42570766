package mailbox

import (
	"encoding/base64"
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// Public folders are a tree in the mailbox that has their hierarchy. Each of them has a mailbox that has its content (MS docs: Public folder
// access with EWS in Exchange): that is where requests for it go. The store keeps what is in them with the hierarchy, so that all
// public folder mailboxes agree at any time, which those of a real organisation do after a while.

// notWithPublicFolders answers what servers do not support on public folders since Exchange 2013 (MS docs: Public folder access
// with EWS in Exchange). The page names no code; this one is the mock's choice.
const notWithPublicFolders ews.Code = "ErrorInvalidOperation"

// noPublicFolders is the code of an organisation without any: exchangelib takes it for that (folders/roots.py).
const noPublicFolders ews.Code = "ErrorNoPublicFolderReplicaAvailable"

// publicRows are the public folders that the seed gives.
func publicRows() []row {
	const top = string(access.PublicRoot)
	return []row{
		{top, "IPM_SUBTREE", note, "", 0},
		{"", "Announcements", note, top, 30},
		{"", "Departments", note, top, 8},
		{"", "Facilities", note, "Departments", 20},
		{"", "Purchasing", note, "Departments", 25},
		{"", "Company Calendar", appointment, top, 20},
		{"", "Suppliers", contact, top, 30},
	}
}

// hierarchy is the mailbox that has the hierarchy of public folders, 0 if there are none.
func (s *Store) hierarchy() access.Principal {
	if all := s.dir.PublicFolderMailboxes(); len(all) > 0 {
		return all[0]
	}
	return 0
}

// isPublic reports whether a folder of a mailbox may be a public one, without a look into the mailbox.
func (s *Store) isPublic(owner access.Principal, number uint32) bool {
	return owner != 0 && owner == s.hierarchy() && number >= planned().public[0].number
}

// replica is the mailbox that has the content of a public folder. The root has none but the hierarchy.
func (s *Store) replica(number uint32) access.Principal {
	all := s.dir.PublicFolderMailboxes()
	if number == planned().public[0].number {
		return all[0]
	}
	return all[s.pick("public folder", uint64(number), len(all))]
}

// replicaList is the property PR_REPLICA_LIST: the GUID of the mailbox that has the content, with a zero behind it (MS docs: Route
// public folder content requests). Other folders have none.
func (p place) replicaList(f *folder) any {
	if !f.path.Public() {
		return nil
	}
	guid := p.store.guidText(p.store.replica(f.number))
	return base64.StdEncoding.EncodeToString(append(guid[:], 0))
}

// publicRoot is where the public folders are.
func (j *job) publicRoot() (owner access.Principal, number uint32, code ews.Code) {
	owner = j.hierarchy()
	if owner == 0 {
		return 0, 0, noPublicFolders
	}
	return owner, planned().public[0].number, ews.NoError
}

// makeOwner makes the actor the owner of a public folder that it is about to make, unless the request has said who is.
func (j *job) makeOwner(hierarchy access.Principal, path access.Folder, said bool) {
	mailbox, owner := j.dir.Address(hierarchy), access.FolderGrant{User: j.dir.Address(j.Actor), Level: access.LevelOwner}
	_ = j.guard.Change(func(g *access.Grants) error {
		if !said {
			g.Folders = slices.DeleteFunc(g.Folders, func(f access.FolderGrant) bool {
				return f.Mailbox == mailbox && f.Folder == path && f.User == owner.User
			})
		}
		g.AddFolder(mailbox, path, []access.FolderGrant{owner})
		return nil
	})
}

// aboutHierarchy reports whether a request is for the mailbox with the hierarchy, if it is about public folders (MS docs: Public
// folder access with EWS in Exchange, "Routing public folder requests").
func aboutHierarchy(body ews.Body) bool {
	switch body.(type) {
	case ews.CreateFolder, ews.FindFolder, ews.DeleteFolder, ews.UpdateFolder, ews.MoveFolder:
		return true
	}
	return false
}

// FindGUID is whose mailbox an address names whose local part is the mailbox's GUID, 0 for any other address.
func (s *Store) FindGUID(address string) access.Principal {
	if len(address) <= guidText || address[guidText] != '@' {
		return 0
	}
	return s.ownerOf(address[:guidText])
}
