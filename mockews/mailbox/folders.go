package mailbox

import (
	"slices"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// folding are the operations that make, change and take away folders.
func (j *job) folding(body ews.Body) ews.Response {
	switch b := body.(type) {
	case ews.CreateFolder:
		return ews.CreateFolderResponse{Messages: j.createFolders(b.Parent.ID, b.Folders)}
	case ews.CreateFolderPath:
		j.private = true
		return j.createFolderPath(b)
	case ews.UpdateFolder:
		return j.updateFolder(b)
	case ews.DeleteFolder:
		return j.deleteFolder(b)
	case ews.MoveFolder:
		return ews.MoveFolderResponse{Messages: j.relocateFolders(b.Folders, b.To.ID, true)}
	case ews.CopyFolder:
		j.private = true
		return ews.CopyFolderResponse{Messages: j.relocateFolders(b.Folders, b.To.ID, false)}
	case ews.EmptyFolder:
		j.private = true
		return j.emptyFolder(b)
	}
	return nil
}

func (j *job) createFolders(parent ews.FolderID, folders []ews.Object) []ews.FoldersMessage {
	messages := make([]ews.FoldersMessage, len(folders))
	for i, o := range folders {
		m := &messages[i]
		m.Message = j.try(func() ews.Code {
			return j.visit(parent, access.CreateSubfolders, func(p place) ews.Code { return p.createFolder(j, o, m, false) })
		})
	}
	return messages
}

// createFolder makes a folder of what a request says. One of that name may be there already if it is to be on a path.
func (p place) createFolder(j *job, o ews.Object, m *ews.FoldersMessage, onPath bool) ews.Code {
	name := strings.TrimSpace(o.Text("folder:DisplayName"))
	switch {
	case name == "":
		return "ErrorFolderSavePropertyError"
	case p.folder.kind == ews.KindSearchFolder:
		return "ErrorInvalidParentFolder"
	case overrides(o):
		return "ErrorNoFolderClassOverride"
	}
	if there := p.named(p.folder, name); there != nil {
		if !onPath {
			return "ErrorFolderExists"
		}
		m.Folders = []ews.Object{p.folderReceipt(there)}
		return ews.NoError
	}
	f := newFolder(o, name)
	f.parent = p.folder.number
	f.path = pathOf(p.folders, f)
	if code := p.entrust(j, f, o); code != ews.NoError {
		return code
	}
	m.Folders = []ews.Object{p.folderReceipt(p.makeFolder(p.folder, f))}
	return ews.NoError
}

// overrides reports whether a folder of a kind of its own is to have the class of another one (MS docs: ResponseCode,
// ErrorNoFolderClassOverride).
func overrides(o ews.Object) bool {
	class := o.Text("folder:FolderClass")
	return class != "" && o.Kind != ews.KindFolder && o.Kind != ews.KindSearchFolder && folderKind(class) != o.Kind
}

// newFolder is a folder as a request describes it. One that is said to be nothing in particular has no class: exchangelib
// reads it back as what it made it.
func newFolder(o ews.Object, name string) *folder {
	f := &folder{name: name, kind: o.Kind, class: o.Text("folder:FolderClass")}
	if f.class == "" {
		f.class = map[ews.Kind]string{
			ews.KindCalendarFolder: appointment, ews.KindContactsFolder: contact, ews.KindTasksFolder: task,
		}[o.Kind]
	}
	if o.Kind == ews.KindFolder {
		f.kind = folderKind(f.class)
	}
	for path, v := range o.All() {
		if path.URI == "" {
			f.extended.Set(path, v)
		}
	}
	if search, ok := o.Get(ews.Path{URI: "folder:SearchParameters"}).(ews.SearchParameters); ok {
		f.search = &search
	}
	return f
}

// makeFolder puts a new folder into one.
func (b *box) makeFolder(parent, f *folder) *folder {
	f.number, f.parent, f.owned = uint32(len(b.folders)), parent.number, true
	f.version = b.stamp()
	b.folders = append(b.folders, f)
	f.path = pathOf(b.folders, f)
	f.created = b.write(change{what: created, folder: f.number, parent: parent.number})
	return f
}

// named is the folder of that name in another one, nil if there is none.
func (b *box) named(parent *folder, name string) *folder {
	for _, f := range b.children(parent.number) {
		if strings.EqualFold(f.name, name) {
			return f
		}
	}
	return nil
}

func (p place) folderReceipt(f *folder) ews.Object {
	o := ews.Object{Kind: f.kind}
	o.Put(folderIDKey, p.folderID(f))
	return o
}

// createFolderPath makes folders in one another, as far as they are not there.
func (j *job) createFolderPath(b ews.CreateFolderPath) ews.Response {
	r := ews.CreateFolderPathResponse{Messages: make([]ews.FoldersMessage, len(b.Path))}
	parent := b.Parent.ID
	for i, o := range b.Path {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			return j.visit(parent, access.CreateSubfolders, func(p place) ews.Code { return p.createFolder(j, o, m, true) })
		})
		if len(m.Folders) == 0 {
			j.stopped = true
			continue
		}
		parent, _ = m.Folders[0].Get(folderIDKey.Path()).(ews.FolderID)
	}
	return r
}

