package route

import (
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// Principal is somebody in the directory.
type Principal = access.Principal

// aliasDomain is the subdomain under which every user has a second, non-primary address.
const aliasDomain = "mail."

// userPrefix begins the addresses of users.
const userPrefix = "user"

// Relative identifiers, the last number of a SID: accounts and users each begin at a base. Accounts for which there is no room
// below the users' follow after them.
const (
	accountRID = 1100
	userRID    = 2000
)

// account is the service account of a principal, or nil.
func (o *Organisation) account(p Principal) *Account {
	s := o.accounts.seat(p)
	if s == nil || s.gone {
		return nil
	}
	return &s.account
}

// Find looks an SMTP address up. Primary is false for a proxy address, a second address of the same mailbox.
func (o *Organisation) Find(address string) (p Principal, primary bool) {
	local, domain, ok := strings.Cut(address, "@")
	if !ok {
		return 0, false
	}
	primary = strings.EqualFold(domain, o.topology.Domain)
	if !primary && !o.isAliasDomain(domain) {
		return 0, false
	}
	if p := o.findLocal(local); p != 0 {
		return p, primary
	}
	return 0, false
}

func (o *Organisation) isAliasDomain(domain string) bool {
	return len(domain) > len(aliasDomain) && strings.EqualFold(domain[:len(aliasDomain)], aliasDomain) &&
		strings.EqualFold(domain[len(aliasDomain):], o.topology.Domain)
}

func (o *Organisation) findLocal(local string) Principal {
	if isUserName(local) {
		return o.userNumber(local[len(userPrefix):])
	}
	if isRoomName(local) {
		return o.roomNumber(local[len(roomPrefix):])
	}
	if isPublicName(local) {
		return o.publicNumber(local[len(publicPrefix):])
	}
	seats := *o.accounts.now.Load()
	if i := find(seats, local); i >= 0 && !seats[i].gone {
		return Principal(-i - 1)
	}
	return 0
}

// userNumber reads six digits, or more without a leading zero.
func (o *Organisation) userNumber(digits string) Principal {
	if len(digits) > 6 && digits[0] == '0' {
		return 0
	}
	n := 0
	for i := range len(digits) {
		d := digits[i] - '0'
		if d > 9 || n > o.topology.Mailboxes {
			return 0
		}
		n = n*10 + int(d)
	}
	if n < 1 || n > o.topology.Mailboxes {
		return 0
	}
	return Principal(n)
}

// Address is the primary SMTP address, which is the user principal name too; "" for nobody. An account that was taken out
// keeps its own, for those who look back.
func (o *Organisation) Address(p Principal) string {
	if s := o.accounts.seat(p); s != nil {
		return s.address
	}
	if p <= 0 {
		return ""
	}
	if p > publicBase {
		return publicPrefix + publicDigits(p) + "@" + o.topology.Domain
	}
	if p > roomBase {
		return roomPrefix + roomDigits(p) + "@" + o.topology.Domain
	}
	digits := strconv.Itoa(int(p))
	const zeros = "000000"
	return userPrefix + zeros[min(len(digits), len(zeros)):] + digits + "@" + o.topology.Domain
}

// SID is the security identifier in SDDL form.
func (o *Organisation) SID(p Principal) string {
	switch {
	case p > 0:
		return o.sid + strconv.Itoa(userRID+int(p))
	case int(-p) < userRID-accountRID:
		return o.sid + strconv.Itoa(accountRID-int(p))
	}
	return o.sid + strconv.Itoa(userRID+maxMailboxes-int(p))
}

// FindSID looks a security identifier up. WellFormed is false for a string that is none.
func (o *Organisation) FindSID(sid string) (p Principal, wellFormed bool) {
	if !isSID(sid) {
		return 0, false
	}
	digits, ok := strings.CutPrefix(sid, o.sid)
	if !ok {
		return 0, true
	}
	rid, err := strconv.Atoi(digits)
	if err != nil {
		return 0, true
	}
	return o.findRID(rid), true
}

// findRID is whose SID ends so, or 0.
func (o *Organisation) findRID(rid int) Principal {
	p := Principal(rid - userRID)
	switch {
	case o.isRoom(p), o.isPublic(p):
		return p
	case rid < userRID:
		p = Principal(accountRID - rid)
	case rid > userRID+maxMailboxes:
		p = Principal(userRID + maxMailboxes - rid)
	case p > 0 && int(p) <= o.topology.Mailboxes:
		return p
	}
	if o.account(p) == nil || o.SID(p) != o.sid+strconv.Itoa(rid) {
		return 0
	}
	return p
}

// isSID reports whether s is "S-1-" and at least two numbers.
func isSID(s string) bool {
	rest, ok := strings.CutPrefix(s, "S-1-")
	if !ok || !strings.Contains(rest, "-") {
		return false
	}
	for part := range strings.SplitSeq(rest, "-") {
		if _, err := strconv.ParseUint(part, 10, 48); err != nil {
			return false
		}
	}
	return true
}

// Password is the password of a principal.
func (o *Organisation) Password(p Principal) string {
	if a := o.account(p); a != nil {
		return a.Password
	}
	return DefaultPassword
}

// Holds reports whether the principal is an account with the ApplicationImpersonation role, and for whom.
func (o *Organisation) Holds(p Principal) (access.Scope, bool) {
	s := o.accounts.seat(p)
	if s == nil || s.gone || s.account.Role != RoleApplicationImpersonation {
		return access.Scope{}, false
	}
	return s.scope, true
}
