package scenarios

import "strconv"

// Directory is the mailboxes that a plan may use, by SMTP address. At must be
// pure and safe for concurrent use.
type Directory interface {
	Len() int
	At(i int) string
}

// Users returns the directory user000001@domain to user<n>@domain, with at
// least six digits: the mailboxes of the mock. It holds nothing, however many.
func Users(n int, domain string) Directory {
	return users{n: n, domain: domain}
}

type users struct {
	n      int
	domain string
}

func (u users) Len() int { return u.n }

func (u users) At(i int) string {
	var room [20]byte
	number := strconv.AppendInt(room[:0], int64(i)+1, 10)
	const digits = "000000"
	address := make([]byte, 0, 64)
	address = append(address, "user"...)
	address = append(address, digits[min(len(number), len(digits)):]...)
	address = append(address, number...)
	address = append(address, '@')
	address = append(address, u.domain...)
	return string(address)
}

// AddressList returns a directory of the given addresses. It keeps the slice.
func AddressList(addrs []string) Directory { return addressList(addrs) }

type addressList []string

func (l addressList) Len() int        { return len(l) }
func (l addressList) At(i int) string { return l[i] }
