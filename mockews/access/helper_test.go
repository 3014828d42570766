package access_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ewsbench/ewsbench/mockews/access"
)

// crowd is a directory of users 1 to 6 and of service accounts: -1, which holds the role for users 1 to 3 by what it is, and -2,
// which has no mailbox.
type crowd struct{}

const (
	users    = 6
	svc      = access.Principal(-1)
	homeless = access.Principal(-2)
)

var userNames = []string{"", "u1@contoso.com", "u2@contoso.com", "u3@contoso.com", "u4@contoso.com", "u5@contoso.com", "u6@contoso.com"}

func (crowd) Address(p access.Principal) string {
	switch {
	case p > 0 && p <= users:
		return userNames[p]
	case p == svc:
		return "svc@contoso.com"
	case p == homeless:
		return "homeless@contoso.com"
	}
	return ""
}

func (c crowd) Find(address string) (access.Principal, bool) {
	local, domain, _ := strings.Cut(strings.ToLower(address), "@")
	for p := homeless; p <= users; p++ {
		if want, _, _ := strings.Cut(c.Address(p), "@"); p != 0 && want == local {
			return p, domain == "contoso.com"
		}
	}
	return 0, false
}

func (crowd) FindSID(string) (access.Principal, bool) { return 0, false }

func (c crowd) HasMailbox(p access.Principal) bool { return p != homeless && c.Address(p) != "" }

func (c crowd) Recipient(p access.Principal) access.Recipient {
	alias, _, _ := strings.Cut(c.Address(p), "@")
	r := access.Recipient{Alias: alias, PrimarySMTPAddress: c.Address(p), Department: []string{"Sales", "Finance"}[uint(p)%2]}
	r.CustomAttributes[14] = strconv.Itoa(int(p))
	r.Hidden = p < 0
	return r
}

func (crowd) Holds(p access.Principal) (access.Scope, bool) { return access.RangeScope(1, 3), p == svc }

// everyone are all of them, and nobody.
func everyone() (all []access.Principal) {
	for p := homeless; p <= users; p++ {
		all = append(all, p)
	}
	return all
}

func address(p access.Principal) string { return crowd{}.Address(p) }

func newGuard(t testing.TB, g access.Grants) *access.Guard {
	guard, err := access.NewGuard(crowd{}, g)
	require.NoError(t, err)
	return guard
}

// folderGrant is a permission of a user on a folder of user 1.
func folderGrant(folder access.Folder, user string, level access.Level) access.FolderGrant {
	return access.FolderGrant{Mailbox: address(1), Folder: folder, User: user, Level: level}
}
