package mailbox

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ewsbench/ewsbench/ews"
)

// subject is an item or a folder that is looked at in a search, or what is put together out of items.
type subject struct {
	place
	job   *job
	it    *item       // nil: the folder
	whole *ews.Object // a conversation, or a persona, of which it may be an item; nil: none
}

// value is that of a property: what was set, or what follows from the rest.
func (s *subject) value(k ews.Key) any {
	if s.whole != nil {
		if v := s.whole.Value(k); v != nil || s.it == nil {
			return v
		}
		return deriveContact(s.it, k)
	}
	if s.it == nil {
		return s.folderValue(s.job, k)
	}
	if v := s.it.props.Value(k); v != nil {
		return v
	}
	return s.derive(s.job, s.it, k, view{})
}

// test says whether something is what is looked for.
type test func(*subject) bool

// maxDepth bounds how deep the parts of an expression lie in one another; the XML of a request does not let them go further.
const maxDepth = 32

// compile makes a test of an expression. Constants are read once, properties are looked up once.
func compile(e *ews.Expression, depth int) (test, ews.Code) {
	if depth > maxDepth {
		return nil, "ErrorRestrictionTooComplex"
	}
	switch e.Is {
	case "":
		return func(*subject) bool { return true }, ews.NoError
	case ews.And, ews.Or, ews.Not:
		return compileParts(e, depth)
	}
	get, code := getter(e.Path)
	if code == ews.NoError {
		code = sensible(e)
	}
	if code != ews.NoError {
		return nil, code
	}
	switch e.Is {
	case ews.Exists:
		return func(s *subject) bool { return there(get(s)) }, ews.NoError
	case ews.Contains:
		match := matcher(e.Mode, e.Compare, e.Value)
		return func(s *subject) bool { return anyText(get(s), match) }, ews.NoError
	case ews.Excludes:
		mask, err := strconv.ParseInt(e.Value, 0, 64)
		if err != nil {
			return nil, "ErrorInvalidValueForProperty"
		}
		return func(s *subject) bool { return bits(get(s))&mask == 0 }, ews.NoError
	}
	return compileComparison(e, get)
}

// sensible says what is wrong with what an expression does with its property (MS docs: ResponseCode): only texts contain others,
// marks that are bits of one property are all there, and what is compared must be of the property's type.
func sensible(e *ews.Expression) ews.Code {
	k, ok := e.Path.Key()
	if !ok || k.Type() == nil {
		return ews.NoError
	}
	switch {
	case e.Is == ews.Contains && !textual(k.Type()):
		return "ErrorContainsFilterWrongType"
	case e.Is == ews.Exists && isMark(e.Path.URI):
		return "ErrorInvalidPropertyForExists"
	case e.Other == nil && e.Is != ews.Contains && e.Is != ews.Exists && e.Is != ews.Excludes && !fitsType(e.Value, k.Type()):
		return "ErrorInvalidValueForProperty"
	}
	return ews.NoError
}

// textual reports whether values of a type are texts, or hold some.
func textual(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[bool](), reflect.TypeFor[int](), reflect.TypeFor[float64]():
		return false
	}
	return true
}

// isMark reports whether a property is a bit of the flags of a message.
func isMark(uri string) bool {
	switch uri {
	case "message:IsRead", "item:IsFromMe", "item:IsDraft", "item:IsSubmitted", "item:IsUnmodified", "item:IsResend":
		return true
	}
	return false
}

// fitsType reports whether a constant can be one of a type's values.
func fitsType(text string, t reflect.Type) bool {
	c := newConstant(text)
	switch t {
	case reflect.TypeFor[time.Time]():
		return c.dated
	case reflect.TypeFor[bool]():
		return c.logical
	case reflect.TypeFor[int](), reflect.TypeFor[float64]():
		return c.numeric
	case reflect.TypeFor[ews.Importance]():
		return ews.Importance(text).Valid()
	case reflect.TypeFor[ews.Sensitivity]():
		return ews.Sensitivity(text).Valid()
	}
	return true
}

func compileParts(e *ews.Expression, depth int) (test, ews.Code) {
	parts := make([]test, len(e.Parts))
	for i := range e.Parts {
		var code ews.Code
		if parts[i], code = compile(&e.Parts[i], depth+1); code != ews.NoError {
			return nil, code
		}
	}
	switch e.Is {
	case ews.Not:
		return func(s *subject) bool { return !parts[0](s) }, ews.NoError
	case ews.Or:
		return func(s *subject) bool {
			for _, t := range parts {
				if t(s) {
					return true
				}
			}
			return false
		}, ews.NoError
	}
	return func(s *subject) bool {
		for _, t := range parts {
			if !t(s) {
				return false
			}
		}
		return true
	}, ews.NoError
}

// getter finds a property of what is looked at.
func getter(path ews.Path) (func(*subject) any, ews.Code) {
	if uri := dictionaryOf(path.URI); uri != "" {
		k, _ := ews.Path{URI: uri}.Key()
		return func(s *subject) any {
			if text, ok := entryOf(s.value(k), path); ok {
				return text
			}
			return nil
		}, ews.NoError
	}
	k, ok := path.Key()
	if !ok || unsearchable(path.URI) {
		return nil, "ErrorUnsupportedPathForQuery"
	}
	return func(s *subject) any { return s.value(k) }, ews.NoError
}