func (j *job) updateFolder(b ews.UpdateFolder) ews.Response {
	r := ews.UpdateFolderResponse{Messages: make([]ews.FoldersMessage, len(b.Changes))}
	for i, c := range b.Changes {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			return j.visit(c.ID, access.SetPermissions, func(p place) ews.Code {
				if p.folder.path == access.PublicRoot {
					return "ErrorOperationNotAllowedWithPublicFolderRoot"
				}
				if code := p.updateOne(j, c.Updates); code != ews.NoError {
					return code
				}
				m.Folders = []ews.Object{p.folderReceipt(p.box.folder(p.folder.number))}
				return ews.NoError
			})
		})
	}
	return r
}

// updateOne changes the folder, all at once or not at all.
func (p place) updateOne(j *job, updates []ews.FieldUpdate) ews.Code {
	f := *p.folder
	f.owned, f.extended = true, p.folder.extended.Clone()
	var permissions *ews.PermissionSet
	for _, u := range updates {
		if u.Path == folderPermsKey.Path() && u.Kind != ews.AppendField {
			set, ok := u.Object.Get(u.Path).(ews.PermissionSet)
			if !ok && u.Kind == ews.SetField {
				return "ErrorUpdatePropertyMismatch"
			}
			permissions = &set // to delete the property is to delete all permissions
			continue
		}
		if code := p.applyToFolder(&f, u); code != ews.NoError {
			return code
		}
	}
	if permissions != nil {
		if code := p.permit(j, &f, *permissions); code != ews.NoError {
			return code
		}
	}
	p.keepFolder(j, &f, modified)
	return ews.NoError
}

// applyToFolder carries out one change of a property.
func (p place) applyToFolder(f *folder, u ews.FieldUpdate) ews.Code {
	value := u.Object.Get(u.Path)
	switch {
	case u.Kind == ews.AppendField:
		return "ErrorInvalidPropertyAppend"
	case u.Path.URI == "" && u.Kind == ews.DeleteField:
		f.extended.Remove(u.Path)
	case u.Kind == ews.DeleteField:
		return "ErrorInvalidPropertyDelete"
	case value == nil:
		return "ErrorUpdatePropertyMismatch"
	case u.Path.URI == "":
		f.extended.Set(u.Path, value)
	case u.Path.URI == "folder:DisplayName":
		return p.rename(f, value.(string))
	case u.Path.URI == "folder:FolderClass":
		class := value.(string)
		if f.kind != ews.KindSearchFolder && folderKind(class) != f.kind {
			return "ErrorObjectTypeChanged"
		}
		f.class = class
	case u.Path.URI == "folder:SearchParameters":
		search := value.(ews.SearchParameters)
		f.search = &search
	default:
		return "ErrorInvalidPropertySet"
	}
	return ews.NoError
}

