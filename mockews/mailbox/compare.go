package mailbox

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/ews"
)

// constant is what properties are compared with, read in all the ways that it can be.
type constant struct {
	text    string
	number  float64
	time    time.Time
	flag    bool
	numeric bool
	dated   bool
	logical bool
}

func newConstant(text string) constant {
	c := constant{text: text}
	n, err := strconv.ParseFloat(text, 64)
	c.number, c.numeric = n, err == nil
	c.time, c.dated = ews.ParseTime(text)
	c.flag, c.logical = ews.ParseBool(strings.ToLower(text))
	return c
}

// equals compares with a text, in any spelling of upper and lower case, as servers do.
func (c *constant) equals(s string) bool { return strings.EqualFold(s, c.text) }

// compare is negative if a value is less than the constant; false if the two cannot be compared.
func (c *constant) compare(v any) (int, bool) {
	switch v := v.(type) {
	case nil:
		return 0, false
	case string:
		if n, err := strconv.ParseFloat(v, 64); err == nil && c.numeric {
			return cmp.Compare(n, c.number), true
		}
		return fold(v, c.text), true
	case bool:
		return order(v) - order(c.flag), c.logical
	case int:
		return cmp.Compare(float64(v), c.number), c.numeric
	case float64:
		return cmp.Compare(v, c.number), c.numeric
	case time.Time:
		return v.Compare(c.time), c.dated
	case []byte:
		raw, err := base64.StdEncoding.DecodeString(c.text)
		return bytes.Compare(v, raw), err == nil
	}
	if i := rankOf(v); i >= 0 {
		return i - rankOf(sameKind(v, c.text)), true
	}
	return fold(textValue(v), c.text), true
}

// fold compares without a difference between upper and lower case.
func fold(a, b string) int {
	if strings.EqualFold(a, b) {
		return 0
	}
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}

func order(b bool) int {
	if b {
		return 1
	}
	return 0
}

// rankOf is the place of a value among those of its type, -1 if they have no order.
func rankOf(v any) int {
	switch v := v.(type) {
	case ews.Importance:
		return slices.Index([]ews.Importance{"Low", "Normal", "High"}, v)
	case ews.Sensitivity:
		return slices.Index([]ews.Sensitivity{"Normal", "Personal", "Private", "Confidential"}, v)
	}
	return -1
}

func sameKind(v any, text string) any {
	if _, ok := v.(ews.Importance); ok {
		return ews.Importance(text)
	}
	return ews.Sensitivity(text)
}

// textValue is a value as a text.
func textValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case ews.ItemID:
		return v.ID
	case ews.FolderID:
		return v.ID
	case ews.Recipient:
		return nameOf(v.Mailbox)
	case ews.BodyContent:
		return v.Text
	case ews.Strings:
		return strings.Join(v.Strings, ",")
	case time.Time:
		return v.UTC().Format(ews.DateTime)
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	case ews.Flag:
		return v.Status
	}
	return fmt.Sprint(v)
}

// compare orders two values of a property; false if they cannot be compared. What is not there comes first.
func compare(a, b any) (int, bool) {
	switch {
	case a == nil || b == nil:
		return order(a != nil) - order(b != nil), a == nil && b == nil
	}
	switch a := a.(type) {
	case int:
		if b, ok := b.(int); ok {
			return cmp.Compare(a, b), true
		}
	case float64:
		if b, ok := b.(float64); ok {
			return cmp.Compare(a, b), true
		}
	case bool:
		if b, ok := b.(bool); ok {
			return order(a) - order(b), true
		}
	case time.Time:
		if b, ok := b.(time.Time); ok {
			return a.Compare(b), true
		}
	case string:
		if b, ok := b.(string); ok {
			return compareText(a, b), true
		}
	}
	if i := rankOf(a); i >= 0 {
		return i - rankOf(b), true
	}
	return fold(textValue(a), textValue(b)), true
}

// compareText orders numbers by their size, and anything else by its letters.
func compareText(a, b string) int {
	m, err1 := strconv.ParseInt(a, 10, 64)
	n, err2 := strconv.ParseInt(b, 10, 64)
	if err1 == nil && err2 == nil {
		return cmp.Compare(m, n)
	}
	return fold(a, b)
}
