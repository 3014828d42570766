package mailbox

import (
	"slices"

	"github.com/ewsbench/ewsbench/ews"
	"github.com/ewsbench/ewsbench/mockews/access"
)

// entrust gives a folder that is about to be made its permissions: those that the request says, otherwise those of the folder that it
// is made in. Who makes a public folder owns it.
func (p place) entrust(j *job, f *folder, o ews.Object) ews.Code {
	set, said := o.Get(folderPermsKey.Path()).(ews.PermissionSet)
	if said {
		if code := p.permit(j, f, set); code != ews.NoError {
			return code
		}
	} else {
		p.inherit(f)
	}
	if f.path.Public() {
		j.makeOwner(p.owner, f.path, said)
	}
	return ews.NoError
}

// inherit gives a new folder the permissions that the one that it is in has at this moment. Those that are granted there later do not
// reach it (MS docs: Add and remove delegates by using EWS in Exchange: permissions apply to the subfolders that are created after
// they were given). Most folders have none, and then the grants are left alone.
func (b *box) inherit(f *folder) {
	handed := b.store.guard.Handed(b.owner, b.folder(f.parent).path)
	if len(handed) == 0 {
		return
	}
	if f.kind != ews.KindCalendarFolder {
		handed = withoutTimes(handed)
	}
	b.changeGrants(func(g *access.Grants, mailbox string) { g.AddFolder(mailbox, f.path, handed) })
}

// withoutTimes are permissions as they are on a folder that has no free and busy times.
func withoutTimes(list []access.FolderGrant) []access.FolderGrant {
	list = slices.Clone(list)
	for i := range list {
		g := &list[i]
		if g.Level == access.LevelFreeBusy || g.Level == access.LevelFreeBusyDetails {
			g.Level = access.LevelNone
		}
		if g.Custom.Read == access.DetailTime || g.Custom.Read == access.DetailSubject {
			g.Custom.Read = access.DetailNone
		}
	}
	return list
}

// forget takes the permissions of a folder away with it, so that a later one of the same path does not have them.
func (b *box) forget(f *folder) {
	if len(b.store.guard.Listed(b.owner, f.path)) > 0 {
		b.changeGrants(func(g *access.Grants, mailbox string) { g.SetFolder(mailbox, f.path, nil) })
	}
}

// movePermissions lets the permissions of a folder go with it when its path changes. A public folder that is deleted is nobody's any more.
func (b *box) movePermissions(f *folder, old access.Folder) {
	switch {
	case len(b.store.guard.Listed(b.owner, old)) == 0:
	case old.Public() && !f.path.Public():
		b.changeGrants(func(g *access.Grants, mailbox string) { g.SetFolder(mailbox, old, nil) })
	default:
		b.changeGrants(func(g *access.Grants, mailbox string) { g.MoveFolder(mailbox, old, f.path) })
	}
}

// changeGrants changes what has been granted on the mailbox's folders.
func (b *box) changeGrants(change func(g *access.Grants, mailbox string)) {
	_ = b.store.guard.Change(func(g *access.Grants) error {
		change(g, b.store.dir.Address(b.owner))
		return nil
	})
}