func (p place) rename(f *folder, name string) ews.Code {
	name = strings.TrimSpace(name)
	if name == "" {
		return "ErrorFolderSavePropertyError"
	}
	if there := p.named(p.box.folder(f.parent), name); there != nil && there.number != f.number {
		return "ErrorFolderExists"
	}
	f.name = name
	return ews.NoError
}

// keepFolder puts a changed folder in place of what it was. The guard knows folders by their paths: permissions go with them.
func (p place) keepFolder(j *job, f *folder, what happening) {
	was := p.box.folder(f.number)
	f.version = p.stamp()
	p.folders[f.number] = f
	if f.parent != was.parent || f.name != was.name {
		p.repath(j, f)
	}
	p.write(change{what: what, folder: f.number, parent: f.parent, oldFolder: f.number, oldParent: was.parent})
}

// repath gives the folder, and those in it, the paths of where they are now.
func (p place) repath(j *job, f *folder) {
	if f.distinguished == "" {
		old := f.path
		f.path = pathOf(p.folders, f)
		p.movePermissions(f, old)
	}
	for _, c := range p.children(f.number) {
		p.repath(j, p.own(c))
	}
}

func (j *job) deleteFolder(b ews.DeleteFolder) ews.Response {
	r := ews.DeleteFolderResponse{Messages: make([]ews.PlainMessage, len(b.Folders))}
	for i, id := range b.Folders {
		r.Messages[i].Message = j.try(func() ews.Code {
			return j.visit(id, access.SetPermissions, func(p place) ews.Code {
				if p.folder.path == access.PublicRoot {
					return "ErrorOperationNotAllowedWithPublicFolderRoot"
				}
				if p.folder.distinguished != "" {
					return "ErrorDeleteDistinguishedFolder"
				}
				p.discardFolder(j, b.Disposal)
				return ews.NoError
			})
		})
	}
	return r
}

// discardFolder deletes the folder: for good, with all that is in it, or to the deleted items.
func (p place) discardFolder(j *job, how ews.Disposal) {
	name := "deleteditems"
	if how == ews.SoftDelete || p.folder.path.Public() {
		name = "recoverableitemsdeletions"
	}
	to := p.distinguished(name)
	if how == ews.HardDelete || p.within(p.folder, to.number) {
		p.erase(j, p.folder)
		return
	}
	p.moveFolder(j, p.folder, to)
}

// moveFolder moves a folder into another one, under another name if there is one of its own.
func (p place) moveFolder(j *job, f, to *folder) {
	c := *f
	c.owned, c.parent = true, to.number
	for n := 1; p.named(to, c.name) != nil; n++ {
		c.name = f.name + strings.Repeat("1", n)
	}
	p.keepFolder(j, &c, moved)
}

// erase takes a folder away for good, and all that is in it.
func (p place) erase(j *job, f *folder) {
	for _, c := range p.children(f.number) {
		p.erase(j, c)
	}
	p.empty(f, ews.HardDelete)
	p.write(change{what: deleted, folder: f.number, parent: f.parent})
	p.forget(f)
	p.folders[f.number] = nil
}

// empty deletes the items of a folder.
func (p place) empty(f *folder, how ews.Disposal) {
	uids := slices.Concat(p.list(f), f.hidden)
	for _, uid := range uids {
		if it := p.item(p.box.folder(f.number), uid); it != nil {
			p.discard(it, how)
		}
	}
}

func (j *job) emptyFolder(b ews.EmptyFolder) ews.Response {
	r := ews.EmptyFolderResponse{Messages: make([]ews.PlainMessage, len(b.Folders))}
	for i, id := range b.Folders {
		r.Messages[i].Message = j.try(func() ews.Code {
			return j.visit(id, access.DeleteAll, func(p place) ews.Code { return p.emptyOne(j, b) })
		})
	}
	return r
}

