package route

import "github.com/ewsbench/ewsbench/mockews/access"

// HasMailbox reports whether there is a mailbox behind the principal.
func (o *Organisation) HasMailbox(p Principal) bool { return o.database(p) >= 0 }

// Recipient is what recipient filters see of somebody.
func (o *Organisation) Recipient(Principal) access.Recipient { return access.Recipient{} }
