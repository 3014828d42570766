package route

import (
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/internal/strictyaml"
)

// defaultPublicMailboxes is how many mailboxes hold public folders where nothing is said. The number is the mock's own.
const defaultPublicMailboxes = 2

// publicBase is where the principals of public folder mailboxes begin: beyond all rooms.
const publicBase = 3 * maxMailboxes

// publicPrefix begins the addresses of public folder mailboxes.
const publicPrefix = "publicfolders"

// maxPublicMailboxes bounds the public folder mailboxes of an organisation (MS docs: Limits for public folders).
const maxPublicMailboxes = 1000

func (t Topology) checkPublicFolders(r *strictyaml.Report) {
	if n := t.PublicFolderMailboxes; n < -1 || n > maxPublicMailboxes {
		r.Add("public_folder_mailboxes", "public_folder_mailboxes is %d: write 1 to %d, or -1 for none", n, maxPublicMailboxes)
	}
}

// PublicFolderMailboxes are the mailboxes that hold public folders: the first one their hierarchy, and each the content of some (MS docs:
// Public folder access with EWS in Exchange). It is empty in an organisation without public folders.
func (o *Organisation) PublicFolderMailboxes() []Principal { return o.public }

// publish numbers the public folder mailboxes.
func (o *Organisation) publish() {
	for i := range o.topology.PublicFolderMailboxes {
		o.public = append(o.public, Principal(publicBase+i+1))
	}
}

// isPublic reports whether there is such a public folder mailbox.
func (o *Organisation) isPublic(p Principal) bool {
	return p > publicBase && int(p) <= publicBase+len(o.public)
}

// ByGUID is the principal whose mailbox an address names by its GUID, if the rest of the address is the domain's and the mailbox is there.
func (o *Organisation) ByGUID(address string, p Principal) Principal {
	_, domain, _ := strings.Cut(address, "@")
	if !strings.EqualFold(domain, o.topology.Domain) || p == 0 || !o.HasMailbox(p) {
		return 0
	}
	return p
}

// isPublicName reports whether a name begins like the address of a public folder mailbox, so that no account could be found by it.
func isPublicName(name string) bool {
	return len(name) > len(publicPrefix) && strings.EqualFold(name[:len(publicPrefix)], publicPrefix)
}

// publicNumber reads the digits of a public folder mailbox's address: 0 for none.
func (o *Organisation) publicNumber(digits string) Principal {
	n, err := strconv.Atoi(digits)
	if p := Principal(publicBase + n); err == nil && o.isPublic(p) && publicDigits(p) == digits {
		return p
	}
	return 0
}

func publicDigits(p Principal) string { return strconv.Itoa(int(p) - publicBase) }
