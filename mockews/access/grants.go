package access

import "slices"

// Grants are the rights that somebody has given, beside what everybody may do with a mailbox of one's own. The zero value is
// none. Everybody in it is named by primary SMTP address.
type Grants struct {
	// Scopes are management scopes, which the roles name.
	Scopes []NamedScope `yaml:"scopes"`
	// Roles are management role assignments.
	Roles []Role `yaml:"roles"`
	// Delegates are users who act for another.
	Delegates []Delegate `yaml:"delegates"`
	// Folders are permissions on single folders.
	Folders []FolderGrant `yaml:"folders"`
	// SendOnBehalf and SendAs are rights to send, apart from being a delegate.
	SendOnBehalf []SendGrant `yaml:"send_on_behalf"`
	SendAs       []SendGrant `yaml:"send_as"`
	// DelegatedTokens says what becomes of a caller with the token of a user who impersonates. Empty: DelegatedByRole.
	DelegatedTokens DelegatedTokens `yaml:"delegated_tokens"`
}

// NamedScope is a management scope (MS docs: New-ManagementScope).
type NamedScope struct {
	Name string `yaml:"name"`
	// Filter says which recipients are in it, in OPATH: see [ParseFilter].
	Filter string `yaml:"filter"`
}

// RoleName is a management role.
type RoleName string

// The roles. The one for applications is what Exchange Online offers applications in place of the other (MS docs: Role Based
// Access Control for Applications in Exchange Online).
const (
	ApplicationImpersonation RoleName = "ApplicationImpersonation"
	AccessAsApp              RoleName = "Application EWS.AccessAsApp"
)

// Role is a management role assignment (MS docs: New-ManagementRoleAssignment).
type Role struct {
	Role RoleName `yaml:"role"`
	// User holds ApplicationImpersonation; App, an application id, holds Application EWS.AccessAsApp.
	User string `yaml:"user"`
	App  string `yaml:"app"`
	// Scope is the name of the scope that bounds it. Empty: every mailbox.
	Scope string `yaml:"scope"`
}

// Delegate is a user who acts for another: it opens folders by level, and sends on behalf of the other (MS docs: Delegate
// access and EWS in Exchange).
type Delegate struct {
	Mailbox string `yaml:"mailbox"`
	User    string `yaml:"user"`
	// Levels of the folders that a delegate can have. Empty: LevelNone.
	Calendar Level `yaml:"calendar"`
	Tasks    Level `yaml:"tasks"`
	Inbox    Level `yaml:"inbox"`
	Contacts Level `yaml:"contacts"`
	Notes    Level `yaml:"notes"`
	Journal  Level `yaml:"journal"`
}

// FolderGrant is a permission on a folder: a level, or flags that make up none of them.
type FolderGrant struct {
	Mailbox string `yaml:"mailbox"`
	Folder  Folder `yaml:"folder"`
	// User is an address, or "Default" for everybody without a permission of one's own, or "Anonymous" for those who have not
	// said who they are.
	User  string `yaml:"user"`
	Level Level  `yaml:"level"`
	// Custom is for LevelCustom, or no level.
	Custom Permission `yaml:"custom"`
}

// SendGrant lets a user send from the address of a mailbox.
type SendGrant struct {
	Mailbox string `yaml:"mailbox"`
	User    string `yaml:"user"`
}

// DelegatedTokens is what becomes of a caller with the OAuth token of a user who impersonates somebody.
type DelegatedTokens string

const (
	// DelegatedByRole asks for the ApplicationImpersonation role, like any other caller's.
	DelegatedByRole DelegatedTokens = "role"
	// DelegatedNever answers that the header must not exist for such a token (capture in OfficeDev/ews-managed-api #212).
	DelegatedNever DelegatedTokens = "never"
)

// Clone is a copy that shares nothing.
func (g Grants) Clone() Grants {
	g.Scopes, g.Roles, g.Delegates = slices.Clone(g.Scopes), slices.Clone(g.Roles), slices.Clone(g.Delegates)
	g.Folders, g.SendOnBehalf, g.SendAs = slices.Clone(g.Folders), slices.Clone(g.SendOnBehalf), slices.Clone(g.SendAs)
	return g
}