// emptyOne empties the folder, and takes away the folders in it that users have made, if that is asked for.
func (p place) emptyOne(j *job, b ews.EmptyFolder) ews.Code {
	if p.folder.parent == 0 || p.folder.kind == ews.KindSearchFolder {
		return "ErrorCannotEmptyFolder"
	}
	if b.Disposal != ews.MoveToDeletedItems || p.folder.distinguished != "deleteditems" {
		p.empty(p.folder, b.Disposal)
	}
	if !b.Subfolders {
		return ews.NoError
	}
	for _, c := range p.children(p.folder.number) {
		if c.distinguished == "" {
			inner := p
			inner.folder = c
			inner.discardFolder(j, b.Disposal)
		}
	}
	return ews.NoError
}

func (j *job) relocateFolders(folders []ews.FolderID, to ews.FolderID, move bool) []ews.FoldersMessage {
	messages := make([]ews.FoldersMessage, len(folders))
	for i, id := range folders {
		m := &messages[i]
		m.Message = j.try(func() ews.Code {
			owner, number, code := j.locate(to)
			if code == ews.NoError {
				code = j.enter(owner, number, access.CreateSubfolders, false, func(place) ews.Code { return ews.NoError })
			}
			if code == ews.ErrorFolderNotFound {
				return "ErrorToFolderNotFound"
			}
			if code != ews.NoError {
				return code
			}
			verb := access.Read
			if move {
				verb = access.SetPermissions
			}
			return j.visit(id, verb, func(p place) ews.Code { return p.relocateFolder(j, owner, number, move, m) })
		})
	}
	return messages
}

func (p place) relocateFolder(j *job, owner access.Principal, number uint32, move bool, m *ews.FoldersMessage) ews.Code {
	to := p.box.folder(number)
	switch {
	case move && p.folder.path == access.PublicRoot:
		return "ErrorOperationNotAllowedWithPublicFolderRoot"
	case owner != p.owner || p.folder.path.Public() != to.path.Public():
		return "ErrorCrossMailboxMoveCopy"
	case move && p.folder.distinguished != "":
		return "ErrorMoveDistinguishedFolder"
	case p.within(to, p.folder.number):
		return "ErrorMoveCopyFailed"
	case move && to.number == p.folder.parent:
		m.Folders = []ews.Object{p.folderReceipt(p.folder)}
		return ews.NoError
	case p.named(to, p.folder.name) != nil:
		return "ErrorFolderExists"
	}
	if move {
		p.moveFolder(j, p.folder, to)
		m.Folders = []ews.Object{p.folderReceipt(p.box.folder(p.folder.number))}
		return ews.NoError
	}
	m.Folders = []ews.Object{p.folderReceipt(p.copyFolder(p.folder, to))}
	return ews.NoError
}

// copyFolder copies a folder with all that is in it.
func (p place) copyFolder(f, to *folder) *folder {
	inner := p.children(f.number)
	c := p.makeFolder(to, &folder{name: f.name, class: f.class, kind: f.kind, extended: f.extended.Clone(), search: f.search})
	p.inherit(c)
	for _, uid := range p.list(f) {
		if it := p.item(f, uid); it != nil {
			p.insert(c, it.clone(), change{what: copied, oldItem: it.uid, oldFolder: f.number})
		}
	}
	for _, child := range inner {
		p.copyFolder(child, c)
	}
	return c
}

// folderMAPI is the value of a MAPI property of the folder, nil if it has none.
func (p place) folderMAPI(e ews.Extended) any {
	if set := p.folder.extended.Get(ews.Path{Extended: e}); set != nil {
		return set
	}
	f := p.folder
	switch e.Tag {
	case 0x3001:
		return f.name
	case 0x3613:
		return nonEmpty(f.class)
	case 0x360a: // PidTagSubfolders
		return map[bool]string{true: "true", false: "false"}[p.subfolders(f) > 0]
	case 0x10f4: // PidTagAttributeHidden
		return "false"
	case 0x6698: // PR_REPLICA_LIST
		return p.replicaList(f)
	case 0x3601: // PidTagFolderType: 1 is one that holds items
		return "1"
	}
	return nil
}
