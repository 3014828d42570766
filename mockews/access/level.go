package access

// Level is a permission level of a folder (MS docs: PermissionLevel, CalendarPermissionLevel).
type Level string

// The levels. The two of free/busy are for calendars alone; Custom is any mix of flags that is none of the others.
const (
	LevelNone             Level = "None"
	LevelOwner            Level = "Owner"
	LevelPublishingEditor Level = "PublishingEditor"
	LevelEditor           Level = "Editor"
	LevelPublishingAuthor Level = "PublishingAuthor"
	LevelAuthor           Level = "Author"
	LevelNoneditingAuthor Level = "NoneditingAuthor"
	LevelReviewer         Level = "Reviewer"
	LevelContributor      Level = "Contributor"
	LevelFreeBusy         Level = "FreeBusyTimeOnly"
	LevelFreeBusyDetails  Level = "FreeBusyTimeAndSubjectAndLocation"
	LevelCustom           Level = "Custom"
)

// Which are the items that a permission is for (MS docs: EditItems, DeleteItems).
type Which string

// Whose items. The empty Which is WhichNone.
const (
	WhichNone  Which = "None"
	WhichOwned Which = "Owned"
	WhichAll   Which = "All"
)

// Detail is how much of items a permission shows (MS docs: ReadItems).
type Detail string

// How much. The empty Detail is DetailNone.
const (
	DetailNone    Detail = "None"
	DetailTime    Detail = "TimeOnly"
	DetailSubject Detail = "TimeAndSubjectAndLocation"
	DetailFull    Detail = "FullDetails"
)

// Permission are the flags of a permission on a folder (MS docs: Permission, CalendarPermission). The zero value permits
// nothing.
type Permission struct {
	Create           bool   `yaml:"create_items"`
	CreateSubfolders bool   `yaml:"create_subfolders"`
	Owner            bool   `yaml:"owner"`
	Visible          bool   `yaml:"visible"`
	Contact          bool   `yaml:"contact"`
	Edit             Which  `yaml:"edit"`
	Delete           Which  `yaml:"delete"`
	Read             Detail `yaml:"read"`
}

// levelTable is what each level permits (MS docs: PermissionLevel).
var levelTable = []struct {
	level Level
	flags Permission
}{
	{LevelOwner, Permission{true, true, true, true, true, WhichAll, WhichAll, DetailFull}},
	{LevelPublishingEditor, Permission{true, true, false, true, false, WhichAll, WhichAll, DetailFull}},
	{LevelEditor, Permission{true, false, false, true, false, WhichAll, WhichAll, DetailFull}},
	{LevelPublishingAuthor, Permission{true, true, false, true, false, WhichOwned, WhichOwned, DetailFull}},
	{LevelAuthor, Permission{true, false, false, true, false, WhichOwned, WhichOwned, DetailFull}},
	{LevelNoneditingAuthor, Permission{true, false, false, true, false, WhichNone, WhichOwned, DetailFull}},
	{LevelReviewer, Permission{false, false, false, true, false, WhichNone, WhichNone, DetailFull}},
	{LevelContributor, Permission{true, false, false, true, false, WhichNone, WhichNone, DetailNone}},
	{LevelNone, Permission{false, false, false, false, false, WhichNone, WhichNone, DetailNone}},
	{LevelFreeBusy, Permission{false, false, false, false, false, WhichNone, WhichNone, DetailTime}},
	{LevelFreeBusyDetails, Permission{false, false, false, false, false, WhichNone, WhichNone, DetailSubject}},
}

// Levels lists the levels, the most powerful first and Custom last.
func Levels() []Level {
	var levels []Level
	for _, row := range levelTable {
		levels = append(levels, row.level)
	}
	return append(levels, LevelCustom)
}

// Permission are the flags of a level; false for Custom and for what is no level. The empty level is LevelNone.
func (l Level) Permission() (Permission, bool) {
	if l == "" {
		l = LevelNone
	}
	for _, row := range levelTable {
		if row.level == l {
			return row.flags, true
		}
	}
	return Permission{}, false
}

// Level is what the flags read back as: the level that they make up, or Custom.
func (p Permission) Level() Level {
	p = p.filled()
	for _, row := range levelTable {
		if row.flags == p {
			return row.level
		}
	}
	return LevelCustom
}

// filled has no empty words in it.
func (p Permission) filled() Permission {
	if p.Edit == "" {
		p.Edit = WhichNone
	}
	if p.Delete == "" {
		p.Delete = WhichNone
	}
	if p.Read == "" {
		p.Read = DetailNone
	}
	return p
}

// permits reports whether the flags are enough for a verb.
func (p Permission) permits(v Verb) bool {
	switch v {
	case Open:
		return p.Visible
	case Read:
		return p.Read == DetailFull
	case Create:
		return p.Create
	case CreateSubfolders:
		return p.CreateSubfolders
	case EditOwn:
		return p.Edit == WhichOwned || p.Edit == WhichAll
	case EditAll:
		return p.Edit == WhichAll
	case DeleteOwn:
		return p.Delete == WhichOwned || p.Delete == WhichAll
	case DeleteAll:
		return p.Delete == WhichAll
	case SetPermissions:
		return p.Owner
	case FreeBusy:
		return p.Read != DetailNone
	case FreeBusyDetails:
		return p.Read == DetailSubject || p.Read == DetailFull
	case Impersonate, Subscribe, Settings, Send:
	}
	return false
}