// unsearchable are properties for which nobody can look.
func unsearchable(uri string) bool {
	switch uri {
	case "item:MimeContent", "item:Attachments", "item:ResponseObjects", "item:EffectiveRights", "folder:EffectiveRights", "folder:PermissionSet",
		"item:UniqueBody", "item:NormalizedBody", "calendar:Recurrence", "calendar:ModifiedOccurrences", "calendar:DeletedOccurrences":
		return true
	}
	return false
}

func compileComparison(e *ews.Expression, get func(*subject) any) (test, ews.Code) {
	holds := relation(e.Is)
	if e.Other != nil {
		other, code := getter(*e.Other)
		if code != ews.NoError {
			return nil, code
		}
		return func(s *subject) bool {
			n, ok := compare(get(s), other(s))
			return ok && holds(n) || !ok && e.Is == ews.IsNotEqualTo
		}, ews.NoError
	}
	c := newConstant(e.Value)
	return func(s *subject) bool {
		v := get(s)
		if isList(v) {
			return (e.Is == ews.IsEqualTo) == anyText(v, c.equals)
		}
		n, ok := c.compare(v)
		return ok && holds(n) || !ok && e.Is == ews.IsNotEqualTo
	}, ews.NoError
}

// relation says which outcomes of a comparison are meant.
func relation(is ews.Comparison) func(int) bool {
	switch is {
	case ews.IsEqualTo:
		return func(n int) bool { return n == 0 }
	case ews.IsNotEqualTo:
		return func(n int) bool { return n != 0 }
	case ews.IsLess:
		return func(n int) bool { return n < 0 }
	case ews.IsLessEqual:
		return func(n int) bool { return n <= 0 }
	case ews.IsMore:
		return func(n int) bool { return n > 0 }
	}
	return func(n int) bool { return n >= 0 }
}

// there reports whether a property has a value.
func there(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case ews.Strings:
		return len(v.Strings) > 0
	}
	return true
}

func bits(v any) int64 {
	switch v := v.(type) {
	case int:
		return int64(v)
	case string:
		n, _ := strconv.ParseInt(v, 0, 64)
		return n
	}
	return 0
}

// matcher says whether a text contains another one, in a mode and with a comparison (MS docs: Contains).
func matcher(mode, comparison, value string) func(string) bool {
	fold := func(s string) string { return s }
	if comparison != "" && comparison != "Exact" && comparison != "IgnoreNonSpacingCharacters" || comparison == "" {
		fold = strings.ToLower
	}
	value = fold(value)
	switch mode {
	case "FullString":
		return func(s string) bool { return fold(s) == value }
	case "Prefixed":
		return func(s string) bool { return strings.HasPrefix(fold(s), value) }
	case "PrefixOnWords", "ExactPhrase":
		whole := mode == "ExactPhrase"
		return func(s string) bool { return onWord(fold(s), value, whole) }
	}
	if comparison == "Exact" || comparison == "IgnoreNonSpacingCharacters" {
		return func(s string) bool { return strings.Contains(s, value) }
	}
	return func(s string) bool { return containsLower(s, value) }
}

// containsLower reports whether a text contains a value that is in lower case, in any spelling. Searches spend their time here:
// it makes no copy of a text in ASCII.
func containsLower(s, value string) bool {
	if value == "" {
		return true
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Contains(strings.ToLower(s), value)
		}
		if lower(s[i]) == value[0] && i+len(value) <= len(s) && equalLower(s[i:i+len(value)], value) {
			return true
		}
	}
	return false
}

func equalLower(s, value string) bool {
	for i := range len(s) {
		if lower(s[i]) != value[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// onWord reports whether a value begins where a word does, and, for a whole phrase, ends where one does.
func onWord(s, value string, whole bool) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], value)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(value)
		if (i == 0 || !letter(s[i-1])) && (!whole || end == len(s) || !letter(s[end])) {
			return true
		}
		from = i + 1
		if from > len(s) {
			return false
		}
	}
}

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// isList reports whether a value is several texts.
func isList(v any) bool {
	switch v.(type) {
	case ews.Strings, ews.Recipients, ews.Recipient, ews.Attendees, []string, ews.EmailAddresses, ews.Members:
		return true
	}
	return false
}

// anyText reports whether the test holds for a text, or for one of several.
func anyText(v any, holds func(string) bool) bool {
	switch v := v.(type) {
	case string:
		return holds(v)
	case ews.BodyContent:
		return holds(v.Text)
	case ews.Strings:
		return anyOf(v.Strings, holds)
	case []string:
		return anyOf(v, holds)
	case ews.Recipient:
		return holds(v.Mailbox.Address) || holds(v.Mailbox.Name)
	case ews.Recipients:
		for _, m := range v.Mailboxes {
			if holds(m.Address) || holds(m.Name) {
				return true
			}
		}
	case ews.Attendees:
		for _, a := range v.Attendees {
			if holds(a.Mailbox.Address) || holds(a.Mailbox.Name) {
				return true
			}
		}
	case ews.EmailAddresses:
		for _, e := range v.Entries {
			if holds(e.Address) {
				return true
			}
		}
	case ews.InternetHeaders:
		for _, h := range v.Headers {
			if holds(h.Value) {
				return true
			}
		}
	case nil:
	default:
		return holds(textValue(v))
	}
	return false
}

func anyOf(texts []string, holds func(string) bool) bool {
	return slices.ContainsFunc(texts, holds)
}
