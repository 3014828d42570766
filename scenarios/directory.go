package scenarios

import (
	"errors"
	"fmt"
	"strconv"
)

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

// ErrFewMailboxes is the error for a directory that has less than a mailbox for
// each cell.
var ErrFewMailboxes = errors.New("too few mailboxes")

// Cells splits a directory into n cells of equal size. They share no mailbox, and
// they are matched: entry i of one cell and entry i of another are neighbours in
// a shuffle of the directory under the seed, so that whatever the order of the
// directory says about its mailboxes, the cells have equal parts of it. The cells
// hold nothing of the directory's; the last len mod n of the shuffle are in none.
func Cells(d Directory, n int, seed uint64) ([]Directory, error) {
	if n < 1 || d.Len() < n {
		return nil, fmt.Errorf("%w: %d cannot be split into %d cells", ErrFewMailboxes, d.Len(), n)
	}
	shuffle := newPermutation(uint64(d.Len()), draw(seed, drawCells, 0))
	cells := make([]Directory, n)
	for i := range cells {
		cells[i] = &cell{of: d, shuffle: shuffle, number: i, cells: n}
	}
	return cells, nil
}

type cell struct {
	of            Directory
	shuffle       permutation
	number, cells int
}

func (c *cell) Len() int { return c.of.Len() / c.cells }

func (c *cell) At(i int) string {
	return c.of.At(int(c.shuffle.at(uint64(i*c.cells + c.number))))
}

// head is the first n mailboxes of a directory.
type head struct {
	Directory
	n int
}

func (h head) Len() int { return h.n }
