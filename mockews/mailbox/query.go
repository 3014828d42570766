package mailbox

import (
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// query makes a test of a search in the advanced query syntax (MS docs: QueryString): words that all must be there, property:word,
// "phrases", NOT before one of these and OR between two of them.
func query(text string) test {
	var all []test
	not, either := false, false
	words := queryWords(text)
	for i, word := range words {
		switch {
		case word == "AND":
			continue
		case word == "OR":
			either = len(all) > 0
			continue
		case word == "NOT" && i+1 < len(words):
			not = true
			continue
		}
		t := queryWord(word)
		if not {
			t = opposite(t)
		}
		if either {
			t = eitherOf(all[len(all)-1], t)
			all = all[:len(all)-1]
		}
		all = append(all, t)
		not, either = false, false
	}
	return func(s *subject) bool {
		for _, t := range all {
			if !t(s) {
				return false
			}
		}
		return true
	}
}

func opposite(t test) test { return func(s *subject) bool { return !t(s) } }

func eitherOf(a, b test) test { return func(s *subject) bool { return a(s) || b(s) } }

// queryWords splits a query at white space outside of quotes.
func queryWords(text string) (words []string) {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '(' || r == ')')
	})
}

// queryFields are the properties that a query can name.
func queryFields(name string) []string {
	switch strings.ToLower(name) {
	case "subject":
		return []string{"item:Subject"}
	case "body", "content":
		return []string{"item:Body"}
	case "from", "sender":
		return []string{"message:From", "message:Sender"}
	case "to":
		return []string{"message:ToRecipients"}
	case "cc":
		return []string{"message:CcRecipients"}
	case "participants":
		return []string{"message:From", "message:ToRecipients", "message:CcRecipients"}
	case "category":
		return []string{"item:Categories"}
	case "importance":
		return []string{"item:Importance"}
	case "hasattachment", "hasattachments":
		return []string{"item:HasAttachments"}
	case "isread", "read":
		return []string{"message:IsRead"}
	case "size":
		return []string{"item:Size"}
	case "received":
		return []string{"item:DateTimeReceived"}
	}
	return nil
}

func queryWord(word string) test {
	name, value, found := strings.Cut(word, ":")
	fields := queryFields(name)
	if !found || fields == nil {
		value, fields = word, []string{
			"item:Subject", "item:Body", "message:From", "message:ToRecipients", "contacts:DisplayName", "contacts:EmailAddresses", "contacts:CompanyName",
			"calendar:Location",
		}
	}
	match := matcher("PrefixOnWords", "IgnoreCase", strings.Trim(value, `"*`))
	keys := make([]ews.Key, len(fields))
	for i, uri := range fields {
		keys[i] = mustKey(uri)
	}
	return func(s *subject) bool {
		for _, k := range keys {
			if anyText(s.value(k), match) {
				return true
			}
		}
		return false
	}
}
