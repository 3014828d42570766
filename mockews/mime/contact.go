package mime

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// escape writes a text as calendars and cards have it (RFC 5545, section 3.3.11; RFC 6350, section 3.4).
var escape = strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\r\n", "\\n", "\n", "\\n")

var unescape = strings.NewReplacer("\\\\", "\\", "\\;", ";", "\\,", ",", "\\n", "\n", "\\N", "\n")

// writeContact is a contact as a card (RFC 2426, version 3.0, which is what clients of Exchange read).
func writeContact(o ews.Object) []byte {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(name + ":" + value + "\r\n")
		}
	}
	b.WriteString("BEGIN:VCARD\r\nVERSION:3.0\r\n")
	given, last := escape.Replace(o.Text("contacts:GivenName")), escape.Replace(o.Text("contacts:Surname"))
	line("N", last+";"+given+";"+escape.Replace(o.Text("contacts:MiddleName"))+";;")
	line("FN", escape.Replace(orElse(o.Text("contacts:DisplayName"), strings.TrimSpace(o.Text("contacts:GivenName")+" "+o.Text("contacts:Surname")))))
	line("ORG", escape.Replace(o.Text("contacts:CompanyName")))
	line("TITLE", escape.Replace(o.Text("contacts:JobTitle")))
	mails, _ := o.Get(uri("contacts:EmailAddresses")).(ews.EmailAddresses)
	for _, e := range mails.Entries {
		line("EMAIL;TYPE=INTERNET", e.Address)
	}
	phones, _ := o.Get(uri("contacts:PhoneNumbers")).(ews.Entries)
	for _, e := range phones.Entries {
		line("TEL;TYPE="+e.Key, e.Value)
	}
	b.WriteString("END:VCARD\r\n")
	return []byte(b.String())
}

// readContact reads a card. Lines that it does not know are passed over.
func readContact(content []byte) ews.Object {
	o := ews.Object{Kind: ews.KindContact}
	set := func(name, value string) {
		if value = unescape.Replace(value); value != "" {
			o.Set(uri(name), value)
		}
	}
	var mails ews.EmailAddresses
	for line := range strings.SplitSeq(unfold(content), "\n") {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\r"), ":")
		name, _, _ := strings.Cut(key, ";")
		switch strings.ToUpper(name) {
		case "N":
			parts := append(split(value), "", "")
			set("contacts:Surname", parts[0])
			set("contacts:GivenName", parts[1])
		case "FN":
			set("contacts:DisplayName", value)
		case "ORG":
			set("contacts:CompanyName", value)
		case "TITLE":
			set("contacts:JobTitle", value)
		case "EMAIL":
			if n := len(mails.Entries); n < 3 {
				mails.Entries = append(mails.Entries, ews.EmailEntry{Key: "EmailAddress" + string(rune('1'+n)), Address: value})
			}
		}
	}
	if len(mails.Entries) > 0 {
		o.Set(uri("contacts:EmailAddresses"), mails)
	}
	return o
}

// split takes a value apart at semicolons that are not escaped.
func split(value string) (parts []string) {
	begin := 0
	for i := range len(value) {
		if value[i] == ';' && (i == 0 || value[i-1] != '\\') {
			parts = append(parts, value[begin:i])
			begin = i + 1
		}
	}
	return append(parts, value[begin:])
}

// unfold joins lines that were broken (RFC 5545, section 3.1).
func unfold(content []byte) string {
	return strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(string(content))
}
