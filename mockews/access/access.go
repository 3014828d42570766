// Package access decides who may act as whom and who may open what.
//
// Decisions are pure: a [Guard] looks at its [Grants] and at a [Directory], and at nothing else. It opens no mailbox; it hands
// out an [Opened] to whoever it lets in, and a store that asks for one cannot be read without having asked the guard.
package access

// Principal is somebody in the directory: a user by number, from 1; a service account as -1, -2 and so on in the order of
// the topology; or 0, nobody.
type Principal int

// Directory is who there is.
type Directory interface {
	// Find looks an SMTP address up. Primary is false for a proxy address, a second address of the same mailbox.
	Find(address string) (p Principal, primary bool)
	// FindSID looks a security identifier up. WellFormed is false for a string that is none.
	FindSID(sid string) (p Principal, wellFormed bool)
	// Address is the primary SMTP address, which is the user principal name too; "" for nobody.
	Address(p Principal) string
	// HasMailbox reports whether there is a mailbox behind the address.
	HasMailbox(p Principal) bool
	// Recipient is what recipient filters see of somebody.
	Recipient(p Principal) Recipient
}

// Holders is a directory in which some hold the ApplicationImpersonation role by what they are, apart from any grant: the
// service accounts of a topology.
type Holders interface {
	// Holds reports whether the principal holds the role, and for whom.
	Holds(p Principal) (Scope, bool)
}
