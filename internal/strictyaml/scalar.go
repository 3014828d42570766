package strictyaml

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

func (d *decoder) scalar(path string, n *node, into reflect.Value) {
	if n.kind == kindMap || n.kind == kindList {
		d.report.Add(path, "%s must be a single value, not %s", nameOf(path), describe(n))
		return
	}
	if msg := setScalar(n, into); msg != "" {
		d.report.Add(path, "%s %s", nameOf(path), msg)
	}
}

// setScalar returns what is wrong, without the key's name, or "".
func setScalar(n *node, into reflect.Value) string {
	if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](into.Addr()); ok {
		if err := u.UnmarshalText([]byte(n.text)); err != nil {
			return err.Error()
		}
		return ""
	}
	if into.Type() == reflect.TypeFor[time.Duration]() {
		return setDuration(n, into)
	}
	switch {
	case into.Kind() == reflect.String:
		return setText(n, into)
	case into.Kind() == reflect.Bool:
		return setBool(n, into)
	case into.CanFloat():
		return setFloat(n, into)
	case into.CanInt():
		return setInt(n, into)
	}
	return setUint(n, into)
}

func setText(n *node, into reflect.Value) string {
	if n.kind == kindPlain {
		return fmt.Sprintf("must be text, not %s: quote it", n.text)
	}
	into.SetString(n.text)
	return ""
}

func setBool(n *node, into reflect.Value) string {
	if n.kind != kindPlain || n.text != "true" && n.text != "false" {
		return "must be true or false, not " + describe(n)
	}
	into.SetBool(n.text == "true")
	return ""
}

func setInt(n *node, into reflect.Value) string {
	i, err := strconv.ParseInt(n.text, 10, 64)
	if n.kind != kindPlain || err != nil {
		return "must be a whole number, not " + describe(n)
	}
	if into.OverflowInt(i) {
		return "is too large: " + n.text
	}
	into.SetInt(i)
	return ""
}

func setUint(n *node, into reflect.Value) string {
	u, err := strconv.ParseUint(n.text, 10, 64)
	if n.kind != kindPlain || err != nil {
		return "must be a whole number, zero or more, not " + describe(n)
	}
	if into.OverflowUint(u) {
		return "is too large: " + n.text
	}
	into.SetUint(u)
	return ""
}

func setFloat(n *node, into reflect.Value) string {
	text, percent := strings.CutSuffix(n.text, "%")
	f, err := strconv.ParseFloat(text, 64)
	number := n.kind == kindPlain || percent
	if !number || err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return "must be a number or a percentage, not " + describe(n)
	}
	if percent {
		f /= 100
	}
	into.SetFloat(f)
	return ""
}

func setDuration(n *node, into reflect.Value) string {
	v, err := time.ParseDuration(n.text)
	if err == nil {
		into.SetInt(int64(v))
		return ""
	}
	if _, err := strconv.ParseFloat(n.text, 64); err == nil {
		return fmt.Sprintf("%s has no unit: write %ss or %sms", n.text, n.text, n.text)
	}
	return fmt.Sprintf("must be a duration such as 20ms or 1m30s, not %s", describe(n))
}

// nameOf is what a message calls the value at path: its key.
func nameOf(path string) string {
	if path == "" {
		return "the file"
	}
	return path[strings.LastIndexByte(path, '.')+1:]
}

func nouns(k kind) string {
	switch k {
	case kindMap:
		return "a mapping (key: value)"
	case kindList:
		return "a list (- entry)"
	case kindAbsent:
		return "nothing"
	case kindText, kindPlain:
	}
	return "a single value"
}

// describe is what a message says that it found.
func describe(n *node) string {
	const longest = 40
	switch {
	case n.kind == kindText && len(n.text) > longest:
		return "a long text"
	case n.kind == kindText:
		return strconv.Quote(n.text)
	case n.kind == kindPlain:
		return n.text
	}
	return nouns(n.kind)
}
