package mailbox

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/ewsbench/ewsbench/ews"
)

// firstCustomTag begins the range of tags that are those of named properties, other ones in each mailbox.
const firstCustomTag = 0x8000

// nameable says what is wrong with the name of an extended property (MS docs: ExtendedFieldURI, and ResponseCode): it is a tag, or a name
// or a number in a set, and of a type that EWS can carry.
func nameable(p ews.Path) ews.Code {
	e := p.Extended
	switch {
	case p.URI != "":
		return ews.NoError
	case e.Tag >= firstCustomTag:
		return "ErrorNoPropertyTagForCustomProperties"
	case e.Tag != 0 && (e.Set != "" || e.Name != "" || e.ID != 0),
		e.Tag == 0 && (e.Set == "" || (e.Name == "") == (e.ID == 0)):
		return "ErrorInvalidExtendedProperty"
	}
	switch e.Type {
	case "Object", "ObjectArray", "Null", "Error":
		return "ErrorInvalidExtendedProperty"
	}
	return ews.NoError
}

// allNameable is nameable for several.
func allNameable(paths []ews.Path) ews.Code {
	for _, p := range paths {
		if code := nameable(p); code != ews.NoError {
			return code
		}
	}
	return ews.NoError
}

// settable says what is wrong with a property that is to be set: with its name, or with a value that is not of its type.
func settable(p ews.Path, v any) ews.Code {
	if code := nameable(p); code != ews.NoError || p.URI != "" {
		return code
	}
	of, array := strings.CutSuffix(p.Extended.Type, "Array")
	values, several := v.([]string)
	if text, ok := v.(string); ok {
		values = []string{text}
	}
	if array != several {
		return "ErrorInvalidExtendedPropertyValue"
	}
	for _, text := range values {
		if !canBe(of, text) {
			return "ErrorInvalidExtendedPropertyValue"
		}
	}
	return ews.NoError
}

// canBe reports whether a text is a value of a type. Numbers may be written as unsigned ones: clients that come from MAPI do.
func canBe(of, text string) bool {
	switch of {
	case "Short":
		return within(text, -1<<15, 1<<16-1)
	case "Integer":
		return within(text, -1<<31, 1<<32-1)
	case "Long":
		return within(text, -1<<63, 1<<63-1)
	case "Float", "Double", "Currency", "ApplicationTime":
		_, err := strconv.ParseFloat(text, 64)
		return err == nil
	case "Boolean":
		_, ok := ews.ParseBool(strings.ToLower(text))
		return ok
	case "SystemTime":
		_, ok := ews.ParseTime(text)
		return ok
	case "CLSID":
		return isGUID(text)
	case "Binary":
		_, err := base64.StdEncoding.DecodeString(text)
		return err == nil
	}
	return true
}

// isGUID reports whether a text is a GUID, in braces or not.
func isGUID(text string) bool {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")
	digits, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	return err == nil && len(digits) == 16 && len(text) == guidText
}

func within(text string, least, most int64) bool {
	n, err := strconv.ParseInt(text, 10, 64)
	return err == nil && n >= least && n <= most
}
