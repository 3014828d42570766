// Package access decides who may act as whom and who may open what.
package access

import "github.com/ewsbench/ewsbench/internal/strictyaml"

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

// Recipient is what recipient filters see of somebody.
type Recipient struct{}

// Grants are the rights that somebody has given. The zero value is none.
type Grants struct{}

// Check reports what is wrong with the grants.
func (g Grants) Check(*strictyaml.Report, string, Directory) {}

// Clone is a copy that shares nothing.
func (g Grants) Clone() Grants { return g }
