package mailbox

import (
	"sync"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

func (j *job) getFolder(b ews.GetFolder) ews.Response {
	r := ews.GetFolderResponse{Messages: make([]ews.FoldersMessage, len(b.Folders))}
	for i, id := range b.Folders {
		m := &r.Messages[i]
		m.Message = j.try(func() ews.Code {
			return j.visit(id, access.Open, func(p place) ews.Code {
				m.Folders = []ews.Object{p.showFolder(j, b.Shape)}
				return ews.NoError
			})
		})
	}
	return r
}

// Keys of the properties of folders.
var (
	folderIDKey      = mustKey("folder:FolderId")
	folderParentKey  = mustKey("folder:ParentFolderId")
	folderClassKey   = mustKey("folder:FolderClass")
	folderNameKey    = mustKey("folder:DisplayName")
	folderTotalKey   = mustKey("folder:TotalCount")
	folderSubKey     = mustKey("folder:ChildFolderCount")
	folderUnreadKey  = mustKey("folder:UnreadCount")
	folderRightsKey  = mustKey("folder:EffectiveRights")
	folderDistKey    = mustKey("folder:DistinguishedFolderId")
	folderPermsKey   = mustKey("folder:PermissionSet")
	folderSearchKey  = mustKey("folder:SearchParameters")
	folderDefaultSet = []ews.Key{folderNameKey, folderTotalKey, folderSubKey, folderUnreadKey}
	folderAllSet     = []ews.Key{
		folderParentKey, folderClassKey, folderNameKey, folderTotalKey, folderSubKey, folderRightsKey, folderDistKey, folderUnreadKey, folderSearchKey,
	}
)

// showFolder is the folder as a shape shows it. Permissions are part of no base shape: who wants them asks for them (MS docs:
// How to set folder permissions for another user).
func (p place) showFolder(j *job, shape ews.FolderShape) ews.Object {
	o := ews.Object{Kind: p.folder.kind}
	keys := folderShapes()[folderShape{o.Kind, shape.Base}]
	o.Grow(1 + len(keys) + len(shape.Additional))
	o.Put(folderIDKey, p.nameOf(p.folder))
	for _, s := range keys {
		p.putFolder(j, &o, s)
	}
	for _, path := range shape.Additional {
		if k, ok := path.Key(); ok && (path.URI == "" || o.Kind.Has(k)) {
			p.putFolder(j, &o, shown{k, since(path.URI)})
		}
	}
	return o
}

// folderShape is a base shape of folders of a kind.
type folderShape struct {
	kind ews.Kind
	base ews.Shape
}

// shown is a property, and the first version of the schema that has it.
type shown struct {
	key   ews.Key
	since ews.Version
}

// folderShapes are the properties of the base shapes that a kind has, beside the id. They are worked out once, and never changed.
var folderShapes = sync.OnceValue(func() map[folderShape][]shown {
	all := map[folderShape][]shown{}
	for _, kind := range ews.Kinds() {
		for base, keys := range map[ews.Shape][]ews.Key{"": folderDefaultSet, ews.ShapeDefault: folderDefaultSet, ews.ShapeAllProperties: folderAllSet} {
			for _, k := range keys {
				if at := (folderShape{kind, base}); kind.IsFolder() && kind.Has(k) {
					all[at] = append(all[at], shown{k, since(k.Path().URI)})
				}
			}
		}
	}
	return all
})

// putFolder adds a property to what is shown, if the folder has it and the version of the schema knows it.
func (p place) putFolder(j *job, o *ews.Object, s shown) {
	if j.Version.Before(s.since) {
		return
	}
	if v := p.folderValue(j, s.key); v != nil {
		o.Put(s.key, v)
	}
}

// folderValue is the value of a property of the folder, nil if it has none.
func (p place) folderValue(j *job, k ews.Key) any {
	f := p.folder
	switch k {
	case folderIDKey:
		return p.nameOf(f)
	case folderParentKey:
		if f.parent == 0 {
			return p.nameOf(f) // a root is in itself
		}
		return p.nameOf(p.box.folder(f.parent))
	case folderClassKey:
		return nonEmpty(f.class)
	case folderNameKey:
		return f.name
	case folderTotalKey:
		total, _ := p.tally(j)
		return total
	case folderUnreadKey:
		_, unread := p.tally(j)
		return unread
	case folderSubKey:
		return p.subfolders(f)
	case folderRightsKey:
		return p.rights(j, 0)
	case folderDistKey:
		return nonEmpty(f.distinguished)
	case folderPermsKey:
		return p.permissions(j)
	case folderSearchKey:
		if f.search != nil {
			return *f.search
		}
		return nil
	}
	if k.Path().URI == "" {
		return p.folderMAPI(k.Path().Extended)
	}
	return nil
}

// subfolders counts the folders in one.
func (b *box) subfolders(of *folder) int {
	n := 0
	for _, f := range b.folders[1:] {
		if f != nil && f.parent == of.number {
			n++
		}
	}
	return n
}
