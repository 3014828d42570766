package mailbox

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// inView reports whether a contact's name lies between those of a view (MS docs: ContactsView). The last one counts by as many
// letters as it has.
func inView(v *ews.ContactsView, it *item) bool {
	name := strings.ToLower(it.text("contacts:DisplayName"))
	if name == "" {
		name = strings.ToLower(fullName(it))
	}
	first, last := strings.ToLower(v.Initial), strings.ToLower(v.Final)
	return name >= first && (last == "" || name[:min(len(name), len(last))] <= last)
}
