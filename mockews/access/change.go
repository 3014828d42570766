package access

import (
	"slices"
	"strings"
)

// level is where the level of a delegate's folder is written, nil for a folder that a delegate cannot have (MS docs:
// DelegatePermissions).
func (d *Delegate) level(folder Folder) *Level {
	switch folder {
	case calendar:
		return &d.Calendar
	case "tasks":
		return &d.Tasks
	case "inbox":
		return &d.Inbox
	case "contacts":
		return &d.Contacts
	case "notes":
		return &d.Notes
	case "journal":
		return &d.Journal
	default:
		return nil
	}
}

// Delegated is what a delegate's level of a folder reads back as: a level that a delegate can be given, or Custom for what a permission
// on the folder says beside it.
func (g Grants) Delegated(d Delegate, folder Folder) Level {
	for _, f := range g.Folders {
		if f.Folder == folder && f.of(d.Mailbox, d.User) {
			return asDelegate(f.permission().Level())
		}
	}
	if l := *d.level(folder); l != "" {
		return l
	}
	return LevelNone
}

// asDelegate is a level as it is for delegates.
func asDelegate(l Level) Level {
	switch l {
	case LevelNone, LevelReviewer, LevelAuthor, LevelEditor:
		return l
	default:
		return LevelCustom
	}
}

// of reports whether a permission is a user's, in a mailbox.
func (f FolderGrant) of(mailbox, user string) bool {
	return strings.EqualFold(f.Mailbox, mailbox) && strings.EqualFold(f.User, user)
}

func (d Delegate) of(mailbox, user string) bool {
	return strings.EqualFold(d.Mailbox, mailbox) && strings.EqualFold(d.User, user)
}

func (s SendGrant) of(mailbox, user string) bool {
	return strings.EqualFold(s.Mailbox, mailbox) && strings.EqualFold(s.User, user)
}

// SetFolder makes the permissions on a folder those of a list. The levels of delegates follow.
func (g *Grants) SetFolder(mailbox string, folder Folder, list []FolderGrant) {
	g.Folders = slices.DeleteFunc(g.Folders, func(f FolderGrant) bool { return f.Folder == folder && strings.EqualFold(f.Mailbox, mailbox) })
	for i := range g.Delegates {
		if l := g.Delegates[i].level(folder); l != nil && strings.EqualFold(g.Delegates[i].Mailbox, mailbox) {
			*l = ""
		}
	}
	for _, f := range list {
		f.Mailbox, f.Folder = mailbox, folder
		if !g.delegated(f) {
			g.Folders = append(g.Folders, f)
		}
	}
}

// delegated writes a permission as a delegate's level, if it is one that can be.
func (g *Grants) delegated(f FolderGrant) bool {
	for i := range g.Delegates {
		d := &g.Delegates[i]
		if l := d.level(f.Folder); l != nil && d.of(f.Mailbox, f.User) {
			*l = asDelegate(f.permission().Level())
			return *l != LevelNone && *l != LevelCustom // None in place of everybody's permission is one of its own
		}
	}
	return false
}

// AddFolder gives a new folder permissions, to those who have none there yet.
func (g *Grants) AddFolder(mailbox string, folder Folder, list []FolderGrant) {
	for _, f := range list {
		f.Mailbox, f.Folder = mailbox, folder
		if !slices.ContainsFunc(g.Folders, func(o FolderGrant) bool { return o.Folder == folder && o.of(mailbox, f.User) }) {
			g.Folders = append(g.Folders, f)
		}
	}
}

// MoveFolder lets permissions go with a folder that is somewhere else now.
func (g *Grants) MoveFolder(mailbox string, old, now Folder) {
	g.Folders = slices.DeleteFunc(g.Folders, func(f FolderGrant) bool { return f.Folder == now && strings.EqualFold(f.Mailbox, mailbox) })
	for i := range g.Folders {
		if f := &g.Folders[i]; f.Folder == old && strings.EqualFold(f.Mailbox, mailbox) {
			f.Folder = now
		}
	}
}

// SetDelegate makes a user a delegate of a mailbox, or changes one. The levels that are given take the place of the permissions that
// the user has on those folders; on the others it keeps what it has.
func (g *Grants) SetDelegate(mailbox, user string, levels map[Folder]Level) {
	i := slices.IndexFunc(g.Delegates, func(d Delegate) bool { return d.of(mailbox, user) })
	if i < 0 {
		i = len(g.Delegates)
		g.Delegates = append(g.Delegates, Delegate{Mailbox: mailbox, User: user})
	}
	g.Folders = slices.DeleteFunc(g.Folders, func(f FolderGrant) bool {
		_, given := levels[f.Folder]
		return given && f.of(mailbox, user)
	})
	for folder, level := range levels {
		*g.Delegates[i].level(folder) = level
	}
}

// DropDelegate takes all away that somebody has as a delegate: being one, sending on the owner's behalf, and what permissions it has on
// the folders of delegates.
func (g *Grants) DropDelegate(mailbox, user string) {
	g.Delegates = slices.DeleteFunc(g.Delegates, func(d Delegate) bool { return d.of(mailbox, user) })
	g.SendOnBehalf = slices.DeleteFunc(g.SendOnBehalf, func(s SendGrant) bool { return s.of(mailbox, user) })
	g.Folders = slices.DeleteFunc(g.Folders, func(f FolderGrant) bool {
		return (&Delegate{}).level(f.Folder) != nil && f.of(mailbox, user)
	})
}

// OnBehalf reports whether a user may send on a mailbox's behalf without being its delegate.
func (g Grants) OnBehalf(mailbox, user string) bool {
	return slices.ContainsFunc(g.SendOnBehalf, func(s SendGrant) bool { return s.of(mailbox, user) })
}

// Left reports whether a user has anything that a delegate has beside permissions on folders: half of it may have been left behind.
func (g Grants) Left(mailbox, user string) bool {
	return g.OnBehalf(mailbox, user) || slices.ContainsFunc(g.Delegates, func(d Delegate) bool { return d.of(mailbox, user) })
}
