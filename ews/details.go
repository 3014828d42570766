package ews

import (
	"strconv"
	"strings"
	"time"

	"github.com/ewsbench/ewsbench/internal/xmlwire"
)

// Value is a named detail of a fault or a response message: t:Value inside
// MessageXml.
type Value struct{ Name, Text string }

// backOffName is the name of the value that asks a client to wait.
const backOffName = "BackOffMilliseconds"

// appendValues appends the content of MessageXml.
func appendValues(dst []byte, backOff time.Duration, values []Value) []byte {
	if backOff > 0 {
		dst = append(dst, `<t:Value Name="`+backOffName+`">`...)
		dst = strconv.AppendInt(dst, backOff.Milliseconds(), 10)
		dst = append(dst, "</t:Value>"...)
	}
	for _, v := range values {
		dst = append(dst, "<t:Value"...)
		dst = appendAttr(dst, "Name", v.Name)
		dst = append(dst, '>')
		dst = xmlwire.AppendText(dst, v.Text)
		dst = append(dst, "</t:Value>"...)
	}
	return dst
}

// Violation says where and how a request breaks the schema. Line and Column
// count from 1, columns in bytes.
type Violation struct {
	Line, Column int
	Text         string
}

func (v *Violation) appendTo(dst []byte) []byte {
	dst = appendIntElement(dst, "t:LineNumber", v.Line)
	dst = appendIntElement(dst, "t:LinePosition", v.Column)
	return appendElement(dst, "t:Violation", v.Text)
}

// details is what a MessageXml says.
type details struct {
	backOff   time.Duration
	values    []Value
	violation *Violation
}

// readDetails reads the current element as a MessageXml. The wait is not among
// the values.
func readDetails(s *xmlwire.Scanner) (d details) {
	var v Violation
	for depth := s.Depth(); s.Child(depth); {
		switch s.Local() {
		case "Value":
			d.readValue(s)
		case "LineNumber":
			v.Line = number(s.Text())
		case "LinePosition":
			v.Column = number(s.Text())
		case "Violation":
			v.Text = strings.Clone(s.Text())
			d.violation = &v
		}
	}
	return d
}

func (d *details) readValue(s *xmlwire.Scanner) {
	name, _ := s.Attr("Name")
	if name == backOffName {
		d.backOff = time.Duration(number(s.Text())) * time.Millisecond
		return
	}
	d.values = append(d.values, Value{Name: strings.Clone(name), Text: strings.Clone(s.Text())})
}

// number reads a count; 0 if text is none.
func number(text string) int {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 31)
	if err != nil {
		return 0
	}
	return int(n)
}
