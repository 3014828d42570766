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

// Relative identifiers, the last number of a SID: accounts and users each begin at a base.
const (
	accountRID = 1100
	userRID    = 2000
)

// account is the service account of a principal, or nil.
func (o *Organisation) account(p Principal) *Account {
	if p >= 0 || int(-p) > len(o.topology.Accounts) {
		return nil
	}
	return &o.topology.Accounts[-p-1]
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
	const prefix = "user"
	if len(local) >= len(prefix)+6 && strings.EqualFold(local[:len(prefix)], prefix) {
		return o.userNumber(local[len(prefix):])
	}
	for i := range o.topology.Accounts {
		if strings.EqualFold(local, o.topology.Accounts[i].Name) {
			return Principal(-i - 1)
		}
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

// Address is the primary SMTP address, which is the user principal name too; "" for nobody.
func (o *Organisation) Address(p Principal) string {
	if a := o.account(p); a != nil {
		return a.Name + "@" + o.topology.Domain
	}
	if p <= 0 {
		return ""
	}
	digits := strconv.Itoa(int(p))
	const zeros = "000000"
	return "user" + zeros[min(len(digits), len(zeros)):] + digits + "@" + o.topology.Domain
}

// SID is the security identifier in SDDL form.
func (o *Organisation) SID(p Principal) string {
	if p < 0 {
		return o.sid + strconv.Itoa(accountRID-int(p))
	}
	return o.sid + strconv.Itoa(userRID+int(p))
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
	switch {
	case err != nil:
		return 0, true
	case rid > userRID && rid <= userRID+o.topology.Mailboxes:
		return Principal(rid - userRID), true
	case rid > accountRID && rid <= accountRID+len(o.topology.Accounts):
		return Principal(accountRID - rid), true
	}
	return 0, true
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

// MayImpersonate reports whether the caller holds the ApplicationImpersonation role for the target.
func (o *Organisation) MayImpersonate(caller, target Principal) bool {
	a := o.account(caller)
	if a == nil || a.Role != RoleApplicationImpersonation {
		return false
	}
	whole := a.Scope == Scope{}
	return whole || target > 0 && int(target) >= a.Scope.First && int(target) <= a.Scope.Last
}
