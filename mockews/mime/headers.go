package mime

import (
	"slices"
	"strings"

	"github.com/emersion/go-message/mail"

	"github.com/ewsbench/ewsbench/ews"
)

// others adds the fields that are no properties of their own: those that the message came with, and those that a client has set, by a
// property of the set InternetHeaders (MS-OXCMAIL, section 2.1.3.2; MS docs: ExtendedFieldURI).
func others(h *mail.Header, o ews.Object) {
	came, _ := o.Get(uri("item:InternetMessageHeaders")).(ews.InternetHeaders)
	for _, field := range slices.Backward(came.Headers) { // each goes before the others
		if !known(field.Name) && plain(field.Name, field.Value) {
			add(h, field.Name, field.Value)
		}
	}
	for path, v := range o.All() {
		text, ok := v.(string)
		if ok && IsHeader(path.Extended) && !known(path.Extended.Name) && plain(path.Extended.Name, text) {
			h.Del(path.Extended.Name)
			add(h, path.Extended.Name, text)
		}
	}
}

// longestName is the longest name of a field that go-message can write, which breaks lines at 76 characters and reckons with a value
// on the first.
const longestName = 73

// add puts a field before the others. One with a longer name is written as it is, on a line of its own.
func add(h *mail.Header, name, value string) {
	if len(name) <= longestName {
		h.Add(name, value)
		return
	}
	h.AddRaw([]byte(name + ": " + value + "\r\n"))
}

// headerSet is the set InternetHeaders by its GUID (MS-OXPROPS, section 1.3.2).
const headerSet = "00020386-0000-0000-c000-000000000046"

// IsHeader reports whether an extended property is a field of the header, by its name.
func IsHeader(e ews.Extended) bool {
	return e.Name != "" && (e.Set == "InternetHeaders" || e.Custom && e.Set == headerSet)
}

// known reports whether a field follows from other properties, or from how the message is written.
func known(name string) bool {
	switch name = strings.ToLower(name); name {
	case "from", "sender", "to", "cc", "bcc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references", "importance", "sensitivity", "mime-version":
		return true
	}
	return strings.HasPrefix(name, "content-")
}

// plain reports whether a field can be written: a client may say anything.
func plain(name, value string) bool {
	for _, c := range []byte(name) {
		if c <= ' ' || c >= 0x7f || c == ':' {
			return false
		}
	}
	return name != "" && !strings.ContainsAny(value, "\r\n")
}
